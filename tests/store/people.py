"""People at the city, of every role and of two sections."""

from faq.counters import SectionId
from store import accounts
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Tx
from store.sight import Role, Viewer
from tests.conftest import NOON

KUMIN, HOZON = SectionId("chuo-kumin"), SectionId("chuo-hozon")


def viewers(tx: Tx) -> dict[str, Viewer]:
    """Each role in the first section by the role's name, and in the second as `other operator`."""
    sections = (("", KUMIN), ("other ", HOZON))
    drafts = [
        Draft(before + role, role.value, role, section) for before, section in sections for role in Role
    ]
    made = [accounts.add(tx, draft, COMMAND, NOON) for draft in drafts]
    assert all(isinstance(each, Account) for each in made)
    return {each.name: each.viewer for each in made if isinstance(each, Account)}
