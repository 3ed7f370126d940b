"""The door: what shows that somebody is still there, and what does not."""

import pytest

from store import sessions
from store.sight import Role
from web.door import BY_ITSELF


@pytest.mark.parametrize(("headers", "noted"), [({}, True), ({BY_ITSELF: "yes"}, False)])
def test_what_a_page_asks_by_itself_keeps_no_session_open(pages, headers, noted):
    account = pages.account("sato", Role.OPERATOR)
    visitor = pages.signed_in(account)
    before = pages.clock()
    pages.clock.passes(minutes=10)
    assert visitor.client.get("/account", headers=headers).status_code == 200
    with pages.site.database.read() as tx:
        (session,) = sessions.of(tx, account.id, pages.clock())
    assert session.seen_at == (pages.clock() if noted else before)
