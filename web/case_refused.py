"""Why nothing was done to a case, in a sentence to the people at the city."""

from typing import assert_never

from store.case_refusals import AlreadyClosed, CannotBeTold, Changed, NotThere, Refused, TakenBy
from web.site import site
from web.times import say_moment


def say_refused(why: Refused) -> str:
    """What is the matter, and what to do."""
    say = site().say
    match why:
        case TakenBy(shown=shown):
            return say("cases.refused.taken", shown=shown)
        case Changed():
            return say("cases.refused.changed")
        case AlreadyClosed(at=at):
            return say("cases.refused.closed", at=say_moment(at))
        case CannotBeTold():
            return say("cases.refused.cannot_be_told")
        case NotThere():
            return say("cases.refused.not_there")
        case _:
            assert_never(why)
