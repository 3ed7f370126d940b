"""A photograph on the page of its case: who sees it, and what the answer says that it is."""

import pytest

from faq.photograph import Jpeg, reencode
from store import photographs
from store.sight import Role
from tests.pictures import jpeg, picture
from tests.web.casework import KUMIN, Casework
from tests.web.conftest import Service


@pytest.fixture
def work(pages: Service) -> Casework:
    return Casework(pages, pages.account("chief", Role.ADMIN, personal=True).viewer)


def test_who_may_see_personal_data_sees_it(work: Casework, pages: Service) -> None:
    case, made = work.handed(), reencode(jpeg(picture(80, 60)))
    assert isinstance(made, Jpeg)
    with pages.site.database.write() as tx:
        kept = photographs.keep(tx, made, case.resident, "form", pages.clock())
        photographs.attach(tx, [kept], case.id)
    page, address = f"/staff/cases/{case.id}", f"/staff/cases/{case.id}/photographs/{kept}"
    clerk = pages.signed_in(pages.account("clerk", Role.STAFF, section=KUMIN, personal=True))
    assert f'src="{address}"' in clerk.get(page).text
    came = clerk.get(address)
    assert (came.data, came.mimetype) == (made.data, "image/jpeg")
    assert came.headers["X-Content-Type-Options"] == "nosniff"
    assert came.headers["Cache-Control"] == "no-store"
    assert "sandbox" in came.headers["Content-Security-Policy"]
    assert clerk.get(f"/staff/cases/{work.handed().id}/photographs/{kept}").status_code == 404

    other = pages.signed_in(pages.account("other", Role.STAFF, section=KUMIN))
    assert address not in other.get(page).text
    assert "個人情報を見る権限のある人だけ" in other.get(page).text
    assert other.get(address).status_code == 404
