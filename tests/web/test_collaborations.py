"""From the form behind the link to the published evaluation, at the pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from faq.counters import SectionId
from nlp.japan import today
from store import collaboration_drafts, collaborations, links, notices, particulars, residents
from store.audit import SERVICE
from store.collaboration_stages import Stage
from store.collaborations import Collaboration
from store.links import Purpose
from store.particulars import Field
from store.receipts import shown
from store.sight import Role
from store.tables import audit
from tests.line import HANAKO
from tests.store.collaborations import agreed, moved, proposed
from tests.web.conftest import Service, Visitor

KOCHO = SectionId("honcho-kocho")
LIST = "/staff/collaborations"
TOLD = {
    "title": "公園の花壇",
    "what": "花壇をみんなで育てたい\n世話役は090-1234-5678です",
    "why": "荒れていて寂しい",
    "group": "花の会",
    "name": "熊本 花子",
    "telephone": "０９０-0000ー0001",
    "may_be_named": "y",
}


def begun(service: Service, typed: str = "花壇をみんなで育てたい") -> str:
    """The path of the form."""
    with service.site.database.write() as tx:
        hanako, now = residents.meet(tx, HANAKO, service.clock()).id, service.clock()
        draft = collaboration_drafts.begin(tx, hanako, typed, now)
        life = timedelta(hours=24)
        return "/k/" + links.mint(tx, Purpose.COLLABORATION_FORM, hanako, draft, life, now)


def of_hanako(service: Service) -> tuple[Collaboration, ...]:
    with service.site.database.write() as tx:
        return collaborations.of_resident(tx, residents.meet(tx, HANAKO, service.clock()).id)


def at(found: Collaboration, act: str = "") -> str:
    return f"{LIST}/{found.id}{act}"


def do(visitor: Visitor, found: Collaboration, act: str, **fields: str):
    """Sends a form of the page; `step_on="x"` is the field `step-on`."""
    opened = visitor.get(at(found)).text
    version = re.search(r'name="plan-version"[^>]*value="(\d+)"|name="version" value="(\d+)"', opened)
    prefix = act.strip("/").replace("/", "")
    sent = {name if "-" in name else name.replace("_", "-", 1): value for name, value in fields.items()}
    assert version is not None
    number = version[1] or version[2]
    token = re.search(r'name="csrf_token" value="([^"]*)"', opened)
    assert token is not None
    data = {"csrf_token": token[1], f"{prefix}-version": number, "version": number, **sent}
    return visitor.client.post(at(found, act), data=data)


def test_what_was_typed_is_there_and_what_is_sent_is_masked_and_kept(both: Service) -> None:
    link, visitor = begun(both), both.visitor()
    asked = visitor.get(link).text
    for words in ("花壇をみんなで育てたい", "365日たつと消します", "自動で隠します", 'content="noindex"'):
        assert words in asked
    done = visitor.send(link, **TOLD)
    assert done.status_code == 200
    (found,) = of_hanako(both)
    assert shown(found.receipt) in done.text
    assert "花壇" not in done.text
    assert (found.section, found.may_be_named) == (KOCHO, True)
    assert found.words.what == "花壇をみんなで育てたい\n世話役は［電話番号］です"
    with both.site.database.write() as tx:
        assert found.particulars is not None
        told = particulars.read(tx, found.particulars, SERVICE, both.clock())
    assert told == {Field.GROUP: "花の会", Field.NAME: "熊本 花子", Field.TELEPHONE: "090-0000-0001"}


def test_sent_twice_it_is_one(pages: Service) -> None:
    link, visitor = begun(pages), pages.visitor()
    token = visitor.token_on(link)
    answers = [visitor.client.post(link, data={"csrf_token": token, **TOLD}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    (found,) = of_hanako(pages)
    assert all(shown(found.receipt) in answer.text for answer in answers)
    assert pages.visitor().get(link).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("title", " ", "「提案の名前」を書いてください"),
        ("what", "", "「したいこと」を書いてください"),
        ("why", "あ" * 2001, "なぜ必要か"),
        ("name", "", "「連絡する方のお名前」を書いてください"),
        ("telephone", "12", "電話番号"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(pages: Service, field: str, typed: str, told: str) -> None:
    link = begun(pages)
    answer = pages.visitor().send(link, **(TOLD | {field: typed}))
    assert answer.status_code == 422
    assert told in answer.text
    assert "花の会" in answer.text
    assert of_hanako(pages) == ()


def test_a_link_ends_after_a_day_and_speaks_seven_languages(pages: Service) -> None:
    link = begun(pages)
    assert "Write a proposal to work with the city" in pages.visitor().get(link + "?lang=en").text
    assert "Viết đề xuất" in pages.visitor().get(link + "?lang=vi").text
    pages.clock.now += timedelta(hours=24)
    assert pages.visitor().get(link).status_code == 410


def test_a_sixth_is_refused_kindly(pages: Service) -> None:
    with pages.site.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, pages.clock()).id
        for once in "12345":
            proposed(tx, hanako, once)
    answer = pages.visitor().send(begun(pages), **TOLD)
    assert answer.status_code == 409
    assert "5件までです" in answer.text
    assert "花の会" in answer.text


def test_from_the_list_to_the_published_evaluation(both: Service) -> None:
    both.visitor().send(begun(both), **TOLD)
    (found,) = of_hanako(both)
    clerk = both.signed_in(both.account("clerk", Role.STAFF, section=KOCHO, personal=True))
    approver = both.signed_in(both.account("approver", Role.APPROVER, section=KOCHO))
    other = both.signed_in(both.account("other", Role.STAFF, section=SectionId("chuo-kumin")))
    assert "公園の花壇" in clerk.get(LIST).text
    assert "公園の花壇" not in other.get(LIST).text
    assert other.get(at(found)).status_code == 404
    assert "熊本 花子" not in clerk.get(at(found)).text
    assert "熊本 花子" in do(clerk, found, "/whom").text

    on, said = today(both.clock()).isoformat(), "市の花壇の計画と合わせましょう。"
    step = {"step_stage": "advised", "step_on": on, "step_words": said, "step_next_decides": "文化市民局長"}
    seen = do(clerk, found, "/step", **step, preview="yes")
    assert "協働の提案のお知らせ" in seen.text
    assert of_hanako(both)[0].stage is Stage.SUBMITTED
    assert do(clerk, found, "/step", **step).status_code == 303
    page = clerk.get(at(found)).text
    assert "まだ伝わっていません" in page
    assert "文化市民局長" in clerk.get(LIST).text
    assert do(clerk, found, "/undo").status_code == 303
    do(clerk, found, "/step", **step)
    decided = {
        "step_stage": "decided",
        "step_on": on,
        "step_words": "協働します。",
        "step_decided_by": "市長",
    }
    assert do(clerk, found, "/step", **decided).status_code == 303
    agreement = {
        "agreement_title": "公園の花壇づくり",
        "agreement_summary": "花壇を市と住民で育てます。",
        "agreement_partner": "花の会",
        "agreement_citys_part": "苗を用意する",
        "agreement_partners_part": "世話をする",
        "agreement_begins": "2026-12-01",
        "agreement_ends": "2027-03-31",
    }
    assert do(clerk, found, "/agreement", **agreement).status_code == 303
    signed = {
        "step_stage": "agreed",
        "step_on": on,
        "step_words": "協定を結びました。",
        "step_decided_by": "市長",
    }
    assert do(clerk, found, "/step", **signed).status_code == 409
    assert "公園の花壇づくり" not in both.visitor().get("/collaborations").text
    assert do(approver, found, "/step", **signed).status_code == 303
    both.clock.now += timedelta(minutes=10)
    with both.site.database.write() as tx:
        notices.claim_due(tx, both.clock())
    public = both.visitor().get("/collaborations").text
    for words in ("公園の花壇づくり", "花の会", "苗を用意する", "年度の終わりに公表します", "2026年度"):
        assert words in public
    assert "熊本 花子" not in public

    done = {"step_stage": "carried_out", "step_on": on, "step_words": "実施しました。"}
    assert do(clerk, found, "/step", **done).status_code == 303
    said_of_it = {
        "evaluation2026-reached": "花壇が3つできた",
        "evaluation2026-by_city": "続けたい",
        "evaluation2026-by_partner": "楽しかった",
    }
    assert do(clerk, found, "/evaluation/2026", **said_of_it).status_code == 303
    year = f"{LIST}/years/2026"
    assert "まとめて公表する" not in approver.get(year).text
    both.clock.now = datetime(2027, 3, 31, 1, tzinfo=UTC)
    clerk = both.signed_in(both.account("clerk-2", Role.STAFF, section=KOCHO))
    approver = both.signed_in(both.account("approver-2", Role.APPROVER, section=KOCHO))
    assert "まとめて公表する" not in clerk.get(year).text
    assert "書かれた評価（1件）をまとめて公表する" in approver.get(year).text
    assert approver.send(year).status_code == 303
    assert of_hanako(both)[0].stage is Stage.EVALUATED
    assert "花壇が3つできた" in both.visitor().get("/collaborations").text
    file = both.visitor().get("/collaborations.csv")
    assert file.headers["Access-Control-Allow-Origin"] == "*"
    table = file.data.decode("utf-8-sig").splitlines()
    assert len(table) == 2
    assert "公園の花壇づくり" in table[1]
    assert table[1].endswith("2026,花壇が3つできた,続けたい,楽しかった")
    with both.site.database.read() as tx:
        acts = set(tx.connection.scalars(sa.select(audit.c.act).where(audit.c.kind == "collaboration")))
    assert {"collaboration.read", "collaboration.moved", "collaboration.published"} <= acts


@pytest.mark.parametrize(
    ("act", "fields", "told"),
    [
        (
            "/step",
            {"step_stage": "decided", "step_on": "2026-11-23", "step_words": "x"},
            "次の段階をえらんで",
        ),
        ("/step", {"step_stage": "advised", "step_on": "x", "step_words": "x"}, "日にちを"),
        ("/step", {"step_stage": "advised", "step_on": "2026-11-23"}, "書いてください"),
        (
            "/step",
            {"step_stage": "advised", "step_on": "2026-11-23", "step_words": "090-1234-5678へ"},
            "個人のこと（電話番号）",
        ),
        ("/plan", {"plan_due_on": "きのう"}, "日にちを"),
        ("/section", {"section_section": "nowhere"}, "担当の課をえらんで"),
    ],
)
def test_what_staff_typed_wrong_is_told(pages: Service, act: str, fields: dict[str, str], told: str) -> None:
    with pages.site.database.write() as tx:
        found = proposed(tx, residents.meet(tx, HANAKO, pages.clock()).id)
    answer = do(pages.signed_in(pages.account("chief", Role.ADMIN)), found, act, **fields)
    assert answer.status_code == 422
    assert told in answer.text


def test_what_is_overdue_comes_first_and_is_marked(pages: Service) -> None:
    chief = pages.account("chief", Role.ADMIN)
    with pages.site.database.write() as tx:
        hanako = residents.meet(tx, HANAKO, pages.clock()).id
        early, late = (proposed(tx, hanako, once) for once in "12")
        late = moved(
            tx, chief.viewer, late, Stage.ADVISED, next_due_on=today(pages.clock()), next_decides="市長"
        )
        running = agreed(tx, chief.viewer, proposed(tx, hanako, "3"))
    pages.clock.now += timedelta(days=1)
    visitor = pages.signed_in(pages.account("chief-2", Role.ADMIN))
    page = visitor.get(LIST).text
    assert "めやすの日を過ぎたものが1件あります" in page
    order = [page.index(shown(each.receipt)) for each in (early, late, running)]
    assert order == sorted(order)
    assert "1日たちました" in page
    assert "終わった提案は、ありません" in visitor.get(f"{LIST}?show=over").text
