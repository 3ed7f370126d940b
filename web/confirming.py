"""Confirming a booking with what was told of who comes: kept, and limited by the person, in one transaction."""

from faq.retention import Purpose
from faq.terms import Sort, Terms
from store import bookings, particulars, persons
from store.bookings import Booking
from store.db import Tx
from store.doing import Doer, actor
from store.persons import Person
from store.refusals import Refusal
from web.booking_fields import Given
from web.site import site

_PURPOSES = {
    Sort.CONSULTATION: Purpose.CONSULTATION,
    Sort.EVENT: Purpose.EVENT,
    Sort.APPLICATION: Purpose.APPLICATION,
}


class Refused(Exception):
    """Takes back the transaction in which something was refused."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(type(why).__name__)
        self.why = why


def purpose_of(terms: Terms) -> Purpose:
    """What personal data is asked for, and so how long it is kept."""
    return _PURPOSES[terms.sort]


def person_of(tx: Tx, given: Given) -> Person:
    """Who is limited: the one who comes, by their reading and birth date, or telephone where that was asked."""
    return persons.digest(tx, given.kana, given.birth_date or given.telephone)


def confirm(tx: Tx, booking: Booking, terms: Terms, given: Given, by: Doer) -> Booking:
    """Keeps what was told and confirms. Raises Refused, so that nothing of it is left."""
    now, purpose = site().clock(), purpose_of(terms)
    kept = particulars.keep(
        tx,
        purpose,
        given.fields(),
        booking.resident,
        site().retention.delete_on(purpose, booking.day),
        actor(by),
        now,
    )
    made = bookings.confirm(tx, booking.id, person_of(tx, given), kept, terms, by, now)
    if not isinstance(made, Booking):
        raise Refused(made)
    return made
