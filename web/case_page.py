"""The page of one case, as every view of it shows it: what was said, what can be done, and what is half typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

import flask

from faq import routing
from faq.counters import SectionId
from faq.models import FaqEntry
from faq.neighbours import Neighbour, fitting
from faq.routing import Topic
from nlp.japan import today
from store import (
    case_acts,
    case_changes,
    case_looks,
    case_people,
    case_talk,
    case_undoing,
    cases,
    photographs,
    voice_joining,
)
from store.case_refusals import Changed, Refused
from store.case_talk import Entry, EntryKind
from store.cases import Case, CaseId
from store.db import Tx
from web.case_forms import (
    AssignForm,
    CaseForm,
    CloseForm,
    ElsewhereForm,
    NoteForm,
    ReplyForm,
    SendOnForm,
    TelephoneForm,
)
from web.case_left import left_until
from web.case_preview import of_naming, of_reply
from web.case_quotes import Quote
from web.case_refused import say_refused
from web.door import viewer
from web.known import Known
from web.personal import personal_in
from web.section_names import section_names
from web.site import site
from web.switchboard import switchboard
from web.voice_forms import JoinForm, LetterForm
from web.voice_shown import told_of

MOST_WORDS: Final = 500
"""Letters of what was said by which whose it is gets proposed."""


@dataclass(frozen=True, slots=True)
class Page:
    """A case that the viewer may act upon, and all that they may send about it."""

    tx: Tx
    known: Known
    case: Case
    talk: tuple[Entry, ...]
    sections: Mapping[str, str]
    reply: ReplyForm
    phone: TelephoneForm
    note: NoteForm
    on: SendOnForm
    elsewhere: ElsewhereForm
    close: CloseForm
    assign: AssignForm
    join: JoinForm
    letter: LetterForm

    @property
    def forms(self) -> tuple[CaseForm, ...]:
        acts = (self.reply, self.phone, self.note, self.on, self.elsewhere, self.close, self.assign)
        return (*acts, self.join, self.letter)

    @property
    def entry(self) -> FaqEntry | None:
        """What the service had answered."""
        return self.known.knowledge.entry(self.case.entry) if self.case.entry else None

    @property
    def may_act(self) -> bool:
        """Whether no colleague looks after it, and it is not over."""
        return self.case.is_open and self.case.taken_by in (None, viewer().account)


def found(tx: Tx, number: int) -> Case:
    """A case that the viewer may see; else the page is not there."""
    return cases.find(tx, viewer(), CaseId(number)) or flask.abort(404)


def kept(tx: Tx, number: int) -> Case:
    """One that they may also read and act upon."""
    case = found(tx, number)
    return case if cases.is_kept_by(tx, viewer(), case.id) else flask.abort(404)


def page_of(tx: Tx, number: int) -> Page:
    """The page of a case that the viewer keeps, with what was sent to it; else it is not there."""
    case, me, now = kept(tx, number), viewer(), site().clock()
    known, sections = site().city(tx), section_names(tx)
    talk = case_talk.talk_of(tx, me, case.id, now)
    last = talk[-1].id if talk else 0
    said = _said(case, talk)
    return Page(
        tx,
        known,
        case,
        talk,
        sections,
        reply_form(known, case, last),
        TelephoneForm(case, last),
        NoteForm(case),
        SendOnForm(case, sections, proposed(known, case, said, now)),
        elsewhere_form(known, case, fitting(known.neighbours, said)),
        CloseForm(case),
        AssignForm(case, case_people.who_may_take(tx, case.section)),
        JoinForm(case, partial(voice_joining.target, tx, me, case.id)),
        LetterForm(case, last, partial(personal_in, known, writer=me.shown)),
    )


def proposed(known: Known, case: Case, said: str, now: datetime) -> SectionId | None:
    """The section that it is more likely for; None where it is the one that has it, or nobody can tell."""
    entry = known.knowledge.entry(case.entry) if case.entry else None
    topic = Topic(entry, said, case.ward)
    routed = routing.route(switchboard(known), topic, today(now))
    sure = routed is not None and routed.because is not routing.Because.FALLBACK
    return routed.section if routed and sure and routed.section != case.section else None


def reply_form(known: Known, case: Case, seen: int = 0) -> ReplyForm:
    """What may not go to LINE is found by what the city itself publishes."""
    return ReplyForm(case, seen, partial(personal_in, known, writer=viewer().shown))


def elsewhere_form(known: Known, case: Case, fits: Neighbour | None) -> ElsewhereForm:
    """`fits`: the authority that it sounds like."""
    personal = partial(personal_in, known, writer=viewer().shown)
    return ElsewhereForm(case, known.neighbours, fits, personal)


def looked(page: Page) -> None:
    """Whoever keeps it has read it now, and colleagues see that they do."""
    me, now = viewer(), site().clock()
    case_acts.looked(page.tx, me, page.case.id)
    case_looks.look(page.tx, me, page.case.id, now)


def shown(
    page: Page,
    *,
    refused: Refused | None = None,
    of: CaseForm | None = None,
    whom: Sequence[tuple[str, str]] = (),
    quotes: Sequence[Quote] | None = None,
) -> str:
    """The page. `of`: the form that was not taken, for what was `refused` or is wrong in it; it stays filled in."""
    between = _between(page, of) if isinstance(refused, Changed) else ()
    _renew(page)
    case, now = page.case, site().clock()
    promised = case.promised_at if case.state in cases.WAITING else None
    return flask.render_template(
        "cases/one.html",
        page=page,
        case=case,
        left=left_until(promised, now) if promised else None,
        section=page.sections.get(case.section, case.section),
        photographs=photographs.of_case(page.tx, viewer(), case.id),
        told=told_of(page.tx, page.known, case),
        has_left=case.resident is not None and case_changes.untold(page.tx, case) is not None,
        others=case_looks.others(page.tx, viewer(), case.id, now),
        trouble=say_refused(refused) if refused else "",
        wrong=of if of is not None and of.errors else None,
        between=between,
        whom=whom,
        preview=of_reply(page.tx, page.known, case, page.reply),
        naming=of_naming(page.tx, page.known, page.elsewhere),
        quotes=quotes,
        sought=flask.request.form.get("q", "")[:MOST_WORDS],
        can_be_reopened=case_undoing.may_reopen(case, now),
    )


def _between(page: Page, of: CaseForm | None) -> tuple[Entry, ...]:
    """What came after what the viewer had read when they wrote."""
    return tuple(each for each in page.talk if of is not None and each.id > of.seen_line)


def _renew(page: Page) -> None:
    """From now on the forms tell what is on the page: what is sent once more was written in sight of it."""
    for form in page.forms:
        form.version.data = str(page.case.version)
        form.seen.data = str(page.talk[-1].id if page.talk else 0)


def _said(case: Case, talk: Sequence[Entry]) -> str:
    said = [each.words for each in talk if each.kind is EntryKind.SAID]
    return " ".join((case.subject, *said))[:MOST_WORDS]
