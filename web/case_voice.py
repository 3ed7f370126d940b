"""What is done about a case that is a voice: joined to another, parted from it, or answered by post."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import case_answers, voice_joining
from store.case_answers import In
from store.case_refusals import Refused
from store.cases import Case
from web.case_acts import after, take_in
from web.case_page import Page, kept
from web.door import viewer
from web.personal import without_personal
from web.rule import STAFF, page
from web.site import site

case_voice = Blueprint("case_voice", __name__)


@page(case_voice, "/staff/cases/<int:number>/join", STAFF, methods=("POST",))
def join(number: int) -> ResponseReturnValue:
    """The voice of the receipt is answered in place of this one from now on."""
    return take_in(number, lambda of: of.join, _joined, "join")


@page(case_voice, "/staff/cases/<int:number>/part", STAFF, methods=("POST",))
def part(number: int) -> ResponseReturnValue:
    """It is answered on its own again."""
    with site().database.write() as tx:
        came = voice_joining.part(tx, viewer(), kept(tx, number).id, site().clock())
    return after(number, came, "part")


@page(case_voice, "/staff/cases/<int:number>/letter", STAFF, methods=("POST",))
def letter(number: int) -> ResponseReturnValue:
    """Notes what was sent by post; what is personal in it is masked."""

    def note(of: Page) -> Case | Refused:
        form, now = of.letter, site().clock()
        words = without_personal(of.known, form.text)
        return case_answers.answer(
            of.tx,
            viewer(),
            of.case.id,
            form.read_version,
            words,
            In.LETTER,
            now,
            also_closes=form.closes.data,
            to_joined=form.general.data,
        )

    return take_in(number, lambda of: of.letter, note, "letter")


def _joined(of: Page) -> Case | Refused:
    """To the voice that has the receipt, or to its head."""
    to = of.join.chosen
    assert to is not None
    return voice_joining.join(of.tx, viewer(), of.case.id, of.join.read_version, to, site().clock())
