"""The command `doctor`: settings, database, knowledge and LINE channel, and what to mend."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from bot import (
    backup_health,
    booking_health,
    case_health,
    clock,
    knowledge_health,
    machine_health,
    menu_health,
    outside_health,
    queue_health,
    staff_health,
    write_health,
)
from bot.city import read_sayings
from bot.findings import Finding
from bot.room import places
from bot.serving import connect, open_database
from bot.settings import Endpoint, Settings
from faq.case_rules import CaseRules
from nlp.japan import today
from store import chain, contacts, vectors
from store.chain import Intact
from store.db import Database, Tx
from store.failures import DatabaseFailure
from store.keyring import WrongKey
from store.migrations import is_current, is_ready
from store.places import all_sections
from store.residents import system_key
from web.provider import Provider

NEWEST = 1000
"""Rows of the audit that are looked at each time."""


def examine(settings: Settings, *, as_json: bool = False) -> int:
    """Prints a line a finding, or all as JSON; the exit code is 1 where something is wrong."""
    findings = list(_findings(settings))
    if as_json:
        shown = [{"well": finding.well, "text": finding.text} for finding in findings]
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    else:
        for finding in findings:
            sys.stdout.write(f"{'ok   ' if finding.well else 'WRONG'}  {finding.text}\n")
    return 0 if all(finding.well for finding in findings) else 1


def _findings(settings: Settings) -> Iterator[Finding]:
    cases = CaseRules()
    try:
        sayings = read_sayings(settings.data_dir)
        cases = sayings.profile.cases
        yield Finding(True, f"data: {sayings.profile.name}, {settings.data_dir}")
    except (OSError, ValueError) as error:
        yield Finding(False, f"data: {error}")
    try:
        database = open_database(settings)
    except OSError as error:
        yield Finding(False, f"database: {error.strerror}: {error.filename}")
        return
    with closing(database):
        yield from _database(database, settings, cases)
    yield from _machine(settings, database)
    yield from _line(settings)
    if settings.provider is not None:
        yield _provider(settings.provider)


def _database(database: Database, settings: Settings, cases: CaseRules) -> Iterator[Finding]:
    shown = database.url.render_as_string(hide_password=True)
    try:
        if not is_ready(database):
            yield Finding(False, f"database: {shown} is empty; `python -m bot migrate` makes its tables")
        elif not is_current(database):
            yield Finding(False, f"database: {shown} is of an earlier version; run `python -m bot migrate`")
        else:
            with database.read() as tx:
                system_key(tx, "lookup")
            yield Finding(True, f"database: {shown}")
            yield from _kept(database, settings, cases)
        if settings.embeddings is not None:
            yield from _semantic(database, settings.embeddings)
    except DatabaseFailure as error:
        yield Finding(False, f"database: {type(error).__name__}: is DATABASE_URL right, and the server up?")
    except WrongKey:
        yield Finding(False, "database: FIELD_KEYS does not open it; set the key it was made with")


def _kept(database: Database, settings: Settings, cases: CaseRules) -> Iterator[Finding]:
    """What is in a database that is up to date, and whether it can be written."""
    now, served = clock.now(), settings.line is not None
    yield from write_health.look(database)
    yield from machine_health.clocks("the database", database.clock(), clock.now())
    if database.is_sqlite:
        yield Finding(True, f"SQLite {sqlite3.sqlite_version}: one writer at a time, by {database.file}.lock")
    with database.read() as tx:
        found = contacts.everywhere(tx)
        yield from knowledge_health.look(tx, settings.data_dir, today(now))
        yield from booking_health.look(tx, now, served=served)
        yield from menu_health.look(tx, now, served=served)
        yield from case_health.look(cases, all_sections(tx), today(now))
        yield _audit(tx)
        yield from queue_health.look(tx)
        yield from backup_health.look(tx, settings.backup_dir, now, served=served)
        yield from staff_health.look(tx, cases.fallback_section, served=served)
    yield from backup_health.places(settings.backup_dir, settings.keys_backup, database.file)
    yield staff_health.reach(settings.mail, found, served=served)


def _audit(tx: Tx) -> Finding:
    found = chain.verify(tx, newest=NEWEST)
    if isinstance(found, Intact):
        told = f"the newest {found.rows} rows are as they were written, to {chain.last(tx)}"
    else:
        told = f"row {found.place} was changed, deleted or put in by hand; docs/privacy.md says what to do"
    return Finding(isinstance(found, Intact), f"audit: {told}")


def _semantic(database: Database, endpoint: Endpoint) -> Iterator[Finding]:
    from bot.embeddings import Embeddings, NoVectorsError

    where = urlsplit(endpoint.url)
    with closing(Embeddings(endpoint)) as embeddings:
        try:
            dimensions = embeddings.questions(["住民票"]).shape[1]
        except NoVectorsError as error:
            told = f"{where.hostname} gives no vectors ({error}), so questions are answered without"
            yield Finding(False, f"embeddings: {told}; is EMBEDDINGS_URL right, and the server up?")
        else:
            yield Finding(True, f"embeddings: {where.hostname} answers with {dimensions} dimensions")
    if is_current(database):
        with database.read() as tx:
            missing = len(vectors.missing(tx, endpoint.kept_as))
        yield Finding(
            True, f"embeddings: {missing} entries without vectors; the service fetches what is missing"
        )


def _machine(settings: Settings, database: Database) -> Iterator[Finding]:
    yield from machine_health.service(database.file)
    yield from machine_health.disks(places(settings, database))
    yield from machine_health.keys(_key_files(settings, database))
    yield machine_health.watched(settings.metrics)


def _key_files(settings: Settings, database: Database) -> dict[str, Path]:
    """Files of keys that this machine may have, by what they hold."""
    found = {"the copy of the keys": settings.keys_backup}
    if database.file is not None:
        found["FIELD_KEYS"] = database.file.with_name("field_keys.key")
        found["SECRET_KEY"] = database.file.with_name("secret_key.key")
    return {name: file for name, file in found.items() if file is not None}


def _provider(provider: Provider) -> Finding:
    from web.oidc import Oidc, Problem

    where = urlsplit(provider.issuer).hostname
    if isinstance(Oidc(provider, "").begin(clock.now()), Problem):
        told = f"single sign-on: {where} does not answer as OIDC_ISSUER says, so passwords only are left"
        return Finding(False, f"{told}; is OIDC_ISSUER exactly what the provider calls itself?")
    return Finding(True, f"single sign-on: {where} answers")


def _line(settings: Settings) -> Iterator[Finding]:
    if settings.line is None:
        yield Finding(True, "LINE: no channel is configured, the simulator takes its place")
        return
    client = connect(settings)
    problem = client.check()
    yield Finding(problem is None, f"LINE: {problem or 'the channel answers'}")
    yield from machine_health.clocks("LINE", client.clock() if problem is None else None, clock.now())
    yield from outside_health.look(settings.public_url, settings.hops, clock.now())
    if not settings.public_url:
        yield Finding(False, "PUBLIC_URL is missing: residents cannot open the forms that the talk leads to")
    if settings.relay_url:
        yield Finding(True, f"relay: what is not ours goes on to {settings.relay_url}")
