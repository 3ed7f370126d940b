"""Stars by the page: set, taken off, and the list in the order of use."""

import re

import pytest

from store.sight import Role
from tests.web.conftest import Service, Visitor

DESK, MARK, LIST = "/operators", "/operators/favourites", "/operators/favourites/list"


@pytest.fixture
def operator(both: Service) -> Visitor:
    return both.signed_in(both.account("yamada", Role.OPERATOR))


def listed(visitor: Visitor) -> list[str]:
    return re.findall('data-key="([^"]+)"', visitor.get(LIST).text)


def test_what_was_opened_last_comes_first(both: Service, operator: Visitor):
    for key in ("entry:moving-in", "office:K002", "programme:legal"):
        both.clock.passes(seconds=1)
        pressed = operator.send(DESK, MARK, chosen=key, star="yes").text
        assert 'value="no" aria-pressed="true"' in pressed
    assert listed(operator) == ["programme:legal", "office:K002", "entry:moving-in"]
    both.clock.passes(seconds=1)
    operator.send(DESK, f"{DESK}/answer", chosen="entry:moving-in")
    operator.send(DESK, f"{DESK}/answer", chosen="office:K003")
    assert listed(operator) == ["entry:moving-in", "programme:legal", "office:K002"]


def test_a_star_is_taken_off(operator: Visitor):
    for star in ("yes", "yes", "no", "no"):
        sent = operator.send(DESK, MARK, chosen="office:K002", star=star)
    assert 'value="yes" aria-pressed="false"' in sent.text
    assert listed(operator) == []


def test_without_scripts_it_leads_back(operator: Visitor):
    sent = operator.send(DESK, MARK, chosen="office:K002", star="yes", back=DESK)
    assert (sent.status_code, sent.location) == (303, DESK)
    for away in ("//evil.example/", "https://evil.example/"):
        assert operator.send(DESK, MARK, chosen="office:K002", star="yes", back=away).status_code == 200


@pytest.mark.parametrize("key", ["", "office:K999", "x", "entry:" + "a" * 200, "entry:\ud800"])
def test_what_is_not_there_gets_no_star(operator: Visitor, key: str):
    assert operator.send(DESK, MARK, chosen=key.encode("utf-8", "replace"), star="yes").status_code == 404


def test_stars_are_ones_own(both: Service, operator: Visitor):
    operator.send(DESK, MARK, chosen="office:K002", star="yes")
    assert listed(both.signed_in(both.account("tanaka", Role.OPERATOR))) == []
