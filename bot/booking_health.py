"""What `doctor` says of bookings: terms nobody confirmed, programmes without times, and whether the clock goes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot import trial
from bot.findings import Finding
from faq.models import Status
from faq.terms import Sort, Terms
from store import chores, slots, terms
from store.db import Tx
from store.slots import SlotState

STILL: Final = timedelta(minutes=10)
"""After so long the service has stopped, or its clock hangs."""
_AHEAD: Final = timedelta(days=400)


def look(tx: Tx, now: datetime, *, served: bool) -> Iterator[Finding]:
    """`served`: whether a LINE channel is configured, so that residents meet what is open."""
    open_ones = [each for each in terms.all_terms(tx) if each.open]
    yield from _terms(open_ones, served=served)
    yield from _times(tx, open_ones, now)
    yield from _clock(tx, now)


def _terms(open_ones: list[Terms], *, served: bool) -> Iterator[Finding]:
    if not open_ones:
        yield Finding(True, "bookings: no programme takes any (受付 in booking-terms)")
    for each in open_ones:
        name = f"bookings: {each.programme}"
        if trial.is_sample(each):
            yield Finding(
                not served, f"{name} is open on terms that are a sample (見本), for the simulator alone"
            )
        elif each.provenance.status is Status.UNCONFIRMED:
            told = "is open on terms that nobody confirmed (status in booking-terms)"
            yield Finding(not served, f"{name} {told}")
        else:
            yield Finding(True, f"{name} is open")


def _times(tx: Tx, open_ones: list[Terms], now: datetime) -> Iterator[Finding]:
    coming = slots.reaching(tx, now, now + _AHEAD, now)
    having = {slot.programme for slot in coming if slot.state is SlotState.OPEN}
    for each in open_ones:
        if each.sort is not Sort.APPLICATION and each.programme not in having:
            why = (
                "it needs an RRULE or days in programme-days, 開始時刻 and 終了時刻, and a service that runs"
            )
            yield Finding(False, f"bookings: {each.programme} is open and has no times: {why}")


def _clock(tx: Tx, now: datetime) -> Iterator[Finding]:
    found = chores.all_chores(tx)
    for each in found:
        if each.failed_at is not None:
            yield Finding(
                False, f"clock: {each.name} failed at {each.failed_at:%Y-%m-%d %H:%M} UTC; see the log"
            )
    if not found:
        yield Finding(True, "clock: has not run yet")
        return
    last = max(each.begun_at for each in found)
    told = f"clock: last step at {last:%Y-%m-%d %H:%M:%S} UTC"
    runs = now - last < STILL
    yield Finding(runs, told if runs else f"{told}; the service does not run, or hangs: start it again")
