"""What is asked of a procedure: where it is done, at which office, on which days, near what."""

from dataclasses import dataclass

from faq.counters import Procedure
from faq.models import Office, OfficeId, Place
from faq.towns import Area
from handlers import feedback
from handlers.heard import nothing_else
from handlers.turn import Located, Turn
from store.conversations import Conversation

TOPIC = "procedure"
"""The conversation about a procedure; slots `procedure` and `office`, empty where none was named."""
VERB = "at"
"""`at:PROCEDURE:OFFICE`: a procedure at one office."""
_PLACES = ("words.doing", "words.office", "words.where", "words.hours", "words.around")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A procedure, and where; nothing where nobody said."""

    procedure: Procedure
    office: Office | None = None
    near: Area | Place | None = None


def about(procedure: Procedure, office: Office | None) -> Conversation:
    """The conversation in which 土曜は？ and 西区は？ are about this procedure."""
    return Conversation(TOPIC, {"procedure": procedure.id, "office": office.id if office else ""})


def wanted(turn: Turn) -> Wanted | None:
    """What is asked, by button, by location or by words; None where it is something else."""
    if isinstance(turn.message.said, Located):
        procedure = _talked_about(turn) if turn.conversation.topic == TOPIC else None
        said = turn.message.said
        return Wanted(procedure, near=Place(said.latitude, said.longitude)) if procedure else None
    if not turn.text:
        return _pressed(turn)
    return _named(turn) if turn.heard.procedure else _went_on(turn)


def _pressed(turn: Turn) -> Wanted | None:
    verb, _, rest = turn.pressed.partition(":")
    procedure_id, _, office_id = rest.partition(":")
    procedure = _procedure(turn, procedure_id)
    there = turn.city.directory.office(OfficeId(office_id))
    return Wanted(procedure, there) if verb == VERB and procedure and there else None


def _named(turn: Turn) -> Wanted | None:
    """A procedure, with where or when, and nothing else: 住民票はどこ, パスポートは東区で取れる, 土曜に住民票."""
    heard = turn.heard
    if heard.procedure is None or heard.programmes or turn.mentions("words.contents"):
        return None
    near = None
    if not nothing_else(turn.city, heard, *_PLACES):
        area = turn.city.towns.named(heard.rest)
        if area is None or not turn.city.wording.covers(area.rest, *_PLACES, "words.polite", "words.helping"):
            return None
        near = area
    near_here = turn.mentions("words.which_counter") or turn.mentions("words.around")
    placed = heard.office or heard.ward or heard.kinds or near or near_here
    timed = heard.when.whens or heard.when.unclear or turn.mentions("words.hours")
    return Wanted(heard.procedure, heard.office, near) if placed or timed else None


def _went_on(turn: Turn) -> Wanted | None:
    """土曜は？, 西区は？, 健軍の近くは？ after talk of a procedure."""
    heard, procedure = turn.heard, _talked_about(turn)
    if procedure is None or heard.programmes or heard.sections or turn.mentions("words.contents"):
        return None
    its_own = turn.mentions("words.its_own")
    if not nothing_else(turn.city, heard, *_PLACES) or (heard.office and its_own):
        return None
    placed = heard.office or heard.ward or heard.kinds
    if not (placed or its_own or heard.when.whens or heard.when.unclear or turn.mentions("words.hours")):
        return None
    before = turn.city.directory.office(OfficeId(turn.conversation.slots.get("office", "")))
    return Wanted(procedure, heard.office or (None if placed else before))


def _talked_about(turn: Turn) -> Procedure | None:
    """Of this talk, or of the answer just read."""
    slots = turn.conversation.slots
    if turn.conversation.topic == TOPIC:
        return _procedure(turn, slots["procedure"])
    if turn.conversation.topic == feedback.TOPIC:
        entry = slots.get("entry", "")
        return next((each for each in turn.city.procedures if entry and each.faq == entry), None)
    return None


def _procedure(turn: Turn, procedure_id: str) -> Procedure | None:
    return next((each for each in turn.city.procedures if each.id == procedure_id), None)
