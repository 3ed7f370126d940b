"""Finding entries by questions in other languages, with the translations that ship and without any."""

import tempfile
import time
from pathlib import Path

from bot import seeds
from bot.city import LiveCity, read_sayings
from faq.foreign import Foreign
from handlers.city import City
from nlp.language import Language
from store.db import Database
from store.keyring import Keyring, random_key_text
from store.migrations import migrate
from tests.bench.tables import Table
from tests.conftest import DATA, NOON
from tests.faq.foreign import Question, measure, read_questions

HEADER = (
    "",
    "questions",
    "hit@1",
    "hit@3",
    "answered",
    "wrong at once",
    "unanswerable",
    "answered all the same",
    "ms, median",
)


def run() -> Table:
    city = _shipped()
    without = Foreign(city.foreign.places, ())
    own = [
        Question(each.language, each.question, frozenset({each.entry}))
        for each in city.foreign.translations
        if not each.language.is_japanese
    ]
    labelled = read_questions()
    rows = [
        *_rows("labelled", city, city.foreign, labelled),
        *_rows("labelled, no translations", city, without, labelled),
        *_rows("questions of translations, no translations", city, without, own),
    ]
    made = {each: _made(city, each) for each in Language if not each.is_japanese}
    first = ", ".join(f"{language} {milliseconds:.0f} ms" for language, milliseconds in made.items())
    return Table(f"Questions in other languages (first question of a language: {first})", HEADER, tuple(rows))


def _rows(
    name: str, city: City, foreign: Foreign, questions: list[Question] | tuple[Question, ...]
) -> list[tuple[str, ...]]:
    return [
        (
            f"{name}: {language}",
            str(each.questions),
            f"{each.hit1 / each.questions:.3f}",
            f"{each.hit3 / each.questions:.3f}",
            f"{each.answered / each.questions:.3f}",
            str(each.wrong),
            str(each.unanswerable),
            str(each.misled),
            f"{each.milliseconds:.1f}",
        )
        for language, each in measure(city.knowledge, foreign, questions).items()
    ]


def _made(city: City, language: Language) -> float:
    """Milliseconds until the first question of a language is answered."""
    fresh = Foreign(city.foreign.places, city.foreign.translations)
    started = time.perf_counter()
    fresh.search(city.knowledge, "?", language)
    return (time.perf_counter() - started) * 1000


def _shipped() -> City:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}", Keyring.parse(random_key_text()))
        migrate(database)
        seeds.fill_if_empty(database, DATA, NOON)
        with database.read() as tx:
            city = LiveCity(read_sayings(DATA)).current(tx)
        database.close()
    return city


if __name__ == "__main__":
    print(run())  # noqa: T201 - this is what the command is for
