"""Every page of the URL map, as each role that may see it: axe-core, light and dark, 320 px, 200 %.

In short every third page is looked at in the dark: all are made of the same parts and colours.
"""

import re
from collections.abc import Callable, Mapping
from itertools import chain

import flask
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from werkzeug.routing import Rule as Route

from faq.kinds import KINDS
from nlp.language import Language
from store.links import Purpose
from store.sight import Role
from tests.browser.conftest import DESK, SMALL, ZOOMED
from tests.browser.pages import House
from tests.browser.reach import unreachable
from tests.promises.length import at_length
from tests.store.town import FRIDAY
from web.measure_form import FIELDS
from web.rule import Guarded

pytestmark = pytest.mark.browser

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = """
async levels => {
  const runOnly = levels.length ? {type: 'tag', values: levels} : {type: 'rule', values: ['color-contrast']};
  const found = await axe.run(document, {runOnly, resultTypes: ['violations'], elementRef: false});
  return found.violations.flatMap(each => each.nodes.map(node => `${each.id}: ${node.html.slice(0, 150)}`));
}
"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

Values = tuple[Mapping[str, object], ...]
"""What makes addresses of a page: in its path, and behind the question mark."""

VALUES: Mapping[str, Callable[[House], Values]] = {
    "welcome.show": lambda house: ({"token": house.invitation()},),
    "accounts.roster": lambda house: ({}, {"text": "nobody"}),
    "accounts.one": lambda house: ({"account_id": house.people[Role.STAFF].id},),
    "account_acts.ask": lambda house: ({"account_id": house.people[Role.STAFF].id, "act": "end-sessions"},),
    "booking_form.show": lambda house: ({"token": house.form},),
    "booking_receipt.show": lambda house: ({"token": house.receipt},),
    "booking_receipt.calendar": lambda house: ({"token": house.receipt},),
    "case_form.show": lambda house: ({"token": house.own_link(Purpose.CASE_FORM, house.owner.case.id)},),
    "case_answer.show": lambda house: ({"token": house.own_link(Purpose.CASE_ANSWER)},),
    "my_data.show": lambda house: ({"token": house.own_link(Purpose.MY_DATA)},),
    "voice_form.show_own": lambda house: ({"token": house.own_link(Purpose.VOICE_FORM)},),
    "voice_state.show": lambda house: ({"token": house.own_voice},),
    "photograph.show": lambda house: ({"number": house.pictured[0], "photograph": house.pictured[1]},),
    "plans.one": lambda house: ({"plan": house.plan}, {"plan": "agriculture-3"}),
    "opinion_form.show": lambda house: ({"plan": house.plan, "token": house.own_link(Purpose.OPINION_FORM)},),
    "opinions.one": lambda house: ({"plan": house.plan},),
    "opinions.as_csv_file": lambda house: ({"plan": house.plan},),
    "bookings.show": lambda house: ({}, {"day": FRIDAY}),
    "booking.show": lambda house: ({"number": house.booked.id}, {"number": house.held.id}),
    "booking.ask": lambda house: ({"number": house.booked.id},),
    "booking_move.show": lambda house: ({"number": house.booked.id},),
    "desk.show": lambda house: ({}, {"q": "法律相談 金曜日"}, {"q": "きょうの天気"}),
    "caller.show": lambda house: ({"number": house.held.id},),
    "caller.told": lambda house: ({"number": house.booked.id},),
    "figures.show": lambda house: ({}, {"month": "2026-10"}, {"year": "2026"}),
    "slots.show": lambda house: ({}, {"day": FRIDAY}, {"day": FRIDAY, "by": "month"}),
    "slot.show": lambda house: ({"number": house.free},),
    "slot.ask_to_close": lambda house: ({"number": house.free},),
    "lots.show": lambda house: ({"number": house.free},),
    "bulletins.one": lambda house: ({"number": house.bulletin},),
    "mailings.edit": lambda house: ({"number": house.mailing},),
    "mailing.show": lambda house: ({"number": house.mailing}, {"number": house.sent_mailing}),
    "collaboration_form.show": lambda house: ({"token": house.collaboration_link()},),
    "collaborations_public.show": lambda house: ({"number": house.collaborations[0]},),
    "collaborations.show": lambda house: ({"number": house.collaborations[0]}, {"show": "over"}),
    "collaborations.of_year": lambda house: ({"year": 2026, "number": house.collaborations[0]},),
    "collaboration.show": lambda house: tuple({"number": number} for number in house.collaborations),
    "canned.one": lambda house: ({"number": house.canned},),
    "canned.ask": lambda house: ({"number": house.canned},),
    "contacts.show": lambda house: ({"of": house.contact},),
    "contacts.change": lambda house: ({"number": house.contact},),
    "contacts.tried": lambda house: ({"number": house.contact},),
    "contacts.ask": lambda house: ({"number": house.contact},),
    "api_tokens.ask": lambda house: ({"number": house.api_token},),
    "unmatched.show": lambda house: ({}, {"channel": "mail"}, {"number": house.unanswered, "state": "all"}),
    "cluster.show": lambda house: ({"number": house.unanswered},),
    "waiting.ask": lambda house: ({"slot": house.held.slot.id},),
    "callback.show": lambda house: ({"number": house.callback},),
    "slip.show": lambda house: ({"number": house.slip},),
    "handed.show": lambda house: ({}, {"receipt": house.handed.receipt}, {"receipt": "ABC-DEFG"}),
    "handed.one": lambda house: ({"number": house.handed.id},),
    "cases.show": lambda house: ({}, {"show": "mine"}, {"show": "closed"}, {"number": house.case}),
    "case.show": lambda house: ({"number": house.case}, {"number": house.case_called}),
    "case.person": lambda house: ({"number": house.case_called},),
    "knowledge.of_kind": lambda _: (
        {"kind": "faq"},
        {"kind": "faq", "text": "どこにもない言葉"},
        {"kind": "programme-days"},
        {"kind": "hours"},
    ),
    "record.show": lambda _: (
        {"kind": "faq", "key": "moving-in"},
        {"kind": "offices", "key": "K001"},
        {"kind": "danger-texts", "key": "suicide now"},
    ),
    "alarms.show": lambda house: ({"number": house.alarm},),
    "alarms.one": lambda house: ({"number": house.alarm},),
    "disaster.show": lambda house: ({"number": house.disaster.id},),
    "disaster.one": lambda house: ({"number": house.disaster.id},),
    "disaster.ask": lambda house: ({"number": house.disaster.id},),
    "measures.add": lambda house: tuple({"number": house.disaster.id, "kind": kind} for kind in FIELDS),
    "measures.one": lambda house: ({"number": house.disaster.id, "measure": house.measure},),
    "measures.shelters": lambda house: ({"number": house.disaster.id},),
    "record_edit.begin_new": lambda _: tuple({"kind": kind} for kind in KINDS),
    "record_edit.begin": lambda house: (
        {"kind": "faq", "key": "moving-in"},
        {"kind": "booking-terms", "key": "legal"},
        {"kind": "faq", "key": house.edited},
    ),
    "record_removal.ask": lambda _: ({"kind": "faq", "key": "moving-in"},),
    "record_files.show": lambda _: ({"kind": "faq"},),
    "record_files.take": lambda _: ({"kind": "faq", "ending": "xlsx"},),
    "proposals.show": lambda _: ({}, {"box": "to_approve"}, {"box": "done"}),
    "proposal.show": lambda house: ({"number": house.proposal}, {"number": house.clashing}),
    "proposal_edit.begin": lambda house: (
        {"number": house.proposal, "place": 0},
        {"number": house.clashing, "place": 0},
    ),
    "voices.show": lambda house: ({"number": house.voice}, {"q": "街灯"}, {"q": "なし"}),
    "voice.show": lambda house: ({"number": house.voice},),
    "voice_publication.show": lambda house: ({"number": house.voice}, {"number": house.voice_ready}),
    "published_voices.show": lambda house: ({"number": house.public_voice}, {"q": "なし"}),
    "published_voices.one": lambda house: ({"number": house.public_voice},),
    "history.edition": lambda house: ({"number": house.edition},),
    "history.of_record": lambda house: ({"kind": "faq", "key": house.edited},),
    "ripples.show": lambda house: ({"number": house.proposal},),
}
"""Of pages whose address has something in it, or that show more where something is asked."""

OF_RESIDENTS = (
    "booking_form.show",
    "booking_receipt.show",
    "case_form.show",
    "case_answer.show",
    "my_data.show",
    *("voice_form.show_open", "voice_form.show_own", "voice_state.show"),
    "plans.show",
    "plans.one",
    "opinion_form.show",
    "collaboration_form.show",
    "collaborations_public.show",
)
LONG_WORDS = (Language.ENGLISH, Language.VIETNAMESE, Language.KOREAN, Language.TRADITIONAL_CHINESE)
"""Words that are longer than Japanese ones, or in letters that need a font of their own."""
MIDWAY = ("code.show", "code.show_setting_up")
"""Seen only between a password and a second factor."""
LEADS_ON = ("login.show",)
"""Pages for who is not signed in; others are led on."""
FAILING = {
    "gallery.failure": ("/gallery/failure",),
    "gallery.refused": tuple(f"/gallery/failure/{status}" for status in (400, 404, 413, 429, 503)),
    "single_sign_on.begin": ("/login/sso",),
    "single_sign_on.back": ("/login/sso/back",),
}
"""Pages that say what went wrong; the identity provider of this house is away."""
FRAME = "/home"
"""A page on which the frame of each role is looked at."""
NEW_EACH_TIME = re.compile(r'(?<=name="csrf_token" value=")[^"]*|(?<=name="once" value=")[^"]*')
FILES = re.compile(r"\.(csv|ics|xlsx)$|/photographs/")
"""Addresses of what a browser keeps, or shows by itself: there is no page to look at."""
WHO_SEE_ALL = (None, Role.ADMIN)
"""Between them they see every page."""


def pages_of(house: House) -> dict[str, Route]:
    """The pages that people open, by endpoint; not their parts, what machines call, or what fails on purpose."""
    found = {}
    for route in house.service.app.url_map.iter_rules():
        view = house.service.app.view_functions[route.endpoint]
        is_page = "GET" in (route.methods or ()) and isinstance(view, Guarded) and view.rule.forms
        if is_page and not view.rule.part and route.endpoint not in FAILING:
            found[route.endpoint] = route
    return found


def test_every_page_has_an_address(house):
    """A page that was added and is not here would be seen by no test."""
    pages = pages_of(house)
    assert {endpoint for endpoint, route in pages.items() if route.arguments} - VALUES.keys() == set()
    assert VALUES.keys() - pages.keys() == set()


def test_every_page_is_looked_at(house):
    """Between them, who see all do see all but what is looked at on its own."""
    app = house.service.app
    seen = {
        endpoint
        for endpoint in pages_of(house)
        if (rule := app.view_functions[endpoint].rule).roles is None
        or rule.admits(house.people[Role.ADMIN].viewer)
    }
    assert pages_of(house).keys() - seen == set()
    assert (set(MIDWAY) | set(LEADS_ON)) - pages_of(house).keys() == set()


def addresses(house: House, role: Role | None) -> list[str]:
    """The pages that somebody of this role may see."""
    found = []
    made = house.receipt, house.callback, house.slip, house.handed
    assert all(made)  # they are what the pages show
    with house.service.app.test_request_context():
        for endpoint in pages_of(house):
            rule = house.service.app.view_functions[endpoint].rule
            theirs = rule.roles is None or (role is not None and rule.admits(house.people[role].viewer))
            elsewhere = endpoint in MIDWAY or (endpoint in LEADS_ON and role is not None)
            if theirs and not elsewhere:
                values = VALUES[endpoint](house) if endpoint in VALUES else ({},)
                found += [flask.url_for(endpoint, **each) for each in values]
    return found


def is_alike(one, other):
    """Whether two people are shown the same within the frames of their pages."""
    return middle(one) == middle(other) != ""


def middle(answer):
    """What a page shows within its frame, without what each visitor gets anew; empty where it was refused."""
    if answer.status != 200:
        return ""
    _, found, rest = answer.text().partition('<main id="main"')
    return NEW_EACH_TIME.sub("", rest.partition("</main>")[0]) if found else ""


def look_over(page, *, dark=True):
    """What is wrong with the page that is shown: rules of WCAG, what a keyboard misses, and what does not fit."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    wrong = [*page.evaluate(AXE, LEVELS), *unreachable(page)]
    if dark:
        page.emulate_media(color_scheme="dark")
        wrong += [f"dark: {each}" for each in page.evaluate(AXE, [])]
        page.emulate_media(color_scheme="light")
    for size in (SMALL, ZOOMED):
        page.set_viewport_size(size)
        wider = page.evaluate(WIDER)
        wrong += [f"{wider} px too wide at {size['width']} px"] if wider > 0 else []
    page.set_viewport_size(DESK)
    return wrong


@pytest.fixture(scope="module")
def looked_at():
    """What was looked at of pages with somebody, each as its address and what stands within its frame."""
    return set()


@pytest.mark.parametrize("role", WHO_SEE_ALL, ids=lambda role: role.value if role else "nobody")
def test_every_page(house, enter, looked_at, role):
    page = enter("/gallery", role)
    page.add_init_script(AXE_SCRIPT)
    wrong = {}
    for number, address in enumerate(addresses(house, role)):
        if FILES.search(address):
            answer = page.request.get(house.address + address, max_redirects=0)
            assert (answer.status, "html" in answer.headers["content-type"]) == (200, False), address
            continue
        answer = page.goto(house.address + address)
        assert (answer.status, answer.url) == (200, house.address + address)
        assert answer.headers["content-type"].startswith("text/html"), address
        wrong[address] = look_over(page, dark=number % at_length(3, 1) == 0)
        looked_at.add((address, middle(answer)))
    assert len(wrong) >= 4
    assert [f"{address}: {each}" for address, found in wrong.items() for each in found] == []


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in WHO_SEE_ALL], ids=lambda role: role.value
)
def test_every_page_that_shows_others_something_else(house, enter, looked_at, role):
    """Than it shows who sees all, or another role that was here before."""
    page, theirs = enter("/gallery", role), enter("/gallery", Role.ADMIN).request
    page.add_init_script(AXE_SCRIPT)
    wrong = {}
    for address in addresses(house, role):
        answer = page.request.get(house.address + address, max_redirects=0)
        if answer.status == 404:
            continue  # another section's: who sees all sees it
        assert answer.status == 200, address
        if not answer.headers["content-type"].startswith("text/html"):
            continue
        is_known = (address, middle(answer)) in looked_at or is_alike(answer, theirs.get(answer.url))
        if is_known and address != FRAME:
            continue
        page.goto(house.address + address)
        wrong[address] = look_over(page, dark=False)
        looked_at.add((address, middle(answer)))
    assert len(wrong) >= 4
    assert [f"{address}: {each}" for address, found in wrong.items() for each in found] == []


@pytest.mark.parametrize("language", LONG_WORDS, ids=lambda language: language.value)
def test_residents_pages_in_other_languages(house, enter, language):
    page = enter("/gallery")
    assert house.own_voice  # a form that is sent within another request has no token
    with house.service.app.test_request_context():
        theirs = [
            flask.url_for(name, **(VALUES[name](house)[0] if name in VALUES else {}), lang=language)
            for name in OF_RESIDENTS
        ]
    wrong = {}
    for address in theirs:
        page.goto(house.address + address)
        assert page.locator("html").get_attribute("lang") == language.tag
        wrong[address] = look_over(page, dark=False)
    assert [f"{address}: {each}" for address, found in wrong.items() for each in found] == []


@pytest.mark.parametrize("path", ["/login/code", "/login/authenticator"])
def test_pages_between_password_and_second_factor(house, enter, path):
    account = house.people[Role.STAFF] if path == "/login/code" else house.beginner
    page = enter(path, door=house.door(account, proven=False))
    assert page.url == house.address + path
    assert look_over(page) == []


@pytest.mark.parametrize("role", [None, Role.STAFF], ids=["nobody", "staff"])
def test_pages_of_failures(house, enter, complaints, role):
    page = enter("/gallery", role)
    wrong = {}
    for address in chain.from_iterable(FAILING.values()):
        page.goto(house.address + address)
        wrong[address] = look_over(page)
    assert [f"{address}: {each}" for address, found in wrong.items() for each in found] == []
    assert len(complaints) == len(wrong)
    complaints.clear()  # the statuses themselves
