"""The report of a month and of a year, on the page and as files."""

import csv
import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from store import case_acts, case_answers, residents, run_settings, sendings
from store.audit import COMMAND
from store.case_answers import In
from store.notices import NoticeKind
from store.run_settings import RunSettings
from store.sendings import Way
from store.sight import Role
from store.tables import accounts, callbacks, editions, revisions
from tests.line import HANAKO
from tests.store.cases import HOKEN, PROMISED, handed, person
from tests.web.town import plain
from tests.web.voicework import Voicework

COUNTED = ("LINEで送った数", "プランで数える数")
LOG, CALLS, FIGURES = "/operators/log", "/operators/calls", "/staff/figures"


@pytest.fixture
def staff(pages):
    """Somebody of a section, after three calls of an operator."""
    operator = pages.signed_in(pages.account("operator", Role.OPERATOR))
    operator.send(LOG, CALLS, outcome="answered", entry="moving-in")
    operator.send(LOG, CALLS, outcome="application", channel="fax")
    operator.send(LOG, CALLS, outcome="none", text="x")
    return pages.signed_in(pages.account("staff", Role.STAFF))


def table_of(answer):
    """The numbers of a file by table, row and column."""
    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline="")))
    assert rows[0] == ["表", "行", "列", "値"]
    return {(table, row, column): number for table, row, column, number in rows}


def test_the_month_as_a_file(staff):
    answer = staff.get(f"{FIGURES}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-11.csv"'
    found = table_of(answer)
    assert found["期間", "", "初日"] == "2026-11-01"
    assert found["受付経路別の件数", "電話", "問合せ"] == "2"
    assert found["受付経路別の件数", "ファクス", "申込受付"] == "1"
    assert found["受付経路別の件数", "計", "計"] == "3"
    assert found["応対の結果", "答えが見つからない", "件数"] == "1"
    assert found["これまでとの比較", "一次回答率", "2026年11月"] == "66.67%"
    assert found["答えられなかった質問の割合（週ごと）", "11/23〜11/29", "割合"] == "33.33%"
    assert found["LINEの質問の結果", "答えた", "件数"] == "0"
    entries = [
        number
        for (table, _, column), number in found.items()
        if table == "よく読まれたFAQ" and column == "計"
    ]
    assert entries == ["1"]


def test_the_month_as_a_workbook(staff):
    answer = staff.get(f"{FIGURES}.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="figures-2026-11.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    rows = list(book["受付経路別の件数"].iter_rows(values_only=True))
    assert rows[:2] == [("受付経路", "問合せ", "申込受付", "計"), ("電話", 2, 0, 2)]
    assert "答えられなかった質問の割合（週ごと）" in book.sheetnames


def test_the_month_on_the_page(staff):
    text = staff.get(FIGURES).text
    page = plain(text)
    assert "2026年11月の集計" in page
    assert "一次回答率 66.67%" in page
    assert "2026年11月は、まだ終わっていません。11月24日まで" in page
    assert 'role="img" aria-labelledby="received-title"' in text
    assert "いちばん多いのは電話で、2件です。" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"month": "2026-10"}, "2026年10月"),
        ({"year": "2026"}, "令和8年度"),
        ({"year": "2019"}, "令和元年度"),
        ({"year": "2018"}, "平成30年度"),
        *(({"month": text}, "2026年11月") for text in ("2026-13", "0000-01", "9999-12", "１２３４-01", "x")),
        *(({"year": text}, "2026年11月") for text in ("26", "9999", "x")),
    ],
)
def test_another_period(staff, asked, shown):
    answer = staff.get(FIGURES, query_string=asked)
    assert answer.status_code == 200
    assert f"{shown}の集計" in answer.text


def test_a_period_without_anything(staff):
    assert (
        "2026年2月に受けたものは、ありません。" in staff.get(FIGURES, query_string={"month": "2026-02"}).text
    )
    ahead = plain(staff.get(FIGURES, query_string={"month": "2027-02"}).text)
    assert "2027年2月は、まだ始まっていません。" in ahead
    found = table_of(staff.get(f"{FIGURES}.csv?month=2026-02"))
    assert found["これまでとの比較", "一次回答率", "2026年2月"] == ""


def test_a_year_stands_beside_those_that_the_city_published(staff):
    found = table_of(staff.get(f"{FIGURES}.csv?year=2026"))
    rates = [
        found["これまでとの比較", "一次回答率", f"{each}年度"]
        for each in ("平成29", "平成30", "令和元", "令和2", "令和3")
    ]
    assert rates == ["99.31%", "99.22%", "99.15%", "99.26%", "99.36%"], "as the city published them"
    assert found["これまでとの比較", "計", "令和3年度"] == "29355"
    assert found["これまでとの比較", "計", "令和8年度"] == "3"
    assert found["月ごとの件数", "11月", "計"] == "3"
    asked = staff.get(f"{FIGURES}.csv?year=2020")
    assert "令和3年度" not in asked.get_data().decode("utf-8-sig"), "what came later is not beside it"


def test_the_choice_of_years(staff):
    page = staff.get(FIGURES, query_string={"year": "2024"}).text
    assert re.findall(r'<option value="(\d+)"( selected)?', page) == [("2026", ""), ("2024", " selected")]


def test_what_line_costs_against_the_plan(pages, staff):
    with pages.site.database.write() as tx:
        run_settings.change(tx, RunSettings(line_quota=200), COMMAND, pages.clock())
        for _ in range(47):
            sendings.count(tx, Way.PUSH, NoticeKind.OFFER.value, date(2026, 11, 3))
        sendings.count(tx, Way.REPLY, "answer", date(2026, 11, 3))
    found = table_of(staff.get(f"{FIGURES}.csv"))
    numbers = {row: number for (table, row, column), number in found.items() if (table, column) == COUNTED}
    assert numbers == {
        "返信（無料）": "0",
        "空きが出たお知らせ": "47",
        "計": "47",
        "プランで1か月に送れる数": "200",
        "使った割合": "23.50%",
        "月末の見込み": "60",
    }
    year = table_of(staff.get(f"{FIGURES}.csv?year=2026"))
    assert ("LINEで送った数", "計", COUNTED[1]) in year
    assert ("LINEで送った数", "使った割合", COUNTED[1]) not in year, "a plan is by the month"


def test_callbacks_that_were_kept(pages, staff):
    now = pages.clock()
    with pages.site.database.write() as tx:
        operator = tx.connection.scalar(sa.select(accounts.c.id))
        for number, late in enumerate((False, True, False)):
            promised = now - timedelta(hours=2)
            settled = promised + timedelta(minutes=1 if late else -1)
            tx.connection.execute(
                callbacks.insert().values(
                    made_by=operator, once=str(number), made_at=promised, promised_at=promised, tries=0,
                    state="done", taken_by=operator, settled_at=settled,
                )
            )  # fmt: skip
    found = table_of(staff.get(f"{FIGURES}.csv"))
    share = found["折り返し電話の約束", "時刻までに電話した割合（とりやめをのぞく）", "件数"]
    assert (found["折り返し電話の約束", "約束の時刻がきたもの", "件数"], share) == ("3", "66.67%")


def test_cases_by_section_and_what_was_sent_on(pages, staff):
    now = pages.clock()
    with pages.site.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, now).id
        clerk = person(tx, "kumin")
        made = [handed(tx, hanako, once) for once in "123"]
        for case, at in zip(made, (PROMISED, PROMISED + timedelta(hours=1)), strict=False):
            case_answers.answer(tx, clerk, case.id, case.version, "はい", In.TELEPHONE, at)
        case_acts.send_on(tx, clerk, made[2].id, made[2].version, HOKEN, "", None, now)
    found = table_of(staff.get(f"{FIGURES}.csv"))
    kumin = {column: value for (_, row, column), value in found.items() if row == "中央区役所 区民課"}
    assert kumin == {
        "受けた": "2",
        "うち約束までに答えた": "1",
        "うち約束に遅れた": "1",
        "うち答えを待っている": "0",
        "うち再開した": "0",
        "約束までに答えた割合": "50.00%",
    }
    assert found["課が受けた案件", HOKEN, "うち答えを待っている"] == "1"
    assert found["担当違いで回した案件", f"中央区役所 区民課・{HOKEN}", "件数"] == "1"


def test_what_a_change_did(pages, staff):
    then = pages.clock() - timedelta(hours=1)
    with pages.site.database.write() as tx:
        edition = tx.connection.execute(editions.insert().values(at=then, why="x", version=1))
        row = {"edition_id": edition.inserted_primary_key[0], "kind": "faq", "key": "moving-in"}
        cells = {"id": "moving-in"}
        tx.connection.execute(revisions.insert().values(**row, sort="changed", before=cells, after=cells))
    page = plain(staff.get(FIGURES).text)
    assert "項目を変えたあとの変化" in page
    assert "まだ（後は0日分）" in page


def test_letters_and_proposals_by_the_way_they_came(pages):
    work = Voicework.of(pages)
    work.told()
    found = table_of(work.clerk.get(f"{FIGURES}.csv"))
    table = "手紙と提言を受けた方法"
    assert found[table, "LINE", "わたしの提言"] == "1"
    assert found[table, "LINE", "市長への手紙"] == "0"
    assert found[table, "計", "計"] == "1"
