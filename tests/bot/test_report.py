"""`report`: a month or a year at a terminal."""

import csv
import io
import json
from dataclasses import replace

import pytest

from bot.__main__ import main
from bot.city import read_pages_wording
from bot.report import report
from faq.models import EntryId
from faq.periods import Period
from faq.published_years import PublishedYear
from store import accounts, calls
from store.accounts import Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.sight import Role
from tests.conftest import DATA, NOON

SAY = read_pages_wording(DATA).say
NOVEMBER, YEAR = Period.month_of(NOON.date()), Period.year_of(NOON.date())


@pytest.fixture
def worked(database):
    """A database in which an operator has logged two calls."""
    with database.write() as tx:
        operator = accounts.add(tx, Draft("operator", "", Role.OPERATOR), COMMAND, NOON)
        told = CallChannel.PHONE, Sort.INQUIRY, Outcome.ANSWERED, "x", NOON
        calls.log(tx, CallDraft(operator.id, "1", *told, entry=EntryId("=1+1")), NOON)
        calls.log(tx, replace(CallDraft(operator.id, "2", *told), outcome=Outcome.NONE), NOON)
    return database


def test_it_prints_csv_in_which_nothing_runs(worked, capsys):
    assert report(worked, SAY, (), NOVEMBER, NOON, as_json=False) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["表", "行", "列", "値"]
    assert ["受付経路別の件数", "計", "計", "2"] in rows
    assert ["これまでとの比較", "一次回答率", "2026年11月", "50.00%"] in rows
    assert ["よく読まれたFAQ", "'=1+1", "計", "1"] in rows


def test_json_has_the_programs_own_words(worked, capsys):
    assert report(worked, SAY, (), NOVEMBER, NOON, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["first"], told["last"], told["until"]) == ("2026-11-01", "2026-11-30", "2026-11-24")
    numbers = ("number_of_calls", "counted", "first_answers", "first_answer_rate", "unanswered")
    assert [told[name] for name in numbers] == [2, 2, 1, 0.5, 1]
    assert told["received"]["phone"] == {"inquiries": 2, "applications": 0}
    assert sorted(each["outcome"] for each in told["calls"]) == ["answered", "none"]
    assert told["entries"] == [{"entry": "=1+1", "question": "", "section": "", "calls": 1, "line": 0}]
    assert (told["line"], told["bookings"]) == ({}, [])
    assert (told["promises"]["in_time"], told["changes"]) == (0, [])
    assert told["sent"] == {"replies": 0, "pushes": {}, "quota": 0, "ahead": 0}
    assert [(each["first"], each["calls"]) for each in told["weeks"] if each["calls"]] == [("2026-11-23", 2)]


def test_a_year_stands_beside_the_years_before(worked, capsys):
    published = (PublishedYear(2021, {"phone": 26_715, "web": 2_049}, ""),)
    assert report(worked, SAY, published, YEAR, NOON, as_json=False) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert ["これまでとの比較", "電話", "令和3年度", "26715"] in rows
    assert ["これまでとの比較", "計", "令和3年度", "28764"] in rows
    assert ["これまでとの比較", "電話", "令和8年度", "2"] in rows
    assert ["月ごとの件数", "11月", "応対", "2"] in rows


def test_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    assert main(["report", "--month", "2026-11", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number_of_calls"] == 0
    assert main(["report", "--year", "2026"]) == 0
    assert "これまでとの比較,電話,令和3年度,26715" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        *(
            (["--month", text], "a month is written like 2026-11")
            for text in ("2026-13", "11", "9999-12", "x")
        ),
        *((["--year", text], "a fiscal year is written like 2026") for text in ("26", "9999", "x")),
        ([], "one of the arguments --month --year is required"),
        (["--month", "2026-11", "--year", "2026"], "not allowed with argument"),
    ],
)
def test_what_is_no_period(asked, said, capsys):
    with pytest.raises(SystemExit):
        main(["report", *asked])
    assert said in capsys.readouterr().err
