"""The operators' page by its forms, as browsers without scripts and the page's own script send them."""

import html
import re

import pytest

from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.town import LEGAL, Town, plain

DESK = "/operators"
LIST, ANSWER = f"{DESK}/suggestions", f"{DESK}/answer"


@pytest.fixture
def operator(pages: Service) -> Visitor:
    return pages.signed_in(pages.account("yamada", Role.OPERATOR))


def keys(page: str) -> list[str]:
    """What was found, best first."""
    return re.findall(r'(?:data-key|name="chosen" value)="([^"]+)"', page)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("転入", "entry:moving-in"),
        ("てんにゅう", "entry:moving-in"),
        ("てんにゅうとどk", "entry:moving-in"),
        ("東区役", "office:K002"),
        ("ひがしくやく", "office:K002"),
        ("法律相", "programme:legal"),
    ],
)
def test_what_may_be_meant_while_one_types(operator: Visitor, typed: str, first: str):
    found = keys(operator.send(DESK, LIST, q=typed).text)
    assert first in found
    assert first == next(each for each in found if each.startswith(first.partition(":")[0]))
    assert len(found) <= 9


def test_an_office_is_found_with_its_reading_hours_address_and_telephone(operator: Visitor):
    page = plain(operator.send(DESK, LIST, q="東区役所").text)
    assert "窓口 東区役所 （ひがしくやくしょ）" in page
    assert (
        "いま受付中です（16時30分まで）。 熊本市東区 東本町 （ ひがしほんまち ） 16番30号 電話 096-367-9121"
        in page
    )


@pytest.mark.parametrize("typed", ["", "　", "ｑｗｘ", "😀", "！！"])
def test_where_nothing_is_found_it_is_said(operator: Visitor, typed: str):
    page = operator.send(DESK, LIST, q=typed)
    assert (page.status_code, keys(page.text)) == (200, [])
    assert "候補がありません" in page.text


def test_a_whole_question_says_whether_it_is_sure(operator: Visitor):
    sure = operator.send(DESK, LIST, q="転入届はいつまでに出せばよいですか", whole="yes").text
    assert 'data-sure="yes"' in sure
    assert keys(sure)[0] == "entry:moving-in"
    unsure = operator.send(DESK, LIST, q="手続き", whole="yes").text
    assert 'data-sure="no"' in unsure


def test_an_answer_with_all_that_is_said_of_it(operator: Visitor):
    sent = operator.send(DESK, ANSWER, q="転入届の期限", chosen="entry:moving-in").text
    page = plain(sent)
    assert "読み上げる文： 引っ越してきた日から14日以内に、転入届を出してください。" in page
    assert "住み始める前には出せません。" in page
    assert "お住まいの区の区役所 区民課・総合出張所" in page
    for ward in ("中央区役所", "東区役所", "西区役所", "南区役所", "北区役所"):
        assert ward in page
    assert page.count("いま受付中です（16時30分まで）。") == 5
    assert "お尋ねの「転入届」" in page
    assert "出典：" in page
    assert re.search(r'<a href="https://[^"]+" target="_blank" rel="noopener">', sent)
    assert "法律の決まり" in page


def test_an_office_that_is_closed_says_when_it_opens(pages: Service):
    pages.clock.passes(hours=6)
    operator = pages.signed_in(pages.account("yamada", Role.OPERATOR))
    page = plain(operator.send(DESK, ANSWER, chosen="office:K002").text)
    assert "いまは受付時間外です。次はあした9時からです。" in page
    assert "（ひがしくやくしょ）" in page


def test_a_consultation_leads_to_booking_for_those_who_may(pages: Service):
    Town(pages, LEGAL).offer(LEGAL)
    for name, personal in (("yamada", False), ("sato", True)):
        visitor = pages.signed_in(pages.account(name, Role.OPERATOR, personal=personal))
        page = visitor.send(DESK, ANSWER, chosen="programme:legal").text
        assert "次の日程" in page
        assert ("/operators/bookings?q=" in page) == personal
        entry = visitor.send(DESK, ANSWER, chosen="entry:legal-consult").text
        assert ("/operators/bookings?q=%E6%B3%95%E5%BE%8B" in entry) == personal
        assert "/operators/bookings?q=" not in visitor.send(DESK, ANSWER, chosen="entry:moving-in").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("隣の家から煙が出ています", "119番"),
        ("死にたい", "電話"),
        ("ガスくさい", "窓を開けて"),
    ],
)
def test_a_caller_in_danger_comes_before_all(operator: Visitor, typed: str, says: str):
    alarm = re.search(r'data-alarm="([^"]*)"', operator.send(DESK, LIST, q=typed).text)
    assert alarm is not None
    assert says in alarm[1]
    shown = re.search(r'id="alarm"[^>]*role="alert">([^<]+)<', operator.send(DESK, q=typed).text)
    assert shown is not None
    assert says in shown[1]


@pytest.mark.parametrize("typed", ["転入届", "", "救急車の適正利用"])
def test_nobody_is_alarmed_for_nothing(operator: Visitor, typed: str):
    assert 'data-alarm=""' in operator.send(DESK, LIST, q=typed).text


def test_an_office_tells_the_telephones_of_its_sections(operator: Visitor):
    page = plain(operator.send(DESK, ANSWER, chosen="office:K002").text)
    assert "区民課 096-367-9125 いま受付中です（16時30分まで）。" in page


def test_without_scripts_it_is_a_form(operator: Visitor):
    page = operator.send(DESK, q="転入届はいつまでに出せばよいですか")
    assert keys(page.text)[0] == "entry:moving-in"
    assert "読み上げる文" in page.text  # the first is sure
    page = operator.send(DESK, q="手続き")
    assert "読み上げる文" not in page.text
    chosen = keys(page.text)[0]
    assert "読み上げる文" in operator.send(DESK, q="手続き", chosen=chosen).text


def test_what_was_typed_comes_back_and_runs_nothing(operator: Visitor):
    typed = '"><script>alert(1)</script>'
    page = operator.send(DESK, q=typed).text
    assert "<script>alert" not in page
    assert typed in html.unescape(page)


@pytest.mark.parametrize(
    "chosen", ["", "entry:", "entry:no-such", "office:K999", "programme:x", "x:moving-in"]
)
def test_what_is_not_there(operator: Visitor, chosen: str):
    assert operator.send(DESK, ANSWER, q="転入", chosen=chosen).status_code == 404


def test_words_are_read_from_the_body_alone(operator: Visitor):
    """Addresses stand in logs and histories."""
    page = operator.get(DESK, query_string={"q": "転入届"}).text
    assert "転入届" not in page
    assert operator.get(LIST).status_code in (404, 405)
    token = operator.token_on(DESK)
    sent = operator.client.post(f"{LIST}?q=転入届", data={"csrf_token": token})
    assert keys(sent.text) == []


def test_a_session_that_ended_is_told_from_an_answer(pages: Service, operator: Visitor):
    token = operator.token_on(DESK)
    pages.clock.passes(days=30)
    sent = operator.client.post(LIST, data={"csrf_token": token, "q": "転入"})
    assert sent.status_code == 303


def test_the_menu_marks_the_narrowest_part(pages: Service):
    visitor = pages.signed_in(pages.account("sato", Role.OPERATOR, personal=True))
    for path in (DESK, f"{DESK}/bookings"):
        assert re.findall(r'<a href="([^"]+)" aria-current', visitor.get(path).text) == [path]
