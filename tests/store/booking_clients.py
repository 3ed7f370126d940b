"""Many who book at once, as processes of threads: `python -m tests.store.booking_clients THREADS QUOTA SEED [naive]`.

The database comes in DATABASE_URL and FIELD_KEYS. Each booking is written to standard output once it is
committed, as slot and receipt: whoever reads the line was told so.
"""

import base64
import os
import random
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import IO

from store import bookings, slots, taking
from store.bookings import Booking
from store.db import Database, Tx
from store.keyring import Keyring
from store.slots import SlotId
from tests.store.town import FRIDAY, LAW, NOON, OPERATOR, person

ROOT = Path(__file__).parent.parent.parent
PROCESSES, THREADS = 4, 16


def started(database: Database, quota: int, seed: int, mode: str = "") -> list[subprocess.Popen[str]]:
    """64 clients, each of which wants so many places."""
    key = base64.b64encode(database.keyring.keys[0].secret).decode()
    url = database.url.render_as_string(hide_password=False)
    environment = {**os.environ, "DATABASE_URL": url, "FIELD_KEYS": key}
    of = [sys.executable, "-m", "tests.store.booking_clients", str(THREADS), str(quota)]
    return [
        subprocess.Popen(
            [*of, str(seed + number), *filter(None, [mode])],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(PROCESSES)
    ]  # fmt: skip


def go(clients: Sequence[subprocess.Popen[str]]) -> None:
    """Lets them loose together, once each is ready."""
    for client in clients:
        assert piped(client.stdout).readline() == "ready\n"
    for client in clients:
        piped(client.stdin).write("go\n")
        piped(client.stdin).flush()


def piped(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def told(clients: Sequence[subprocess.Popen[str]]) -> list[tuple[int, str]]:
    """What they were told before they ended, or were ended: slot and receipt."""
    lines = [line for client in clients for line in piped(client.stdout) if line.endswith("\n")]
    for client in clients:
        piped(client.stdout).close()
        piped(client.stdin).close()
        client.wait()
    return [(int(line.split()[0]), line.split()[1]) for line in lines]


def book(database: Database, quota: int, seed: int) -> None:
    """Books places, each for another person, until the quota is reached or nothing is free.

    All look at first, and again only when somebody was faster: so they want the same places.
    """
    chance = random.Random(seed)
    wanted, had = _free(database, chance), 0
    while wanted and had < quota:
        slot = wanted.pop()
        if receipt := _book(database, slot, f"人{seed}の{had}"):
            sys.stdout.write(f"{slot} {receipt}\n")
            sys.stdout.flush()
            had += 1
        else:
            wanted = _free(database, chance)


def _free(database: Database, chance: random.Random) -> list[SlotId]:
    with database.read() as tx:
        free = [slot.id for slot in slots.of_day(tx, OPERATOR, FRIDAY, NOON) if slot.free]
    chance.shuffle(free)
    return free


def _book(database: Database, slot: SlotId, name: str) -> str | None:
    """Held in one transaction, confirmed in the next, as by people."""
    with database.write() as tx:
        held = bookings.hold(tx, slot, LAW, bookings.Channel.PHONE, None, OPERATOR, NOON)
    if not isinstance(held, Booking):
        return None
    with database.write() as tx:
        later = NOON + timedelta(minutes=1)
        made = bookings.confirm(tx, held.id, person(tx, name), None, LAW, OPERATOR, later)
    assert isinstance(made, Booking), made
    return made.receipt


def look_too_early() -> None:
    """Takes every seat for free at the first look, as one who looked before the others booked; then looks again."""
    look = taking._free_seats
    looked = threading.local()

    def stale(tx: Tx, slot: slots.TimeSlot) -> list[int]:
        seen = looked.__dict__.setdefault("seen", set())
        if slot.id in seen:
            return look(tx, slot)
        seen.add(slot.id)
        return list(range(1, slot.seats + 1))

    taking._free_seats = stale  # type: ignore[assignment]


def main(threads: int, quota: int, seed: int, mode: str = "") -> None:
    if mode == "naive":
        look_too_early()
    database = Database(os.environ["DATABASE_URL"], Keyring.parse(os.environ["FIELD_KEYS"]))
    clients = [
        threading.Thread(target=book, args=(database, quota, seed * 1000 + number))
        for number in range(threads)
    ]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
