"""The console runs nobody's words: payloads in every column, and in every field of every route, stay words."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jinja2 import nodes

import web
from store.sight import Role
from tests.browser.conftest import watch
from tests.promises.hostile_house import hostile_house
from tests.promises.length import FULL, at_length
from tests.promises.payloads import MARK, PAYLOADS, born, turned
from tests.promises.spreadsheets import FOR_ALL, export_all, formulas
from tests.promises.typed_payloads import WAYS, read_back, typed_by_all
from tests.web.coming import Crowd
from tests.web.route_table import ROUTES
from tests.web.test_every_route import CASES, an_admitted
from tests.web.test_hostile import FIELDS

pytestmark = pytest.mark.browser

EACH = at_length(6, 1)
"""Every so many pages, and every so many routes."""
OPENED = at_length(19, 1)
"""Every so many pages are opened in Chromium as well."""
WHO = (None, *Role) if FULL else (None, Role.ADMIN)
"""Between them they see every page."""
KNOWN_MARKUP = {"ruby.py", "authenticator.py"}
"""Where HTML is made outside of the templates: of escaped parts, and by a library of its own."""


@pytest.fixture(scope="module")
def hostile(house):
    """A house in which whatever anybody wrote ends in payloads."""
    return hostile_house(house, WHO)


@pytest.fixture(scope="module")
def reader(chromium):
    """A page in Chromium, whose parser reads for us."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def pages_of(house, role, there):
    """What the pages answer, by address; those of another section are not there."""
    visitor = house.service.visitor() if role is None else house.service.signed_in(house.people[role])
    answers = {address: visitor.client.get(address) for address in there}
    assert {answer.status_code for answer in answers.values()} <= {200, 404}
    return {
        address: answer.text
        for address, answer in answers.items()
        if answer.status_code == 200 and answer.mimetype == "text/html"
    }


@pytest.mark.parametrize("role", WHO, ids=lambda role: role.value if role else "nobody")
def test_what_anybody_wrote_stays_words(hostile, reader, role):
    house, there = hostile
    pages = pages_of(house, role, there[role][:: EACH if role else 1])
    holding = [address for address, text in pages.items() if MARK in text]
    assert len(holding) > len(pages) * 0.3, "the payloads reach the pages"
    assert born(reader, pages) == {}


def test_nothing_runs_in_a_browser(hostile, chromium, complaints):
    house, there = hostile
    context = chromium.new_context(locale="ja-JP")
    context.add_cookies([house.door(house.people[Role.ADMIN])])
    page = opened(context, house, complaints)
    for address in there[Role.ADMIN][::OPENED]:
        if not address.endswith((".csv", ".xlsx", ".ics")) and "/photographs/" not in address:
            page.goto(house.address + address)
            assert page.evaluate("() => window.__pwned") is None, address
            assert page.url == house.address + address
    context.close()


def opened(context, house, complaints):
    """A page that notes what was refused, dialogs, and whom else it asks."""
    page = context.new_page()
    watch(page, house.address, complaints)

    def note(dialog):
        complaints.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", note)
    return page


@contextmanager
def unescaped(app) -> Iterator[None]:
    """The templates without their guard."""
    env = app.jinja_env
    before = env.autoescape, env.bytecode_cache
    env.autoescape, env.bytecode_cache = False, None
    env.cache.clear()
    try:
        yield
    finally:
        env.autoescape, env.bytecode_cache = before
        env.cache.clear()


def test_pages_that_escape_nothing_are_noticed(hostile, reader, chromium):
    """By the parser, by what Chromium refuses for the policy's sake; and each payload is one to it."""
    house, _ = hostile
    address = f"/staff/cases/{house.case}"
    with unescaped(house.service.app):
        text = pages_of(house, Role.ADMIN, [address])[address]
        assert len(born(reader, {address: text})[address]) >= 10
        refused: list[str] = []
        context = chromium.new_context()
        context.add_cookies([house.door(house.people[Role.ADMIN])])
        opened(context, house, refused).goto(house.address + address)
        context.close()
    assert any("Content Security Policy" in each for each in refused)
    contexts = (
        "<p>{}</p>",
        '<p title="{}">',
        "<p title='{}'>",
        "<p title={}>",
        '<a href="{}">',
        "<textarea>{}</textarea>",
    )
    seen = [each for each in PAYLOADS if born(reader, {at: at.format(each) for at in contexts})]
    assert len(seen) >= len(PAYLOADS) - 3


def test_no_template_takes_words_for_markup(service):
    """What is said to be safe stands in the template itself; in code it is said in two places, of escaped parts."""
    env, folder = service.app.jinja_env, Path(web.__file__).parent
    trusted = []
    for name in env.list_templates():
        tree = env.parse(env.loader.get_source(env, name)[0])
        safe = [each for each in tree.find_all(nodes.Filter) if each.name == "safe"]
        trusted += [name for each in safe if not isinstance(each.node, nodes.Const)]
        trusted += [name for _ in tree.find_all((nodes.ScopedEvalContextModifier, nodes.MarkSafe))]
    code = {file.name for file in folder.glob("*.py") if re.search(r"\bMarkup\(", file.read_text())}
    assert (trusted, code) == ([], KNOWN_MARKUP)


def test_what_is_taken_away_runs_in_no_spreadsheet(hostile, tmp_path):
    """The files of all pages, and those of the commands."""
    house, there = hostile
    visitor = house.service.signed_in(house.people[Role.ADMIN])
    for number, address in enumerate((*there[Role.ADMIN], *FOR_ALL)):
        ending = address.partition("?")[0].rpartition(".")[2]
        if ending in ("csv", "tsv", "xlsx"):
            data = visitor.client.get(address).data
            (tmp_path / f"page-{number}.{ending}").write_bytes(data)
    export_all(house.service.site.database, tmp_path)
    files = sorted(tmp_path.iterdir())
    assert len(files) >= 30
    assert sum(b"1+1" in each.read_bytes() for each in files) >= 10, "the formulas reach the files"
    assert {each.name: found for each in files if (found := formulas(each))} == {}


# What came by the doors --------------------------------------------------------------------------------


def test_what_was_typed_in_the_talk_and_in_forms_stays_words(sqlite, city, reader):
    with typed_by_all(sqlite, city) as pages:
        texts = read_back(pages)
        with unescaped(pages.app):
            unguarded = read_back(pages)
    unread = [(mark, at) for mark, there in WAYS.items() for at in there if mark not in texts[at]]
    assert unread == [], "each comes out where it is to be read"
    assert born(reader, texts) == {}
    runs = born(reader, unguarded)
    assert [mark for mark, there in WAYS.items() if not runs.keys() & set(there)] == [], "the control"


# Frames ------------------------------------------------------------------------------------------------


def test_chromium_shows_us_in_no_frame(house, chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.route(
        "http://other.example/", lambda route: route.fulfill(content_type="text/html", body=framing(house))
    )
    page.goto("http://other.example/")
    page.wait_for_function("() => document.title === 'loaded'")
    shown = [frame for frame in page.frames[1:] if frame.locator("main, form").count()]
    assert len(page.frames) == 3
    assert shown == []
    context.close()


def framing(house):
    frames = "".join(f'<iframe src="{house.address}{path}"></iframe>' for path in ("/login", "/nowhere"))
    return f"<!doctype html><body onload=\"document.title='loaded'\">{frames}"


# What is sent back --------------------------------------------------------------------------------------


def test_what_is_sent_stays_words_where_it_is_shown_again(service, reader):
    crowd, pages, held = Crowd(service), {}, 0
    for number, (endpoint, method) in enumerate(CASES):
        if number % EACH:
            continue
        person = an_admitted(endpoint)
        coming = crowd.one(person)
        sent = {name: turned(number + at) for at, name in enumerate(sorted(FIELDS))}
        answer = coming.to(endpoint, method, coming.finds(ROUTES[endpoint].mine), **sent)
        assert answer.status_code < 500, endpoint
        crowd.leave_after(person, answer)
        if answer.mimetype == "text/html":
            pages[f"{method} {endpoint}"] = answer.text
            held += MARK in answer.text
    assert held >= len(pages) / 4, "they are shown again"
    assert born(reader, pages) == {}
