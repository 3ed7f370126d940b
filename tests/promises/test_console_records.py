"""Nobody reaches what is somebody else's by what stands in an address: parts of two records, links of another kind."""

from itertools import product

import pytest
import sqlalchemy as sa

from store import links, photographs, sessions
from store.cases import CaseId
from store.tables import links as table
from tests.promises.length import at_length
from tests.web.coming import Crowd
from tests.web.route_table import ROUTES
from tests.web.test_every_route import CASES, an_admitted

NOT_THERE = {"account_acts.end_session": 303}
"""To end a session that is over already is no fault; another account's goes on (below)."""
EACH = at_length(3, 1)
"""Every so many pairs of a page and a link."""


@pytest.fixture(scope="module")
def crowd(service):
    return Crowd(service)


def arguments(service, endpoint):
    return set().union(*(rule.arguments for rule in service.app.url_map.iter_rules(endpoint)))


def mixed(service, crowd, endpoint, method):
    """The statuses where a part of the address is of one record that is theirs, and a part of another."""
    coming, mine = crowd.one(an_admitted(endpoint)), ROUTES[endpoint].mine
    one, other = mine(coming.world), mine(coming.world)
    differing = sorted(name for name in one if one[name] != other[name])
    found = []
    for which in product((False, True), repeat=len(differing)):
        if len(set(which)) == 2:
            parts = {name: other[name] for name, of_other in zip(differing, which, strict=True) if of_other}
            answer = coming.to(endpoint, method, {**one, **parts})
            found.append(answer.status_code)
    return found


def test_parts_of_two_records_lead_nowhere(service, crowd):
    asked = 0
    for endpoint, method in CASES:
        if len(arguments(service, endpoint)) > 1:
            statuses = mixed(service, crowd, endpoint, method)
            asked += len(statuses)
            assert set(statuses) <= {NOT_THERE.get(endpoint, 404)}, (endpoint, method)
    assert asked >= 4


def test_a_session_of_another_account_goes_on(service, crowd):
    coming = crowd.one(an_admitted("account_acts.end_session"))
    one, other = (ROUTES["account_acts.end_session"].mine(coming.world) for _ in range(2))
    sent = {**one, "session_id": other["session_id"]}
    assert coming.to("account_acts.end_session", "POST", sent).status_code == 303
    with service.site.database.read() as tx:
        left = sessions.of(tx, other["account_id"], service.clock())
    assert [each.id for each in left] == [other["session_id"]]


def test_a_part_of_another_record_is_noticed(service, crowd, monkeypatch):
    """A page that asks only whether the photograph is there, not whose it is."""
    every = "SELECT case_id FROM photographs WHERE case_id IS NOT NULL"
    of_case = photographs.of_case

    def of_any(tx, viewer, _):
        cases = set(tx.connection.scalars(sa.text(every)))
        return [each for case in cases for each in of_case(tx, viewer, CaseId(case))]

    monkeypatch.setattr(photographs, "of_case", of_any)
    assert 200 in mixed(service, crowd, "photograph.show", "GET")


# Links --------------------------------------------------------------------------------------------------


def crossed(service, crowd):
    """What is met with a link of each kind at each page that another kind opens: page, link, status."""
    there = [case for case in CASES if "token" in arguments(service, case[0])]
    values = {name: ROUTES[name].mine(crowd.one(an_admitted(name)).world) for name, _ in there}
    purposes = {name: purpose_of(service, each["token"]) for name, each in values.items()}
    kinds = {purpose: name for name, purpose in purposes.items()}
    pairs = [
        (case, other)
        for case, other in product(there, kinds.values())
        if purposes[other] != purposes[case[0]]
    ]
    for (name, method), other in pairs[::EACH]:
        sent = {**values[name], "token": values[other]["token"]}
        yield name, other, crowd.one(an_admitted(name)).to(name, method, sent).status_code


def purpose_of(service, token):
    with service.site.database.read() as tx:
        digest = links._digest(token)
        return tx.connection.scalar(sa.select(table.c.purpose).where(table.c.digest == digest))


def test_a_link_opens_what_it_was_made_for_alone(service, crowd):
    met = list(crossed(service, crowd))
    assert [each for each in met if each[2] != 404] == []
    assert len({page for page, _, _ in met}) >= 10


def test_links_for_anything_are_noticed(service, crowd, monkeypatch):
    monkeypatch.setattr(links, "_this", lambda _, token: table.c.digest == links._digest(token))
    assert any(status != 404 for _, _, status in crossed(service, crowd))
