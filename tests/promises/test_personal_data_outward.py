"""What goes to staff, to Prometheus, and to and from the identity provider: no mark of a person is in it."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import pytest
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot import spreading
from bot.city import LiveCity
from bot.gauges import Gauges
from bot.metrics_page import MetricsPage
from store import case_opening, identities, residents
from store.audit import ByResident
from store.case_opening import CaseDraft
from store.cases import Case
from store.contacts import Way
from store.db import Database
from store.identities import Identity
from store.sight import Role
from tests.bot.staff import GROUP, MAIL, Staff
from tests.bot.test_notify import Line, notifier
from tests.hooks import Receiver, receiving
from tests.line import HANAKO, running
from tests.mail import MailBox, serving
from tests.promises.test_personal_data import SAID, logged, tells_the_bot
from tests.store.cases import KUMIN
from tests.test_marks import found_in, of_sqlite
from tests.web.conftest import Service
from tests.web.provider import CLIENT, ScriptedProvider, scripted
from web import oidc
from web.oidc import Oidc
from web.single_sign_on import BACK

HERE = "http://127.0.0.1:8000"
CASES = 3
NEXT, AGENT, EMAIL, NAME, CODE = "印-next-印", "印-agent-印", "印@mark.example", "印花子", "印-code-印"
TOLD = (NEXT, AGENT, EMAIL, NAME)
"""Marks of who signs in; the code is the provider's own, and goes back to it alone."""


def handed_over(staff: Staff) -> tuple[str, ...]:
    """Cases whose every word is a mark; they wait."""
    marks = tuple(f"印-案件-{number}-しるし" for number in range(2 * CASES))
    with staff.database.write() as tx:
        by = ByResident(residents.meet(tx, HANAKO, staff.now).id)
        for number in range(CASES):
            draft = CaseDraft(str(number), KUMIN, marks[2 * number], (marks[2 * number + 1],))
            made = case_opening.open_case(tx, draft, staff.now + timedelta(hours=4), by, staff.now)
            assert isinstance(made, Case)
    return marks


def told_to_staff(database: Database, city: LiveCity) -> tuple[tuple[str, ...], dict[str, list[bytes]], int]:
    """The marks, what staff were told by each way, and by how many tellings: of new cases, reminders, digests."""
    staff, line = Staff(database, city), Line(members=3)
    with ExitStack() as stack, logged() as log:
        box, hook = stack.enter_context(serving(MailBox())), stack.enter_context(receiving(Receiver()))
        for way, address in ((Way.MAIL, MAIL), (Way.LINE_GROUP, GROUP)):
            staff.add(way, address, digest=False)
        staff.add(Way.MAIL, "digest@city.example", digest=True)
        staff.add(Way.WEBHOOK, f"http://127.0.0.1:{hook.port}/in")
        marks = handed_over(staff)
        for hours in (0, 4, 24, 24, 24):
            staff.after(hours=hours)
            telling = notifier(staff, box.port, line)
            for way in Way:
                while telling.tell_next(way):
                    pass
    out = {
        "mail": [f"{each.items()}{each.get_content()}".encode() for each in box.taken],
        "programs": [f"{each.path}{each.headers}".encode() + each.body for each in hook.heard],
        "groups": [str(each).encode() for each in line.pushed],
        "the log": ["\n".join(log.lines).encode()],
    }
    return marks, out, len({row.kind for row in staff.rows()})


def test_staff_are_told_no_word_of_a_person(sqlite: Database, city: LiveCity) -> None:
    marks, out, kinds = told_to_staff(sqlite, city)
    assert kinds >= 3
    assert all(len(each) >= CASES for where, each in out.items() if where != "the log")
    assert {
        where: found for where, blobs in out.items() if (found := found_in((*marks, HANAKO), blobs))
    } == {}


def test_words_for_staff_that_quote_are_noticed(
    sqlite: Database, city: LiveCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreading, "_name", lambda *_: "印-案件-0-しるし")
    marks, out, _ = told_to_staff(sqlite, city)
    assert [where for where, blobs in out.items() if found_in(marks, blobs)] == ["mail", "programs", "groups"]


# Prometheus -------------------------------------------------------------------------------------------


def metrics_after(database: Database, city: LiveCity, more: Collector | None = None) -> bytes:
    """What Prometheus reads after residents have told all about themselves."""
    with running(database, city) as service:
        tells_the_bot(service, SAID[:10])
        service.app.test_client().get(f"/nowhere/{SAID[0]}?{urlencode({SAID[1]: SAID[2]})}")
        return MetricsPage(gauges=more or Gauges(database, service.clock, {})).read()


class Quoting(Collector):
    def collect(self) -> Iterable[Metric]:
        quoting = GaugeMetricFamily("quoting", "What somebody said last.", labels=["words"])
        quoting.add_metric([SAID[3]], 1)
        yield quoting


def test_metrics_hold_no_word_of_a_person(sqlite: Database, city: LiveCity) -> None:
    read = metrics_after(sqlite, city)
    assert b"helpdesk_turns_total" in read
    assert found_in((*SAID, HANAKO), [read, unquote(read.decode()).encode()]) == set()
    assert found_in(SAID, [metrics_after(sqlite, city, Quoting())]) == {SAID[3]}, "the control"


# The identity provider --------------------------------------------------------------------------------


@pytest.fixture
def provider() -> Iterator[ScriptedProvider]:
    with scripted() as provider:
        yield provider


def after_a_sign_in(
    make: Callable[..., Service], database: Database, provider: ScriptedProvider
) -> dict[str, list[bytes]]:
    """Somebody comes in by the provider, which tells more of them than it was asked for: what is where then."""
    with logged() as log:
        service = make(database, oidc=Oidc(provider.settings, HERE + BACK))
        service.clock.now = datetime.now(UTC)
        account = service.account("hanako", Role.STAFF)
        with database.write() as tx:
            assert identities.bind(tx, account.id, Identity(provider.settings.issuer, "s-7"), service.clock())
        visitor = service.visitor()
        visitor.headers = {"User-Agent": AGENT}
        begun = visitor.get(f"/login/sso?{urlencode({'next': f'/home?q={NEXT}'})}").headers["Location"]
        asked = {name: value[0] for name, value in parse_qs(urlsplit(begun).query).items()}
        provider.token = lambda: provider.signed(claims(provider, asked["nonce"]))
        back = visitor.get(f"{BACK}?{urlencode({'code': CODE, 'state': asked['state']})}")
        assert back.status_code == 303
        assert visitor.get("/home").status_code == 200
    return {
        "asked of the provider": [unquote(each).encode() for each in (begun, *provider.asked)],
        "sent to the provider": [unquote(f"{each}").encode() for each in provider.posted],
        "the log": [unquote("\n".join(log.lines)).encode()],
        "the database": list(of_sqlite(database)),
    }


def claims(provider: ScriptedProvider, nonce: str) -> dict[str, object]:
    now = int(datetime.now(UTC).timestamp())
    personal = {"email": EMAIL, "name": NAME, "preferred_username": EMAIL}
    return {"iss": provider.settings.issuer, "aud": CLIENT, "sub": "s-7", "nonce": nonce, "iat": now,
            "exp": now + 300, **personal}  # fmt: skip


def test_the_provider_hears_nothing_more_and_nothing_more_stays(
    make: Callable[..., Service], sqlite: Database, provider: ScriptedProvider
) -> None:
    out = after_a_sign_in(make, sqlite, provider)
    found = {where: found_in((*TOLD, CODE), blobs) for where, blobs in out.items()}
    assert found.pop("sent to the provider") == {CODE}
    # What sessions are told apart by, for who looks at theirs.
    assert found.pop("the database") == {AGENT}
    assert set().union(*found.values()) == set()


def test_a_client_that_notes_what_it_was_told_is_noticed(
    make: Callable[..., Service],
    sqlite: Database,
    provider: ScriptedProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decode = oidc.jwt.decode

    def noting(*given: object, **named: object) -> object:
        token = decode(*given, **named)  # type: ignore[arg-type]
        logging.getLogger("web").debug("told %s", token.claims)
        return token

    monkeypatch.setattr(oidc.jwt, "decode", noting)
    assert found_in(TOLD, after_a_sign_in(make, sqlite, provider)["the log"]) == {EMAIL, NAME}
