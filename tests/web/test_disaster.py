"""Disaster mode on its pages: proposed, confirmed, filled, prolonged, ended; and seen by everybody who works."""

import io
import re
from datetime import timedelta

import pyotp
import pytest

from faq.disaster import OpenShelter, ShelterState, WasteNote
from nlp.language import Language
from store import credentials, disaster, disaster_measures
from store.disaster import How
from store.sight import Role
from tests.web.conftest import Service, Visitor
from tests.web.town import plain
from web.measure_form import FIELDS

PAGE = "/staff/disaster"
PROPOSE = f"{PAGE}/propose"


@pytest.fixture
def sato(pages: Service):
    return pages.account("sato", Role.STAFF)


@pytest.fixture
def staff(pages: Service, sato) -> Visitor:
    return pages.signed_in(sato)


@pytest.fixture
def other(pages: Service) -> Visitor:
    return pages.signed_in(pages.account("suzuki", Role.APPROVER))


def present(pages):
    with pages.site.database.read() as tx:
        return disaster.present(tx, pages.clock())


def proposed(pages):
    with pages.site.database.read() as tx:
        found = disaster.proposed(tx, pages.clock())
    assert found is not None
    return found


def standing(pages):
    found = present(pages) or proposed(pages)
    with pages.site.database.read() as tx:
        return disaster_measures.standing(tx, found.id)


def propose(visitor, what="大雨", hours="24"):
    return visitor.send(PROPOSE, what=what, hours=hours)


def switched_on(pages, staff, other):
    propose(staff)
    found = proposed(pages)
    sent = other.send(PAGE, f"{PAGE}/{found.id}/confirm", version=found.version)
    assert sent.status_code == 303
    on = present(pages)
    assert on is not None
    return on


def say(visitor, number, kind, **fields):
    address = f"{PAGE}/{number}/said/new/{kind}"
    form = visitor.get(address).text
    typed = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1] for name in ("as_of", "source")}
    return visitor.send(address, **{"hours": "6", **typed, **fields})


def test_two_people_switch_it_on_and_everybody_sees_it(pages, staff, other):
    assert "災害モードではありません" in staff.get(PAGE).text
    assert propose(staff).status_code == 303
    assert present(pages) is None
    operator = pages.signed_in(pages.account("yamada", Role.OPERATOR))
    assert "災害モードの発議があります：大雨" in plain(other.get("/home").text)
    assert "発議" not in operator.get("/home").text
    assert "ほかの人の確認が必要です" in staff.get(PAGE).text
    found = proposed(pages)
    other.send(PAGE, f"{PAGE}/{found.id}/confirm", version=found.version)
    on = present(pages)
    assert on is not None
    assert on.how is How.TWO_PEOPLE
    for page in ("/home", "/operators/bulletins/now", "/operators", "/account"):
        assert operator.get(page).text.count("災害モード：大雨") == 1, page
    shown = plain(operator.get(PAGE).text)
    assert "satoさん" in shown
    assert "suzukiさん（二人の確認）" in shown
    assert "終える" not in shown


def test_nobody_confirms_their_own_without_a_code(pages, staff):
    propose(staff)
    found = proposed(pages)
    sent = staff.send(PAGE, f"{PAGE}/{found.id}/confirm", version=found.version)
    assert sent.status_code == 303
    assert present(pages) is None
    assert "認証アプリの番号を入れてください" in staff.get(PAGE).text


def test_one_alone_switches_it_on_with_a_fresh_code_once(pages, staff, sato):
    secret = pyotp.random_base32()
    with pages.site.database.write() as tx:
        credentials.set_authenticator(tx, sato.id, secret, 0, pages.clock())
    propose(staff)
    found, code = proposed(pages), pyotp.TOTP(secret).at(pages.clock())
    address = f"{PAGE}/{found.id}/confirm"
    assert "認証アプリの番号" in staff.get(PAGE).text
    staff.send(PAGE, address, version=found.version, code="000000")
    assert present(pages) is None
    assert "番号が違います" in staff.get(PAGE).text
    staff.send(PAGE, address, version=found.version, code=code)
    on = present(pages)
    assert on is not None
    assert on.how is How.SECOND_FACTOR
    staff.send(PAGE, f"{PAGE}/{on.id}/end")
    propose(staff)
    again = proposed(pages)
    staff.send(PAGE, f"{PAGE}/{again.id}/confirm", version=again.version, code=code)
    assert present(pages) is None
    assert "もう使われています" in staff.get(PAGE).text


def test_it_is_prolonged_and_ended_after_a_question(pages, staff, other):
    on = switched_on(pages, staff, other)
    staff.send(PAGE, f"{PAGE}/{on.id}/prolong", version=on.version, hours="72")
    longer = present(pages)
    assert longer is not None
    assert longer.expires_at == pages.clock() + timedelta(hours=72)
    staff.send(PAGE, f"{PAGE}/{on.id}/prolong", version=on.version, hours="168")
    assert "先に変えています" in staff.get(PAGE).text
    assert "終えますか" in staff.get(f"{PAGE}/{on.id}/end").text
    assert present(pages) is not None
    staff.send(f"{PAGE}/{on.id}/end")
    assert present(pages) is None
    shown = plain(staff.get(PAGE).text)
    assert "前の災害" in shown
    assert "災害モードを延ばした" in plain(staff.get(f"{PAGE}/{on.id}").text)


def test_each_kind_is_said_by_its_form(pages, staff, other):
    on = switched_on(pages, staff, other)
    fields = {
        "shelter": {"shelter": "河内中学校", "state": "full", "words": "ペット可"},
        "closed_office": {"office": "K002", "begins": "2026-11-24T08:00", "ends": "2026-11-26T08:30"},
        "counter": {"name": "中央区役所", "words": "り災証明だけ"},
        "water": {"name": "江津湖", "ward": "中央区", "words": "17時まで", "place": "32.79, 130.73"},
        "waste": {"words": "お休みです"},
        "message": {"words": "川に近づかない", "in-en": "Keep away from rivers."},
    }
    assert set(fields) == set(FIELDS)
    for kind, typed in fields.items():
        assert say(staff, on.id, kind, **typed).status_code == 303, kind
    shown = plain(staff.get(PAGE).text)
    for word in (
        "河内中学校（西区） いっぱい",
        "東区役所",
        "り災証明だけ",
        "江津湖",
        "お休みです",
        "ほかの言葉：英語",
    ):
        assert word in shown


@pytest.mark.parametrize(
    ("kind", "typed", "told"),
    [
        ("shelter", {"shelter": "どこかの学校", "state": "open"}, "その名前の避難所が見つからない"),
        ("waste", {"words": ""}, "500字以内で書いてください"),
        ("water", {"name": "", "ward": ""}, "名前を、60字以内"),
        ("water", {"name": "公園", "ward": "", "place": "公園の前"}, "緯度と経度"),
        ("closed_office", {"office": "K002", "begins": "2026-11-24T12:00", "ends": "2026-11-24T11:00"}, "「いつまで"),
        ("waste", {"words": "休み", "source_url": "http://example.com"}, "https://"),
        ("waste", {"words": "休み", "as_of": "2026-11-30T12:00"}, "「いつの情報」は"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_said(pages, staff, other, kind, typed, told):
    on = switched_on(pages, staff, other)
    sent = say(staff, on.id, kind, **typed)
    assert sent.status_code == 422
    assert told in sent.text
    assert standing(pages) == ()


def test_a_shelter_changes_its_state_by_one_press(pages, staff, other):
    on = switched_on(pages, staff, other)
    say(staff, on.id, "shelter", shelter="河内中学校", state="open")
    (said,) = standing(pages)
    pages.clock.passes(minutes=5)
    staff.send(PAGE, f"{PAGE}/{on.id}/said/{said.measure.id}/again", state="full")
    (now,) = standing(pages)
    assert isinstance(now.measure.what, OpenShelter)
    assert now.measure.what.state is ShelterState.FULL
    assert now.measure.as_of == pages.clock()
    sent = staff.send(PAGE, f"{PAGE}/{on.id}/said/{said.measure.id}/again", state="open")
    assert sent.status_code == 303
    assert "先に変えています" in staff.get(PAGE).text


def test_the_second_editor_is_told_who_was_faster(pages, staff, other):
    on = switched_on(pages, staff, other)
    say(staff, on.id, "waste", words="休み")
    (said,) = standing(pages)
    address = f"{PAGE}/{on.id}/said/{said.measure.id}"
    typed = {"hours": "6", "source": "市", "as_of": "2026-11-24T12:00"}
    assert other.send(address, words="先に直した", **typed).status_code == 303
    late = staff.send(address, words="後から直した", **typed)
    assert late.status_code == 422
    assert "suzukiさん" in late.text
    assert [each.measure.what for each in standing(pages)] == [WasteNote("先に直した")]


def test_what_expires_soon_or_has_is_marked(pages, staff, other, sato):
    on = switched_on(pages, staff, other)
    say(staff, on.id, "waste", words="休み", hours="1")
    assert "まもなく期限" in staff.get(PAGE).text
    pages.clock.passes(hours=1)
    staff = pages.signed_in(sato)
    assert "期限切れ：もう案内していません" in staff.get(PAGE).text


def test_a_list_of_shelters_is_taken_whole_or_not_at_all(pages, staff, other):
    on = switched_on(pages, staff, other)
    address = f"{PAGE}/{on.id}/said/shelters"
    bad = staff.send(address, list="河内中学校,開設\nどこかの学校,開設\n河内中学校,半分")
    assert bad.status_code == 422
    told = plain(bad.text)
    for word in ("2行目：「どこかの学校」", "3行目：状況「半分」", "まだ何も入れていません"):
        assert word in told
    assert standing(pages) == ()
    file = (io.BytesIO("名称,状況,備考\r\n河内中学校,満員,ペット可\r\n".encode("cp932")), "list.csv")
    assert staff.send(address, file=file).status_code == 303
    (said,) = standing(pages)
    assert isinstance(said.measure.what, OpenShelter)
    assert (said.measure.what.state, said.measure.what.words) == (ShelterState.FULL, "ペット可")


@pytest.mark.parametrize("held", ["河内中学校,満員,a\0b", "x" * 140_000], ids=["NUL", "one cell"])
def test_a_file_that_is_no_list_is_told_to_be_none(both, held):
    staff, other = (
        both.signed_in(both.account(name, role))
        for name, role in (("sato", Role.STAFF), ("suzuki", Role.APPROVER))
    )
    on = switched_on(both, staff, other)
    answer = staff.send(f"{PAGE}/{on.id}/said/shelters", file=(io.BytesIO(held.encode()), "list.csv"))
    assert answer.status_code == 422
    assert "文字の入ったCSVファイルか確かめてください" in plain(answer.text)


def test_the_usual_words_are_those_that_the_talk_can_translate(pages, city):
    japanese = city.sayings.wordings[Language.JAPANESE]
    kinds = [japanese.say(key) for key in japanese.keys_below("disaster.kind.")]
    assert pages.site.say("disasters.kinds").split("、") == kinds
