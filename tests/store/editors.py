"""People who keep the knowledge true, and what they write."""

from dataclasses import replace

from faq.counters import SectionId
from faq.kinds import KINDS
from faq.models import EntryId, FaqEntry, Kind, Provenance, Status, Tone
from store import accounts, proposals
from store.accounts import Account, Draft
from store.audit import COMMAND
from store.db import Tx
from store.proposals import Change, Proposal, Refusal
from store.sight import Role, Viewer
from tests.store.town import NOON

TAX, HEALTH = SectionId("zei"), SectionId("kenkou")
ENTRY = FaqEntry(
    id=EntryId("trial-tax"),
    category="試し",
    kind=Kind.FACT,
    tone=Tone.NORMAL,
    question="試しの税はいつまでに納めますか",
    phrasings=("試しの税の期限",),
    answer="6月末までに納めてください。",
    section="市民税課",
    telephone="096-328-2111",
    link="",
    provenance=Provenance("市", "https://example.jp/", None, None, None, Status.CONFIRMED),
)
LATER = replace(ENTRY, answer="7月末までに納めてください。")
WHY = "期限が変わりました"


def editor(tx: Tx, name: str, role: Role = Role.STAFF, section: SectionId | None = TAX) -> Viewer:
    """Somebody with an account."""
    made = accounts.add(tx, Draft(name, name, role, section), COMMAND, NOON)
    assert isinstance(made, Account)
    return made.viewer


def change(before: object | None, after: object | None, kind: str = "faq") -> Change:
    record = before if after is None else after
    return Change(kind, KINDS[kind].name_of(record), before, after)


NEW = change(None, ENTRY)


def made(found: Proposal | Refusal) -> Proposal:
    assert isinstance(found, Proposal), found
    return found


def drafted(tx: Tx, by: Viewer, *changes: Change) -> Proposal:
    return made(proposals.draft(tx, by, changes or (NEW,), WHY, None, NOON))


def submitted(tx: Tx, by: Viewer, *changes: Change) -> Proposal:
    mine = drafted(tx, by, *changes)
    return made(proposals.submit(tx, by, mine.id, mine.version, NOON))
