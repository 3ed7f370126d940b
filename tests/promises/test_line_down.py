"""LINE answers nothing for thirty hours: what residents wrote is answered after, or staff see what was not.

The clock is the test's. Half of the time no connection can be made, so LINE surely has nothing; half of the time LINE
takes connections and gives no clear answer, as an overloaded service does.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.city import LiveCity
from bot.line import LineClient, Unanswered, Unreached
from store import delivery, inbox, outbox, residents, undelivered, undelivered_acts
from store.db import Database
from store.delivery import Why
from store.sight import Role, Viewer
from tests.conftest import NOON
from tests.line import Service, body_of, running, text_event
from tests.promises.length import at_length
from tests.store.cases import person

HOURS = 30
STEP = timedelta(minutes=at_length(60, 15))
"""From one try of all that waits to the next; the service's own longest wait is a quarter of an hour."""
PEOPLE = at_length(6, 200)
ASKED = "メニュー"


@pytest.fixture
def service(database: Database, city: LiveCity) -> Iterator[Service]:
    with running(database, city) as service:
        yield service


@pytest.fixture
def on_sqlite(sqlite: Database, city: LiveCity) -> Iterator[Service]:
    with running(sqlite, city) as service:
        yield service


def _person(number: int) -> str:
    return f"U{number:032x}"


def _asks(service: Service, number: int) -> None:
    """Somebody of their own writes; LINE delivers events while it takes no messages."""
    event = text_event(ASKED, user=_person(number), at=service.clock())
    service.platform.meet(_person(number))  # type: ignore[arg-type]
    service.platform.issue_reply_token(_person(number), str(event["replyToken"]))  # type: ignore[arg-type]
    assert service.post(body_of(event)).status_code == 200


def _works(service: Service) -> None:
    for step in (service.worker.answer_next, service.worker.send_next):
        while step():
            pass


def _pass(service: Service, hours: int, people: int) -> None:
    """Hours in which people write, evenly spread over all thirty, and the service goes on trying."""
    begun, asked = service.clock(), 0
    while service.clock() < begun + timedelta(hours=hours):
        while asked < people and service.clock() + STEP > begun + timedelta(hours=hours) * asked / people:
            _asks(service, asked)
            asked += 1
        _works(service)
        service.clock.now += STEP
    assert asked == people


def _down(service: Service, monkeypatch: pytest.MonkeyPatch, answer: Unanswered | Unreached) -> None:
    client = service.worker._client()
    for way in ("reply", "push"):
        monkeypatch.setattr(client, way, lambda *_: answer)


def _read_by(service: Service) -> dict[str, int]:
    """How many messages reached each person, whatever their number of bubbles."""
    calls = (call for call in service.platform.calls() if call.took_effect)
    read = {_person(number): 0 for number in range(PEOPLE)}
    for call in calls:
        if "to" in call.body:
            read[str(call.body["to"])] += 1
    for number in range(PEOPLE):
        if not read[_person(number)]:
            read[_person(number)] = len(service.platform.sent_to(_person(number)))
    return read


def _thirty_hours(service: Service, monkeypatch: pytest.MonkeyPatch, answer: Unanswered | Unreached) -> None:
    with monkeypatch.context() as patched:
        _down(service, patched, answer)
        _pass(service, HOURS, PEOPLE)
    for _ in range(4):
        service.clock.now += STEP
        _works(service)


def _admin(database: Database) -> Viewer:
    with database.write() as tx:
        return person(tx, "admin", Role.ADMIN, None)


@pytest.fixture
def admin(database: Database) -> Viewer:
    return _admin(database)


def _counts(service: Service) -> dict[str, int]:
    with service.database.read() as tx:
        waiting = inbox.counts(tx).get("waiting", 0)
        return {"heard": waiting} | {k: n for k, n in outbox.counts(tx).items() if n}


def test_what_line_surely_never_had_is_sent_when_it_is_back(service, monkeypatch, admin):
    _thirty_hours(service, monkeypatch, Unreached("NewConnectionError"))
    assert _counts(service) == {"heard": 0, "sent": PEOPLE}
    assert set(_read_by(service).values()) == {1}


def _lost(service: Service, admin: Viewer) -> tuple[int, int, int]:
    """Who was told once, how much stands on the list, and who was neither told nor listed."""
    with service.database.read() as tx:
        listed = undelivered.listed(tx, admin, service.clock())
    told = sum(1 for count in _read_by(service).values() if count == 1)
    return told, len(listed), PEOPLE - told - len(listed)


def test_what_may_have_arrived_is_listed_for_staff_and_sent_again_by_them(service, monkeypatch, admin):
    """After 23 hours LINE would not know a retry key any more: a person decides, and the words are still there."""
    _thirty_hours(service, monkeypatch, Unanswered("ReadTimeoutError"))
    told, listed, lost = _lost(service, admin)
    assert (told > 0, listed > 0, lost) == (True, True, 0)
    with service.database.write() as tx:
        found = undelivered.listed(tx, admin, service.clock())
        assert {(each.why, each.about, each.may_be_sent) for each in found} == {(Why.UNKNOWN, "answer", True)}
        sorry = dict.fromkeys(service.city.sayings.wordings, "遅れました")
        assert undelivered_acts.send_again(tx, admin, outbox.ANSWER, sorry, service.clock()) == listed
        assert undelivered_acts.send_again(tx, admin, outbox.ANSWER, sorry, service.clock()) == 0
    _works(service)
    assert _lost(service, admin) == (PEOPLE, 0, 0)
    again = service.platform.calls("/v2/bot/message/push")[-1]
    assert again.body["messages"][0]["text"] == "遅れました"  # type: ignore[index]


def test_what_has_lost_its_point_is_not_sent_but_listed(service, monkeypatch, admin):
    """A reminder of yesterday's appointment would send somebody on a way."""
    until = NOON + timedelta(hours=20)
    with service.database.write() as tx:
        resident = residents.meet(tx, _person(0), NOON).id
        service.platform.meet(_person(0))  # type: ignore[arg-type]
        body = json.dumps([{"type": "text", "text": "明日です"}]).encode()
        outbox.put(tx, resident, body, NOON, about="reminder_day_before", not_after=until)
    with monkeypatch.context() as patched:
        _down(service, patched, Unreached("NewConnectionError"))
        _pass(service, HOURS, 0)
    _works(service)
    assert service.platform.sent_to(_person(0)) == ()
    with service.database.read() as tx:
        (found,) = undelivered.listed(tx, admin, service.clock())
    assert (found.about, found.why) == ("reminder_day_before", Why.LATE)


def test_while_line_is_down_staff_see_what_waits(service, monkeypatch, admin):
    with monkeypatch.context() as patched:
        _down(service, patched, Unreached("NewConnectionError"))
        _pass(service, 2, PEOPLE)
        with service.database.read() as tx:
            assert undelivered.stuck(tx, admin, service.clock())
            assert undelivered.listed(tx, admin, service.clock()) == ()


# Without the guards ----------------------------------------------------------------------------------------


def test_without_the_list_what_expires_is_lost(on_sqlite, monkeypatch):
    def forget(tx: Any, item: Any, _why: Why, now: Any, status: int = 0, _request_id: str = "") -> None:
        outbox.work.finish(tx, outbox.outbox, item.id, "dead", now)

    monkeypatch.setattr(delivery, "give_up", forget)
    _thirty_hours(on_sqlite, monkeypatch, Unanswered("ReadTimeoutError"))
    assert _lost(on_sqlite, _admin(on_sqlite.database))[2] > 0


def test_without_telling_that_line_never_had_it_what_waits_expires(on_sqlite, monkeypatch):
    monkeypatch.setattr(delivery, "refused_for_now", delivery.later)
    _thirty_hours(on_sqlite, monkeypatch, Unreached("NewConnectionError"))
    assert _counts(on_sqlite).get("dead", 0) > 0


def test_without_an_end_to_a_retry_key_somebody_reads_it_twice(on_sqlite, monkeypatch):
    """LINE took it and could not say so; it forgets the key after 24 hours."""
    monkeypatch.setattr(outbox, "RETRY_KEY_LIFE", timedelta(days=3))
    client = on_sqlite.worker._client()
    push = LineClient.push

    def taken_unsaid(*sending: Any) -> Unanswered:
        push(client, *sending)
        return Unanswered("ReadTimeoutError")

    event = replace_token(text_event(ASKED, user=_person(0), at=on_sqlite.clock()))
    on_sqlite.platform.meet(_person(0))  # type: ignore[arg-type]
    assert on_sqlite.post(body_of(event)).status_code == 200
    with monkeypatch.context() as patched:
        patched.setattr(client, "push", taken_unsaid)
        _works(on_sqlite)
        with patched.context() as silent:
            silent.setattr(client, "push", lambda *_: Unanswered("ReadTimeoutError"))
            _pass(on_sqlite, HOURS, 0)
    on_sqlite.clock.now += STEP
    _works(on_sqlite)
    assert len(on_sqlite.platform.sent_to(_person(0))) > 1


def replace_token(event: dict[str, object]) -> dict[str, object]:
    """The event without a reply token, so that it is answered by a push."""
    return {name: value for name, value in event.items() if name != "replyToken"}
