"""Why a voice was not made ready, or not published: facts, to be put in words by who talks to the person."""

from dataclasses import dataclass

from store.cases import CaseId
from store.published_voices import PublishedVoiceId
from store.refusals import NotThere

__all__ = [
    "AlreadyPublished",
    "Changed",
    "Joined",
    "NotAnswered",
    "NotReady",
    "NotThere",
    "NotWished",
    "OwnWork",
    "Refused",
    "WentOn",
]


@dataclass(frozen=True, slots=True)
class NotWished:
    """Whoever told it does not want it to be published, or took it back."""


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The city has not answered yet."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Another voice is answered in its place, and published."""

    to: CaseId


@dataclass(frozen=True, slots=True)
class AlreadyPublished:
    """It is public."""

    which: PublishedVoiceId


@dataclass(frozen=True, slots=True)
class Changed:
    """It is no longer what the viewer saw; who wrote last."""

    shown: str


@dataclass(frozen=True, slots=True)
class NotReady:
    """Marks of which nobody decided, or a part without words."""

    undecided: int


@dataclass(frozen=True, slots=True)
class WentOn:
    """Something was said or answered since it was begun."""


@dataclass(frozen=True, slots=True)
class OwnWork:
    """Who wrote it does not confirm it."""


Refused = (
    NotThere | NotWished | NotAnswered | Joined | AlreadyPublished | Changed | NotReady | WentOn | OwnWork
)
