"""The resident's form behind a one-time link."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from icalendar import Calendar, Event
from werkzeug.test import TestResponse

from faq.terms import Ages, Allocation, Before, Limit, Period, Residence, Sort
from handlers.wording import read_wording
from nlp.compact import compact
from nlp.language import Language
from store import bookings, closing, links, particulars, residents, slots
from store.audit import SERVICE, ByResident
from store.bookings import Channel, State
from store.links import Purpose
from store.particulars import Field
from tests.conftest import DATA, NOON
from tests.line import TARO
from tests.store.town import draft
from tests.web.conftest import Service
from tests.web.town import LEGAL, TOLD, Town, plain, words_of


@pytest.fixture
def town(both: Service) -> Town:
    return Town(both, LEGAL).offer(LEGAL)


@pytest.fixture
def little(pages: Service) -> Town:
    """The same, on SQLite alone."""
    return Town(pages, LEGAL).offer(LEGAL)


def told_of(town: Town, booking: bookings.Booking) -> dict[Field, str]:
    with town.database.write() as tx:
        kept = town.now(booking).particulars
        assert kept is not None
        return dict(particulars.read(tx, kept, SERVICE, NOON))


# The way through ------------------------------------------------------------------------------------


def test_a_form_that_is_sent_books_the_place(town: Town):
    held = town.hold(town.slot(13))
    link, visitor = town.link(held), town.service.visitor()

    asked = visitor.get(link)
    assert asked.status_code == 200
    for words in (
        "法律相談",
        "2026年11月27日（金）",
        "13時から13時30分まで",
        "12時10分",
        "市役所",
        "30日たつと消します",
    ):
        assert words in asked.text

    sent = visitor.send(link, **TOLD, accommodations=["車いす"], subject="相続")
    assert sent.status_code == 303
    made = town.now(held)
    assert made.state is State.CONFIRMED
    assert told_of(town, held) == {
        Field.NAME: "熊本 花子",
        Field.KANA: "くまもと はなこ",
        Field.TELEPHONE: "090-0000-0001",
        Field.BIRTH_DATE: "1950-01-02",
        Field.SUBJECT: "相続",
        Field.ACCOMMODATIONS: "車いす",
    }
    assert town.acts()[-3:] == ["particulars.kept", "booking.confirmed", "particulars.read"]

    receipt = visitor.get(sent.location)
    assert receipt.status_code == 200
    assert made.receipt[:3] in receipt.text
    assert "市役所" in receipt.text
    for typed in ("花子", "はなこ", "0000-0001", "1950", "昭和", "相続", "車いす", "法律相談"):
        assert typed not in receipt.text
    calendar = visitor.get(f"{sent.location}/yoyaku.ics")
    assert calendar.mimetype == "text/calendar"
    assert b"DTSTART;TZID=Asia/Tokyo:20261127T130000" in calendar.data
    assert "法律".encode() not in calendar.data


def test_what_is_told_goes_on_its_day(little: Town):
    made = little.booked(13)
    assert little.kept_until(made) == made.day + timedelta(days=30)


def test_to_open_a_link_changes_nothing(little: Town):
    held = little.hold(little.slot(13))
    link = little.link(held)
    before = little.acts()
    for _ in range(3):
        assert little.service.visitor().get(link).status_code == 200
        assert little.service.visitor().client.head(link).status_code == 200
    assert little.now(held) == held
    assert little.acts() == before


# What is wrong --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "", "お名前を入力してください。"),
        ("name", "　 ", "お名前を入力してください。"),
        ("name", "花" * 61, "お名前は、60文字までにしてください。"),
        ("kana", "", "ふりがなを入力してください。"),
        ("kana", "熊本花子", "ふりがなは、ひらがなかカタカナで入力してください。"),
        ("kana", "ー", "ふりがなは、ひらがなかカタカナで入力してください。"),
        ("telephone", "", "電話番号を入力してください。"),
        ("telephone", "334-1500", "電話番号の数字が足りないか、多すぎます。"),
        ("birth_date", "", "生年月日を入力してください。"),
        ("birth_date", "50.1.2", "生年月日を読み取れませんでした。"),
        ("birth_date", "2026-11-25", "生年月日を読み取れませんでした。"),
        ("subject", "あ" * 41, "ご相談の内容は、40文字までにしてください。"),
        ("remarks", "あ" * 201, "ほかに、お手伝いが必要なことは、200文字までにしてください。"),
        ("accommodations", "ヘリコプター", "選び直してください。"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(little: Town, field: str, typed: str, says: str):
    held = little.hold(little.slot(13))
    sent = little.service.visitor().send(little.link(held), **(TOLD | {field: typed}))
    assert sent.status_code == 422
    assert "<title>エラー：" in sent.text
    summary = sent.text.split('id="wrongs"')[1].split("</div>")[0]
    assert says in summary
    assert re.search(rf'href="#{field}(-0)?"', summary)
    assert sent.text.count(says) == 2  # on top, and at its field
    for other in TOLD.keys() - {field}:
        assert f'value="{TOLD[other]}"' in sent.text
    assert little.now(held).state is State.HELD


def test_a_telephone_number_is_kept_as_it_is_read(little: Town):
    held = little.hold(little.slot(13))
    little.service.visitor().send(little.link(held), **(TOLD | {"telephone": "（０９６）３３４ー１５００"}))
    assert told_of(little, held)[Field.TELEPHONE] == "(096)334-1500"


def test_where_it_is_may_not_be_known(little: Town):
    unknown = replace(draft(13, terms=LEGAL), place="")
    with little.database.write() as tx:
        slot = slots.add(tx, unknown, SERVICE, NOON)
    assert slot is not None
    link, visitor = little.link(little.hold(slot)), little.service.visitor()
    says = "会場は確認できていません。お電話（096-334-1500）でおたずねください。"
    assert says in visitor.get(link).text
    assert says in visitor.get(visitor.send(link, **TOLD).location).text


@pytest.mark.parametrize(
    "typed", ["クマモト　ハナコ", "ｸﾏﾓﾄ ﾊﾅｺ", "くまもとはなこ", "KUMAMOTO Hanako", "ヴィクトル・スー"]
)
def test_readings_of_all_kinds(little: Town, typed: str):
    held = little.hold(little.slot(13))
    assert little.service.visitor().send(little.link(held), **(TOLD | {"kana": typed})).status_code == 303


def test_only_what_the_terms_need_is_asked(little: Town):
    def fields(**terms: object) -> set[str]:
        town = little.offer(replace(LEGAL, **terms))
        page = town.service.visitor().get(town.link(town.hold(town.slot(9, len(seen)), None))).text
        seen.append(page)
        return set(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', page)) - {
            "csrf_token",
            "look",
            "back",
        }

    seen: list[str] = []
    always = {"name", "kana", "telephone"}
    usual = {"subject", "remarks", "accommodations", "birth_date"}
    assert fields() == always | usual
    assert fields(limit=None) == always | usual - {"birth_date"}
    assert fields(limit=None, ages=Ages(40, None)) == always | usual
    assert fields(asks_opposing_party=True) == always | usual | {"opposing_party"}
    assert fields(accommodations=()) == always | usual - {"accommodations"}
    assert fields(exclusions=("裁判や調停が始まっていません",)) == always | usual | {"confirmed"}
    assert fields(sort=Sort.EVENT) == always | usual - {"subject"}


def test_what_must_be_so_is_confirmed(little: Town):
    terms = replace(
        LEGAL, residence=(Residence.LIVES, Residence.WORKS), exclusions=("裁判や調停が始まっていません",)
    )
    town = little.offer(terms)
    link, visitor = town.link(town.hold(town.slot(13))), town.service.visitor()
    assert "ご本人は、市内に住んでいる、または市内で働いている方です。" in visitor.get(link).text
    for ticked in ([], ["0"], ["1", "1"]):
        assert visitor.send(link, **TOLD, confirmed=ticked).status_code == 422
    assert visitor.send(link, **TOLD, confirmed=["0", "1"]).status_code == 303


@pytest.mark.parametrize(
    ("born", "status"),
    [("1987-04-01", 303), ("1987-04-02", 422), ("1952-04-02", 303), ("1952-04-01", 422)],
)
def test_ages_at_the_end_of_the_fiscal_year(little: Town, born: str, status: int):
    town = little.offer(replace(LEGAL, ages=Ages(40, 74)))
    sent = town.service.visitor().send(town.link(town.hold(town.slot(13))), **(TOLD | {"birth_date": born}))
    assert sent.status_code == status
    assert ("年度末（3月31日）の年齢が40歳以上74歳以下の方が対象です。" in sent.text) == (status == 422)


# Time -----------------------------------------------------------------------------------------------


def test_more_time_keeps_what_was_typed(town: Town):
    held = town.hold(town.slot(13))
    link, visitor = town.link(held), town.service.visitor()
    town.service.clock.passes(minutes=9)
    longer = visitor.send(link, act="extend", name="熊本", kana="まちが")
    assert longer.status_code == 200
    assert "12時20分" in longer.text
    assert 'value="熊本"' in longer.text
    assert "時間を10分延ばす" not in longer.text.split('id="soon"')[0]
    assert 'id="wrongs"' not in longer.text

    twice = visitor.send(link, act="extend", name="熊本")
    assert twice.status_code == 409
    assert 'value="熊本"' in twice.text
    assert town.now(held).held_until == NOON + timedelta(minutes=20)


def test_after_its_time_a_place_that_is_free_can_still_be_booked(little: Town):
    held = little.hold(little.slot(13))
    link, visitor = little.link(held), little.service.visitor()
    little.service.clock.passes(minutes=11)
    assert "まだ空いています" in visitor.get(link).text
    assert visitor.send(link, **TOLD).status_code == 303
    assert little.now(held).state is State.CONFIRMED


def test_a_place_that_somebody_else_took_is_gone(town: Town):
    held = town.hold(slot := town.slot(13))
    link, visitor = town.link(held), town.service.visitor()
    token = visitor.token_on(link)
    town.service.clock.passes(minutes=11)
    town.hold(slot, town.resident(TARO))

    for answer in (visitor.get(link), visitor.client.post(link, data=TOLD | {"csrf_token": token})):
        assert answer.status_code == 410
        assert "入力の時間が過ぎました" in answer.text
        assert "予約はまだできていません" in answer.text
        assert "法律相談" not in answer.text
    assert town.now(held).state is not State.CONFIRMED


def test_a_link_ends(little: Town):
    link = little.link(little.hold(little.slot(13)), life=timedelta(minutes=5))
    little.service.clock.passes(minutes=5)
    ended = little.service.visitor().get(link)
    assert ended.status_code == 410
    assert "入力の時間が過ぎました" in ended.text


def test_another_time_was_chosen_in_line(little: Town):
    first = little.hold(little.slot(13))
    link = little.link(first)
    little.hold(little.slot(14), first.resident)
    ended = little.service.visitor().get(link)
    assert ended.status_code == 410
    assert "この手続きは終わっています" in ended.text


def test_the_city_closed_the_slot(little: Town):
    held = little.hold(slot := little.slot(13))
    link, visitor = little.link(held), little.service.visitor()
    token = visitor.token_on(link)
    with little.database.write() as tx:
        closing.close(tx, slot, SERVICE, NOON)
    for answer in (visitor.get(link), visitor.client.post(link, data=TOLD | {"csrf_token": token})):
        assert answer.status_code == 410
        assert "この予約は受け付けていません" in answer.text


def test_the_time_has_come(little: Town):
    town = little.offer(replace(LEGAL, line_until=None))
    held = town.hold(town.slot(12, 15, NOON.date()))
    link, visitor = town.link(held), town.service.visitor()
    token = visitor.token_on(link)
    town.service.clock.passes(minutes=16)
    late = visitor.client.post(link, data=TOLD | {"csrf_token": token})
    assert late.status_code == 410
    assert "12時15分" in late.text


# Who is limited -------------------------------------------------------------------------------------


def test_a_person_comes_as_often_as_they_may_and_others_by_the_same_account(town: Town):
    town.booked(13)
    held = town.hold(town.slot(14))
    link, visitor = town.link(held), town.service.visitor()
    refused = visitor.send(
        link, **(TOLD | {"name": "熊本はなこ", "kana": "クマモト ハナコ", "telephone": "096-000-0000"})
    )
    assert refused.status_code == 409
    assert "おひとりの回数や、同じ時間のご予約には決まりがあります" in refused.text
    assert 'value="096-000-0000"' in refused.text
    assert town.now(held).state is State.HELD
    assert town.audited("particulars.kept") == 1  # nothing of the refused form is left

    father = visitor.send(link, **(TOLD | {"name": "熊本 太郎", "kana": "くまもと たろう"}))
    assert father.status_code == 303


def test_nobody_is_at_two_places_at_once(little: Town):
    free = little.offer(replace(LEGAL, limit=None))
    free.booked(13)
    with free.database.write() as tx:
        other = slots.add(tx, replace(draft(13, terms=LEGAL), place="東区役所"), SERVICE, NOON)
    assert other is not None
    refused = free.service.visitor().send(free.link(free.hold(other)), **TOLD)
    assert refused.status_code == 409
    assert "同じ時間のご予約" in refused.text


# Links ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/f/" + "x" * 43, "/f/1", "/r/" + "x" * 43, "/r/1/yoyaku.ics"])
def test_what_never_was_a_link(little: Town, path: str):
    answer = little.service.visitor().get(path)
    assert answer.status_code == 404
    assert "このページは使えません" in answer.text


def test_an_address_with_nul_names_no_page(little: Town):
    assert little.service.visitor().get("/f/%00").status_code == 404


def test_a_link_of_another_purpose_opens_no_form(little: Town):
    held = little.hold(little.slot(13))
    visitor = little.service.visitor()
    receipt = visitor.send(little.link(held), **TOLD).location
    token = receipt.rsplit("/", 1)[1]
    assert little.service.visitor().get(f"/f/{token}").status_code == 404
    form = little.link(little.hold(little.slot(14))).rsplit("/", 1)[1]
    assert little.service.visitor().get(f"/r/{form}").status_code == 404


def test_who_sent_the_form_sees_the_receipt_again_and_nobody_else(town: Town):
    held = town.hold(town.slot(13))
    link, sender = town.link(held), town.service.visitor()
    page = sender.get(link).text
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page)
    assert token is not None
    form = {**TOLD, "csrf_token": token[1]}
    first = sender.client.post(link, data=form)
    assert first.status_code == 303

    again = sender.get(link)
    assert (again.status_code, again.location) == (303, first.location)
    sender.client.delete_cookie("receipt", path=link)  # the browser broke off before the answer came
    twice = sender.client.post(link, data=form)
    assert twice.status_code == 303
    assert town.now(held).receipt[:3] in sender.get(twice.location).text
    assert town.audited("particulars.kept") == 1

    other = town.service.visitor()
    stranger = other.get(link)
    unknown = other.get("/f/" + "x" * 43)
    assert stranger.status_code == unknown.status_code == 404
    assert words_of(stranger, link) == words_of(unknown, "/f/" + "x" * 43)
    guessed = sender.client.post(link, data=form | {"birth_date": "1950-01-03"})
    assert guessed.status_code == 404


def test_a_form_that_is_sent_twice_at_once_books_once(town: Town):
    """A double click: both answers lead to a receipt, since the browser shows only one of them."""
    held = town.hold(town.slot(13))
    link, visitor = town.link(held), town.service.visitor()
    form = {**TOLD, "csrf_token": visitor.token_on(link)}
    cookie = visitor.client.get_cookie("form")
    assert cookie is not None
    both = Barrier(2)

    def click(_: int) -> TestResponse:
        browser = town.service.app.test_client()
        browser.set_cookie("form", cookie.value)
        both.wait()
        return browser.post(link, data=form)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(click, range(2)))
    assert [answer.status_code for answer in answers] == [303, 303]
    assert town.now(held).state is State.CONFIRMED
    assert town.audited("particulars.kept") == 1


def test_what_the_pages_tell_to_write_in_line_is_understood(little: Town):
    wording, say = read_wording(DATA / "wording/ja.toml"), little.service.site.wordings[Language.JAPANESE].say
    assert compact(say("page.booking_form.mine")) in wording.words("words.booking_mine_said")
    assert wording.covers(compact(say("page.booking_form.again")), "words.booking", "words.booking_plain")


def test_a_receipt_is_short_lived(little: Town):
    visitor = little.service.visitor()
    link = little.link(little.hold(little.slot(13)))
    receipt = visitor.send(link, **TOLD).location
    little.service.clock.passes(hours=1)
    for path in (receipt, f"{receipt}/yoyaku.ics", link):
        assert visitor.get(path).status_code == 404


def event(file: TestResponse) -> tuple[str, Event]:
    """The method of a calendar's file, and its only event."""
    calendar = Calendar.from_ical(file.data)
    return str(calendar["METHOD"]), calendar.events[0]


def test_a_calendar_follows_what_became_of_the_booking(little: Town):
    held, later, visitor = little.hold(little.slot(13)), little.slot(14), little.service.visitor()
    receipt = visitor.send(little.link(held), **TOLD).location
    method, first = event(visitor.get(f"{receipt}/yoyaku.ics"))
    assert (method, first["STATUS"], first.start.hour) == ("PUBLISH", "CONFIRMED", 13)

    little.service.clock.passes(minutes=5)
    by, now = ByResident(little.resident()), little.service.clock()
    with little.database.write() as tx:
        bookings.move(tx, held.id, later, LEGAL, Channel.LINE, by, now)
    method, moved = event(visitor.get(f"{receipt}/yoyaku.ics"))
    assert (method, moved["UID"], moved.start.hour) == ("PUBLISH", first["UID"], 14)

    little.service.clock.passes(minutes=5)
    with little.database.write() as tx:
        bookings.cancel(tx, held.id, by, little.service.clock())
    method, gone = event(visitor.get(f"{receipt}/yoyaku.ics"))
    assert (method, gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", first["UID"])
    assert first["SEQUENCE"] < moved["SEQUENCE"] < gone["SEQUENCE"]


@pytest.mark.parametrize(("how", "says"), [("resident", "取り消されています"), ("city", "中止になりました")])
def test_the_receipt_of_what_is_over_says_so(little: Town, how: str, says: str):
    slot, resident = little.slot(13), little.resident()
    held, visitor = little.hold(slot), little.service.visitor()
    receipt = visitor.send(little.link(held), **TOLD).location
    with little.database.write() as tx:
        if how == "city":
            closing.close(tx, slot, SERVICE, NOON)
        else:
            bookings.cancel(tx, held.id, ByResident(resident), NOON)
    page = plain(visitor.get(receipt).text)
    assert says in page
    assert "ご予約ができました" not in page
    assert "カレンダーから消す" in page


def test_a_second_link_to_what_is_booked_opens_nothing(little: Town):
    held = little.hold(little.slot(13))
    first, second = little.link(held), little.link(held)
    little.service.visitor().send(first, **TOLD)
    ended = little.service.visitor().get(second)
    assert ended.status_code == 410
    assert "花子" not in ended.text


def test_another_residents_booking_is_not_there(little: Town):
    held = little.hold(little.slot(13))
    with little.database.write() as tx:
        token = links.mint(
            tx, Purpose.BOOKING_FORM, residents.meet(tx, TARO, NOON).id, held.id, timedelta(hours=1), NOON
        )
    assert little.service.visitor().get(f"/f/{token}").status_code == 404


def test_a_form_without_its_token_is_refused(little: Town):
    held = little.hold(little.slot(13))
    assert little.service.visitor().client.post(little.link(held), data=TOLD).status_code == 400
    assert little.now(held).state is State.HELD


def test_the_receipts_cookie_goes_nowhere_else(make, sqlite):
    town = Town(make(sqlite, public_url="https://helpdesk.example.jp"), LEGAL).offer(LEGAL)
    link, visitor = town.link(town.hold(town.slot(13))), town.service.visitor()
    sent = visitor.client.get(link, base_url="https://helpdesk.example.jp")
    token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', sent.text)
    assert token is not None
    answer = visitor.client.post(
        link, data=TOLD | {"csrf_token": token[1]}, base_url="https://helpdesk.example.jp"
    )
    [cookie] = [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("__Secure-receipt=")]
    for part in ("Secure", "HttpOnly", f"Path={link}", "SameSite=Lax", "Max-Age=3600"):
        assert part in cookie


# Lots and applications ------------------------------------------------------------------------------


def test_a_form_for_lots(little: Town):
    lots = little.offer(replace(LEGAL, allocation=Allocation.LOTTERY, draw=Before(2, LEGAL.line_until.at)))
    held = lots.hold(lots.slot(13))
    link, visitor = lots.link(held), lots.service.visitor()
    assert "抽選の申込み" in visitor.get(link).text
    receipt = visitor.get(visitor.send(link, **TOLD).location)
    assert lots.now(held).state is State.ENTERED
    assert "まだ決まってはいません" in receipt.text
    assert "calendar.google.com" not in receipt.text


def test_an_application_without_times(little: Town):
    terms = replace(LEGAL, sort=Sort.APPLICATION, limit=Limit(1, Period.FISCAL_YEAR))
    town = little.offer(terms)
    resident = town.resident()
    with town.database.write() as tx:
        begun = bookings.begin(tx, terms, bookings.Channel.LINE, resident, ByResident(resident), NOON)
    assert isinstance(begun, bookings.Booking)
    link, visitor = town.link(begun), town.service.visitor()
    assert "申込みの入力" in visitor.get(link).text
    receipt = visitor.get(visitor.send(link, **TOLD).location)
    assert "申込みを受け付けました" in receipt.text
    assert town.now(begun).state is State.APPLIED
