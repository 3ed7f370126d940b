"""What is asked now, as the operators' page shows it."""

import re

from store import calls
from store.calls import CallChannel, CallDraft, Outcome, Sort
from store.sight import Role
from tests.web.conftest import Service
from tests.web.town import plain

PART = "/operators/rising"


def log(service: Service, entry: str | None, times: int, outcome: Outcome = Outcome.ANSWERED) -> None:
    operator = service.account(f"operator-{entry}-{outcome}".lower().replace("_", "-"), Role.OPERATOR)
    told = CallChannel.PHONE, Sort.INQUIRY, outcome, "高橋です。停電しています"
    with service.site.database.write() as tx:
        for number in range(times):
            calls.log(
                tx, CallDraft(operator.id, str(number), *told, service.clock(), entry=entry), service.clock()
            )


def test_what_is_asked_more_than_usual_leads_to_its_answer(both: Service):
    log(both, "moving-in", 12)
    log(both, "gone-from-the-knowledge", 12)
    log(both, "moving-out", 2)
    log(both, None, 9, Outcome.NONE)
    both.clock.passes(seconds=1)
    sent = both.signed_in(both.account("yamada", Role.OPERATOR)).get(PART).text
    assert re.findall('data-key="([^"]+)"', sent) == ["entry:moving-in"] * 2
    page = plain(sent)
    assert "12件（ふだんは0.5件ほど）" in page
    assert "答えが見つからなかった質問：9件（ふだんは0.5件ほど）" in page
    assert "高橋" not in page
    assert "停電" not in page


def test_where_nothing_is_asked_it_says_so(pages: Service):
    page = pages.signed_in(pages.account("yamada", Role.OPERATOR)).get(PART).text
    assert page.count("ふだんより多い質問はありません。") == 2
    assert "答えが見つからなかった" not in page
