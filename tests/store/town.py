"""A small town to book in: one consultation, its terms, its slots, and the people of the tests."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from faq.models import Provenance, Status
from faq.programmes import ProgrammeId
from faq.slots import SlotDraft
from faq.terms import Allocation, Before, Limit, Mode, Period, Sort, Terms
from nlp.japan import JAPAN
from store import bookings, persons, slots
from store.audit import SERVICE, ByResident
from store.bookings import Booking, Channel, Refusal
from store.db import Tx
from store.persons import Person
from store.residents import ResidentId
from store.sight import AccountId, Role, Viewer
from store.slots import SlotId

NOON = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
"""As in `tests.conftest`, which takes a second to import: too long for each of many processes."""
FRIDAY = date(2026, 11, 27)
LAW = Terms(
    programme=ProgrammeId("law"),
    section=None,
    open=True,
    sort=Sort.CONSULTATION,
    modes=(Mode.IN_PERSON,),
    minutes=30,
    seats=1,
    ahead=30,
    opens=Before(7, time(9)),
    line_until=Before(1, time(17)),
    phone_until=Before(0, time(12)),
    line_share=None,
    residence=(),
    ages=None,
    insurance=(),
    limit=Limit(1, Period.MONTH),
    exclusions=(),
    asks_opposing_party=False,
    accommodations=(),
    allocation=Allocation.FIRST_COME,
    draw=None,
    waiting_list=True,
    note="",
    provenance=Provenance("a test", "", None, None, None, Status.UNCONFIRMED),
)
LOTS = replace(LAW, allocation=Allocation.LOTTERY, draw=Before(2, time(10)), opens=None)
CHECK_UP = replace(
    LAW, programme=ProgrammeId("check-up"), sort=Sort.APPLICATION, limit=Limit(1, Period.FISCAL_YEAR)
)
OPERATOR = Viewer(AccountId(1), "操作", Role.OPERATOR, None, personal=True)


def japan(hour: int, minute: int = 0, day: date = FRIDAY) -> datetime:
    """A moment in Japan, in UTC."""
    return datetime.combine(day, time(hour, minute), JAPAN).astimezone(UTC)


def draft(hour: int, minute: int = 0, day: date = FRIDAY, seats: int = 1, terms: Terms = LAW) -> SlotDraft:
    begins = japan(hour, minute, day)
    return SlotDraft(terms.programme, begins, begins + timedelta(minutes=30), "市役所", None, seats)


def slot(
    tx: Tx, hour: int, minute: int = 0, day: date = FRIDAY, seats: int = 1, terms: Terms = LAW
) -> SlotId:
    """A slot that was not there yet."""
    made = slots.add(tx, draft(hour, minute, day, seats, terms), SERVICE, japan(0, 0, date(2026, 11, 1)))
    assert made is not None
    return made


def person(tx: Tx, name: str) -> Person:
    return persons.digest(tx, name, date(1950, 1, 1))


def hold(
    tx: Tx, at: SlotId, resident: ResidentId, now: datetime = NOON, terms: Terms = LAW
) -> Booking | Refusal:
    return bookings.hold(tx, at, terms, Channel.LINE, resident, ByResident(resident), now)


def held(tx: Tx, at: SlotId, resident: ResidentId, now: datetime = NOON, terms: Terms = LAW) -> Booking:
    return made(hold(tx, at, resident, now, terms))


def confirm(
    tx: Tx, booking: Booking, resident: ResidentId, name: str, now: datetime = NOON, terms: Terms = LAW
) -> Booking | Refusal:
    by = ByResident(resident)
    return bookings.confirm(tx, booking.id, person(tx, name), None, terms, by, now)


def booked(
    tx: Tx, at: SlotId, resident: ResidentId, name: str, now: datetime = NOON, terms: Terms = LAW
) -> Booking:
    """Held and confirmed."""
    return made(confirm(tx, held(tx, at, resident, now, terms), resident, name, now, terms))


def phoned(tx: Tx, at: SlotId, name: str, now: datetime = NOON, terms: Terms = LAW) -> Booking | Refusal:
    """Booked by an operator for a caller."""
    return bookings.book(tx, at, terms, Channel.PHONE, person(tx, name), None, OPERATOR, now)


def made(found: Booking | Refusal | None) -> Booking:
    """The booking that a verb is expected to make."""
    assert isinstance(found, Booking), found
    return found
