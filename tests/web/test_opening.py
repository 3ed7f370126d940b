from datetime import date, timedelta

import pytest

from faq.hours import Closed, Open, Unknown
from faq.reasons import Reason, Why
from tests.conftest import NOON
from tests.web.conftest import Service
from web.opening import say_state

HOURS = Why(Reason.HOURS)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Open(None), "いつでも開いています。"),
        (Open(NOON + timedelta(hours=4, minutes=30)), "いま受付中です（16時30分まで）。"),
        (
            Open(NOON + timedelta(hours=5), NOON + timedelta(hours=4)),
            "いま開いています（17時まで）。入れるのは16時までです。",
        ),
        (
            Open(NOON + timedelta(hours=5), NOON - timedelta(hours=1)),
            "いま開いています（17時まで）。新しい受付は11時で終わりました。",
        ),
        (Closed(NOON + timedelta(hours=1), HOURS), "いまは受付時間外です。次はきょう13時からです。"),
        (Closed(NOON + timedelta(hours=21), HOURS), "いまは受付時間外です。次はあした9時からです。"),
        (
            Closed(NOON + timedelta(days=2), Why(Reason.CLOSURE, "停電のため")),
            "いまは受付時間外です（停電のため）。次は11月26日（木）12時からです。",
        ),
        (Closed(None, Why(Reason.YEAR_END)), "いまは受付時間外です（年末年始）。"),
        (
            Closed(None, HOURS, date(2026, 11, 25)),
            "いまは受付時間外です。（11月25日（水）は、開くかどうかを確認できていません。）",
        ),
        (Unknown(), "受付時間を確認できていません。"),
    ],
)
def test_whether_it_is_open_now(pages: Service, state, said: str):
    with pages.app.test_request_context():
        assert say_state(state, NOON) == said
