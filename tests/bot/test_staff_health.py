"""What `doctor` says of how staff are told."""

import pytest

from bot import staff_health
from bot.findings import Finding
from bot.mail_server import MailServer, Tls
from faq.counters import SectionId
from store import contacts, tellings
from store.contacts import Way
from store.tellings import Problem, Why
from tests.bot.staff import Staff
from tests.mail import MailBox, serving
from tests.store.cases import KUMIN

FALLBACK = SectionId("higomaru-general")
FROM = "helpdesk@city.example"


@pytest.fixture
def staff(sqlite, city):
    return Staff(sqlite, city)


def look(staff, served=True):
    with staff.database.read() as tx:
        return list(staff_health.look(tx, FALLBACK, served=served))


def found(staff):
    with staff.database.read() as tx:
        return contacts.everywhere(tx)


def test_sections_that_nobody_is_told_of_are_counted(staff):
    before = look(staff)[0]
    assert not before.well
    assert "nobody is told for them" in before.text
    assert look(staff, served=False)[0].well
    staff.add(section=FALLBACK)
    assert look(staff)[0].well
    assert f"those of {FALLBACK} are told for them" in look(staff)[0].text


def test_what_was_given_up_is_named_without_its_address(staff):
    contact = staff.add(section=KUMIN)
    staff.case()
    staff.after()
    with staff.database.write() as tx:
        telling = tellings.claim(tx, Way.MAIL, "worker", staff.now)
        assert telling is not None
        tellings.dead(tx, telling, Problem(Why.REFUSED, 550), staff.now)
    counted, named = look(staff)[1:]
    assert counted == Finding(False, "staff notices: dead 1")
    assert named == Finding(False, f"staff notices: contact {contact.id} was not told: refused (550)")


def test_the_mail_server_is_asked_and_told_nothing(staff):
    with serving(MailBox()) as box:
        server = MailServer("127.0.0.1", box.port, Tls.NONE, FROM)
        assert staff_health.reach(server, (), served=True) == Finding(
            True, f"mail: 127.0.0.1:{box.port} answers"
        )
        box.answers["NOOP"] = "421 later"
        said = staff_health.reach(server, (), served=True)
    assert (said.well, "takes nothing (refused (421))" in said.text) == (False, True)
    assert "MAIL" not in box.heard


def test_without_one_it_matters_where_somebody_is_to_be_told_by_mail(staff):
    assert staff_health.reach(None, found(staff), served=True).well
    staff.add()
    assert not staff_health.reach(None, found(staff), served=True).well
    assert staff_health.reach(None, found(staff), served=False).well
