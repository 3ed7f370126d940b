"""The open pages of public comments, the form behind a link, and the way from an opinion to its published answer."""

import csv
import io
import re
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from werkzeug.test import TestResponse

from faq.plans import Plan
from store import links, opinions, residents
from store.accounts import Account
from store.links import Purpose
from store.opinions import Opinion, State, Way
from store.residents import ResidentId
from store.sight import Role
from store.tables import audit, particulars
from tests.conftest import NOON
from tests.handlers.opinions_town import BY_POST, NOVEMBER, NOVEMBER_WITH_NAME, open_plans
from tests.line import HANAKO
from tests.web.conftest import Service, Visitor

WRITTEN = "ベンチを増やしてほしい。連絡は090-1234-5678へ。"
OPEN_PAGE = f"/plans/{NOVEMBER.id}"
STAFF_PAGE = f"/staff/opinions/{NOVEMBER.id}"


@dataclass
class City:
    """One that asks for opinions."""

    service: Service

    def sent(self, plan: Plan = NOVEMBER) -> tuple[Opinion, ...]:
        with self.service.site.database.read() as tx:
            return opinions.of_plan(tx, plan.id)

    def link(self, plan: Plan = NOVEMBER) -> tuple[str, ResidentId]:
        with self.service.site.database.write() as tx:
            resident = residents.meet(tx, HANAKO, NOON).id
            life = timedelta(days=30)
            token = links.mint(tx, Purpose.OPINION_FORM, resident, 0, life, self.service.clock())
        return f"/o/{plan.id}/{token}", resident

    def account(self, name: str, role: Role) -> Account:
        return self.service.account(name, role, section="honcho-kocho")


@pytest.fixture
def city(pages: Service) -> City:
    open_plans(pages.site.database, NOVEMBER, NOVEMBER_WITH_NAME, replace(BY_POST, last=NOVEMBER.last))
    return City(pages)


def write(visitor: Visitor, page: str, **fields: object) -> TestResponse:
    """As a browser sends it: with the number that the form has."""
    shown = visitor.get(page).text
    once = re.search(r'name="once"[^>]* value="([^"]*)"', shown)
    assert once is not None, shown
    return visitor.send(page, once=once[1], **fields)


def test_everybody_sees_what_is_open_and_sends_an_opinion_without_line(city: City) -> None:
    visitor = city.service.visitor()
    listed = visitor.get("/plans").text
    assert NOVEMBER.name in listed
    assert "2026年11月30日（月） 17時まで" in listed
    sent = write(visitor, OPEN_PAGE, words=WRITTEN)
    assert sent.status_code == 200
    assert "ご意見を受け付けました" in sent.text
    (opinion,) = city.sent()
    assert (opinion.way, opinion.resident) == (Way.FORM, None)
    assert opinion.words == "ベンチを増やしてほしい。連絡は［電話番号］へ。"


def test_what_is_wrong_is_said_and_what_was_typed_stays(city: City) -> None:
    visitor = city.service.visitor()
    page = f"/plans/{NOVEMBER_WITH_NAME.id}"
    for fields, told in (
        ({"words": ""}, "ご意見を書いてください"),
        ({"words": "あ" * 4_001}, "4000字まで"),
        ({"words": WRITTEN}, "お名前とご住所を書いてください"),
    ):
        came = write(visitor, page, **fields)
        assert (came.status_code, told in came.text) == (422, True), came.text
    assert "ベンチを増やして" in came.text
    assert visitor.send(page, words=WRITTEN, name="花", address="熊本", once="forged").status_code == 422
    assert write(visitor, OPEN_PAGE, words=WRITTEN, homepage="spam").status_code == 400
    assert city.sent(NOVEMBER_WITH_NAME) == city.sent() == ()


def test_sent_twice_is_one_and_a_flood_ends(city: City) -> None:
    visitor = city.service.visitor()
    once = re.search(r'name="once"[^>]* value="([^"]*)"', visitor.get(OPEN_PAGE).text)
    assert once is not None
    for _ in range(2):
        assert visitor.send(OPEN_PAGE, words=WRITTEN, once=once[1]).status_code == 200
    assert len(city.sent()) == 1
    came = [write(visitor, OPEN_PAGE, words=f"{n}つ目").status_code for n in range(9)]
    assert came == [200] * 8 + [429]


def test_a_second_after_the_close_nothing_is_taken_and_nothing_is_lost(city: City) -> None:
    visitor, clock = city.service.visitor(), city.service.clock
    token = visitor.token_on(OPEN_PAGE)
    link, _ = city.link()
    clock.now = NOVEMBER.closes_at - timedelta(seconds=1)
    fresh = re.search(r'name="once"[^>]* value="([^"]*)"', visitor.get(OPEN_PAGE).text)
    assert fresh is not None
    clock.now = NOVEMBER.closes_at
    for page in (OPEN_PAGE, link):
        data = {"csrf_token": token, "words": WRITTEN, "once": fresh[1]}
        late = visitor.client.post(page, data=data)
        assert late.status_code == 409
        for told in ("締め切りました", WRITTEN, "郵送（〒000-0000 公園課）"):
            assert told in late.text
    assert city.sent() == ()
    assert "<form" not in visitor.get(OPEN_PAGE).text.partition("<main")[2].partition("</main>")[0]


def test_the_form_behind_a_link_keeps_name_and_address_and_is_spent(city: City) -> None:
    link, resident = city.link(NOVEMBER_WITH_NAME)
    visitor = city.service.visitor()
    told = {"words": WRITTEN, "name": "熊本 花子", "address": "中央区手取本町1-1", "told": "y"}
    assert "LINEで知らせてほしい" in visitor.get(link).text
    token = visitor.token_on(link)
    assert "ご意見を受け付けました" in visitor.send(link, **told).text
    again = visitor.client.post(link, data={"csrf_token": token, **told})
    assert "ご意見を受け付けました" in again.text, "sent twice, it says that it has come"
    assert visitor.get(link).status_code == 404
    (opinion,) = city.sent(NOVEMBER_WITH_NAME)
    assert (opinion.resident, opinion.wants_to_be_told) == (resident, True)
    with city.service.site.database.read() as tx:
        rows = tx.connection.execute(sa.select(particulars.c.id, particulars.c.purpose)).all()
    assert [tuple(row) for row in rows] == [(opinion.particulars, "opinion")]


def test_a_draft_that_is_not_taken_here_has_no_form(city: City) -> None:
    page = city.service.visitor().get(f"/plans/{BY_POST.id}")
    assert "ここでは受け付けていません" in page.text
    assert "<textarea" not in page.text
    assert city.service.visitor().get("/plans/nothing").status_code == 404


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "Write your opinion"), ("vi", "Viết ý kiến"), ("ko", "의견 쓰기"), ("zh-Hans", "写意见")],
)
def test_the_page_speaks_the_language_that_is_chosen(city: City, language: str, told: str) -> None:
    assert told in city.service.visitor().get(f"{OPEN_PAGE}?lang={language}").text


def test_from_opinions_to_the_published_answer(city: City) -> None:
    visitor, clock = city.service.visitor(), city.service.clock
    for words in ("公園にベンチを増やしてほしい", "公園のベンチが足りないので増やして", "=HYPERLINK(1)"):
        write(visitor, OPEN_PAGE, words=words)
    accounts = city.account("clerk", Role.STAFF), city.account("approver", Role.APPROVER)
    clerk, approver = map(city.service.signed_in, accounts)

    def act(who: Visitor, name: str, **fields: object) -> TestResponse:
        version = re.search(r'name="version" value="(\d+)"', who.get(STAFF_PAGE).text)
        assert version is not None
        return who.send(STAFF_PAGE, f"{STAFF_PAGE}/{name}", version=version[1], **fields)

    act(clerk, "enter", words="日陰を", way="fax", received="2026-11-20T10:00", once="1")
    assert len(city.sent()) == 4
    assert act(clerk, "enter", words="日陰を", way="fax", received="2026-10-20T10:00").status_code == 409
    assert act(clerk, "suggest").status_code == 303
    groups = {each.group for each in city.sent()}
    assert None not in groups
    first, *others = sorted(filter(None, groups))
    assert act(clerk, "submit").status_code == 409, "still open"
    clock.now = NOVEMBER.closes_at
    clerk, approver = map(city.service.signed_in, accounts)
    for other in others:
        assert act(clerk, "merge", group=other, into=first).status_code == 303
    answer = {"group": first, "label": "ベンチ", "treatment": "amended", "answer": "案に書き足しました。"}
    personal = act(clerk, "write", **answer, summary="電話は090-1234-5678")
    assert (personal.status_code, "人が分かること" in personal.text) == (422, True)
    assert act(clerk, "write", **answer, summary="ベンチを増やしてほしい。").status_code == 303
    assert act(clerk, "submit").status_code == 303
    assert act(clerk, "publish").status_code == 404, "no approver"
    assert "市の考え方" not in visitor.get(OPEN_PAGE).text
    assert act(approver, "publish").status_code == 303
    late = {"words": "日陰を", "way": "fax", "received": "2026-11-20T10:00", "once": "2"}
    found_late = clerk.send(STAFF_PAGE, f"{STAFF_PAGE}/enter", **late)
    assert (found_late.status_code, "公表したあと" in found_late.text) == (409, True)
    public = visitor.get(OPEN_PAGE).text
    for told in (
        "いただいたご意見：4件（4人）",
        "ベンチを増やしてほしい。",
        "案に書き足しました。",
        "補足・修正",
    ):
        assert told in public
    assert "HYPERLINK" not in public, "what people wrote is not public"
    rows = list(csv.reader(io.StringIO(clerk.get(f"{STAFF_PAGE}/opinions.csv").data.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert not any(cell.startswith("=") for row in rows for cell in row), "inert in a spreadsheet"
    with city.service.site.database.read() as tx:
        acts = set(tx.connection.scalars(sa.select(audit.c.act).where(audit.c.kind == "opinion")))
    assert {"opinion.sent", "opinion.read", "opinion_group.merged", "opinion_results.published"} <= acts
    assert all(each.state is State.RECEIVED for each in city.sent())


def test_another_section_sees_nothing(city: City) -> None:
    write(city.service.visitor(), OPEN_PAGE, words=WRITTEN)
    other = city.service.signed_in(city.service.account("other", Role.STAFF, section="chuo-kumin"))
    assert NOVEMBER.name not in other.get("/staff/opinions").text
    assert other.get(STAFF_PAGE).status_code == 404
    assert other.get(f"{STAFF_PAGE}/opinions.csv").status_code == 404
