import html
import re

import flask
import pytest
from sqlalchemy.exc import OperationalError

from nlp.language import Language
from store import links, residents
from store.links import Purpose
from store.sight import Role
from tests.web.own_links import Owner
from web.rule import EVERYBODY, MACHINES, SIGNED_IN, page

TELEPHONE = "096-334-1500"


@pytest.fixture
def failing(pages):
    """The pages, and some that fail."""
    blueprint = flask.Blueprint("failing", __name__)
    page(blueprint, "/broken", EVERYBODY, methods=("GET", "POST"), endpoint="broken")(lambda: 1 / 0)
    page(blueprint, "/away", EVERYBODY, endpoint="away")(_database_is_away)
    page(blueprint, "/kept", SIGNED_IN, methods=("GET", "POST"), endpoint="kept")(lambda: "kept")
    page(blueprint, "/given", EVERYBODY, methods=("POST",), endpoint="given")(lambda: "given")
    page(blueprint, "/<int:code>", EVERYBODY, endpoint="refused")(flask.abort)
    page(blueprint, "/machines/<int:code>", MACHINES, endpoint="machines")(flask.abort)
    pages.app.register_blueprint(blueprint)
    return pages


def _database_is_away():
    raise OperationalError("SELECT", {}, OSError("gone"))


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (400, "受け付けられませんでした"),
        (403, "受け付けられませんでした"),
        (404, "ページが見つかりません"),
        (405, "ページが見つかりません"),
        (413, "送られたデータが大きすぎます"),
        (418, "受け付けられませんでした"),
        (429, "しばらくお待ちください"),
        (500, "うまく処理できませんでした"),
        (502, "うまく処理できませんでした"),
        (503, "ただいま、つながりにくくなっています"),
    ],
)
def test_what_is_refused_is_told_in_words(failing, status, title):
    answer = failing.visitor().get(f"/{status}")
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in answer.text
    assert TELEPHONE in answer.text


def test_a_failure_has_a_number_that_is_in_the_log(failing, caplog):
    answer = failing.visitor().get("/broken")
    number = re.search(r'<strong class="figures">([0-9a-f]{8})</strong>', answer.text)
    assert answer.status_code == 500
    assert f"failure {number[1]} of failing.broken" in caplog.text
    assert "ZeroDivisionError" in caplog.text


def test_the_log_does_not_tell_the_address_of_a_one_time_link(pages, caplog, monkeypatch):
    monkeypatch.setattr(links, "look", lambda *_: 1 / 0)
    for path in ("/f/gajumaru", "/r/gajumaru", "/welcome/gajumaru"):
        assert pages.visitor().get(f"{path}?invitation=gajumaru").status_code == 500
    assert "GET of booking_form.show failed" in caplog.text
    assert "gajumaru" not in caplog.text


def test_whoever_is_signed_in_stays_in_the_frame(failing):
    staff = failing.signed_in(failing.account("staff", Role.STAFF))
    answer = staff.get("/404")
    assert '<nav class="menu"' in answer.text
    assert TELEPHONE not in answer.text


def test_the_database_is_away(failing, monkeypatch):
    staff = failing.signed_in(failing.account("staff", Role.STAFF))
    monkeypatch.setattr(type(failing.site.database), "read", lambda self: _database_is_away())
    for path in ("/away", "/kept"):
        answer = staff.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
        assert "<h1>ただいま、つながりにくくなっています</h1>" in answer.text


def test_a_form_that_lay_open_too_long(failing):
    staff = failing.signed_in(failing.account("staff", Role.STAFF))
    answer = staff.client.post("/kept", data={"csrf_token": "of yesterday"})
    assert answer.status_code == 400
    assert "<h1>もう一度送信してください</h1>" in answer.text
    assert '<a class="button first" href="/kept">画面を開き直す</a>' in answer.text


def test_an_act_without_a_page_offers_none_to_open_again(failing):
    answer = failing.visitor().client.post("/given")
    assert answer.status_code == 400
    assert "画面を開き直す" not in answer.text


def test_not_yours_reads_as_not_there(failing):
    staff = failing.signed_in(failing.account("staff", Role.STAFF))
    there, not_there = (staff.get(path).text for path in ("/404", "/is-not-there"))
    assert re.sub(r'"[\w.-]{60,}"', "", there) == re.sub(r'"[\w.-]{60,}"', "", not_there)


def test_htmx_gets_a_note_for_the_place_of_notes(failing):
    answer = failing.visitor().client.get("/broken", headers={"HX-Request": "true"})
    assert answer.status_code == 500
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#notes", "innerHTML")
    assert answer.text.startswith('<div class="note bad" role="alert">')
    assert "<html" not in answer.text


def test_machines_get_no_page(failing):
    answer = failing.visitor().get("/machines/404")
    assert answer.status_code == 404
    assert TELEPHONE not in answer.text


@pytest.mark.parametrize(
    ("failure", "known"),
    [(413, "413"), (429, "429"), (500, "500"), (503, "503"), (418, "400")],
)
def test_a_resident_is_told_in_their_language(pages, monkeypatch, failure, known):
    monkeypatch.setattr(links, "look", lambda *_: flask.abort(failure))
    visitor = pages.visitor()
    visitor.headers["Accept-Language"] = "vi"
    answer = visitor.get("/a/gajumaru")
    words = pages.site.wordings[Language.VIETNAMESE]
    assert answer.status_code == failure
    assert '<html lang="vi">' in answer.text
    assert f"<h1>{words.say(f'page.errors.{known}.title')}</h1>" in answer.text
    assert f'href="/a/gajumaru?lang=vi">{words.say("page.errors.again")}</a>' in answer.text


def test_a_form_that_lay_open_too_long_tells_so_in_the_language_it_was_shown_in(pages):
    owner = Owner.of(pages)
    with owner.database.write() as tx:
        residents.speak(tx, owner.resident, Language.KOREAN, chosen=True)
    form = pages.visitor().get(owner.link(Purpose.CASE_FORM, owner.case.id)).text
    action = html.unescape(re.search(r'<form method="post" id="told" action="([^"]*)"', form)[1])
    answer = pages.visitor().client.post(action, data={"csrf_token": "of yesterday"})
    said = pages.site.wordings[Language.KOREAN].say("page.errors.expired.title")
    assert (answer.status_code, f"<h1>{said}</h1>" in answer.text) == (400, True)


def test_who_is_led_nowhere_is_told_so_in_the_language_of_the_browser(pages):
    visitor = pages.visitor()
    visitor.headers["Accept-Language"] = "zh-TW"
    answer = visitor.get("/is-not-there")
    assert answer.status_code == 404
    assert '<html lang="zh-Hant">' in answer.text
    staff = pages.signed_in(pages.account("staff", Role.STAFF))
    staff.headers["Accept-Language"] = "zh-TW"
    assert "<h1>ページが見つかりません</h1>" in staff.get("/is-not-there").text


def test_what_is_too_large_is_refused_in_words(pages):
    owner = Owner.of(pages)
    link = owner.link(Purpose.CASE_FORM, owner.case.id)
    answer = pages.visitor().client.post(f"{link}?lang=en", data={"remarks": "x" * 20_000_000})
    said = pages.site.wordings[Language.ENGLISH].say("page.errors.413.title")
    assert (answer.status_code, f"<h1>{said}</h1>" in answer.text) == (413, True)
