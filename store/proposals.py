"""Proposals: what is to be changed in the knowledge is written, handed in, approved by a second person, published.

`docs/review.md` draws the states. What is looked up is in `store.proposed`; writing, deciding and publishing have a
file each; all but publishing are named here.
"""

from faq.amending import RecordProblem
from faq.changes import Change, RecordName, Sort
from store.deciding import HOLDS, NOT_YET, Broken, Floor, Measured, approve, send_back, submit, withdraw
from store.drafting import REVISABLE, draft, of_file, revise
from store.objections import (
    AuthorCannotApprove,
    BelowFloor,
    Conflict,
    InvalidRecord,
    NeedsApprover,
    NeedsWhy,
    NothingChanges,
    NotNow,
    NotReplayedYet,
    NotYours,
    Refusal,
    State,
    TooManyChanges,
)
from store.proposal_lists import Listed, listed, totals
from store.proposed import (
    Proposal,
    ProposalId,
    Returned,
    find,
    open_of,
    seen_by,
)
from store.unmatched import ClusterId

__all__ = [
    "HOLDS",
    "NOT_YET",
    "REVISABLE",
    "AuthorCannotApprove",
    "BelowFloor",
    "Broken",
    "Change",
    "ClusterId",
    "Conflict",
    "Floor",
    "InvalidRecord",
    "Listed",
    "Measured",
    "NeedsApprover",
    "NeedsWhy",
    "NotNow",
    "NotReplayedYet",
    "NotYours",
    "NothingChanges",
    "Proposal",
    "ProposalId",
    "RecordName",
    "RecordProblem",
    "Refusal",
    "Returned",
    "Sort",
    "State",
    "TooManyChanges",
    "approve",
    "draft",
    "find",
    "listed",
    "of_file",
    "open_of",
    "revise",
    "seen_by",
    "send_back",
    "submit",
    "totals",
    "withdraw",
]
