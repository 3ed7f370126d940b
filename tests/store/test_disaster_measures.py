"""What is said while a disaster lasts: kept whole, said by staff, changed one after another, ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from faq.disaster import (
    ClosedOffice,
    Message,
    OpenCounter,
    OpenShelter,
    ShelterState,
    WasteNote,
    WaterPoint,
)
from faq.models import Place, ShelterId
from nlp.language import Language
from store import disaster, disaster_measures, disaster_switch
from store.disaster import Draft, Refusal
from store.disaster_measures import MeasureDraft
from store.overtaken import Overtaken
from tests.conftest import NOON
from tests.store.disasters import EAST, HOUR, leader, said, switch_on

HALL = ShelterId("E4310000002111")
EACH = (
    OpenShelter(HALL, ShelterState.FULL, "ペットは別の部屋です。"),
    ClosedOffice(EAST, NOON, NOON + HOUR, "停電のため"),
    OpenCounter("臨時窓口", EAST, "証明だけ"),
    WaterPoint("公園", "中央区", "17時まで", Place(32.8, 130.7)),
    WaterPoint("学校"),
    WasteNote("お休みです。"),
    Message({Language.JAPANESE: "川に近づかない", Language.KOREAN: "강에 가지 마세요"}),
)


@pytest.fixture
def me(tx):
    return leader(tx, "writer")


def standing(tx, on):
    return [each.measure.what for each in disaster_measures.standing(tx, on.id)]


def test_each_kind_is_kept_as_it_was_written(tx):
    on = switch_on(tx, EACH)
    assert tuple(standing(tx, on)) == EACH
    now_on = disaster_measures.now_on(tx, NOON)
    assert now_on is not None
    assert (now_on.what, now_on.since, now_on.until) == ("大雨", NOON, NOON + 24 * HOUR)
    assert [each.what for each in now_on.of(WaterPoint)] == [EACH[3], EACH[4]]
    closing = now_on.closing(EAST)
    assert closing is not None
    assert closing.source == "熊本市災害対策本部"


@pytest.mark.parametrize(
    ("after", "left"),
    [
        (timedelta(0), 2),
        (HOUR - timedelta(seconds=1), 2),
        (HOUR, 1),
        (6 * HOUR, 0),
    ],
)
def test_what_has_expired_or_opened_again_is_left_out(tx, after, left):
    switch_on(tx, [WasteNote("休み"), ClosedOffice(EAST, NOON, NOON + HOUR)])
    now_on = disaster_measures.now_on(tx, NOON + after)
    assert now_on is not None
    assert len(now_on.measures) == left


def test_the_edition_moves_with_whatever_changes_and_only_then(tx, me):
    assert disaster_measures.edition(tx) is None
    on = switch_on(tx)
    editions = [disaster_measures.edition(tx)]
    (waste,) = disaster_measures.say(tx, me, on.id, [said(WasteNote("休み"))], NOON)
    editions.append(disaster_measures.edition(tx))
    changed = disaster_measures.change(tx, me, on.id, waste, said(WasteNote("あす")), NOON)
    editions.append(disaster_measures.edition(tx))
    disaster_measures.end(tx, me, on.id, changed, NOON)
    editions.append(disaster_measures.edition(tx))
    disaster_switch.prolong(tx, me, on.id, on.version, NOON + 48 * HOUR, NOON)
    editions.append(disaster_measures.edition(tx))
    assert len(set(editions)) == len(editions)
    assert disaster_measures.edition(tx) == editions[-1]


def test_of_one_shelter_the_last_word_counts(tx, me):
    on = switch_on(tx, [OpenShelter(HALL, ShelterState.OPEN)])
    disaster_measures.say(tx, me, on.id, [said(OpenShelter(HALL, ShelterState.FULL))], NOON + HOUR)
    assert standing(tx, on) == [OpenShelter(HALL, ShelterState.FULL)]
    (before,) = disaster_measures.ended(tx, on.id, 10)
    assert before.measure.what == OpenShelter(HALL, ShelterState.OPEN)
    assert (before.ended_by, before.ended_at) == ("writer", NOON + HOUR)


def test_the_second_of_two_editors_is_told_who_was_faster(tx, me):
    on = switch_on(tx)
    other = leader(tx, "other")
    (which,) = disaster_measures.say(tx, me, on.id, [said(WasteNote("休み"))], NOON)
    new = disaster_measures.change(tx, other, on.id, which, said(WasteNote("先")), NOON)
    assert disaster_measures.change(tx, me, on.id, which, said(WasteNote("後")), NOON) == Overtaken(
        "other", NOON
    )
    assert disaster_measures.end(tx, me, on.id, which, NOON) == Overtaken("other", NOON)
    assert standing(tx, on) == [WasteNote("先")]
    assert disaster_measures.end(tx, me, on.id, new, NOON) is None
    assert standing(tx, on) == []


def test_nothing_is_said_of_what_has_ended_nor_by_who_may_not(tx, me):
    on = switch_on(tx)
    operator = replace(me, role=disaster.Role.OPERATOR)
    assert disaster_measures.say(tx, operator, on.id, [said(WasteNote("休み"))], NOON) is Refusal.GONE
    disaster_switch.end(tx, me, on.id, NOON)
    assert disaster_measures.say(tx, me, on.id, [said(WasteNote("休み"))], NOON) is Refusal.GONE


def test_a_rehearsal_is_filled_by_its_owner_alone(tx, me):
    mine = disaster_switch.rehearse(tx, me, Draft("大雨", None), NOON)
    assert not isinstance(mine, Refusal)
    other = leader(tx, "other")
    assert disaster_measures.say(tx, other, mine.id, [said(WasteNote("休み"))], NOON) is Refusal.GONE
    assert disaster_measures.say(tx, me, mine.id, [said(WasteNote("休み"))], NOON) is not Refusal.GONE
    assert disaster_measures.edition(tx) is None
    assert disaster_measures.now_on(tx, NOON) is None


def test_a_measure_holds_for_a_time():
    with pytest.raises(ValueError, match="expires"):
        MeasureDraft(WasteNote("休み"), "市", "", NOON, NOON)


def test_an_office_does_not_open_before_it_closes():
    with pytest.raises(ValueError, match="before it closes"):
        ClosedOffice(EAST, NOON, NOON)
