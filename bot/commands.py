"""What each command does. Each imports what it needs when it runs, so that `ask` starts fast."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot import clock, settings
from bot.city import LiveCity
from bot.databases import knowing, migrated
from bot.settings import Settings
from nlp.language import Language
from store.db import Database

if TYPE_CHECKING:
    from bot.foresight import Foresight
    from bot.talking import Talk
    from faq.semantic import Fetch

Command = Callable[[argparse.Namespace], int]
"""Takes what was written; the exit code."""


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
    with migrated(_settings()):
        sys.stdout.write("The database is up to date.\n")
    return 0


def _doctor(given: argparse.Namespace) -> int:
    from bot import doctor

    logging.disable(logging.INFO)
    return doctor.examine(_settings(), as_json=given.json)


def _import(given: argparse.Namespace) -> int:
    from bot import files

    with migrated(configured := _settings()) as database:
        code = files.take_in(
            database, given.kind, given.file, clock.now(), check=given.check, replace_all=given.replace
        )
        if code == 0 and given.kind == "faq" and not given.check and configured.embeddings is not None:
            from bot import filling

            filling.after_import(database, configured.embeddings, clock.now)
        return code


def _export(given: argparse.Namespace) -> int:
    from bot import audit_file, files

    with migrated(configured := _settings()) as database:
        if given.kind == "audit":
            return audit_file.give_out(database, configured.data_dir, given.file, clock.now())
        return files.give_out(database, given.kind, given.file)


def _erase(given: argparse.Namespace) -> int:
    from bot import erasing

    def agrees() -> bool:
        sys.stdout.write("This cannot be taken back. Type yes to erase: ")
        sys.stdout.flush()
        return sys.stdin.readline().strip() == "yes"

    with migrated(configured := _settings()) as database:
        asked = (lambda: True) if given.yes else agrees
        return erasing.erase(database, configured.keys_backup, given.resident, clock.now(), asked)


def _backup(given: argparse.Namespace) -> int:
    from bot import backups

    return backups.back_up(_settings(), given.file, clock.now)


def _restore(given: argparse.Namespace) -> int:
    from bot import backups

    return backups.restore(_settings(), given.file, clock.now())


def _rewrap(_: argparse.Namespace) -> int:
    from bot import backups

    return backups.rewrap(_settings(), clock.now())


def _ask(given: argparse.Namespace) -> int:
    from bot import talking, telling

    logging.disable(logging.INFO)
    configured, at = _settings(), given.at or clock.now()
    with knowing(configured, at) as database:
        told = talking.ask(database, _city(configured), given.text, at, _foresight(configured))
    if given.json:
        sys.stdout.write(json.dumps(told.as_json(), ensure_ascii=False) + "\n")
    else:
        labels = "  ".join(f"[{choice.label}]" for choice in telling.choices(told.routed.reply))
        sys.stdout.write(f"{telling.text(told.routed.reply)}\n\n{labels}\n")
    return 0


def _talk(given: argparse.Namespace) -> int:
    from bot import talking

    logging.disable(logging.INFO)
    with migrated(configured := _settings()) as database:
        talking.run_talk(_talk_of(given, configured, database), sys.stdin, sys.stdout)
    return 0


def _chat(given: argparse.Namespace) -> int:
    from bot import talking

    logging.disable(logging.INFO)
    with migrated(configured := _settings()) as database:
        talk = _talk_of(given, configured, database)
        talking.run_chat(talk, talk.city.sayings.wordings[Language.JAPANESE].say("help.text"))
    return 0


def _talk_of(given: argparse.Namespace, configured: Settings, database: Database) -> "Talk":
    from bot import trial
    from bot.talking import Talk

    at = given.at or clock.now()
    if alone := configured.line is None:
        trial.offer(database, configured.data_dir, at)
    city, foresight = _city(configured), _foresight(configured)
    return Talk.of(database, city, given.resident, at, foresight, keeps_time=alone)


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


def _user(given: argparse.Namespace) -> int:
    from bot import users
    from bot.serving import address
    from faq.counters import SectionId
    from store.accounts import Draft
    from store.sight import Role

    logging.disable(logging.INFO)
    configured = _settings()
    reached = configured.public_url or address("127.0.0.1", configured.port)
    with migrated(configured) as database:
        match given.act:
            case "add":
                section = SectionId(given.section) if given.section else None
                rights = given.personal, given.leads, given.outside
                draft = Draft(given.name, given.shown, Role(given.role), section, *rights)
                return users.add(database, draft, reached, clock.now())
            case "reset":
                return users.reset(
                    database, given.name, reached, clock.now(), authenticator=given.authenticator
                )
            case "list":
                return users.show_all(database)
        return users.set_active(database, given.name, clock.now(), active=given.act == "enable")


def _report(given: argparse.Namespace) -> int:
    from bot import report
    from bot.city import read_pages_wording
    from faq.profile import read_profile

    logging.disable(logging.INFO)
    configured = _settings()
    say = read_pages_wording(configured.data_dir).say
    published = read_profile(configured.data_dir / "city.toml").published_years
    period = given.month or given.year
    with migrated(configured) as database:
        return report.report(database, say, published, period, clock.now(), as_json=given.json)


def _rich_menu(_: argparse.Namespace) -> int:
    from bot import rich_menu
    from bot.serving import connect

    configured = _settings()
    if configured.line is None:
        sys.stderr.write("Set LINE_CHANNEL_SECRET and LINE_CHANNEL_ACCESS_TOKEN first.\n")
        return 2
    folder = configured.data_dir / "rich_menu"
    uploading = rich_menu.Uploading(configured.line.access_token, configured.line_api_base)
    with migrated(configured) as database, closing(connect(configured)) as line:
        try:
            rich_menu.publish(folder, database, uploading, line, clock.now, sys.stdout.write)
        except rich_menu.NotUploaded as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


def _city(configured: Settings) -> LiveCity:
    from bot.city import live_city

    return live_city(configured)


def _foresight(configured: Settings) -> "Foresight":
    from bot.foresight import Foresight

    if configured.embeddings is None:
        return Foresight()
    from bot.embeddings import Embeddings

    return Foresight(Embeddings(configured.embeddings))


COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        "run": _run,
        "web": _web,
        "worker": _worker,
        "migrate": _migrate,
        "doctor": _doctor,
        "import": _import,
        "export": _export,
        "erase": _erase,
        "backup": _backup,
        "restore": _restore,
        "rewrap": _rewrap,
        "ask": _ask,
        "talk": _talk,
        "chat": _chat,
        "evaluate": _evaluate,
        "train": _train,
        "user": _user,
        "report": _report,
        "rich-menu": _rich_menu,
    }
)
"""By the name that is written behind `python -m bot`."""
