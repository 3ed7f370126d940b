"""Contacts: in order, sealed, and seen by their own section."""

import sqlalchemy as sa

from store import contacts
from store.contacts import ContactDraft, Way
from store.tables import audit
from store.tables import contacts as table
from tests.conftest import NOON
from tests.store.people import HOZON, KUMIN, viewers

ADDRESS = "madoguchi@city.example"


def draft(section=KUMIN, way=Way.MAIL, address=ADDRESS, **changes):
    return ContactDraft(
        section, way, "係の共有メール", address, **{"digest": False, "office_hours": False} | changes
    )


def add(tx, section=KUMIN, **changes):
    return contacts.add(tx, viewers(tx)["admin"], draft(section, **changes), NOON)


def test_one_that_is_added_stands_behind_the_others_of_its_section(tx):
    admin = viewers(tx)["admin"]
    made = [contacts.add(tx, admin, draft(section), NOON) for section in (KUMIN, HOZON, KUMIN)]
    assert [(each.section, each.rank) for each in made] == [(KUMIN, 1), (HOZON, 1), (KUMIN, 2)]
    assert contacts.of_section(tx, KUMIN) == (made[0], made[2])


def test_addresses_lie_sealed_and_are_read_again(tx):
    made = add(tx)
    assert made.address == ADDRESS
    assert ADDRESS.encode() not in tx.connection.scalars(sa.select(table.c.address)).one()


def test_a_webhook_has_a_secret_of_its_own(tx):
    admin = viewers(tx)["admin"]
    hooks = [contacts.add(tx, admin, draft(way=Way.WEBHOOK), NOON) for _ in range(2)]
    assert len({each.secret for each in hooks}) == 2
    assert min(len(each.secret) for each in hooks) >= 43
    assert contacts.add(tx, admin, draft(), NOON).secret == ""


def test_a_section_sees_its_own(tx):
    people = viewers(tx)
    made = contacts.add(tx, people["admin"], draft(HOZON), NOON)
    assert contacts.find(tx, people["other staff"], made.id) == made
    assert contacts.find(tx, people["staff"], made.id) is None
    assert contacts.listed(tx, people["staff"]) == ()
    assert contacts.listed(tx, people["admin"]) == (made,)


def test_what_is_done_to_one_is_audited_without_its_address(tx):
    admin = viewers(tx)["admin"]
    made = contacts.add(tx, admin, draft(), NOON)
    contacts.remove(tx, admin, made, NOON)
    rows = tx.connection.execute(sa.select(audit).where(audit.c.kind == "contact").order_by(audit.c.id)).all()
    assert [(row.act, row.subject, row.detail) for row in rows] == [
        (act, str(made.id), '{"section": "chuo-kumin"}') for act in ("made", "removed")
    ]
    assert contacts.of_section(tx, KUMIN) == ()
