"""`report`: a month's figures at a terminal."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest

from bot.__main__ import main
from bot.city import read_pages_wording
from bot.report import report
from faq.models import EntryId
from store import accounts, calls, knowledge
from store.accounts import Draft
from store.audit import COMMAND
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.sight import Role
from tests.conftest import DATA, NOON

SAY = read_pages_wording(DATA).say
NOVEMBER = date(2026, 11, 1)


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
    assert report(worked, SAY, NOVEMBER, as_json=False) == 0
    rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
    assert rows[0] == ["項目", "内訳", "件数"]
    assert ["応対", "", "2"] in rows
    assert ["一次回答率", "", "50.00%"] in rows
    assert ["多かった質問", "'=1+1", "1"] in rows


def test_json_has_the_programs_own_words(worked, capsys):
    assert report(worked, SAY, NOVEMBER, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["first"], told["last"]) == ("2026-11-01", "2026-11-30")
    numbers = ("number_of_calls", "counted", "first_answers", "first_answer_rate", "unanswered")
    assert [told[name] for name in numbers] == [2, 2, 1, 0.5, 1]
    assert sorted(each["outcome"] for each in told["calls"]) == ["answered", "none"]
    assert told["entries"] == [{"entry": "=1+1", "question": "", "number": 1}]
    assert (told["line"], told["bookings"]) == ({}, {})


def test_a_question_stands_in_its_words(database, capsys):
    with database.write() as tx:
        known = knowledge.all_entries(tx)[0]
        operator = accounts.add(tx, Draft("operator", "", Role.OPERATOR), COMMAND, NOON)
        told = CallChannel.FAX, Sort.INQUIRY, Outcome.ANSWERED, "", NOON
        calls.log(tx, CallDraft(operator.id, "1", *told, entry=known.id), NOON)
    report(database, SAY, NOVEMBER, as_json=False)
    assert ["多かった質問", known.question, "1"] in list(csv.reader(io.StringIO(capsys.readouterr().out)))


def test_the_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/helpdesk.db")
    assert main(["report", "--month", "2026-11", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number_of_calls"] == 0


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "11", "9999-12", "0001-01", "x"])
def test_what_is_no_month(month, capsys):
    with pytest.raises(SystemExit):
        main(["report", "--month", month])
    assert "a month is written like 2026-11" in capsys.readouterr().err
