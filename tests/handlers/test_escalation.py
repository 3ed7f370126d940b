"""To a person."""

from datetime import UTC, datetime

import pytest

from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    "said",
    [
        "人に相談",
        "オペレーターにつないで",
        "ロボットじゃなくて職員さんと話したい",
        "係の人にかわってください",
        "苦情",
    ],
)
def test_asking_for_somebody(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler == "escalation"
    hold(resident, [(said, "096-334-1500"), (said, "いま受付中です（20時まで）")])


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        (datetime(2026, 11, 24, 10, 59, tzinfo=UTC), "いま受付中です（20時まで）"),
        (datetime(2026, 11, 24, 11, 0, tzinfo=UTC), "次はあした8時から"),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), "次はきょう8時から"),
        (datetime(2026, 12, 31, 3, 0, tzinfo=UTC), "いま受付中です（20時まで）"),
    ],
)
def test_whether_somebody_answers_now(resident: Speaker, moment: datetime, answered: str) -> None:
    resident.talk.now = moment
    hold(resident, [("人に相談", answered)])


@pytest.mark.parametrize(
    "said",
    ["福祉課に電話したい", "子どもの人見知りについて相談できるところはありますか", "担当者の名前を教えて"],
)
def test_other_words_of_people_are_not_stolen(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler != "escalation"
