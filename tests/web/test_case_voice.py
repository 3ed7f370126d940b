"""A voice on the page of its case: what is seen of it, how it is joined, and what is answered by post."""

import pytest

from nlp.japan import today
from store import receipts, residents, voices
from store.audit import ByResident
from store.case_opening import CaseDraft
from store.case_talk import EntryKind
from store.cases import State
from store.voices import Voice, VoiceDraft, VoiceKind, VoicePlace, Way
from tests.web.casework import KUMIN, at, casework_of, opened, sends
from tests.web.town import plain

LAMP = "公園の街灯が消えています"


@pytest.fixture
def work(pages):
    return casework_of(pages)


def told(work, line_id: str, words: str = LAMP) -> Voice:
    now = work.service.clock()
    about = VoiceDraft(
        VoiceKind.PROPOSAL,
        Way.LINE,
        None,
        VoicePlace(32.79, 130.69, "東側の入口"),
        may_publish=True,
        wants_answer=True,
        received_on=today(now),
    )
    with work.service.site.database.write() as tx:
        mine = residents.meet(tx, line_id, now).id
        draft = CaseDraft(f"{line_id}{words}", KUMIN, words, (words,))
        made = voices.tell(tx, draft, about, None, ByResident(mine), now)
    assert isinstance(made, Voice)
    return made


def test_the_page_shows_what_it_is_where_and_what_was_wished(work):
    page = opened(work.clerk(), told(work, "U1").case)
    shown = plain(page)
    for each in ("わたしの提言", "東側の入口", "公開してよい", "希望する"):
        assert each in shown
    assert 'href="https://maps.gsi.go.jp/#18/32.790000/130.690000/"' in page


def test_a_case_that_is_no_voice_shows_nothing_of_it(work):
    page = opened(work.clerk(), work.handed())
    assert "同じ内容の声に合わせる" not in page
    assert "郵便などでの返事の記録" not in page


def test_the_list_marks_what_is_a_voice(work):
    told(work, "U1")
    work.handed()
    assert plain(work.clerk().get("/staff/cases").text).count("わたしの提言") == 2


def test_one_that_is_alike_is_proposed_and_joined_and_answered_with_it(work):
    head, other = told(work, "U1"), told(work, "U2", "街灯が公園で消えています")
    clerk = work.clerk()
    assert "似た声があります" in plain(opened(clerk, other.case))
    came = sends(clerk, other.case, "/join", join_receipt=receipts.shown(head.case.receipt))
    assert came.status_code == 303
    assert "に合わせてあります" in plain(opened(clerk, other.case))
    assert "合わせた声" in plain(opened(clerk, head.case))
    sends(clerk, head.case, "/reply", reply_words="直します。", reply_how="line")
    assert work.now(other.case).state is State.ANSWERED
    assert work.talk(other.case)[-1].words == "直します。"


def test_parted_again(work):
    head, other = told(work, "U1"), told(work, "U2")
    clerk = work.clerk()
    sends(clerk, other.case, "/join", join_receipt=receipts.shown(head.case.receipt))
    assert clerk.send(at(other.case), at(other.case, "/part")).status_code == 303
    assert "に合わせてあります" not in plain(opened(clerk, other.case))


@pytest.mark.parametrize("receipt", ["", "K7M-4RXA", "番号"])
def test_what_is_no_receipt_of_a_voice_is_said_at_the_field(work, receipt):
    came = sends(work.clerk(), told(work, "U1").case, "/join", join_receipt=receipt)
    assert came.status_code == 422
    assert "合わせる先の受付番号を入れてください。" in plain(came.text)


def test_an_answer_by_post_is_recorded_masked(work):
    voice, clerk = told(work, "U1"), work.clerk()
    came = sends(clerk, voice.case, "/letter", letter_words="090-1234-5678にもお電話しました。直します。")
    assert came.status_code == 303
    said = work.talk(voice.case)[-1]
    assert said.kind is EntryKind.ANSWERED_LETTER
    assert "090-1234-5678" not in said.words
    assert work.now(voice.case).state is State.ANSWERED


def test_what_is_personal_is_told_to_nobody_else(work):
    head, other = told(work, "U1"), told(work, "U2")
    clerk = work.clerk()
    sends(clerk, other.case, "/join", join_receipt=receipts.shown(head.case.receipt))
    words = "山田太郎様 090-1234-5678"
    came = sends(clerk, head.case, "/letter", letter_words=words, letter_general="y")
    assert came.status_code == 422
    assert "ほかの方には伝えられません" in plain(came.text)
    assert work.now(other.case).state is State.NEW
    sends(clerk, head.case, "/letter", letter_words="直します。", letter_general="y")
    assert work.now(other.case).state is State.ANSWERED


def test_an_empty_record_is_not_taken(work):
    came = sends(work.clerk(), told(work, "U1").case, "/letter", letter_words="")
    assert came.status_code == 422
    assert "郵便などで答えたことを書いてください。" in plain(came.text)
