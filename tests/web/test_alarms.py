"""The pages of alarms: a section's own, the words behind a reason, and who is told, which administrators choose."""

import pytest
import sqlalchemy as sa

from nlp.danger import DangerKind, Severity
from store import alarm_rules, alarms, residents
from store.alarm_rules import AlarmRule
from store.alarms import WORDS_FOR
from store.sight import Role
from store.tables import audit
from tests.line import HANAKO
from tests.store.people import HOZON, KUMIN
from tests.web.conftest import Service, Visitor

LIST = "/staff/alarms"
RULES = "/staff/alarms/rules"
SAID = "中央区の北公園にいます。<b>もう終わりにします</b>"


@pytest.fixture
def number(pages: Service) -> int:
    """A danger that the section was told of."""
    chief, now = pages.account("管理", Role.ADMIN).viewer, pages.clock()
    with pages.site.database.write() as tx:
        alarm_rules.change(tx, chief, {DangerKind.SUICIDE: AlarmRule(KUMIN, talks=False)}, now)
        hanako = residents.meet(tx, HANAKO, now).id
        made = alarms.report(tx, hanako, DangerKind.SUICIDE, Severity.NOW, SAID, now)
    assert made is not None
    return made


def of_section(pages: Service, section: str = KUMIN, *, personal: bool = False) -> Visitor:
    name = f"{section}{personal}"
    return pages.signed_in(pages.account(name, Role.STAFF, section=section, personal=personal))


def test_the_section_sees_it_notes_that_it_did_and_what_it_did(pages, number):
    clerk = of_section(pages)
    page = clerk.get(LIST).text
    assert "まだのもの 1件" in page
    assert "今あぶないとき" in page
    assert "だれも見ていません" in page
    one = f"{LIST}/{number}"
    assert clerk.send(one, f"{one}/see").status_code == 303
    assert "中央区役所" in clerk.get(one).text
    assert "さんが見た" in clerk.get(LIST).text
    empty = clerk.send(one, f"{one}/handle", note=" ")
    assert (empty.status_code, "したことを、500字以内" in empty.text) == (422, True)
    assert clerk.send(one, f"{one}/handle", note="警察に知らせた（090-1234-5678）").status_code == 303
    page = clerk.get(LIST).text
    assert "まだのもの 0件" in page
    assert "警察に知らせた（［電話番号］）" in page
    late = clerk.client.post(
        f"{one}/handle", data={"csrf_token": clerk.token_on("/account"), "note": "別のこと"}
    )
    assert late.status_code == 409
    assert "先に対応を記録しました" in late.text


def test_another_section_finds_nothing(pages, number):
    other = of_section(pages, HOZON, personal=True)
    assert "まだのもの 0件" in other.get(LIST).text
    assert other.get(f"{LIST}/{number}").status_code == 404
    for act in ("see", "handle", "words"):
        sent = other.send("/account", f"{LIST}/{number}/{act}", note="x", why="x")
        assert sent.status_code == 404


def test_words_are_shown_for_a_reason_and_no_longer(pages, number):
    clerk, one = of_section(pages, personal=True), f"{LIST}/{number}"
    page = clerk.get(one).text
    assert "公園" not in page
    assert "個人情報の保護に関する法律 第69条第2項" in page
    assert "https://laws.e-gov.go.jp/law/415AC0000000057" in page
    without = clerk.send(one, f"{one}/words", why="")
    assert (without.status_code, "公園" in without.text) == (422, False)
    shown = clerk.send(one, f"{one}/words", why="居場所を確かめるため（090-1234-5678）")
    assert "中央区の北公園にいます。&lt;b&gt;もう終わりにします&lt;/b&gt;" in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert "公園" not in clerk.get(one).text, "another look needs another reason"
    with pages.site.database.read() as tx:
        details = tx.connection.scalars(sa.select(audit.c.detail).where(audit.c.act == "words_read")).all()
    assert details == ['{"why": "居場所を確かめるため（［電話番号］）"}']


def test_who_may_not_see_personal_data_is_offered_nothing(pages, number):
    clerk, one = of_section(pages), f"{LIST}/{number}"
    page = clerk.get(one).text
    assert "書かれた言葉を見る権限がありません" in page
    assert 'name="why"' not in page
    assert clerk.send(one, f"{one}/words", why="x").status_code == 404


def test_after_a_day_nobody_is_offered_the_words(pages, number):
    with pages.site.database.write() as tx:
        assert alarms.forget_words(tx, pages.clock() + WORDS_FOR) == 1
    page = of_section(pages, personal=True).get(f"{LIST}/{number}").text
    assert "24時間で消えます" in page
    assert 'name="why"' not in page


def test_an_administrator_chooses_who_is_told(pages):
    chief = pages.signed_in(pages.account("管理者", Role.ADMIN))
    assert "どの危険も知らせない設定です" in chief.get(LIST).text
    given = {"section-sea": KUMIN, "talks-sea": "yes", "section-gas": "", "talks-gas": "yes"}
    assert chief.send(RULES, **given).status_code == 303
    assert "知らせる先を変えました" in chief.get(RULES).text
    with pages.site.database.read() as tx:
        assert alarm_rules.all_rules(tx) == {DangerKind.SEA: AlarmRule(KUMIN, talks=True)}
    assert "どの危険も知らせない設定です" not in chief.get(LIST).text
    assert chief.send(RULES, **{"section-sea": "nowhere"}).status_code == 400
    assert chief.send(RULES, **{"section-sea": ""}).status_code == 303
    with pages.site.database.read() as tx:
        assert alarm_rules.all_rules(tx) == {}
    assert of_section(pages).get(RULES).status_code == 404
