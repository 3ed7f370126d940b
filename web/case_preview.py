"""An answer before it is sent: what the resident will see, what of a person stands in it, and how plain it is."""

from dataclasses import dataclass

from nlp.plainness import Level
from store.case_answers import In
from store.cases import Case
from store.db import Tx
from web.bubble import Bubble
from web.case_forms import ElsewhereForm, ReplyForm
from web.door import viewer
from web.known import Known
from web.personal import personal_in
from web.plain_remarks import Plainness, of_words
from web.site import site


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of an answer that is being written."""

    bubble: Bubble
    """What LINE shows."""
    on_page: str
    """What only the city's page shows; empty of an answer in LINE."""
    personal: tuple[str, ...]
    """What of a person is in it, in words."""
    in_line: bool
    plain: Plainness | None
    follows: bool = True
    """Whether they are in LINE at all, where an answer on the page is announced."""

    @property
    def must_not_go(self) -> bool:
        """Whether it may only be read on the city's page."""
        return self.in_line and bool(self.personal)


def of_reply(tx: Tx, known: Known, case: Case, form: ReplyForm) -> Preview | None:
    """Of an answer; None while nothing is written."""
    text, in_line, label = form.text, form.way is In.LINE, site().say("cases.reply.label")
    if not text:
        return None
    return Preview(
        site().bubbles.answer(tx, case, text if in_line else None, site().clock()),
        "" if in_line else text,
        personal_in(known, text, viewer().shown),
        in_line,
        of_words(form.words.id, label, text, Level.PLAIN),
        follows=case.resident is not None,
    )


def of_naming(tx: Tx, known: Known, form: ElsewhereForm) -> Preview | None:
    """Of naming another authority; None while none is chosen."""
    if form.chosen is None:
        return None
    bubble = site().bubbles.elsewhere(tx, form.chosen, form.text)
    return Preview(bubble, "", personal_in(known, form.text, viewer().shown), in_line=True, plain=None)
