"""Who writes next, and what a commit waits for."""

import threading

import pytest

from store.db import Database, _Queue


@pytest.mark.parametrize(
    ("asking", "order"),
    [
        ([("first", False), ("second", False)], ["first", "second"]),
        ([("answer", False), ("webhook", True)], ["webhook", "answer"]),
        (
            [("answer", False), ("webhook", True), ("later webhook", True)],
            ["webhook", "later webhook", "answer"],
        ),
    ],
)
def test_the_urgent_write_first_and_then_who_waits_longest(
    asking: list[tuple[str, bool]], order: list[str]
) -> None:
    lock, served = _Queue(), list[str]()

    def write(name: str, urgent: bool) -> None:
        lock.acquire(urgent=urgent)
        served.append(name)
        lock.release()

    lock.acquire(urgent=False)
    threads = []
    for place, (name, urgent) in enumerate(asking, 1):
        threads.append(threading.Thread(target=write, args=(name, urgent)))
        threads[-1].start()
        while lock.waiting < place:
            pass
    lock.release()
    for thread in threads:
        thread.join(5)
    assert served == order


def test_a_commit_waits_for_the_disk_unless_told_otherwise(database: Database) -> None:
    def setting(**options: bool) -> str:
        query = "PRAGMA synchronous" if database.is_sqlite else "SHOW synchronous_commit"
        with database.write(**options) as tx:
            return str(tx.connection.exec_driver_sql(query).scalar())

    full, normal = ("2", "1") if database.is_sqlite else ("on", "off")
    assert [setting(), setting(synced=False), setting()] == [full, normal, full]


def test_a_write_within_a_write_of_the_same_thread_is_refused_rather_than_waited_for(
    sqlite: Database,
) -> None:
    with sqlite.write(), pytest.raises(RuntimeError, match="within another"), sqlite.write():
        pass
    with sqlite.write():
        pass
