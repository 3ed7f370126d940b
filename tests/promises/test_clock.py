"""The machine's clock is put forward by hours and back: nothing is done twice, lost or stuck."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.city import LiveCity
from bot.due import Due
from bot.platform.server import Fails
from nlp.danger import DangerKind, Severity
from store import alarm_rules, alarms, api_tokens, inbox, outbox, residents, set_back, tries
from store.alarm_rules import AlarmRule
from store.api_tokens import TokenDraft
from store.db import Database
from store.sight import Role
from store.tries import Limit
from tests.line import HANAKO, Clock, Service, running, text_event
from tests.store.cases import KUMIN, person
from tests.store.people import viewers
from web.pace import Pace

AHEAD = timedelta(hours=5)
"""By how much the clock is wrong for a while."""
QUESTION = "住民票の写しがほしい"


@pytest.fixture
def service(database: Database, city: LiveCity) -> Iterator[Service]:
    with running(database, city) as service:
        service.platform._clock = Clock()  # LINE's own clock is right
        yield service


def raising(what: str, error: Exception) -> None:
    raise error


@pytest.fixture
def due(service: Service) -> Due:
    """The chores, as the worker does them."""
    return Due(service.database, service.city, service.clock, raising)


def works(service: Service, due: Due) -> None:
    """What a worker does within some seconds."""
    for _ in range(3):
        due.step()
        service.works()
        service.clock.passes(seconds=1)


def is_quiet(service: Service) -> bool:
    with service.database.read() as tx:
        return not (inbox.counts(tx).get("waiting") or outbox.counts(tx).get("waiting"))


def ask_by_a_wrong_clock(service: Service, due: Due) -> None:
    """A question comes and its answer fails to go out, five hours ahead; then the clock is set right."""
    due.step()
    service.clock.now += AHEAD
    due.step()
    service.server.fail_next(Fails(500, path="/v2/bot/message"))
    service.hears(text_event(QUESTION, at=service.clock()))
    service.works()
    assert not service.said()
    service.clock.now -= AHEAD


def test_what_came_by_a_wrong_clock_is_answered_once_it_is_right(service: Service, due: Due) -> None:
    ask_by_a_wrong_clock(service, due)
    works(service, due)
    assert is_quiet(service)
    said = service.said()
    service.hears(text_event(QUESTION, at=service.clock()))
    works(service, due)
    assert service.said() == 2 * said, "and so is what comes after it"


def test_without_a_look_back_it_waits_for_hours(
    service: Service, due: Due, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(set_back, "is_noticed", lambda *_: False)
    ask_by_a_wrong_clock(service, due)
    works(service, due)
    assert not is_quiet(service)
    assert not service.said()


def test_what_a_dead_worker_held_is_free_within_a_minute(service: Service, due: Due) -> None:
    """Leased until a time that the clock shows again in five hours."""
    due.step()
    service.clock.now += AHEAD
    due.step()
    service.hears(text_event(QUESTION, at=service.clock()))
    service.answers()
    with service.database.write() as tx:
        assert outbox.claim(tx, "a worker that dies", service.clock()) is not None
    service.clock.now -= AHEAD
    works(service, due)
    service.clock.passes(minutes=1)
    works(service, due)
    assert is_quiet(service)
    assert service.said()


def test_answers_go_out_once_over_any_jump(service: Service, due: Due) -> None:
    for hours in (5, -5, 26, -26, -1, 1):
        service.clock.passes(hours=hours)
        service.hears(text_event(QUESTION, at=service.clock()))
        works(service, due)
    assert is_quiet(service)
    assert [call.status for call in service.platform.calls("/v2/bot/message/")] == [200] * 6


def test_a_danger_is_told_though_one_was_told_by_a_wrong_clock(service: Service) -> None:
    now, kind, severity = service.clock(), DangerKind.SUICIDE, Severity.NOW
    with service.database.write() as tx:
        chief = person(tx, "chief", Role.ADMIN, None, personal=True)
        alarm_rules.change(tx, chief, {kind: AlarmRule(KUMIN, talks=False)}, now)
        resident = residents.meet(tx, HANAKO, now).id
        times = (now + AHEAD, now + AHEAD, now, now)
        told = [alarms.raise_alarm(tx, resident, kind, severity, at) is not None for at in times]
    assert told == [True, False, True, False], "once by each clock"


def test_nobody_is_locked_out_by_tries_of_a_wrong_clock(service: Service) -> None:
    limit, now = [Limit("somebody", 3)], service.clock()
    with service.database.write() as tx:
        for _ in range(3):
            assert tries.take(tx, limit, now + AHEAD) is None
        assert tries.take(tx, limit, now + AHEAD) is not None, (
            "the control: by the same clock there are too many"
        )
        assert tries.take(tx, limit, now) is None
        assert tries.is_any_over(tx, now - AHEAD)


def test_nor_is_a_program_or_a_visitor(service: Service) -> None:
    now, pace = service.clock(), Pace(1)
    assert pace.wait("192.0.2.1", now + AHEAD) == 0
    assert pace.wait("192.0.2.1", now + AHEAD) > 0
    assert pace.wait("192.0.2.1", now) == 0
    with service.database.write() as tx:
        draft = TokenDraft("通話ソフト", 1, now + timedelta(days=1))
        token = api_tokens.find(tx, api_tokens.make(tx, viewers(tx)["admin"], draft, now).id)
        assert token is not None
        assert api_tokens.take(tx, token, now + AHEAD) is None
        assert api_tokens.take(tx, token, now + AHEAD) is not None
        assert api_tokens.take(tx, token, now) is None
