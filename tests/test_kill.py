"""Killed over and over: every event that was answered 200 has one effect, on SQLite and on PostgreSQL.

`make soak` takes 500 on each, in ten rounds, at twice the pace. The controls run the same test with a guard off, and
it fails.
"""

import itertools
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot import talking
from bot.city import LiveCity, Sayings
from faq.models import FaqEntry
from handlers.turn import Card
from store import knowledge
from store.db import Database
from tests.conftest import DATA, NOON, Template
from tests.killing import Moment, Outcome, SlowLine, kill_over_and_over, new_platform
from tests.promises.length import at_length
from tests.service import BOT, Program, Service, Setting

KILLS = at_length(3, 50)
ROUNDS = at_length(1, 10)
QUESTIONS = at_length(12, 600)
"""At most, that each resident asks in a round."""
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def asked(sqlite_template: Template, sayings: Sayings, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The entries' own questions, where each is answered by its entry: an answer tells whose it is."""
    file = tmp_path_factory.mktemp("asked") / "helpdesk.db"
    shutil.copy(sqlite_template.url.removeprefix("sqlite:///"), file)
    database, city = Database(f"sqlite:///{file}", sqlite_template.keyring), LiveCity(sayings)
    with database.read() as tx:
        entries = knowledge.all_entries(tx)
    answered = (entry.question for entry in entries if _answers(database, city, entry))
    found = list(itertools.islice(answered, QUESTIONS))
    database.close()
    return found


def _answers(database: Database, city: LiveCity, entry: FaqEntry) -> bool:
    parts = talking.ask(database, city, entry.question, NOON).routed.reply.parts
    return [part.title for part in parts if isinstance(part, Card)] == [entry.question]


def killed(
    database: Database, asked: Sequence[str], folder: Path, kills: int,
    moments: Sequence[Moment] = ("push", "reply", "any", "early"), program: Program = BOT,
    faq: Path | None = None,
) -> Outcome:  # fmt: skip
    """What becomes of the residents' events when the service over this database is killed so many times."""
    platform = new_platform()
    with SlowLine(platform) as line:
        url = database.url.render_as_string(hide_password=False)
        service = Service(Setting(url, database.keyring, line.address), folder / "service.log", program)
        outcome = kill_over_and_over(service, line, platform, asked, kills, moments, faq)
    sys.stdout.write(f"{outcome}\n")
    return outcome


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_every_event_has_one_effect(
    _round: int, database: Database, asked: list[str], tmp_path: Path
) -> None:
    faq = tmp_path / "faq.csv"
    shutil.copy(DATA / "faq.csv", faq)
    outcome = killed(database, asked, tmp_path, KILLS, faq=faq)
    assert outcome.accepted > 20 * KILLS
    assert outcome.imports
    assert outcome.repeated > 0
    assert outcome.exact, outcome


LOSES: tuple[tuple[str, Moment], ...] = (
    ("kept_after_the_answer", "any"),
    ("put_in_a_second_transaction", "any"),
)
DOUBLES: tuple[tuple[str, Moment], ...] = (
    ("retry_key_made_anew", "push"),
    ("used_token_taken_for_refused", "reply"),
    ("events_not_told_apart", "any"),
)


@pytest.mark.parametrize(("guard", "moment"), LOSES)
def test_without_the_guard_events_are_lost(
    guard: str, moment: Moment, sqlite: Database, asked: list[str], tmp_path: Path
) -> None:
    outcome = killed(sqlite, asked, tmp_path, 1, [moment], ("-m", "tests.unguarded", guard))
    assert outcome.lost
    assert not outcome.exact


@pytest.mark.parametrize(("guard", "moment"), DOUBLES)
def test_without_the_guard_answers_come_twice(
    guard: str, moment: Moment, sqlite: Database, asked: list[str], tmp_path: Path
) -> None:
    outcome = killed(sqlite, asked, tmp_path, 1, [moment], ("-m", "tests.unguarded", guard))
    assert outcome.doubled
    assert not outcome.exact
