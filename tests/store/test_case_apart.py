"""Cases apart: the resident speaks with the bot again, and whoever is on the case hears nothing more by itself."""

import pytest

from store import case_apart, residents
from store.audit import ByResident
from store.case_opening import open_case
from store.cases import Case
from store.db import Database
from tests.conftest import NOON
from tests.line import HANAKO
from tests.store.cases import draft


@pytest.fixture
def case(database: Database) -> Case:
    with database.write() as tx:
        by = ByResident(residents.meet(tx, HANAKO, NOON).id)
        made = open_case(tx, draft("once"), None, by, NOON)
    assert isinstance(made, Case)
    return made


def test_apart_until_they_come_back_however_often_it_is_said(database: Database, case: Case) -> None:
    with database.write() as tx:
        assert not case_apart.is_apart(tx, case.id)
        for _ in range(2):
            case_apart.leave(tx, case.id, NOON)
        assert case_apart.is_apart(tx, case.id)
        for _ in range(2):
            case_apart.come_back(tx, case.id)
        assert not case_apart.is_apart(tx, case.id)
