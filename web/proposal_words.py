"""What became of a proposal, and why it cannot go on, in words."""

from typing import assert_never

from store.proposals import (
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
    Proposal,
    RecordProblem,
    Refusal,
    Returned,
    State,
    TooManyChanges,
)
from store.sight import Role, Viewer
from web import kinds
from web.site import site

TONES = {
    State.DRAFT: "",
    State.SUBMITTED: "key",
    State.APPROVED: "key",
    State.PUBLISHED: "good",
    State.RETURNED: "warn",
    State.WITHDRAWN: "",
}
"""How a state looks as a tag."""


def state_word(state: State) -> str:
    return site().say(f"proposals.states.{state}")


def say_refusal(refused: Refusal) -> str:
    """Why it was refused, and what can be done."""
    say = site().say
    match refused:
        case Conflict():
            return say_conflict(refused)
        case InvalidRecord(problems):
            return "\n".join(map(say_record_problem, problems))
        case NotNow(state):
            return say("proposals.refused.not_now", state=state_word(state))
        case NotYours():
            return say("proposals.refused.not_yours")
        case NothingChanges():
            return say("proposals.refused.nothing_changes")
        case TooManyChanges(count, most):
            return say("proposals.refused.too_many", count=count, most=most)
        case NeedsWhy():
            return say("proposals.refused.needs_why")
        case NeedsApprover():
            return say("proposals.refused.needs_approver")
        case AuthorCannotApprove():
            return say("proposals.refused.author")
        case NotReplayedYet():
            return say("proposals.refused.not_replayed")
        case BelowFloor():
            return say("proposals.refused.below_floor")
        case _:
            assert_never(refused)


def say_returned(returned: Returned | None) -> str:
    """Why a proposal came back; empty where it did not."""
    if returned is None or isinstance(returned, str):
        return returned or ""
    return f"{site().say('proposals.returned_by_itself')}\n{say_refusal(returned)}"


def next_step(found: Proposal, who: Viewer) -> str:
    """What this person can do now, or whom they wait for."""
    decides = who.role in (Role.APPROVER, Role.ADMIN) and who.account not in found.authors
    for_whom = "approver" if decides else "author"
    return site().say(f"proposals.next.{found.state}.{for_whom}")


def say_conflict(conflict: Conflict) -> str:
    """Who was faster, and at what."""
    say = site().say
    who = conflict.by_shown and say("proposals.person", shown=conflict.by_shown)
    who = who or say("proposals.somebody")
    if conflict.what is None:
        return say("proposals.refused.revised", who=who)
    return say(
        "proposals.refused.conflict",
        who=who,
        kind=kinds.kind_label(conflict.what.kind),
        name=conflict.what.key,
    )


def say_record_problem(each: RecordProblem) -> str:
    """What has to be mended, and in which record."""
    column = each.problem.column
    label = kinds.column_label(each.what.kind, column) if column and each.what.kind else column
    says = kinds.say_problem(each.problem)
    where = f"{kinds.kind_label(each.what.kind)} {each.what.key}" if each.what.key else ""
    return "：".join(filter(None, (where, label, says)))
