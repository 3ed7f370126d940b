import sqlite3
from pathlib import Path

import pytest

from bot.arguments import KINDS
from bot.files import ALL, give_out, take_in
from faq import kinds
from store import knowledge, trail
from store.audit import COMMAND, Kind
from tests.conftest import NOON
from tests.store.untranslated import untranslate

HEADER = "id,category,kind,tone,question,phrasings,answer,section,telephone,link,source,source_url,published_on,confirmed_on,valid_until,status"  # fmt: skip  # noqa: E501


def row(entry_id: str, question: str = "", kind: str = "fact") -> str:
    question = question or f"{entry_id} の質問ですか"
    return f"{entry_id},試し,{kind},normal,{question},,答えです。,区民課,096-328-2111,,市,https://example.jp/,2026-01-01,2026-01-01,,確認済み"


@pytest.fixture
def importing(database, tmp_path):
    """Imports lines as faq.csv; gives the exit code and how the knowledge has changed."""

    def run(*rows: str, check: bool = False, replace: bool = False) -> tuple[int, int, int]:
        file = tmp_path / "faq.csv"
        file.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
        before = state(database)
        code = take_in(database, "faq", file, NOON, check=check, replace_all=replace)
        after = state(database)
        return code, after[0] - before[0], after[1] - before[1]

    return run


def state(database) -> tuple[int, int]:
    with database.read() as tx:
        return knowledge.version(tx), len(knowledge.all_entries(tx))


def test_every_kind_of_file_has_its_command_and_its_records():
    assert list(KINDS) == list(kinds.KINDS) == list(ALL)


def test_an_import_adds_and_moves_the_version_once(importing, capsys):
    assert importing(row("trial-one"), row("trial-two")) == (0, 1, 2)
    assert "新規 2、変更 0、同じ 0、削除 0" in capsys.readouterr().out
    assert importing(row("trial-one"), row("trial-two", "違う質問ですか")) == (0, 1, 0)
    assert "新規 0、変更 1、同じ 1、削除 0" in capsys.readouterr().out
    assert importing(row("trial-one")) == (0, 0, 0)


def test_an_import_is_in_the_audit_unless_it_changes_nothing(importing, database):
    importing(row("trial-one"), check=True)
    importing(row("trial-one"), row("trial-two"))
    importing(row("trial-one"))
    with database.read() as tx:
        (act,) = trail.some(tx, trail.Wanted(kind=Kind.KNOWLEDGE), 10)
    assert (act.by, act.act, act.subject) == (COMMAND, "knowledge.imported", "faq")
    assert act.detail == {"new": "2", "changed": "0", "removed": "0"}


def test_with_one_bad_row_nothing_changes_and_all_are_listed(importing, capsys):
    code, *changed = importing(
        row("trial-one"), row("Bad Id"), row("trial-two", kind="rumour"), row("trial-one")
    )
    assert (code, changed) == (1, [0, 0])
    said = capsys.readouterr().err
    for line in ("3", "4", "5"):
        assert f"{line}行" in said
    assert "何も変更していません" in said


def test_checking_changes_nothing(importing, capsys):
    assert importing(row("trial-one"), check=True) == (0, 0, 0)
    assert "取り込むと：新規 1、" in capsys.readouterr().out
    assert importing(row("Bad Id"), check=True) == (1, 0, 0)


def test_replacing(importing, database, capsys):
    with database.write() as tx:
        untranslate(tx)
    entries = state(database)[1]
    assert importing(row("trial-one"), replace=True) == (0, 1, 1 - entries)
    assert f"削除 {entries}" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_file_that_is_none(database, tmp_path, capsys, content):
    file = tmp_path / "faq.csv"
    if content is not None:
        file.write_bytes(content)
    before = state(database)
    assert take_in(database, "faq", file, NOON, check=False, replace_all=True) == 1
    assert capsys.readouterr().err
    assert state(database) == before


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".json", ".xlsx"])
@pytest.mark.parametrize("kind", ALL)
def test_what_is_exported_comes_back_the_same(sqlite, tmp_path, capsys, kind, ending):
    file = tmp_path / f"{kind}{ending}"
    with sqlite.read() as tx:
        version, records = knowledge.version(tx), ALL[kind](tx)
    assert give_out(sqlite, kind, file) == 0
    assert take_in(sqlite, kind, file, NOON, check=False, replace_all=True) == 0
    assert f"新規 0、変更 0、同じ {len(records)}、削除 0" in capsys.readouterr().out
    with sqlite.read() as tx:
        assert (knowledge.version(tx), ALL[kind](tx)) == (version, records)


def test_a_snapshot_is_a_database_of_its_own(database, tmp_path):
    file = tmp_path / "snapshot.db"
    assert give_out(database, "snapshot", file) == 0
    with sqlite3.connect(file) as snapshot:
        count = snapshot.execute("SELECT count(*) FROM faq").fetchone()[0]
        names = {name for (name,) in snapshot.execute("SELECT name FROM sqlite_master")}
    snapshot.close()
    assert count == state(database)[1]
    assert not names & {"residents", "inbox", "outbox", "queries"}, "knowledge only"


def test_what_cannot_be_written_is_said(sqlite, tmp_path, capsys):
    assert give_out(sqlite, "faq", Path(tmp_path / "faq.docx")) == 1
    assert capsys.readouterr().err
