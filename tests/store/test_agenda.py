from datetime import timedelta

from store import agenda, inbox, knowledge, outbox, residents
from store.agenda import Agenda
from store.inbox import Arrival
from store.outbox import LEASE
from tests.conftest import NOON
from tests.line import HANAKO

SECOND = timedelta(seconds=1)


def test_nothing_to_do(tx):
    assert agenda.look(tx, NOON) == Agenda(tells=False, hears=False, knowledge=knowledge.version(tx))


def test_what_waits_to_be_heard_and_to_be_told(tx):
    inbox.keep(tx, [Arrival("e", HANAKO, "message/text", NOON, True, True, b"{}")], NOON)
    hanako = residents.meet(tx, HANAKO, NOON).id
    assert (agenda.look(tx, NOON).tells, agenda.look(tx, NOON).hears) == (False, True)
    assert not agenda.look(tx, NOON - SECOND).hears, "its time has not come"
    outbox.put(tx, hanako, b"[]", NOON)
    assert agenda.look(tx, NOON).tells
    outbox.claim(tx, "w", NOON)
    assert not agenda.look(tx, NOON).tells, "somebody sends it"
    assert agenda.look(tx, NOON + LEASE + SECOND).tells, "who has died since"
