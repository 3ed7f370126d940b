"""The photographs of a voice that is being written: noted as they come, given to its case when it is sent."""

from dataclasses import replace

from handlers.turn import Media, Turn
from handlers.voice_draft import Draft
from store import photographs
from store.cases import CaseId
from store.photographs import Photograph, PhotographState


def take(turn: Turn, draft: Draft, media: Media) -> Draft:
    """With the picture of a message; without it where there are as many as may be."""
    if len(sent(turn, draft)) >= photographs.MOST:
        return draft
    wanted = photographs.want(turn.tx, turn.resident.id, media.message_id, turn.now)
    return replace(draft, photographs=tuple(dict.fromkeys((*draft.photographs, wanted))))


def sent(turn: Turn, draft: Draft) -> tuple[Photograph, ...]:
    """Those that are there or on their way; not what was refused, or taken back in LINE."""
    there = photographs.waiting_of(turn.tx, turn.resident.id) if draft.photographs else ()
    return tuple(
        each for each in there if each.id in draft.photographs and each.state is not PhotographState.REFUSED
    )


def attach(turn: Turn, draft: Draft, case: CaseId) -> None:
    """Gives them to what they were sent with."""
    photographs.attach(turn.tx, [each.id for each in sent(turn, draft)], case)


def drop(turn: Turn, draft: Draft) -> Draft:
    """Without them; what is not sent is not kept."""
    photographs.drop(turn.tx, draft.photographs)
    return replace(draft, photographs=())
