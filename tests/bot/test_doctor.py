import os
import re
import shutil
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import clock, doctor, settings
from bot.__main__ import main
from bot.platform import Platform
from bot.platform.server import Fails, serve
from faq.counters import SectionId
from store import audit, backups_made, contacts, delivery, outbox, places, residents, rich_menus
from store.audit import SERVICE, Kind
from store.backups_made import Made
from store.contacts import ContactDraft, Way
from store.keyring import random_key_text
from store.migrations import is_current
from store.rich_menus import MENUS, MenuId
from store.sight import Role
from store.tables import danger_texts, entries, kinds, sections
from tests.bot.test_foresight import embed
from tests.conftest import DATA, NOON
from tests.earlier import take_back_to_the_first
from tests.embeddings import answering
from tests.line import HANAKO, Clock
from tests.store.cases import person
from tests.web.provider import scripted


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{tmp_path}/var/helpdesk.db"}


@pytest.fixture
def examine(environment, capsys):
    """The exit code, and the lines that are wrong."""

    def run(**more: str) -> tuple[int, list[str]]:
        code = doctor.examine(settings.read({**environment, **more}))
        printed = capsys.readouterr().out.splitlines()
        return code, [line.removeprefix("WRONG").strip() for line in printed if line.startswith("WRONG")]

    return run


@pytest.fixture
def migrated(environment, monkeypatch, migrate_into, tmp_path):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    migrate_into(tmp_path / "var")
    from bot.serving import open_database

    database = open_database(settings.read(environment))
    with database.write() as tx:
        backups_made.record(tx, Made(clock.now(), clock.now(), "b.db", 1, 1))
    yield database
    database.close()


def test_all_is_well(migrated, examine):
    assert examine() == (0, [])


def test_before_the_first_migration(examine):
    code, (wrong,) = examine()
    assert code == 1
    assert "python -m bot migrate" in wrong


def test_a_database_of_an_earlier_version(migrated, examine):
    take_back_to_the_first(migrated)
    code, (wrong,) = examine()
    assert code == 1
    assert "run `python -m bot migrate`" in wrong


def test_a_file_that_never_came_in(migrated, examine):
    with migrated.write() as tx:
        tx.connection.execute(kinds.delete().where(kinds.c.name == "hours"))
    code, (wrong,) = examine()
    assert code == 1
    assert "python -m bot import hours" in wrong


@pytest.mark.parametrize(("hour", "past"), [(14, 0), (15, 1)])
def test_the_day_after_its_last_an_entry_is_past_its_date(
    migrated, environment, monkeypatch, capsys, hour, past
):
    """A day ends at midnight in Japan, which is 15:00 UTC."""
    with migrated.write() as tx:
        tx.connection.execute(entries.update().values(valid_until=None))
        one = sa.select(sa.func.min(entries.c.id)).scalar_subquery()
        tx.connection.execute(entries.update().where(entries.c.id == one).values(valid_until=NOON.date()))
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(NOON.date(), time(hour), UTC))
    doctor.examine(settings.read(environment))
    assert re.search(rf"knowledge: .*, {past} past their date", capsys.readouterr().out)


def test_rows_that_do_not_fit_are_named(migrated, examine):
    with migrated.write() as tx:
        section = next(each for each in places.all_sections(tx) if each.office == "K001")
        tx.connection.execute(sections.update().where(sections.c.id == section.id).values(office="K002"))
        named = sum(each.section == section.id for each in places.all_hours(tx))
    code, wrong = examine()
    assert code == 1
    assert len(wrong) == named > 0
    assert all("別の施設（K002）の課です" in line for line in wrong)


def test_a_question_brings_an_earlier_database_up_to_date(environment, migrated, capsys):
    take_back_to_the_first(migrated)
    assert main(["ask", "東区役所の電話番号は"]) == 0
    assert "東区役所" in capsys.readouterr().out
    assert is_current(migrated)


def test_keys_of_another_database(migrated, examine):
    code, (wrong,) = examine(FIELD_KEYS=random_key_text())
    assert code == 1
    assert "FIELD_KEYS does not open it" in wrong


def test_a_file_that_is_no_database(environment, examine, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "helpdesk.db").write_bytes(b"not a database" * 1000)
    code, (wrong,) = examine()
    assert code == 1
    assert "is DATABASE_URL right" in wrong


def test_postgresql_that_is_away_and_its_password_is_not_shown(examine, capsys):
    keys = {"FIELD_KEYS": random_key_text(), "SECRET_KEY": "x"}
    code, (wrong,) = examine(DATABASE_URL="postgresql://u:zzSECRETzz@127.0.0.1:9/x", **keys)
    assert code == 1
    assert "zzSECRETzz" not in wrong


def test_what_line_refused_is_visible(migrated, examine):
    with migrated.write() as tx:
        outbox.put(tx, residents.meet(tx, HANAKO, NOON).id, b"[]", NOON)
        delivery.give_up(tx, outbox.claim(tx, "w", NOON), delivery.Why.REFUSED, NOON, 403, "its-request")
    code, (wrong, which) = examine()
    assert code == 1
    assert wrong == "outbox: dead 1, may_be_doubled 0"
    assert which.startswith("outbox 1: LINE refused it for good, status 403, request its-request;")


def test_the_channel(migrated, examine):
    with migrated.write() as tx:
        draft = ContactDraft(
            SectionId("higomaru-general"), Way.WEBHOOK, "係", "https://a.example/", False, False
        )
        contacts.add(tx, person(tx, "admin", Role.ADMIN, None), draft, NOON)
        rich_menus.keep_uploaded(tx, {menu.name: MenuId("richmenu-1") for menu in MENUS}, NOON)
    channel = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t"}
    with serve(Platform(Clock())) as server:
        code, (wrong,) = examine(LINE_API_BASE=server.address, **channel)
        assert (code, wrong.partition(":")[0]) == (1, "PUBLIC_URL is missing")
        channel |= {"PUBLIC_URL": "http://127.0.0.1:1"}
        assert examine(LINE_API_BASE=server.address, **channel) == (0, [])
        with migrated.write() as tx:
            rich_menus.keep_uploaded(tx, {menu.name: MenuId("richmenu-1") for menu in MENUS[1:]}, NOON)
        code, (wrong,) = examine(LINE_API_BASE=server.address, **channel)
        assert (code, wrong.startswith("rich menus: ja missing on LINE;")) == (1, True)
        with migrated.write() as tx:
            rich_menus.keep_uploaded(tx, {menu.name: MenuId("richmenu-1") for menu in MENUS}, NOON)
        server.fail_next(Fails(401))
        code, (wrong,) = examine(LINE_API_BASE=server.address, **channel)
    assert code == 1
    assert "LINE_CHANNEL_ACCESS_TOKEN" in wrong


def test_bad_data_is_named(migrated, examine, tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "city.toml").write_text("name = ")
    code, (wrong,) = examine(DATA_DIR=str(data))
    assert code == 1
    assert wrong.startswith("data: ")


def test_a_file_that_a_city_lacks_is_named(migrated, examine, monkeypatch, tmp_path, capsys):
    shutil.copy(DATA / "city.toml", tmp_path)
    _, (wrong,) = examine(DATA_DIR=str(tmp_path))
    assert "ja.toml is missing" in wrong
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    for command in (["ask", "x"], ["run"]):
        assert main(command) == 2
        assert "ja.toml is missing" in capsys.readouterr().err


def test_wrong_settings_are_said_and_end_the_command(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "x")
    assert main(["doctor"]) == 2
    assert "PORT must be" in capsys.readouterr().err


def test_other_commands_say_what_is_wrong_too(environment, migrated, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("FIELD_KEYS", random_key_text())
    assert main(["ask", "x"]) == 2
    assert "FIELD_KEYS does not open" in capsys.readouterr().err
    shutil.copy(DATA / "city.toml", tmp_path)
    (tmp_path / "faq.csv").write_text("id\n\n")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert main(["migrate"]) == 2
    assert "faq.csv" in capsys.readouterr().err


def test_the_endpoint_of_embeddings_and_what_is_missing(migrated, examine, capsys):
    with answering(embed) as server:
        assert doctor.examine(settings.read({**os.environ, "EMBEDDINGS_URL": server.address})) == 0
        said = capsys.readouterr().out
    assert "answers with 2 dimensions" in said
    assert re.search(r"embeddings: [1-9]\d+ entries without vectors", said)
    with answering(b"<html>") as server:
        code, (wrong,) = examine(EMBEDDINGS_URL=server.address.replace("//", "//user:zzSECRETzz@"))
    assert code == 1
    assert "gives no vectors" in wrong
    assert "zzSECRETzz" not in wrong


def test_without_an_endpoint_nothing_is_said_of_it(migrated, examine, capsys):
    doctor.examine(settings.read(os.environ))
    assert "embeddings" not in capsys.readouterr().out


def test_an_audit_that_was_changed_by_hand(migrated, examine):
    with migrated.write() as tx:
        audit.record(tx, SERVICE, "slot.made", Kind.SLOT, "1", NOON)
    assert examine() == (0, [])
    with migrated.write() as tx:
        tx.connection.execute(sa.text("UPDATE audit SET subject = '2'"))
    assert examine()[0] == 1
    assert any("row 1 was changed" in line for line in examine()[1])


def test_the_identity_provider(migrated, examine, capsys):
    with scripted() as provider:
        given = {
            "OIDC_ISSUER": provider.settings.issuer,
            "OIDC_CLIENT_ID": "helpdesk",
            "OIDC_CLIENT_SECRET": "secret",
            "PUBLIC_URL": "http://127.0.0.1:1",
        }
        assert examine(**given) == (0, [])
        code, (wrong,) = examine(**{**given, "OIDC_ISSUER": f"{provider.settings.issuer}/"})
    assert (code, "is OIDC_ISSUER exactly what the provider calls itself?" in wrong) == (1, True)


def test_what_nobody_confirmed_of_danger_is_counted(migrated, environment, capsys):
    doctor.examine(settings.read(environment))
    assert "danger: 32 of 32 texts and 30 of 30 numbers are unconfirmed" in capsys.readouterr().out


def test_a_text_of_danger_that_is_missing_is_told(migrated, examine):
    with migrated.write() as tx:
        gone = danger_texts.c.danger == "sea", danger_texts.c.severity == "now"
        tx.connection.execute(danger_texts.delete().where(*gone))
    code, (wrong,) = examine()
    assert code == 1
    assert wrong.startswith("danger: 1 have no text in the database (sea now...): those of DATA_DIR are said")
