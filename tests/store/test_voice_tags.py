"""Tags: made as they are used, merged and renamed, and taken back without losing a voice."""

import pytest

from store import voice_tags
from store.cases import CaseId
from store.db import Tx
from store.residents import ResidentId
from store.voice_tags import Tag, TagAct, TagId, Unfit
from tests.conftest import NOON
from tests.store.answered_voices import Desk, told
from tests.store.cases import HOKEN, person


@pytest.fixture
def desk(tx: Tx) -> Desk:
    return Desk.of(tx)


@pytest.fixture
def cases(tx: Tx, desk: Desk, hanako: ResidentId) -> tuple[CaseId, CaseId]:
    first, second = (told(tx, hanako, once, subject=once).case.id for once in "12")
    return first, second


def tag(tx: Tx, desk: Desk, case: CaseId, name: str) -> TagId:
    made = voice_tags.tag(tx, desk.clerk, case, name, NOON)
    assert isinstance(made, Tag), made
    return made.id


def counted(tx: Tx) -> dict[str, int]:
    return {each.name: each.count for each in voice_tags.all_tags(tx)}


def test_one_spelling_is_one_tag(tx: Tx, desk: Desk, cases: tuple[CaseId, CaseId]):
    assert tag(tx, desk, cases[0], "ベンチ") == tag(tx, desk, cases[1], " #べんち ")
    assert counted(tx) == {"ベンチ": 2}
    tag(tx, desk, cases[0], "ベンチ")
    assert counted(tx) == {"ベンチ": 2}, "put on twice it counts once"
    assert voice_tags.untag(tx, desk.clerk, cases[0], tag(tx, desk, cases[1], "ベンチ"), NOON)
    assert not voice_tags.untag(tx, desk.clerk, cases[0], TagId(99), NOON)
    assert counted(tx) == {"ベンチ": 1}


@pytest.mark.parametrize(("name", "why"), [("  ", Unfit.EMPTY), ("！", Unfit.EMPTY), ("あ" * 21, Unfit.LONG)])
def test_what_is_no_name(tx: Tx, desk: Desk, cases: tuple[CaseId, CaseId], name: str, why: Unfit):
    assert voice_tags.tag(tx, desk.clerk, cases[0], name, NOON) == why


def test_whoever_may_not_read_it_tags_nothing(tx: Tx, desk: Desk, cases: tuple[CaseId, CaseId]):
    other = person(tx, "hoken", section=HOKEN)
    assert voice_tags.tag(tx, other, cases[0], "公園", NOON) is None
    assert counted(tx) == {}


def test_merged_and_parted_again_each_voice_has_its_tag(tx: Tx, desk: Desk, cases: tuple[CaseId, CaseId]):
    road, street = tag(tx, desk, cases[0], "道路"), tag(tx, desk, cases[1], "みち")
    merged = voice_tags.merge(tx, desk.clerk, street, road, NOON)
    assert merged == Tag(road, "道路")
    assert counted(tx) == {"道路": 2}
    assert tag(tx, desk, cases[1], "みち") == road, "the old name leads to the tag that it became"
    all_roads = tag(tx, desk, cases[0], "交通")
    assert voice_tags.merge(tx, desk.clerk, road, all_roads, NOON)
    assert counted(tx) == {"交通": 2}
    assert voice_tags.merge(tx, desk.clerk, road, all_roads, NOON) is None
    second, first = voice_tags.lately(tx)
    assert [(each.act, each.was, each.became) for each in (first, second)] == [
        (TagAct.MERGED, "みち", "道路"),
        (TagAct.MERGED, "道路", "交通"),
    ]
    assert voice_tags.undo(tx, desk.clerk, second.id, NOON)
    assert counted(tx) == {"交通": 1, "道路": 2}
    assert voice_tags.undo(tx, desk.clerk, first.id, NOON)
    assert not voice_tags.undo(tx, desk.clerk, first.id, NOON)
    assert counted(tx)["みち"] == 1
    assert voice_tags.lately(tx) == ()


def test_renamed_and_back(tx: Tx, desk: Desk, cases: tuple[CaseId, CaseId]):
    road, park = tag(tx, desk, cases[0], "道"), tag(tx, desk, cases[0], "公園")
    assert voice_tags.rename(tx, desk.clerk, road, "公園", NOON) == Unfit.TAKEN
    assert voice_tags.rename(tx, desk.clerk, road, "道路と橋", NOON) == Tag(road, "道路と橋")
    assert voice_tags.rename(tx, desk.clerk, TagId(99), "x", NOON) is None
    [done] = voice_tags.lately(tx)
    assert voice_tags.rename(tx, desk.clerk, park, "道", NOON) == Tag(park, "道")
    assert not voice_tags.undo(tx, desk.clerk, done.id, NOON), "the name is another's by now"
    assert voice_tags.undo(tx, desk.clerk, voice_tags.lately(tx)[0].id, NOON)
    assert voice_tags.undo(tx, desk.clerk, done.id, NOON)
    assert set(counted(tx)) == {"道", "公園"}


def test_suggested_are_those_that_are_named_then_the_usual(tx: Tx, desk: Desk, cases: tuple[CaseId, CaseId]):
    for name in ("夜の安全", "街灯", "ごみ"):
        tag(tx, desk, cases[0], name)
    tag(tx, desk, cases[1], "夜の安全")
    has = voice_tags.of_cases(tx, cases)[cases[1]]
    named = voice_tags.suggested(tx, "ガイトウではなく、街灯です", "roads", has)
    assert [each.name for each in named] == ["街灯", "ごみ"]
    assert [each.name for each in voice_tags.suggested(tx, "街灯", None, ())] == ["街灯"]
