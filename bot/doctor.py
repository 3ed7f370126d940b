"""The command `doctor`: settings, database, knowledge and LINE channel, and what to mend."""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import assert_never
from urllib.parse import urlsplit

from bot import (
    backup_health,
    booking_health,
    case_health,
    clock,
    danger_health,
    machine_health,
    menu_health,
    outside_health,
    seeds,
    staff_health,
    write_health,
)
from bot.city import read_sayings
from bot.findings import Finding
from bot.room import places
from bot.serving import connect, open_database
from bot.settings import Endpoint, Settings
from faq import fitting
from faq.case_rules import CaseRules
from faq.columns import Sourced
from faq.counters import SectionId
from faq.holdings import Holdings
from faq.kinds import KINDS
from nlp.japan import today
from store import chain, contacts, inbox, knowledge, outbox, relay, vectors
from store.chain import BrokenAt, Intact
from store.db import Database
from store.failures import DatabaseFailure
from store.keyring import WrongKey
from store.migrations import is_current, is_ready
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
    try:
        yield from _database(database, settings.data_dir, cases, served=settings.line is not None)
        yield from _backups(database, settings)
        yield from _staff(database, settings, cases.fallback_section)
        if settings.embeddings is not None:
            yield from _semantic(database, settings.embeddings)
    except DatabaseFailure as error:
        yield Finding(False, f"database: {type(error).__name__}: is DATABASE_URL right, and the server up?")
    except WrongKey:
        yield Finding(False, "database: FIELD_KEYS does not open it; set the key it was made with")
    finally:
        database.close()
    yield from _machine(settings, database)
    yield from _line(settings)
    if settings.provider is not None:
        yield _provider(settings.provider)


def _database(database: Database, data_dir: Path, cases: CaseRules, *, served: bool) -> Iterator[Finding]:
    shown = database.url.render_as_string(hide_password=True)
    if not is_ready(database):
        yield Finding(False, f"database: {shown} is empty; `python -m bot migrate` makes its tables")
        return
    if not is_current(database):
        yield Finding(False, f"database: {shown} is of an earlier version; run `python -m bot migrate`")
        return
    with database.read() as tx:
        system_key(tx, "lookup")
        version, holdings = knowledge.version(tx), knowledge.everything(tx)
        missing = seeds.missing(tx, data_dir)
        given_up = outbox.given_up(tx, most=3)
        of_bookings = list(booking_health.look(tx, clock.now(), served=served))
        menus = list(menu_health.look(tx, clock.now(), served=served))
        queues = {"inbox": inbox.counts(tx), "outbox": outbox.counts(tx), "relay": relay.counts(tx)}
    yield Finding(True, f"database: {shown}")
    yield from write_health.look(database)
    yield from machine_health.clocks("the database", database.clock(), clock.now())
    if database.is_sqlite:
        yield Finding(True, f"SQLite {sqlite3.sqlite_version}: one writer at a time, by {database.file}.lock")
    stale = sum(map(_is_past, holdings.entries))
    entries = len(holdings.entries)
    yield Finding(version > 0, f"knowledge: {entries} entries, version {version}, {stale} past their date")
    yield from _places(holdings)
    yield from danger_health.look(holdings)
    yield from of_bookings
    yield from menus
    yield from case_health.look(cases, holdings.sections, today(clock.now()))
    for kind in missing:
        yield Finding(
            False, f"{kind}: {data_dir / kind}.csv never came in: `python -m bot import {kind} FILE`"
        )
    yield from _audit(database)
    for name, counts in queues.items():
        told = ", ".join(f"{state} {count}" for state, count in sorted(counts.items())) or "empty"
        yield Finding(not counts.get("dead") and not counts.get("failed"), f"{name}: {told}")
    for each in given_up:
        yield Finding(False, f"outbox {each.id}: {_told(each)}; /staff/undelivered says what to do")


def _told(item: outbox.GivenUp) -> str:
    match item.why:
        case outbox.Why.REFUSED:
            return f"LINE refused it for good, status {item.status}, request {item.request_id or 'unknown'}"
        case outbox.Why.UNKNOWN:
            return "LINE gave no clear answer for 23 hours, so it may have arrived or not"
        case outbox.Why.LATE:
            return "it had lost its point before LINE took it"
        case _:
            assert_never(item.why)


def _backups(database: Database, settings: Settings) -> Iterator[Finding]:
    if not is_ready(database) or not is_current(database):
        return
    with database.read() as tx:
        yield from backup_health.look(tx, settings.backup_dir, clock.now(), served=settings.line is not None)
    yield from backup_health.places(settings.backup_dir, settings.keys_backup, database.file)


def _staff(database: Database, settings: Settings, fallback: SectionId | None) -> Iterator[Finding]:
    """How staff are told."""
    if not is_ready(database) or not is_current(database):
        return
    served = settings.line is not None
    with database.read() as tx:
        found = contacts.everywhere(tx)
        yield from staff_health.look(tx, fallback, served=served)
    yield staff_health.reach(settings.mail, found, served=served)


def _audit(database: Database) -> Iterator[Finding]:
    with database.read() as tx:
        match chain.verify(tx, newest=NEWEST):
            case Intact(rows):
                yield Finding(
                    True, f"audit: the newest {rows} rows are as they were written, to {chain.last(tx)}"
                )
            case BrokenAt(place):
                told = "was changed, deleted or put in by hand; docs/privacy.md says what to do"
                yield Finding(False, f"audit: row {place} {told}")


def _is_past(record: Sourced) -> bool:
    until = record.provenance.valid_until
    return until is not None and until < clock.now().date()


def _places(holdings: Holdings) -> Iterator[Finding]:
    counted = {kind: holdings.of(kind) for kind in KINDS if kind not in ("faq", "synonyms", "questions")}
    told = ", ".join(f"{kind} {len(records)}" for kind, records in counted.items())
    stale = sum(_is_past(record) for records in counted.values() for record in records)
    yield Finding(True, f"places: {told}; {stale} past their date")
    for misfit in fitting.misfits(holdings):
        name = KINDS[misfit.kind].name_of(misfit.record)
        yield Finding(False, f"{misfit.kind}: {name} ({misfit.column}): {misfit.reason}")


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
