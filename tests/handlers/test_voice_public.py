"""寄せられた声を見る in the talk: the newest few with the way to their page, and nothing told to whose they are."""

import pytest

from nlp.language import Language
from store import residents
from store.sight import Role
from store.tables import outbox
from tests.conftest import NOON
from tests.dialogue import Speaker, hold
from tests.line import TARO
from tests.store.answered_voices import Desk, answered, told
from tests.store.cases import person


def published(speaker: Speaker, *subjects: str) -> None:
    with speaker.talk.database.write() as tx:
        desk = Desk(person(tx, "clerk"), person(tx, "approver", Role.APPROVER))
        whose = residents.meet(tx, TARO, NOON).id
        for subject in subjects:
            desk.published(tx, answered(tx, desk, told(tx, whose, subject, subject=subject)))


def test_nothing_is_published_yet(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("市に声を届ける", "選んでください"),
            (">寄せられた声を見る", "公表している声は、まだありません。"),
        ],
    )


@pytest.mark.parametrize("said", ["寄せられた声を見る", "市民の声", "みんなの声を見る"])
def test_the_newest_three_and_the_way_to_all(resident: Speaker, said: str) -> None:
    published(resident, "一つめ", "二つめ", "三つめ", "四つめ")
    heard = resident.hears(said)
    assert [each for each in ("四つめ", "三つめ", "二つめ", "一つめ") if each in heard] == [
        "四つめ",
        "三つめ",
        "二つめ",
    ]
    assert "（個人名）" in heard
    assert "山田" not in heard
    with resident.talk.database.read() as tx:
        assert tx.connection.execute(outbox.select()).first() is None, (
            "whose it is hears nothing by themselves"
        )


def test_the_way_is_told_in_the_residents_language(resident: Speaker) -> None:
    published(resident, "一つめ")
    resident.speaks(Language.ENGLISH)
    heard = resident.hears("published voices")
    assert "Read the answer" in resident.buttons
    assert "They are in Japanese" in heard
    assert "一つめ" in heard
