"""Whatever process changes the knowledge, the next turn of every other answers with it."""

import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date

import pytest

from bot import talking, telling
from bot.city import LiveCity, read_sayings
from bot.files import take_in
from faq.counter_kinds import CLOSURES
from faq.counters import Counter
from faq.hours import ClosedOn, OpenOn
from faq.models import OfficeId
from faq.writing import write
from nlp.language import Language
from store import knowledge
from store.db import Database
from tests.conftest import NOON
from tests.faq.place_files import CLOSURE
from tests.service import ROOT, Setting

THURSDAY = date(2026, 12, 10)
EAST = OfficeId("K002")
CLOSED = replace(
    CLOSURE, office=EAST, first=THURSDAY, last=THURSDAY, opens=None, closes=None, reason="停電のため"
)
ASKED = "東区役所は12月10日に開いていますか"


@pytest.fixture
def file(tmp_path):
    """The closure as staff hand it in."""
    path = tmp_path / "closures.xlsx"
    write(CLOSURES, [CLOSED], path)
    return path


def on_thursday(database, city):
    with database.read() as tx:
        return city.current(tx).timetable.on(Counter(EAST), THURSDAY)


def test_another_connection_takes_up_a_closure_at_its_next_turn(database, sayings, file):
    elsewhere = Database(database.url.render_as_string(hide_password=False), database.keyring)
    here, there = LiveCity(sayings), LiveCity(sayings)
    assert isinstance(on_thursday(database, here), OpenOn)
    assert isinstance(on_thursday(elsewhere, there), OpenOn)
    assert take_in(database, "closures", file, NOON, check=False, replace_all=False) == 0
    for found in (on_thursday(database, here), on_thursday(elsewhere, there)):
        assert isinstance(found, ClosedOn)
        assert found.why.words == "停電のため"
    elsewhere.close()


def test_a_closure_imported_by_another_process_is_in_the_next_answer(database, city, file):
    def answer() -> str:
        return telling.text(talking.ask(database, city, ASKED, NOON).routed.reply)

    assert "停電のため" not in answer()
    setting = Setting(database.url.render_as_string(hide_password=False), database.keyring, "")
    command = [sys.executable, "-m", "bot", "import", "closures", str(file)]
    subprocess.run(command, cwd=ROOT, env=setting.environment, check=True, capture_output=True, timeout=60)
    begun = time.process_time()
    assert "停電のため" in answer()
    assert time.process_time() - begun < 2


def test_nothing_is_loaded_anew_while_nothing_changes(database, city):
    with database.read() as tx:
        assert city.current(tx) is city.current(tx)


def test_pages_know_what_talks_know(city: LiveCity, sqlite: Database) -> None:
    with sqlite.read() as tx:
        talks, known = city.current(tx), city.known(tx)
        assert known.version == knowledge.version(tx) > 0
    assert known.knowledge is talks.knowledge
    assert known.directory is talks.directory
    assert known.timetable is talks.timetable
    assert known.schedule is talks.schedule
    assert (known.sections, known.terms) == (talks.sections, talks.terms)


@pytest.fixture
def folder(tmp_path):
    """A data folder whose catalogues may be changed."""
    made = tmp_path / "city"
    shutil.copytree(ROOT / "data", made)
    return made


def test_an_incomplete_catalogue_is_refused_with_what_it_lacks(folder):
    english = folder / "wording/en.toml"
    kept = [
        line
        for line in english.read_text(encoding="utf-8").splitlines()
        if not line.startswith("rephrase = ")
    ]
    english.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(ValueError, match=r"en\.toml: choose\.rephrase is missing"):
        read_sayings(folder)


def test_a_language_whose_catalogue_is_taken_away_is_not_spoken(folder):
    (folder / "wording/ko.toml").unlink()
    sayings = read_sayings(folder)
    assert Language.KOREAN not in sayings.wordings
    assert Language.ENGLISH in sayings.wordings
