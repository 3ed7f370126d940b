"""What a proposal would do to the answers, as its page shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from faq.models import EntryId, FaqEntry, Outcome
from faq.ripple import Effect, Flip
from faq.worth import BelowFloor, Shown, Tally
from nlp.masking import mask
from store import ripples
from store.db import Tx
from store.lately import MOST
from store.proposals import Proposal
from store.ripples import Replay, Rippled, Running
from web.door import viewer
from web.known import Known
from web.site import site

FLIPS: Final = 50
"""Flips of a kind that are listed; the others are counted."""
LABELLED: Final = (Effect.WORSE, Effect.BETTER, Effect.OTHER)
ASKED: Final = (Effect.NO_LONGER, Effect.NEWLY, Effect.CHANGED)


@dataclass(frozen=True, slots=True)
class Named:
    """An entry, as staff know it."""

    id: EntryId
    question: str
    is_kept: bool
    """Whether there is a page of it already."""


@dataclass(frozen=True, slots=True)
class ShownFlip:
    """A question, and what is shown to it before and after."""

    text: str
    before: tuple[Named, ...]
    is_answer_before: bool
    after: tuple[Named, ...]
    is_answer_after: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The flips of a kind."""

    effect: Effect
    count: int
    flips: tuple[ShownFlip, ...]

    @property
    def unlisted(self) -> int:
        """More than a page can hold, or without words any more."""
        return self.count - len(self.flips)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the labelled questions, in questions."""

    name: str
    before: int
    after: int
    of: int


@dataclass(frozen=True, slots=True)
class Panel:
    """All that the page shows of it."""

    touches: bool
    """False where no answer can change."""
    progress: Running | None = None
    """While it is being found out."""
    figures: tuple[Figure, ...] = ()
    labelled: tuple[Group, ...] = ()
    asked: tuple[Group, ...] = ()
    replayed: int = 0
    """Questions of residents."""
    below: BelowFloor | None = None
    is_done: bool = False

    @property
    def is_under_way(self) -> bool:
        return self.touches and not self.is_done

    @property
    def are_all(self) -> bool:
        """Whether all of the last 30 days' questions were asked again, not the latest alone."""
        return self.replayed < MOST


def panel(tx: Tx, known: Known, proposal: Proposal) -> Panel:
    """For who may see the proposal; what residents asked is opened for it, masked, and that is audited."""
    if not ripples.touches_answers(proposal):
        return Panel(touches=False)
    found: Replay = ripples.state(tx, proposal)
    if not isinstance(found, Rippled):
        return Panel(touches=True, progress=found if isinstance(found, Running) else None)
    names = _Names(known, proposal)
    asked = tuple(_group(tx, proposal, names, effect, found) for effect in ASKED)
    _note_look(proposal, sum(len(group.flips) for group in asked))
    return Panel(
        touches=True,
        figures=tuple(_figures(found.before, found.after)),
        labelled=tuple(_group(tx, proposal, names, effect, found) for effect in LABELLED),
        asked=asked,
        replayed=found.replayed,
        below=found.below_floor,
        is_done=True,
    )


def _note_look(proposal: Proposal, shown: int) -> None:
    """In a transaction of its own: a page that is made does not keep others from writing."""
    if shown:
        with site().database.write() as tx:
            ripples.note_look(tx, viewer(), proposal.id, shown, site().clock())


def _figures(before: Tally, after: Tally) -> Iterator[Figure]:
    yield Figure("right", before.right, after.right, after.answerable)
    yield Figure("right_or_offered", before.right_or_offered, after.right_or_offered, after.answerable)
    yield Figure("hit1", before.hit1, after.hit1, after.answerable)
    yield Figure("wrong", before.wrong, after.wrong, after.questions)


class _Names:
    """Entries by their names before and after."""

    def __init__(self, known: Known, proposal: Proposal) -> None:
        self._kept, self._public = known.knowledge.entry, known.public
        self._after = ripples.entries_after(proposal)

    def before(self, shown: Shown) -> tuple[Named, ...]:
        return tuple(self._named(each, self._kept(each)) for each in shown.entries)

    def after(self, shown: Shown) -> tuple[Named, ...]:
        return tuple(self._named(each, self._after.get(each) or self._kept(each)) for each in shown.entries)

    def _named(self, entry_id: EntryId, entry: FaqEntry | None) -> Named:
        return Named(entry_id, entry.question if entry else entry_id, self._kept(entry_id) is not None)

    def shown(self, flip: Flip) -> ShownFlip:
        by_resident = flip.effect in ASKED
        return ShownFlip(
            mask(flip.question.text, self._public).text if by_resident else flip.question.text,
            self.before(flip.before),
            flip.before.outcome is Outcome.ANSWER,
            self.after(flip.after),
            flip.after.outcome is Outcome.ANSWER,
        )


def _group(tx: Tx, proposal: Proposal, names: _Names, effect: Effect, found: Rippled) -> Group:
    count = found.flips.get(effect, 0)
    flips = ripples.flips(tx, proposal, effect, FLIPS) if count else ()
    return Group(effect, count, tuple(map(names.shown, flips)))
