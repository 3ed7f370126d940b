"""Danger comes before everything."""

import pytest
import sqlalchemy as sa

from bot.city import LiveCity
from bot.talking import Talk
from faq.counters import SectionId
from nlp.danger import DangerKind, Severity
from store import accounts, alarm_rules, alarms
from store.accounts import Account, Draft
from store.alarm_rules import AlarmRule
from store.audit import COMMAND
from store.db import Database
from store.sight import Role
from store.tables import staff_notices
from tests.conftest import NOON
from tests.dialogue import Speaker, hold


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("家が燃えてる", "119"),
        ("母が倒れて息をしていない", "119"),
        ("知らない人が家に入ってきた", "110"),
        ("もう死にたい", "よりそい"),
        ("旦那にくらされた", "DV相談"),
        ("しにたい", "よりそい"),
        ("妊娠したけど誰にも言えない", "慈恵病院"),
        ("隣の子が毎日叩かれてる", "189"),
    ],
)
def test_the_number_comes_at_once(resident: Speaker, said: str, number: str) -> None:
    told = resident.says(said)
    assert told.routed.handler == "danger"
    assert told.routed.reply.found is None, "nothing is matched"
    hold(resident, [(said, number), (said, "出典：")])


def test_it_comes_before_an_open_choice_and_before_masking(resident: Speaker) -> None:
    hold(resident, [("マイナンバーカード", "どれについて"), ("私は山田太郎、家が燃えてる", "119")])


def test_a_question_about_help_gets_the_number_and_then_the_answer(resident: Speaker) -> None:
    told = resident.says("DV相談窓口の時間は？")
    assert told.routed.handler == "danger"
    assert told.routed.reply.found is not None


@pytest.mark.parametrize("said", ["死ぬほど暇", "り災証明書がほしい", "消防団に入りたい", "火災保険の書類"])
def test_near_misses_raise_no_alarm(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler != "danger"


def test_words_are_not_echoed(resident: Speaker) -> None:
    assert "死にたい" not in resident.hears("死にたい")


def test_staff_are_told_and_the_resident_hears_the_same(
    sqlite: Database, resident: Speaker, city: LiveCity
) -> None:
    before = resident.hears("もう死にたい")
    with sqlite.write() as tx:
        account = accounts.add(tx, Draft("chief", "", Role.ADMIN), COMMAND, NOON)
        assert isinstance(account, Account)
        chief = account.viewer
        alarm_rules.change(tx, chief, {DangerKind.SUICIDE: AlarmRule(SectionId("x"), talks=False)}, NOON)
    other = Speaker(sqlite, city)
    other.talk = Talk.of(sqlite, city, "other", NOON)
    assert other.hears("もう死にたい") == before
    assert other.hears("まだ死にたい") == before
    with sqlite.read() as tx:
        (alarm,) = alarms.listed(tx, chief, NOON, NOON)
        notices = tx.connection.execute(sa.select(staff_notices.c.kind, staff_notices.c.alarm_id)).all()
    assert (alarm.danger, alarm.severity, alarm.has_words) == (DangerKind.SUICIDE, Severity.NOW, True)
    assert [tuple(each) for each in notices] == [("alarm", alarm.id)]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("夜中やけど ばあちゃんがサンダルも履かんで部屋におらん", "警察"),
        ("じいちゃんが朝の薬ば二回分のんだごたる", "中毒110番"),
        ("練炭の七輪ば部屋で使いよったら頭の痛うなった", "消防"),
        ("市役所から電話で医療費が戻るけんATMに行ってって言われよる", "消費者ホットライン"),
        ("となりで女の人のやめてって声と物の壊れる音のする", "DV相談"),
    ],
)
def test_several_words_that_mean_danger_only_together_get_the_number_and_nothing_else(
    resident: Speaker, said: str, number: str
) -> None:
    hold(resident, [("マイナンバーカード", "どれについて")])
    told = resident.says(said)
    assert told.routed.handler == "danger"
    assert told.routed.reply.found is None
    hold(resident, [(said, number)])


def test_what_is_only_like_a_danger_gets_numbers_and_then_the_ordinary_answer(resident: Speaker) -> None:
    told = resident.says("誰も私がいなくなっても気づかない")
    assert told.routed.handler == "danger"
    assert told.routed.reply.found is not None
    hold(resident, [("誰にもわかってもらえんで、一人で泣きよる", "よりそい")])


@pytest.mark.parametrize(
    "said",
    [
        "助けてドラえもん〜 粗大ごみの出し方わからん",
        "古い農薬の捨て方",
        "おぼれないための水泳教室、市のプールでありますか",
        "119番の日のイベントはありますか",
        "お金ば盗られん防犯講座はありますか",
        "暑すぎて死にそうなので市民プールの開園日を教えてください",
    ],
)
def test_a_harmless_near_miss_gets_its_ordinary_answer(resident: Speaker, said: str) -> None:
    assert resident.says(said).routed.handler != "danger"
