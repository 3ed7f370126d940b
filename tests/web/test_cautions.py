"""An operator is warned before they read out what is not confirmed, or no longer holds."""

from datetime import date

import pytest

from faq.models import Provenance, Status
from tests.web.conftest import Service
from web.cautions import caution_of

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("status", "until", "says", "is_grave"),
    [
        (Status.UNCONFIRMED, None, "担当課の確認がまだです。", False),
        (Status.UNCONFIRMED, DAY, "担当課の確認がまだです。", False),
        (
            Status.CONFIRMED,
            date(2026, 11, 23),
            "2026年11月23日（月・祝）までの内容で、期限を過ぎています。",
            True,
        ),
        (
            Status.UNCONFIRMED,
            date(2026, 11, 23),
            "2026年11月23日（月・祝）までの内容で、期限を過ぎています。",
            True,
        ),
    ],
)
def test_what_is_said_before(pages: Service, status: Status, until: date | None, says: str, is_grave: bool):
    with pages.app.test_request_context():
        found = caution_of(Provenance("市", "", None, None, until, status), DAY)
    assert found is not None
    assert (found.says[: len(says)], found.is_grave) == (says, is_grave)


@pytest.mark.parametrize("until", [None, DAY])
def test_what_is_confirmed_and_holds_needs_none(pages: Service, until: date | None):
    assert caution_of(Provenance("市", "", None, None, until, Status.CONFIRMED), DAY) is None
