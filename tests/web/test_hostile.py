"""Every route against what no form of ours sends: letters that no column takes, numbers and days beyond all bounds.

Each field that any page reads is sent to every route. Nothing may fail (500), and nothing may pass for the database
being away (503). In short each thing that is sent goes to every second route, another to those between.
"""

import inspect
import re
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

import web
from store import knowledge
from tests.promises.length import at_length
from tests.web.coming import Crowd
from tests.web.conftest import Service
from tests.web.route_table import ROUTES
from tests.web.routes import CHECK_UP, ELSEWHERE
from tests.web.test_every_route import CASES, an_admitted
from tests.web.town import LEGAL

HOSTILE = {
    "too large for a column": str(2**63),
    "too large for Python": "9" * 5000,
    "NUL": "a\0b",
    "no UTF-8": b"\xff\xed\xa0\x80",
}
BEYOND = (str(2**63), "9" * 5000, "-1", f"account-{2**70}", "0001-01-01", "9999-12-31")
STEP = at_length(2, 1)
SQLITE_MINDS = ("too large for a column",)
"""It keeps any letters, however many, and any day: of what a page lets through it refuses only such numbers."""
BEYOND_SQLITE = (str(2**63), f"account-{2**70}")
_NAMED = re.compile(
    r'(?:args|form|values|given)(?:\.get\(|\[)"(\w+)"|sent_number\("(\w+)"|asked_(day)\('
    r"|^    (\w+) = \w*(?:Field|Boxes)\(",
    re.MULTILINE,
)


def fields_of(file: str | Path) -> set[str]:
    """The names under which a file of the pages reads anything: of its forms, of its address."""
    return {name for names in _NAMED.findall(Path(file).read_text()) for name in names if name}


FIELDS = set().union(*map(fields_of, Path(web.__file__).parent.glob("*.py")))


@pytest.fixture
def service(both: Service) -> Service:
    with both.site.database.write() as tx:
        knowledge.take_in(tx, [LEGAL, ELSEWHERE, CHECK_UP], both.clock())
    return both


@pytest.fixture
def crowd(service: Service) -> Crowd:
    """Who sends it."""
    return Crowd(service)


def test_the_fields_are_found():
    known = "name password code birth_date slot before by subject first seats day programme page next"
    assert set(known.split()) <= FIELDS


@pytest.mark.parametrize(
    ("database", "sent", "first"),
    [
        *(
            pytest.param("postgres", HOSTILE[name], at % STEP, id=f"postgres-{name}")
            for at, name in enumerate(HOSTILE)
        ),
        *(pytest.param("sqlite", HOSTILE[name], 1 % STEP, id=f"sqlite-{name}") for name in SQLITE_MINDS),
    ],
    indirect=["database"],
)
def test_nothing_fails_by_what_is_sent(crowd, sent, first):
    for endpoint, method in CASES[first::STEP]:
        person = an_admitted(endpoint)
        coming = crowd.one(person)
        values = coming.finds(ROUTES[endpoint].mine)
        answer = coming.to(endpoint, method, values, **dict.fromkeys(FIELDS, sent))
        assert answer.status_code < 500, (endpoint, method)
        crowd.leave_after(person, answer)


@pytest.mark.parametrize(
    ("database", "beyond"),
    [pytest.param("postgres", BEYOND, id="postgres"), pytest.param("sqlite", BEYOND_SQLITE, id="sqlite")],
    indirect=["database"],
)
def test_nothing_fails_by_one_field_of_an_address(service, crowd, beyond):
    for endpoint, method in CASES:
        view = inspect.unwrap(service.app.view_functions[endpoint].view)
        fields = fields_of(inspect.getsourcefile(view)) if method == "GET" else ()
        for name, sent in _some(sorted(fields), beyond):
            person = an_admitted(endpoint)
            coming = crowd.one(person)
            answer = coming.to(endpoint, method, coming.finds(ROUTES[endpoint].mine), **{name: sent})
            assert answer.status_code < 500, (endpoint, name, sent)
            crowd.leave_after(person, answer)


def _some(fields: Sequence[str], beyond: Sequence[str]) -> list[tuple[str, str]]:
    """Each field with each second of what is beyond all bounds, its neighbour with those between."""
    pairs = product(enumerate(fields), enumerate(beyond))
    return [(name, sent) for (one, name), (other, sent) in pairs if (one + other) % STEP == 0]


@pytest.mark.parametrize("number", [str(2**63 - 1), str(2**63), "9" * 5000])
def test_a_number_that_no_row_has(service, crowd, number):
    for rule in service.app.url_map.iter_rules():
        if "<int:" in rule.rule:
            path = re.sub(r"<any\('([\w-]+)'.*?\):\w+>", r"\1", re.sub(r"<int:\w+>", number, rule.rule))
            coming = crowd.one(an_admitted(rule.endpoint))
            for method in ROUTES[rule.endpoint].methods.split():
                sent = {"csrf_token": coming.token()} if method == "POST" else {}
                answer = coming.visitor.client.open(path, method=method, data=sent)
                assert answer.status_code in (404, 405), (path, method)


def test_a_name_in_an_address_that_no_row_has(both):
    """PostgreSQL takes no NUL in a text; what carries one is nowhere."""
    visitor = both.visitor()
    for path in ("/plans/%00", "/o/%00/x", "/o/x/%00", "/v/%00", "/voices/mine/%00", "/k/%00", "/voices/%00"):
        assert visitor.client.get(path).status_code == 404, path
