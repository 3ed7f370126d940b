import asyncio
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from datasette.app import Datasette
from sqlite_utils import Database

from faq.holdings import Holdings
from faq.models import EntryId, Office, OfficeId
from faq.problems import Refused
from faq.sentences import Fault
from faq.snapshot import write_snapshot
from faq.writing import Written
from tests.faq.place_files import TOWN
from tests.faq.staff_files import ENTRY, OFFICE, SHELTER, WORDS

UNPLACED = replace(OFFICE, id=OfficeId("K002"), place=None, aliases=())
HOLDINGS = replace(
    TOWN,
    entries=[replace(ENTRY, id=EntryId("b"), phrasings=()), ENTRY],
    offices=[UNPLACED, OFFICE],
    shelters=[SHELTER],
    synonyms=[WORDS],
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "city.db"
    assert write_snapshot(HOLDINGS, target) == Written(target, 2)
    return target


def test_the_tables_hold_what_the_city_knows(path: Path) -> None:
    database = Database(path)
    try:
        assert database.table("faq").get("moving-in")["confirmed_on"] == "2026-11-01"
        assert [row["text"] for row in database.table("phrasings").rows] == list(ENTRY.phrasings)
        places = {row["id"]: (row["latitude"], row["longitude"]) for row in database.table("offices").rows}
        assert places == {"K001": (32.80328437, 130.708129), "K002": (None, None)}
        assert [row["text"] for row in database.table("office_names").rows] == list(OFFICE.aliases)
        assert database.table("shelters").get("E43")["for_everybody"] == 1
        assert [row["word"] for row in database.table("synonyms").rows] == list(WORDS.words)
    finally:
        database.close()


def test_counters_and_consultations_have_their_tables(path: Path) -> None:
    database = Database(path)
    try:
        hours = database.table("hours").get("chuo-kumin")
        assert (hours["section"], hours["service"], hours["last_admission"]) == ("chuo-kumin", "窓口", 30)
        assert (hours["valid_from"], hours["valid_to"]) == ("2026-02-02", None)
        closure = database.table("closures").get("2026-12-05")
        assert (closure["first"], closure["opens"], closure["service"]) == ("2026-12-05", "13:00", None)
        assert database.table("programmes").get("legal")["on_holidays"] == 0
        assert database.table("programme_days").get(("legal", "2026-12-07"))["starts"] == "09:05"
        for table, texts in (
            ("section_names", ["市民課"]),
            ("section_handles", ["住民票", "戸籍"]),
            ("procedure_done_at", ["区役所"]),
            ("procedure_not_at", ["K001"]),
            ("programme_names", ["弁護士", "遺言"]),
        ):
            assert [row["text"] for row in database.table(table).rows] == texts
        terms = database.table("booking_terms").get("legal")
        assert (terms["open"], terms["minutes"], terms["section"]) == (1, 30, "chuo-kumin")
        assert (terms["opens_days"], terms["opens_at"], terms["draw_at"]) == (14, "08:30", None)
        assert (terms["ages_least"], terms["ages_most"], terms["limit_period"]) == (18, None, "年度")
        plain = database.table("translations").get(("moving-in", "ja-easy"))
        assert plain["answer"] == "14日の うちに 区役所へ 行って ください。"
        assert database.table("readings").get("神水")["reading"] == "くわみず"
        assert database.table("neighbours").get("tax-office")["does"].startswith("国の税金は")
        assert [row["text"] for row in database.table("neighbour_deals").rows] == ["確定申告", "相続税"]
        lists = database.table("booking_term_lists").rows
        assert [row["text"] for row in lists if row["of"] == "modes"] == ["来所", "電話"]
    finally:
        database.close()


def test_the_tables_are_tied_by_keys(path: Path) -> None:
    database = Database(path)
    try:
        assert database.table("faq").pks == ["id"]
        ties = {
            (name, key.column, key.other_table)
            for name in (
                "phrasings",
                "office_names",
                "hours",
                "programme_days",
                "booking_terms",
                "translations",
            )
            for key in database.table(name).foreign_keys
        }
        assert ties == {
            ("phrasings", "faq_id", "faq"),
            ("office_names", "office_id", "offices"),
            ("hours", "office", "offices"),
            ("hours", "section", "sections"),
            ("programme_days", "programme", "programmes"),
            ("booking_terms", "programme", "programmes"),
            ("booking_terms", "section", "sections"),
            ("translations", "entry", "faq"),
        }
        assert list(database.query("pragma foreign_key_check")) == []
        assert [row["id"] for row in database.table("faq").search("届出は")] == ["b", "moving-in"]
    finally:
        database.close()


def test_a_city_that_knows_nothing_yet_has_empty_tables(tmp_path: Path) -> None:
    write_snapshot(Holdings(), tmp_path / "empty.db")
    connection = sqlite3.connect(tmp_path / "empty.db")
    try:
        assert connection.execute("select count(*) from faq").fetchone() == (0,)
        assert connection.execute("select count(*) from synonyms").fetchone() == (0,)
        assert connection.execute("select count(*) from closures").fetchone() == (0,)
    finally:
        connection.close()


def test_sqlite_utils_opens_it(path: Path) -> None:
    command = [sys.executable, "-m", "sqlite_utils", "rows", str(path), "shelters", "--csv", "-c", "name"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["name", "河内中学校"]


def test_it_takes_the_place_of_an_older_one_in_one_step(path: Path) -> None:
    reader = sqlite3.connect(path)
    try:
        assert reader.execute("select count(*) from offices").fetchone() == (2,)
        write_snapshot(replace(HOLDINGS, offices=[]), path)
        assert reader.execute("select count(*) from offices").fetchone() == (2,)
    finally:
        reader.close()
    assert list(path.parent.iterdir()) == [path]
    fresh = sqlite3.connect(path)
    try:
        assert fresh.execute("select count(*) from offices").fetchone() == (0,)
    finally:
        fresh.close()


def test_records_that_clash_leave_the_old_file(path: Path) -> None:
    before = path.read_bytes()
    twins: list[Office] = [OFFICE, OFFICE]
    with pytest.raises(sqlite3.IntegrityError):
        write_snapshot(replace(HOLDINGS, offices=twins), path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    refused = write_snapshot(HOLDINGS, tmp_path / "no" / "city.db")
    assert isinstance(refused, Refused)
    assert refused.problems[0].reason == Fault.NO_FOLDER


@pytest.mark.filterwarnings("ignore")
def test_datasette_opens_it(path: Path) -> None:
    async def found() -> list[str]:
        datasette = Datasette([str(path)])
        answer = await datasette.client.get("/city/faq.json?_search=届出は&_shape=array")
        return [row["id"] for row in answer.json()]

    assert sorted(asyncio.run(found())) == ["b", "moving-in"]
