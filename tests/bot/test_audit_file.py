import csv

import pytest
import sqlalchemy as sa

from bot import settings
from bot.__main__ import main
from bot.serving import open_database
from store import audit
from store.audit import SERVICE, Kind
from tests.conftest import NOON


@pytest.fixture
def written(tmp_path, monkeypatch, migrate_into):
    """A database with an act of which a spreadsheet could make a formula."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/var/helpdesk.db")
    migrate_into(tmp_path / "var")
    database = open_database(settings.read({"DATABASE_URL": f"sqlite:///{tmp_path}/var/helpdesk.db"}))
    with database.write() as tx:
        audit.record(tx, SERVICE, "@SUM(1)", Kind.SLOT, "5", NOON)
    yield database
    database.close()


def read(file):
    return list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))


def test_all_of_it_is_written_and_that_is_noted(written, tmp_path, capsys):
    file = tmp_path / "audit.csv"
    assert main(["export", "audit", str(file)]) == 0
    assert "All are as they were written" in capsys.readouterr().out
    assert read(file)[-1] == ["1", "2026-11-24 12:00:00", "サービス（自動）", "'@SUM(1)", "予約枠 5", ""]
    assert main(["export", "audit", str(file)]) == 0
    assert read(file)[-1][2:] == ["サーバーの管理者", "操作の記録を取り出した", "操作の記録", "件数：1"]


def test_a_broken_chain_is_told_and_written_all_the_same(written, tmp_path, capsys):
    with written.write() as tx:
        tx.connection.execute(sa.text("UPDATE audit SET subject = '6'"))
    file = tmp_path / "audit.csv"
    assert main(["export", "audit", str(file)]) == 1
    assert "Row 1 was changed" in capsys.readouterr().err
    assert read(file)[-1][4] == "予約枠 6"


def test_a_file_that_cannot_be_written(written, tmp_path, capsys):
    assert main(["export", "audit", str(tmp_path / "nowhere" / "audit.csv")]) == 1
    assert capsys.readouterr().err
    with written.read() as tx:
        assert tx.connection.scalar(sa.text("SELECT count(*) FROM audit")) == 1, "nothing was taken away"
