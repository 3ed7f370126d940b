"""Where a mailing stands, and why something cannot be done with it, in words."""

from collections.abc import Mapping
from typing import Final

from nlp.language import Language
from store.mailings import Mailing, Refusal, State
from store.overtaken import Overtaken
from store.sight import Role, Viewer
from web.site import site
from web.times import say_moment

TONES: Final[Mapping[State, str]] = {
    State.DRAFT: "",
    State.SUBMITTED: "key",
    State.APPROVED: "key",
    State.SENDING: "key",
    State.SENT: "good",
    State.STOPPED: "warn",
    State.LAPSED: "warn",
}
"""How a state looks as a tag."""


def language_word(language: Language) -> str:
    """As staff call it: やさしい日本語."""
    return site().say(f"mailings.languages.{language}")


def say_refusal(refused: Refusal) -> str:
    """Why it was refused, and what can be done."""
    if isinstance(refused, Overtaken):
        return site().say("mailings.overtaken", by=refused.by, at=say_moment(refused.at))
    return site().say(f"mailings.refused.{refused}")


def next_step(mailing: Mailing, viewer: Viewer) -> str:
    """What is to be done next, by this person or another."""
    if mailing.state is State.SUBMITTED:
        decides = viewer.role in (Role.APPROVER, Role.ADMIN) and viewer.account not in mailing.authors
        if decides and mailing.what.urgent and viewer.role is not Role.ADMIN:
            return site().say("mailings.next.admin")
        return site().say("mailings.next.decide" if decides else "mailings.next.wait")
    if mailing.state is State.APPROVED and mailing.what.send_at is not None:
        return site().say("mailings.next.at", at=say_moment(mailing.what.send_at))
    return site().say(f"mailings.next.{mailing.state}")
