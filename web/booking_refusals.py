"""Why a form leads to no booking, as a page to the resident that says what to do."""

from typing import assert_never

import flask
from flask.typing import ResponseReturnValue

from store.refusals import (
    AlreadyExtended,
    AlreadyWaiting,
    Ended,
    HoldGone,
    LimitReached,
    NotThere,
    PlacesFree,
    Refusal,
    SamePersonThen,
    ShareTaken,
    SlotClosed,
    SlotTaken,
    State,
    TooEarly,
    TooLate,
)
from web.speech import tell, tell_moment


def refusal_page(why: Refusal) -> ResponseReturnValue:
    """The page. Of what is not there, or not theirs, nothing is told."""
    key = _key(why)
    if key is None:
        return flask.render_template("booking_form/not_there.html"), 404
    until = tell_moment(why.until) if isinstance(why, TooLate) else ""
    title = tell(f"page.booking_form.refused.{key}.title")
    text = tell(f"page.booking_form.refused.{key}.text", until=until)
    return flask.render_template("booking_form/refused.html", title=title, text=text), 410


def _key(why: Refusal) -> str | None:
    match why:
        case HoldGone() | SlotTaken() | ShareTaken():
            return "gone"
        case SlotClosed() | TooEarly() | Ended(state=State.CLOSED):
            return "closed"
        case TooLate():
            return "late"
        case Ended():
            return "ended"
        case (
            LimitReached()
            | SamePersonThen()
            | AlreadyExtended()
            | AlreadyWaiting()
            | PlacesFree()
            | NotThere()
        ):
            return None
        case _:
            assert_never(why)
