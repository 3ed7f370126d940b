"""Choosing among candidates."""

import pytest

from handlers.turn import Pressed
from tests.dialogue import Speaker, hold

ASKED = "マイナンバーカード"
"""Several entries fit so short a question."""


@pytest.fixture
def offered(resident: Speaker) -> list[str]:
    told = resident.says(ASKED)
    assert told.routed.reply.outcome == "choose"
    return resident.buttons


def test_the_way_out_is_always_among_the_buttons(offered: list[str]) -> None:
    assert offered[-2:] == ["どれでもない", "人に相談"]


def test_the_text_says_what_to_type_where_buttons_are_missing(resident: Speaker, offered: list[str]) -> None:
    heard = resident.hears(ASKED)
    assert offered[0] in heard
    assert "番号か「なし」" in heard


@pytest.mark.parametrize("typed", ["1", "１", "1番", "一番", "①", ">1."])
def test_typing_a_number_works_like_the_button(resident: Speaker, offered: list[str], typed: str) -> None:
    first = offered[0].removeprefix("1. ")
    hold(resident, [(typed, first)])


@pytest.mark.parametrize("typed", ["なし", "ない", "どれも違う", ">どれでもない"])
def test_none_of_these(resident: Speaker, offered: list[str], typed: str) -> None:
    hold(resident, [(typed, "096-334-1500")])


def test_what_was_refused_is_not_offered_again(resident: Speaker, offered: list[str]) -> None:
    resident.says("なし")
    heard = resident.hears(ASKED)
    assert not [candidate for candidate in offered[:-2] if candidate[3:] in heard]


@pytest.mark.parametrize("typed", ["9", "0", "はい", "わからない", "どっちも"])
def test_what_does_not_say_which_shows_the_list_again(
    resident: Speaker, offered: list[str], typed: str
) -> None:
    hold(resident, [(typed, "番号（1〜"), (typed, offered[0])])


@pytest.mark.parametrize("typed", ["上のほう", "最初"])
def test_the_first_in_words(resident: Speaker, offered: list[str], typed: str) -> None:
    hold(resident, [(typed, offered[0].removeprefix("1. "))])


def test_asking_something_else_instead_of_choosing(resident: Speaker, offered: list[str]) -> None:
    hold(resident, [("ごみの分け方を知りたい", "燃やすごみ")])


@pytest.mark.parametrize("typed", ["1", "3", "②", "2番"])
def test_a_number_without_candidates_is_not_searched(resident: Speaker, typed: str) -> None:
    hold(resident, [(typed, "番号だけでは")])


@pytest.mark.parametrize("typed", ["なし", "違う", "ちょっと違う"])
def test_no_without_candidates_asks_for_other_words(resident: Speaker, typed: str) -> None:
    hold(resident, [(typed, "別の言葉でもう一度")])


def test_an_old_bubble_still_answers(resident: Speaker, offered: list[str]) -> None:
    resident.says("やめる")
    hold(resident, [(Pressed("pick:1:moving-in"), "14日以内")])


@pytest.mark.parametrize("data", ["pick:1:no-such-entry", "pick:", "pick", "no-such-verb", ""])
def test_a_button_that_leads_nowhere_says_so(resident: Speaker, data: str) -> None:
    hold(resident, [(Pressed(data), "もう一度文章で")])
