"""A section's people, an operator, and the cases that they are handed."""

from datetime import timedelta

from faq.counters import SectionId
from store import accounts, case_opening
from store.accounts import Account, Draft
from store.audit import COMMAND, ByAccount, ByResident
from store.case_opening import CaseDraft
from store.cases import Case
from store.db import Tx
from store.residents import ResidentId
from store.sight import Role, Viewer
from tests.conftest import NOON

KUMIN, HOKEN = SectionId("chuo-kumin"), SectionId("chuo-hoken")
PROMISED = NOON + timedelta(hours=4)
SUBJECT, SAID = "国保の還付", "還付の通知が届かない"


def person(
    tx: Tx, name: str, role: Role = Role.STAFF, section: SectionId | None = KUMIN, **rights: bool
) -> Viewer:
    """Somebody at the city, by default of the section that the cases are handed to."""
    made = accounts.add(tx, Draft(name, name, role, section, **rights), COMMAND, NOON)
    assert isinstance(made, Account)
    return made.viewer


def draft(once: str = "1", section: SectionId = KUMIN, words: tuple[str, ...] = (SAID,)) -> CaseDraft:
    return CaseDraft(once, section, SUBJECT, words)


def handed(tx: Tx, resident: ResidentId, once: str = "1", section: SectionId = KUMIN) -> Case:
    """A case that the resident has just handed over in LINE."""
    made = case_opening.open_case(tx, draft(once, section), PROMISED, ByResident(resident), NOON)
    assert isinstance(made, Case)
    return made


def called(tx: Tx, operator: Viewer, once: str = "1") -> Case:
    """A case that an operator has just handed over for a caller."""
    made = case_opening.open_case(tx, draft(once), PROMISED, ByAccount(operator.account), NOON)
    assert isinstance(made, Case)
    return made
