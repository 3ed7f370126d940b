"""The commands: `python -m bot --help`. Each imports what it needs when it runs, so that `ask` starts fast."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot import clock, settings
from bot.city import LiveCity
from bot.settings import Settings, SettingsError
from faq.ranker import BadWeightsError
from store.db import Database
from store.keyring import WrongKey

if TYPE_CHECKING:
    from bot.foresight import Foresight
    from bot.talking import Talk
    from faq.semantic import Fetch


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit code."""
    given = _parser().parse_args(arguments)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO"), format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    command: Callable[[argparse.Namespace], int] = given.command
    try:
        return command(given)
    except SettingsError as error:
        sys.stderr.write(f"The settings are wrong:\n{error}\n")
        return 2
    except BadWeightsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except WrongKey:
        sys.stderr.write("FIELD_KEYS does not open this database: set the keys it was made with.\n")
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot", description="A city's helpdesk behind its LINE account."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    def add(name: str, does: str, command: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=does, description=does)
        made.set_defaults(command=command)
        return made

    for name, does, command in (
        ("run", "everything in one process", _run),
        ("web", "the web part alone (PostgreSQL)", _web),
    ):
        server = add(name, does, command)
        server.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
        server.add_argument("--port", type=int, help="port (default: PORT, or 8000)")
    add("worker", "the worker alone (PostgreSQL)", _worker)
    add(
        "migrate",
        "bring the database to the present schema, and fill it from DATA_DIR with what it never had",
        _migrate,
    )
    add("doctor", "look at settings, database, knowledge and LINE channel", _doctor)
    _add_files(add)
    _add_talks(add)
    evaluate = add("evaluate", "labelled questions against an FAQ: figures", _evaluate)
    evaluate.add_argument("--faq", type=Path, required=True, help="CSV: id,question,answer")
    evaluate.add_argument(
        "--questions", type=Path, required=True, help="CSV: query_id,query,faq_id,relevance"
    )
    evaluate.add_argument("--json", action="store_true", help="print JSON")
    evaluate.add_argument("--semantic", action="store_true", help="with the vectors of EMBEDDINGS_URL")
    training = add("train", "labelled questions against an FAQ: weights of the ranker", _train)
    training.add_argument("--faq", type=Path, required=True, help="CSV as for evaluate")
    training.add_argument("--questions", type=Path, required=True, help="CSV as for evaluate")
    training.add_argument("--out", type=Path, help="file to write (default: weights.json in DATA_DIR)")
    training.add_argument(
        "--semantic", action="store_true", help="weights_semantic.json, with the vectors of EMBEDDINGS_URL"
    )
    menu = add("rich-menu", "upload the rich menu to the LINE channel and make it everybody's", _rich_menu)
    menu.set_defaults(command=_rich_menu)
    return parser


KINDS = (
    *("faq", "offices", "shelters", "synonyms", "questions"),
    *("sections", "procedures", "hours", "closures", "programmes", "programme-days"),
)
OTHER_EXPORTS = ("snapshot", "faqpage")

Add = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def _add_files(add: Add) -> None:
    importing = add(
        "import", "take in a CSV, TSV, JSON or Excel file; with one bad row nothing changes", _import
    )
    importing.add_argument("kind", choices=KINDS)
    importing.add_argument("file", type=Path)
    importing.add_argument("--check", action="store_true", help="only say what would happen")
    importing.add_argument("--replace", action="store_true", help="remove what is not in the file")
    exporting = add("export", "write a file; its ending (.csv .tsv .json .xlsx) tells the format", _export)
    exporting.add_argument("kind", choices=(*KINDS, *OTHER_EXPORTS))
    exporting.add_argument("file", type=Path)


def _add_talks(add: Add) -> None:
    asking = add("ask", "one question by a new resident, leaving nothing behind", _ask)
    asking.add_argument("text")
    talking = add("talk", "a talk by a test resident: each line of standard input is a message", _talk)
    chatting = add("chat", "the same for a person at a terminal", _chat)
    for talk in (talking, chatting):
        talk.add_argument("--resident", default="test", help="name of the test resident (default: test)")
    for command in (asking, talking, chatting):
        command.add_argument("--at", type=_moment, help="ISO time in Asia/Tokyo (default: now)")
    for command in (asking, talking):
        command.add_argument("--json", action="store_true", help="print JSON")


def _moment(text: str) -> datetime:
    from bot.talking import parse_time

    try:
        return parse_time(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a time is written like 2026-11-24T12:00") from error


# Each command ---------------------------------------------------------------------------------------


def _settings(port: int | None = None) -> Settings:
    environment: Mapping[str, str] = os.environ
    return settings.read({**environment, "PORT": str(port)} if port else environment)


def _run(given: argparse.Namespace) -> int:
    from bot import serving

    return serving.run(_settings(given.port), given.host)


def _web(given: argparse.Namespace) -> int:
    from bot import serving

    return serving.web(_settings(given.port), given.host)


def _worker(_: argparse.Namespace) -> int:
    from bot import serving

    return serving.work(_settings())


def _migrate(_: argparse.Namespace) -> int:
    with _migrated(_settings()):
        sys.stdout.write("The database is up to date.\n")
    return 0


def _doctor(_: argparse.Namespace) -> int:
    from bot import doctor

    logging.disable(logging.INFO)
    return doctor.examine(_settings())


def _import(given: argparse.Namespace) -> int:
    from bot import files

    with _migrated(configured := _settings()) as database:
        code = files.take_in(
            database, given.kind, given.file, clock.now(), check=given.check, replace_all=given.replace
        )
        if code == 0 and given.kind == "faq" and not given.check and configured.embeddings is not None:
            from bot import filling

            filling.after_import(database, configured.embeddings, clock.now)
        return code


def _export(given: argparse.Namespace) -> int:
    from bot import files

    with _migrated(_settings()) as database:
        return files.give_out(database, given.kind, given.file)


def _ask(given: argparse.Namespace) -> int:
    from bot import talking, telling

    logging.disable(logging.INFO)
    configured = _settings()
    with _knowing(configured) as database:
        told = talking.ask(
            database, _city(configured), given.text, given.at or clock.now(), _foresight(configured)
        )
    if given.json:
        sys.stdout.write(json.dumps(told.as_json(), ensure_ascii=False) + "\n")
    else:
        labels = "  ".join(f"[{choice.label}]" for choice in telling.choices(told.routed.reply))
        sys.stdout.write(f"{telling.text(told.routed.reply)}\n\n{labels}\n")
    return 0


def _talk(given: argparse.Namespace) -> int:
    from bot import talking

    logging.disable(logging.INFO)
    with _migrated(configured := _settings()) as database:
        talking.run_talk(_talk_of(given, configured, database), sys.stdin, sys.stdout)
    return 0


def _chat(given: argparse.Namespace) -> int:
    from bot import talking

    logging.disable(logging.INFO)
    with _migrated(configured := _settings()) as database:
        talk = _talk_of(given, configured, database)
        talking.run_chat(talk, talk.city.sayings.wording.say("help.text"))
    return 0


def _talk_of(given: argparse.Namespace, configured: Settings, database: Database) -> "Talk":
    from bot.talking import Talk

    at = given.at or clock.now()
    return Talk.of(database, _city(configured), given.resident, at, _foresight(configured))


def _evaluate(given: argparse.Namespace) -> int:
    from faq.evaluate import BadFileError, evaluate

    try:
        with _fetching(semantic=given.semantic) as fetch:
            figures = evaluate(given.faq, given.questions, fetch).as_json()
    except BadFileError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if given.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write("".join(f"{name:20} {value:10.4f}\n" for name, value in figures.items()))
    return 0


def _train(given: argparse.Namespace) -> int:
    from bot.training import train_on
    from faq.ranker import CITY_SEMANTIC_WEIGHTS, CITY_WEIGHTS

    own = CITY_SEMANTIC_WEIGHTS if given.semantic else CITY_WEIGHTS
    with _fetching(semantic=given.semantic) as fetch:
        return train_on(given.faq, given.questions, given.out or _settings().data_dir / own, fetch)


@contextmanager
def _fetching(*, semantic: bool) -> Iterator["Fetch | None"]:
    """How vectors are fetched, where they are wanted; says so where the endpoint gives none."""
    if not semantic:
        yield None
        return
    from bot.embeddings import Embeddings, NoVectorsError

    with closing(Embeddings(settings.read_endpoint(os.environ))) as embeddings:
        try:
            yield embeddings.fetch
        except NoVectorsError as error:
            sys.stderr.write(f"The endpoint of EMBEDDINGS_URL gives no vectors: {error}\n")
            raise SystemExit(1) from error


def _rich_menu(_: argparse.Namespace) -> int:
    from bot import rich_menu

    configured = _settings()
    if configured.line is None:
        sys.stderr.write("Set LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN first.\n")
        return 2
    folder = configured.data_dir / "rich_menu"
    try:
        made = rich_menu.publish(folder, configured.line.access_token, configured.line_api_base)
    except rich_menu.NotUploaded as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"The rich menu is {made}.\n")
    return 0


# What they share ------------------------------------------------------------------------------------


def _city(configured: Settings) -> LiveCity:
    from bot.city import live_city

    return live_city(configured)


def _foresight(configured: Settings) -> "Foresight":
    from bot.foresight import Foresight

    if configured.embeddings is None:
        return Foresight()
    from bot.embeddings import Embeddings

    return Foresight(Embeddings(configured.embeddings))


@contextmanager
def _migrated(configured: Settings) -> Iterator[Database]:
    """The configured database, with its tables and, where it was empty, its seeds."""
    from bot import seeds
    from store.migrations import migrate

    with closing(Database(configured.database_url, configured.keyring)) as database:
        migrate(database)
        seeds.fill_if_empty(database, configured.data_dir, clock.now())
        yield database


@contextmanager
def _knowing(configured: Settings) -> Iterator[Database]:
    """The configured database where it knows something; else one in memory, filled from DATA_DIR."""
    from bot import seeds
    from store import migrations

    with closing(Database(configured.database_url, configured.keyring)) as database:
        if migrations.is_ready(database) and _knows_something(database):
            if not migrations.is_current(database):
                migrations.migrate(database)
                seeds.fill_if_empty(database, configured.data_dir, clock.now())
            yield database
            return
    with closing(Database("sqlite://", configured.keyring)) as database:
        migrations.create_in_memory(database)
        needed = [kind for kind in seeds.FILES if kind != "questions"]  # these answer nobody
        seeds.fill_if_empty(database, configured.data_dir, clock.now(), needed)
        yield database


def _knows_something(database: Database) -> bool:
    from store import knowledge

    with database.read() as tx:
        return knowledge.version(tx) > 0


if __name__ == "__main__":
    sys.exit(main())
