"""Taking a case, leaving it, giving it to a colleague, ending it and taking that back."""

from datetime import timedelta

import pytest

from store.case_talk import EntryKind
from store.cases import Ending, State
from store.sight import Role
from tests.web.casework import HIGASHI, KUMIN, at, casework_of, opened, sends
from tests.web.town import plain


@pytest.fixture
def work(pages):
    return casework_of(pages)


def test_it_is_taken_and_handed_back(work):
    case, clerk = work.handed(), work.clerk()
    assert sends(clerk, case, "/take").location == at(case)
    assert work.now(case).state is State.TAKEN
    assert "clerkさんさんが対応中" in plain(opened(clerk, case))
    sends(clerk, case, "/hand-back")
    assert work.now(case).state is State.NEW


def test_the_second_who_takes_it_is_told_who_has_it(work):
    case, clerk, other = work.handed(), work.clerk(), work.clerk("other")
    before = opened(other, case)
    sends(clerk, case, "/take")
    sends(other, case, "/take", page=before)
    page = opened(other, case)
    assert "clerkさんさんが先に対応しています。" in page
    assert "clerkさんさんが対応しています。" in page
    assert "返事を送る" not in page
    assert work.now(case).taken_by_shown == "clerkさん"


def test_it_is_given_to_a_colleague_of_the_section(work, pages):
    case, clerk = work.handed(), work.clerk()
    colleague = pages.account("colleague", Role.STAFF, section=KUMIN)
    stranger = pages.account("stranger", Role.STAFF, section=HIGASHI)
    page = opened(clerk, case)
    assert "colleagueさん" in page
    assert "strangerさん" not in page
    wrong = sends(clerk, case, "/assign", assign_account=str(stranger.id))
    assert wrong.status_code == 422
    assert "担当者を選んでください。" in wrong.text
    sends(clerk, case, "/assign", assign_account=str(colleague.id))
    assert work.now(case).taken_by == colleague.id


def test_of_two_who_give_it_away_the_second_is_told(work, pages):
    case, clerk = work.handed(), work.clerk()
    colleague = pages.account("colleague", Role.STAFF, section=KUMIN)
    before = opened(clerk, case)
    work.says(case, "もう一つ")
    came = sends(clerk, case, "/assign", page=before, assign_account=str(colleague.id))
    assert came.status_code == 409
    assert "この画面を開いたあとに、動きがありました。" in came.text
    assert work.now(case).taken_by is None


@pytest.mark.parametrize("words", ["", " \n "])
def test_a_note_without_words_is_none(work, words):
    case, clerk = work.handed(), work.clerk()
    came = sends(clerk, case, "/note", note_words=words)
    assert came.status_code == 422
    assert "メモを書いてください。" in came.text


def test_a_note_too_long_comes_back_whole(work):
    case, clerk = work.handed(), work.clerk()
    came = sends(clerk, case, "/note", note_words="あ" * 2001)
    assert came.status_code == 422
    assert "2000文字以内で書いてください。" in came.text
    assert "あ" * 2001 in came.text


def test_it_is_ended_and_that_is_taken_back(work):
    case, clerk = work.handed(), work.clerk()
    sends(clerk, case, "/close", close_ending="solved", close_words="電話で済んだ")
    ended = work.now(case)
    assert (ended.state, ended.ending) == (State.CLOSED, Ending.SOLVED)
    assert work.talk(case)[-1].words == "電話で済んだ"
    sends(clerk, case, "/reopen")
    again = work.now(case)
    assert (again.state, again.ending, again.taken_by_shown) == (State.TAKEN, None, "clerkさん")
    assert again.promised_at is not None
    assert work.talk(case)[-1].kind is EntryKind.REOPENED


def test_what_ended_long_ago_stays_ended(work):
    case = work.handed()
    sends(work.clerk(), case, "/close", close_ending="solved")
    work.service.clock.passes(days=15)
    later = work.clerk("later")
    assert "もう一度始める" not in opened(later, case)
    sends(later, case, "/reopen")
    assert work.now(case).state is State.CLOSED


def test_an_ending_that_there_is_not_is_refused(work):
    case, clerk = work.handed(), work.clerk()
    assert sends(clerk, case, "/close", close_ending="unheard").status_code == 422
    assert work.now(case).is_open


def test_the_promise_begins_anew_where_it_is_begun_again(work):
    case, clerk = work.handed(promised=timedelta(minutes=5)), work.clerk()
    sends(clerk, case, "/close", close_ending="solved")
    work.service.clock.passes(minutes=20)
    sends(clerk, case, "/reopen")
    assert work.now(case).promised_at > work.service.clock()
