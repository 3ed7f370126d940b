"""Where people begin."""

import pytest

from store.sight import Role
from web.home import FIRST, first_page


@pytest.mark.parametrize(
    ("role", "personal", "first"),
    [
        (Role.ADMIN, False, "/admin/accounts"),
        (Role.STAFF, True, "/staff/bookings"),
        (Role.APPROVER, True, "/staff/bookings"),
        (Role.STAFF, False, "/home"),
        (Role.OPERATOR, False, "/operators"),
    ],
)
def test_each_begins_at_a_page_of_their_own(pages, role, personal, first):
    made = pages.account("hanako", role, personal=personal)
    visitor = pages.signed_in(made)
    assert visitor.get("/login").location == first
    assert visitor.get("/login?next=/account").location == "/account"
    assert visitor.get("/login?next=//evil.example").location == first
    with pages.app.test_request_context():
        assert first_page(made.viewer) == first


def test_every_role_has_a_first_page():
    assert set(FIRST) == set(Role)
