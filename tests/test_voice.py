"""A voice from a resident's first tap to the answer that everybody reads, and to its withdrawal."""

import pytest

from bot.app import create_app
from bot.city import LiveCity
from bot.relaying import RelayRules
from store import erasure, voices
from store.audit import ByResident
from store.db import Database
from store.sight import Role
from store.voices import Voice
from tests.dialogue import Speaker, hold
from tests.line import SECRET, Clock
from tests.site import site_of
from tests.web import casework, voicework
from tests.web.casework import Casework, casework_of
from tests.web.conftest import Service
from tests.web.voicework import at, hidden

SAID = "江津湖の東側のベンチがこわれています。電話は090-1111-2222です。"
ANSWER = "ベンチは12月中に直します。"


@pytest.fixture
def work(database: Database, city: LiveCity) -> Casework:
    clock = Clock()
    site = site_of(database, city, clock)
    return casework_of(Service(site, create_app(site, SECRET, lambda: None, RelayRules()), clock))


@pytest.fixture
def speaker(database: Database, city: LiveCity) -> Speaker:
    return Speaker(database, city)


def told(speaker: Speaker) -> Voice:
    """What they have just told in the talk, for everybody to read if the city likes."""
    hold(
        speaker,
        [
            ("市に声を届ける", "次の方法で届けられます"),
            (">わたしの提言", "何についてのことですか"),
            (">ごみ・環境", "文章で送ってください"),
            (SAID, ""),
            (">飛ばす", ""),
            (">飛ばす", "公開してもよいですか"),
            (">公開してよい", "まだ送っていません"),
            (">送る", "を送りました"),
        ],
    )
    with speaker.talk.database.read() as tx:
        (voice,) = voices.of_resident(tx, speaker.talk.resident)
    return voice


def test_a_voice_from_the_tap_to_everybody(work: Casework, speaker: Speaker) -> None:
    case = told(speaker).case
    service, number = work.service, case.id
    clerk = work.clerk("課の人", case.section)
    approver = service.signed_in(service.account("承認", Role.APPROVER, section=case.section))
    casework.sends(clerk, case, "/take")
    casework.sends(clerk, case, "/reply", reply_words=ANSWER, reply_how="page", reply_closes="y")

    clerk.send(at(number), at(number, "/publication/begin"))
    voicework.sends(clerk, number, "all")
    voicework.sends(clerk, number, "ready")
    page = approver.get(at(number, "/publication")).text
    done = voicework.sends(approver, number, "confirm", digest=hidden(page, "digest"), read="on")
    assert done.status_code == 303

    hold(speaker, [("寄せられた声を見る", "江津湖の東側のベンチ"), ("ありがとう", "")])
    everybody = service.visitor()
    address = everybody.get("/voices.csv").data.decode("utf-8-sig").strip().rpartition(",")[2]
    path = address.removeprefix(service.site.public_url)
    public = everybody.get(path).text
    assert (ANSWER in public, "090-1111-2222" in public) == (True, False)

    with service.site.database.write() as tx:
        whose = speaker.talk.resident
        erasure.erase(tx, whose, ByResident(whose), service.clock())
    assert ANSWER in everybody.get(path).text, "it holds nothing of a person, and stays"
    assert clerk.get(at(number)).status_code == 404
    kept = clerk.get("/staff/voices/published").text
    assert (path in kept, at(number) in kept) == (True, False)
    clerk.send(
        "/staff/voices/published",
        f"/staff{path.replace('/voices/', '/voices/published/')}/withdraw",
        why="asked",
    )
    assert everybody.get(path).status_code == 410
