"""The administrator's page of the audit."""

import ast
import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from faq import retention
from store import audit, links
from store.audit import SERVICE, ByAccount, ByResident, Kind
from store.bulletins import Urgency
from store.callbacks import Reason
from store.case_acts import BY_HAND
from store.case_answers import In
from store.residents import ResidentId
from store.sight import Role
from tests.conftest import NOON
from tests.web.conftest import Service, Visitor
from web import acts
from web.booking import REASONS

PATH = "/admin/audit"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def chief(pages: Service) -> Visitor:
    return pages.signed_in(pages.account("chief", Role.ADMIN))


@pytest.fixture
def written(pages: Service) -> Service:
    """Some acts: of an account, a resident, the service, and one that nobody gave words."""
    taro = ByAccount(pages.account("taro", Role.OPERATOR).id)
    with pages.site.database.write() as tx:
        for number, by in enumerate((taro, ByResident(ResidentId(12)), SERVICE)):
            moment = NOON + timedelta(days=number)
            audit.record(tx, by, "particulars.read", Kind.PARTICULARS, str(70 + number), moment)
        audit.record(tx, SERVICE, "slot.painted", Kind.SLOT, "5", NOON, colour="=1+1")
    return pages


def cells(text: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", text.split("<tbody>")[1], re.DOTALL) if "<tbody>" in text else []
    return [
        [
            re.sub(r"<[^>]+>|\s+", "", cell)
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def about(visitor: Visitor, query: str = "") -> list[str]:
    return [row[4] for row in cells(visitor.get(f"{PATH}?{query}").text)]


def test_acts_are_told_in_words_the_newest_first(written, chief):
    told = cells(chief.get(PATH).text)
    assert told[0][1:] == ["2026年11月24日（火）12時", "chiefさん（chief）", "ログインした", *told[0][4:]]
    read = [row[2:5] for row in told if row[3] == "個人情報を見た"]
    assert read == [
        ["サービス（自動）", "個人情報を見た", "個人情報72"],
        ["市民12", "個人情報を見た", "個人情報71"],
        ["taroさん（taro）", "個人情報を見た", "個人情報70"],
    ]
    assert ["slot.painted", "予約枠5", "colour：=1+1"] in [row[3:] for row in told], "nothing is left out"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=particulars", ["個人情報72", "個人情報71", "個人情報70"]),
        ("kind=particulars&by=service", ["個人情報72"]),
        ("subject=71", ["個人情報71"]),
        ("kind=particulars&first=2026-11-25", ["個人情報72", "個人情報71"]),
        ("kind=particulars&last=2026-11-24", ["個人情報70"]),
        ("kind=particulars&first=2026-11-25&last=2026-11-25", ["個人情報71"]),
        ("kind=particulars&subject=999", []),
        ("kind=particulars&by=", ["個人情報72", "個人情報71", "個人情報70"]),
    ],
)
def test_what_is_asked_for(written, chief, query, found):
    assert about(chief, query) == found


def test_of_one_person(written, chief):
    option = re.search(r'value="(account-\d+)">taro', chief.get(PATH).text)
    assert option is not None
    assert about(chief, f"kind=particulars&by={option[1]}") == ["個人情報70"]


@pytest.mark.parametrize("query", ["first=today", "last=2026-13-01"])
def test_a_day_that_cannot_be_read_is_said(written, chief, query):
    page = chief.get(f"{PATH}?{query}")
    assert page.status_code == 200
    assert "入力内容をお確かめください" in page.text
    assert "2026-11-24 のように入力" in page.text
    assert cells(page.text) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=nothing", True),
        ("by=account-x", True),
        ("by=account-99999", False),
        (f"subject={1:065}", False),
    ],
)
def test_what_does_not_exist_may_be_asked(written, chief, query, found):
    assert bool(about(chief, query)) is found


def test_a_long_list_is_turned_page_by_page(pages, chief):
    with pages.site.database.write() as tx:
        for number in range(120):
            audit.record(tx, SERVICE, "slot.made", Kind.SLOT, str(number), NOON)
    seen: list[str] = []
    path = f"{PATH}?kind=slot"
    for _ in range(3):
        page = chief.get(path).text
        seen += [row[4] for row in cells(page)]
        older = re.search(r'href="([^"]+)" rel="next"', page)
        path = older[1].replace("&amp;", "&") if older else ""
    assert seen == [f"予約枠{number}" for number in reversed(range(120))]
    assert not path, "three pages are all"


def test_it_says_whether_somebody_tampered(written, chief):
    assert chief.send(PATH, f"{PATH}/check").status_code == 303
    assert "改ざんはありません" in chief.get(PATH).text
    with written.site.database.write() as tx:
        tx.connection.execute(sa.text("UPDATE audit SET subject = '1' WHERE place = 4"))
    chief.send(PATH, f"{PATH}/check")
    assert "4番のところで" in chief.get(PATH).text


def test_it_is_taken_away_as_a_file_in_which_nothing_runs(written, chief):
    answer = chief.send(PATH, f"{PATH}/file", kind="slot")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    read = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert read[0] == ["番号", "日時", "だれが", "操作", "対象", "詳細"]
    assert [row[1:] for row in read[1:]] == [
        ["2026-11-24 12:00:00", "サービス（自動）", "slot.painted", "予約枠 5", "colour：=1+1"]
    ]
    assert cells(chief.get(f"{PATH}?kind=audit").text)[0][2:] == [
        "chiefさん（chief）",
        "操作の記録を取り出した",
        "操作の記録",
        "件数：1",
    ]


def test_too_much_at_once_is_refused(written, chief, monkeypatch):
    monkeypatch.setattr("web.audit.MOST_ROWS", 2)
    assert chief.send(PATH, f"{PATH}/file").status_code == 303
    assert "条件を確かめるか、期間を短くしてください" in chief.get(PATH).text
    assert about(chief, "kind=audit") == []


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.STAFF, Role.APPROVER])
def test_it_is_for_administrators_alone(pages, role):
    other = pages.signed_in(pages.account("other", role, personal=True))
    assert other.get(PATH).status_code == 404


def acts_in_the_code() -> set[str]:
    """Keys of the acts in the code: texts as `booking.held`, and what `record` is given with its kind."""
    kinds = "|".join(kind.value for kind in Kind)
    found = set()
    for folder in ("store", "bot", "web"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                match node:
                    case ast.Constant(value=str(text)) if folder != "web":
                        found |= set(re.findall(rf"\A(?:{kinds})\.[a-z_]+\Z", text))
                    case ast.Call(
                        func=ast.Attribute(attr="record"),
                        args=[_, _, ast.Constant(value=str(text)), ast.Attribute(attr=kind), *_],
                    ):
                        found.add(acts.key(Kind[kind].value, text).removeprefix("audit.acts."))
    return {each for each in found if not each.endswith((".id", ".toml"))}


def test_every_act_and_kind_has_words(pages):
    said = pages.site.say
    assert len(acts_in_the_code()) > 20
    for act in acts_in_the_code():
        assert said(acts.key("", act))
    for kind in Kind:
        assert said(f"audit.kinds.{kind.value}")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("role", [role.value for role in Role]),
        ("personal", ["yes", "no"]),
        ("urgency", [urgency.value for urgency in Urgency]),
        ("leads", ["yes", "no"]),
        ("outside", ["yes", "no"]),
        ("reason", [*REASONS, *Reason, *BY_HAND]),
        ("way", [In.PAGE.value, In.TELEPHONE.value]),
        ("purpose", [purpose.value for purpose in (*links.Purpose, *retention.Purpose)]),
    ],
)
def test_the_programs_own_words_are_told_in_words(pages, chief, name, values):
    with pages.site.database.write() as tx:
        for value in values:
            audit.record(tx, SERVICE, "slot.made", Kind.SLOT, "1", NOON, **{name: value})
        audit.record(tx, SERVICE, "slot.made", Kind.SLOT, "1", NOON, section="")
    told = [row[5] for row in cells(chief.get(f"{PATH}?kind=slot").text)]
    assert told[0] == "課：なし"
    assert len(told) == len(values) + 1
    assert not any(re.search("[a-z]", detail) for detail in told)
