"""Meetings with the mayor: what is announced, what is said where nothing is, and the reports."""

from dataclasses import replace
from datetime import date, time

import pytest

from faq.hearings import Hearing, HearingId, HearingState
from faq.models import OfficeId, Provenance, Status
from faq.programmes import ProgrammeId
from nlp.language import Language
from store import knowledge
from tests.conftest import NOON
from tests.dialogue import Speaker, hold

SOURCE = Provenance(
    "広聴課", "https://www.example.jp/", date(2026, 11, 20), date(2026, 11, 20), None, Status.CONFIRMED
)
PARK = Hearing(
    id=HearingId("park"),
    name="市長と公園を語る会",
    aliases=("公園の会",),
    sort="市長との対話",
    state=HearingState.PLANNED,
    day=date(2026, 12, 12),
    dates="",
    starts=time(10),
    ends=time(11, 30),
    office=OfficeId("K002"),
    place="3階の会議室",
    ward="東区",
    theme="公園のこれから",
    whom="市内にお住まいの方",
    programme=None,
    apply="広聴課へお電話ください。",
    apply_by=date(2026, 12, 1),
    people=None,
    report="",
    link="https://www.example.jp/park",
    provenance=SOURCE,
)


def announce(speaker: Speaker, *hearings: Hearing) -> None:
    with speaker.talk.database.write() as tx:
        knowledge.take_in(tx, hearings, NOON)


@pytest.mark.parametrize(
    "said",
    [
        "市長と話す会はありますか",
        "次のドンドン語ろうは？",
        "市長とドンドン語ろう",
        "市長に会いたい",
        "市長との意見交換会はいつ？",
    ],
)
def test_where_nothing_is_announced_that_is_said_with_the_last_ones(resident: Speaker, said: str) -> None:
    heard = resident.hears(said)
    assert "いま、お知らせしている会はありません。" in heard
    assert "・2021年11月4日（木） 市長とドンドン語ろう！農水産業版（25人が参加）" in heard
    assert "「お知らせの設定」で分野を選ぶと" in heard
    assert "出典：熊本市の市政概要" in heard


def test_reports_lead_to_all_of_them(resident: Speaker) -> None:
    hold(
        resident,
        [
            ("ドンドン語ろうの報告を見たい", "男女共同参画について、意見を交わしました。"),
            ("市長と話す会はありますか", "これまでの会の報告"),
            (">これまでの会の報告", "中心市街地の魅力を高める方法について"),
        ],
    )
    assert "公開ページで見る" in resident.buttons


def test_what_is_announced_says_when_where_about_what_and_how_to_come(resident: Speaker) -> None:
    announce(resident, PARK)
    heard = resident.hears("市長と話す会はありますか")
    assert "【市長と公園を語る会】\n公園のこれから" in heard
    assert "日時：12月12日（土） 10時から11時30分まで" in heard
    assert "場所：東区役所 3階の会議室" in heard
    assert "対象：市内にお住まいの方" in heard
    assert "申し込み：広聴課へお電話ください。\n締め切り：12月1日（火）" in heard
    assert "空いている時間を見る" not in resident.buttons


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"apply_by": date(2026, 11, 23)}, "申し込みの受付は、終わりました。"),
        ({"apply": ""}, "申し込み方は、確認できていません。ひごまるコール（096-334-1500）へお尋ねください。"),
        ({"state": HearingState.CANCELLED}, "この会は、中止になりました。"),
        (
            {"day": None, "dates": "来年の春", "starts": None, "ends": None, "apply_by": None},
            "日時：来年の春",
        ),
        ({"office": None, "place": ""}, "場所：確認できていません"),
        ({"programme": ProgrammeId("legal")}, "広聴課へお電話ください。"),
    ],
)
def test_what_is_late_cancelled_or_not_known_is_said(resident: Speaker, changed: dict, told: str) -> None:
    announce(resident, replace(PARK, **changed))
    assert told in resident.hears("公園の会はいつ？")
    assert "空いている時間を見る" not in resident.buttons


def test_several_stand_side_by_side_the_next_first(resident: Speaker) -> None:
    announce(resident, replace(PARK, id=HearingId("later"), name="あとの会", day=date(2026, 12, 20)), PARK)
    heard = resident.hears("市長と話す会はありますか")
    assert heard.index("市長と公園を語る会") < heard.index("あとの会")


def test_questions_about_the_mayor_are_left_to_the_entries(resident: Speaker) -> None:
    assert "公園" not in resident.hears("市長の名前は？")
    assert resident.told is not None
    assert resident.told.routed.handler == "question"


def test_it_is_told_in_the_residents_language(resident: Speaker) -> None:
    announce(resident, PARK)
    resident.speaks(Language.ENGLISH)
    heard = resident.hears("meeting with the mayor")
    assert "For whom" in heard
    assert "Apply by: " in heard
