import time

import pytest

from faq.index import prepare
from faq.models import FaqEntry, Office, OfficeId, Provenance, Status
from faq.offices import Directory
from faq.search import Knowledge
from faq.suggest import Suggested, entries, suggest
from tests.faq.bad_input import DISTURBED, ENORMOUS, NOTHING
from tests.faq.town import TOWN, entry


def office(office_id: str, name: str, kana: str, *aliases: str) -> Office:
    """An office of which only the names matter."""
    nobody = Provenance("", "", None, None, None, Status.UNCONFIRMED)
    return Office(
        OfficeId(office_id), name, kana, "区役所", "", "", None, "", "", aliases, "", "", "", "", nobody
    )


EAST = office("east", "東区役所", "ヒガシクヤクショ", "東区の役所")
LIBRARY = office("library", "市立図書館", "シリツトショカン", "図書館")
HOUSE = office("house", "五福公民館", "ゴフクコウミンカン")
OFFICES = Directory((EAST, LIBRARY, HOUSE), ())


def names(found: tuple[Suggested, ...]) -> list[str]:
    return [str(each.id) for each in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("じゅうみんひ", "residence-certificate"),
        ("じゅうみんhy", "residence-certificate"),
        ("じゅうみんひょうをt", "residence-certificate"),
        ("じゅみんひょう", "residence-certificate"),
        ("住民", "residence-certificate"),
        ("住民ひょ", "residence-certificate"),
        ("てんにゅう", "moving-in"),
        ("ごm", "garbage"),
        ("ごみのわ", "garbage"),
        ("ｲﾇ", "dog"),
        ("いぬをか", "dog"),
        ("図", "library"),
    ],
)
def test_a_question_half_typed(typed: str, found: str) -> None:
    assert entries(TOWN, typed)[0].id == found


def test_a_slip_of_the_finger_is_forgiven_before_other_words_are_tried() -> None:
    votes = prepare(entry("votes", "票の数え方", "開票所で数えます。", "票"))
    assert entries(TOWN.with_changed([votes]), "じゅみんひょう")[0].id == "residence-certificate"
    assert entries(TOWN.with_changed([votes]), "ひょう")[0].id == "votes"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ひがしく", "east"),
        ("ひがしk", "east"),
        ("東", "east"),
        ("東区の", "east"),
        ("五福", "house"),
        ("ごふk", "house"),
        ("図書館", "library"),
        ("東区役所の電話", "east"),
        ("ひがしくやくそ", "east"),
    ],
)
def test_an_office_half_typed(typed: str, first: str) -> None:
    offices = [each for each in suggest(TOWN, OFFICES, typed) if isinstance(each, Office)]
    assert offices[0].id == first


def test_an_office_whose_name_is_begun_stands_first_and_one_that_is_mentioned_last() -> None:
    assert names(suggest(TOWN, OFFICES, "図書館")) == ["library", "library"]
    assert isinstance(suggest(TOWN, OFFICES, "図書館")[0], Office)
    mentioned = suggest(TOWN, OFFICES, "住民票 東区")
    assert isinstance(mentioned[0], FaqEntry)
    assert names(mentioned)[-1] == "east"


def test_at_most_three_of_a_kind() -> None:
    crowd = Directory([office(str(n), f"第{n}公民館", f"ダイ{n}コウミンカン") for n in range(9)], ())
    found = suggest(TOWN, crowd, "第")
    assert sum(isinstance(each, Office) for each in found) == 3


@pytest.mark.parametrize("typed", NOTHING.values(), ids=NOTHING)
def test_nothing_typed_suggests_nothing(typed: str) -> None:
    assert suggest(TOWN, OFFICES, typed) == ()


@pytest.mark.parametrize("typed", DISTURBED.values(), ids=DISTURBED)
def test_what_disturbs_a_text_does_not_hide_it(typed: str) -> None:
    assert entries(TOWN, typed)[0].id == "dog"


@pytest.mark.parametrize("typed", ENORMOUS.values(), ids=ENORMOUS)
def test_any_text_within_50_milliseconds(typed: str) -> None:
    suggest(TOWN, OFFICES, "辞書を先に読む")
    started = time.process_time()
    suggest(TOWN, OFFICES, typed)
    assert time.process_time() - started < 0.05


def test_nothing_known_suggests_nothing() -> None:
    assert suggest(Knowledge.of([]), Directory((), ()), "住民ひょ") == ()
