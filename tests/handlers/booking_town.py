"""The city as it ships, with programmes opened for booking and their times made: for dialogues."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.city import LiveCity
from faq.models import Provenance, Status
from faq.programmes import ProgrammeId
from faq.slots import SlotDraft, drafts
from faq.terms import Allocation, Before, Insurance, Limit, Mode, Period, Residence, Sort, Terms
from nlp.japan import JAPAN
from store import bookings, knowledge, persons, slots
from store.audit import SERVICE, ByResident
from store.bookings import Booking, Channel, State
from store.db import Database
from store.persons import Person
from tests.conftest import NOON
from tests.dialogue import Speaker

CONSULTATION = Terms(
    programme=ProgrammeId("legal"),
    section=None,
    open=True,
    sort=Sort.CONSULTATION,
    modes=(Mode.IN_PERSON,),
    minutes=30,
    seats=1,
    ahead=40,
    opens=None,
    line_until=Before(1, time(17)),
    phone_until=Before(0, time(9)),
    line_share=None,
    residence=(Residence.LIVES, Residence.WORKS),
    ages=None,
    insurance=(),
    limit=Limit(1, Period.FISCAL_YEAR),
    exclusions=("裁判や調停が始まっていません",),
    asks_opposing_party=True,
    accommodations=("手話通訳", "車いす"),
    allocation=Allocation.FIRST_COME,
    draw=None,
    waiting_list=True,
    note="",
    provenance=Provenance("a test", "", None, None, None, Status.CONFIRMED),
)
EAST = replace(
    CONSULTATION, programme=ProgrammeId("human-rights-higashi"), minutes=60, exclusions=(), limit=None
)
WEST = replace(EAST, programme=ProgrammeId("human-rights-nishi"))
SOUTH = replace(
    EAST,
    programme=ProgrammeId("human-rights-minami"),
    minutes=None,
    allocation=Allocation.LOTTERY,
    draw=Before(3, time(9)),
)
LATER = replace(EAST, programme=ProgrammeId("human-rights-kita"), opens=Before(7, time(9)))
SHUT = replace(EAST, programme=ProgrammeId("human-rights-chuo"), open=False)
TICKET = replace(
    CONSULTATION,
    programme=ProgrammeId("ticket-elderly"),
    sort=Sort.APPLICATION,
    modes=(),
    residence=(),
    insurance=(Insurance.LATER_STAGE,),
    exclusions=(),
    asks_opposing_party=False,
    accommodations=(),
)
ALL = (CONSULTATION, EAST, WEST, SOUTH, LATER, SHUT, TICKET)


def open_for_booking(database: Database, live: LiveCity, terms: Iterable[Terms] = ALL) -> None:
    """Opens the programmes, and makes their times from their real dates."""
    with database.write() as tx:
        knowledge.take_in(tx, list(terms), NOON)
    with database.write() as tx:
        city = live.current(tx)
        for each in terms:
            if city.schedule.between(each.programme, date(2026, 11, 24), date(2026, 12, 31)).occasions:
                slots.make(tx, drafts(each, city.schedule, (), NOON), NOON)


def add_slot(
    speaker: Speaker, day: date, hour: int, seats: int = 1, programme: str = "legal", place: str = ""
) -> None:
    begins = datetime.combine(day, time(hour), JAPAN)
    ends = begins + timedelta(minutes=30)
    draft = SlotDraft(ProgrammeId(programme), begins, ends, place, None, seats)
    with speaker.talk.database.write() as tx:
        assert slots.add(tx, draft, SERVICE, NOON)


def of_resident(speaker: Speaker) -> tuple[Booking, ...]:
    with speaker.talk.database.read() as tx:
        return bookings.of_resident(tx, speaker.talk.resident, speaker.talk.now)


def send_form(speaker: Speaker, name: str = "熊本 花子") -> Booking:
    """What the form does when it is sent: the only hold becomes a booking, an entry or an application."""
    (held,) = (each for each in of_resident(speaker) if each.state is State.HELD)
    with speaker.talk.database.write() as tx:
        city = speaker.talk.city.current(tx)
        by = ByResident(speaker.talk.resident)
        made = bookings.confirm(
            tx, held.id, person(tx, name), None, city.terms[held.programme], by, speaker.talk.now
        )
    assert isinstance(made, Booking), made
    return made


def person(tx: object, name: str) -> Person:
    return persons.digest(tx, name, date(1950, 1, 1))  # type: ignore[arg-type]


def book_out(
    speaker: Speaker, programme: str = "legal", day: date | None = None, now: datetime = NOON
) -> None:
    """Others take every place by telephone; of a day or of all."""
    with speaker.talk.database.write() as tx:
        city = speaker.talk.city.current(tx)
        terms = replace(city.terms[ProgrammeId(programme)], limit=None)
        free = slots.free(tx, [terms], NOON, NOON + timedelta(days=60), Channel.COUNTER, now)
        for slot in free:
            if day in (None, slot.day):
                who = person(tx, f"だれか{slot.id}")
                made = bookings.book(tx, slot.id, terms, Channel.COUNTER, who, None, SERVICE, now)
                assert isinstance(made, Booking), made
