import threading

import sqlalchemy as sa

from bot import slot_making, turns, worker
from store import agenda, inbox, outbox, residents
from tests.conftest import NOON
from tests.line import HANAKO, TARO, text_event


def counts(service) -> dict[str, int]:
    with service.database.read() as tx:
        return inbox.counts(tx)


def test_nothing_to_do(service):
    assert not service.worker.answer_next()
    assert not service.worker.send_next()


def test_turns_that_wait_are_taken_one_after_the_other_without_another_look(service, monkeypatch):
    service.hears(*(text_event("メニュー", user=f"U{number:032x}") for number in range(worker.IN_A_ROW + 1)))
    looked, look = [], agenda.look
    monkeypatch.setattr(agenda, "look", lambda *of: looked.append(look(*of)) or looked[-1])
    assert service.worker._serve_next()
    assert counts(service) == {"done": worker.IN_A_ROW, "waiting": 1}
    assert len(looked) == 1
    assert service.worker._serve_next()
    assert counts(service) == {"done": worker.IN_A_ROW + 1}
    assert not service.worker._serve_next()


def test_a_turn_that_the_database_refuses_is_tried_again_and_then_apologized_for(service, monkeypatch):
    def fails(*_: object) -> None:
        raise sa.exc.DataError("INSERT", {}, Exception("no column takes it"))

    monkeypatch.setattr(turns, "answer_next", fails)
    service.hears(text_event("メニュー"))
    for _ in range(worker.MOST_TRIES - 1):
        service.works()
        assert service.said() == ()
        assert counts(service) == {"waiting": 1}
        service.clock.passes(seconds=10)
    service.works()
    assert len(service.said()) == 1
    assert counts(service) == {"failed": 1}


def test_while_the_database_is_away_nobody_is_given_up(service, monkeypatch):
    """However long: what was taken is answered once the database is back, within seconds."""
    real = turns.answer_next

    def away(*_: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("away"))

    monkeypatch.setattr(turns, "answer_next", away)
    service.hears(text_event("メニュー"))
    for _ in range(10 * worker.MOST_TRIES):
        service.works()
        service.clock.passes(minutes=10)
    assert counts(service) == {"waiting": 1}
    monkeypatch.setattr(turns, "answer_next", real)
    service.clock.passes(seconds=1)
    service.works()
    assert counts(service) == {"done": 1}
    assert len(service.said()) == 1


def test_a_short_failure_costs_nothing(service, monkeypatch):
    monkeypatch.setattr(turns, "answer_next", _fails_once(turns.answer_next))
    service.hears(text_event("メニュー"))
    service.works()
    service.clock.passes(seconds=1)
    service.works()
    assert counts(service) == {"done": 1}
    assert service.said()


def _fails_once(real):
    calls = iter([sa.exc.OperationalError("SELECT", {}, Exception("away"))])

    def call(*arguments):
        for error in calls:
            raise error
        return real(*arguments)

    return call


def test_threads_answer_as_soon_as_they_are_woken(service):
    """As in the service: everybody is answered, each once, and stopping leaves nothing half-done."""
    service.platform.meet(TARO)
    read = threading.Event()
    spoken = service.platform.note
    messages = "/v2/bot/message/"

    def note(call):
        spoken(call)
        told = [each for each in service.platform.calls(messages) if each.path.endswith(("reply", "push"))]
        if len(told) == 2:
            read.set()

    service.platform.note = note
    service.worker.start()
    try:
        service.hears(text_event("メニュー"))
        with service.database.write() as tx:
            outbox.put(tx, residents.meet(tx, TARO, NOON).id, b'[{"type":"text","text":"x"}]', NOON)
        service.worker.wake()
        assert read.wait(10)
    finally:
        service.worker.stop()
    assert service.platform.sent_to(HANAKO)
    assert len(service.platform.sent_to(TARO)) == 1
    assert counts(service) == {"done": 1}


def test_the_clock_goes_with_the_worker_and_stops_with_it(service, monkeypatch):
    kept = threading.Event()
    monkeypatch.setattr(slot_making, "keep", lambda *_: kept.set())
    service.worker.start()
    try:
        assert kept.wait(10)
    finally:
        service.worker.stop()
    assert not any(thread.name == "due" for thread in threading.enumerate())


def test_it_stops_in_good_order_also_where_the_database_went_first(service, monkeypatch):
    def away() -> None:
        raise sa.exc.OperationalError("UPDATE", {}, Exception("away"))

    service.worker.start()
    monkeypatch.setattr(service.worker._leases, "renew", away)
    service.worker.stop()
    assert not [each.name for each in threading.enumerate() if each in service.worker._threads]
