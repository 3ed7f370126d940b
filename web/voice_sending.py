"""A form that was filled in right becomes a voice, once, with its pictures; and the page of one's own to look at it."""

from dataclasses import dataclass
from datetime import date, datetime

import flask
from flask.typing import ResponseReturnValue

from faq import voice_routing
from faq.retention import Purpose as Kept
from faq.routing import Handed, Topic, ward_named
from nlp.japan import today
from store import case_changes, links, particulars, photographs, voice_drafts, voice_pages, voices
from store.audit import ByResident
from store.case_opening import CaseDraft, Opener
from store.case_refusals import TooMany
from store.cases import Case
from store.db import Tx
from store.links import Link, Purpose
from store.residents import ResidentId
from store.voices import VoiceDraft, VoiceKind, VoicePlace, Way
from web.cautions import alarm_of
from web.known import Known
from web.personal import without_personal
from web.site import site
from web.speech import language
from web.switchboard import switchboard
from web.voice_fields import Answer, VoiceFields

_SUBJECT = 40
"""Letters of the subject: the beginning of what was told."""


@dataclass(frozen=True, slots=True)
class NotTold(Exception):
    """Nothing was kept. `why`: None where the link was spent meanwhile, or the city has no section to answer."""

    why: TooMany | None = None


def send(form: VoiceFields, by: Opener, token: str) -> str:
    """Tells the city, spends the link from the talk, and gives that of the page of one's own, in one transaction.

    Raises NotTold.
    """
    now = site().clock()
    with site().database.write() as tx:
        if token and not isinstance(links.spend(tx, Purpose.VOICE_FORM, token, now), Link):
            raise NotTold
        known = site().city(tx)
        handed = _handed(known, form, now)
        if handed is None:
            raise NotTold
        told = voices.tell(
            tx, _case(known, form, handed), _voice(known, form, now), handed.promised_at, by, now
        )
        if isinstance(told, TooMany):
            raise NotTold(told)
        _complete(tx, told.case, form, by, now)
        return voice_pages.lead(tx, told.case.id, now)


def send_again(resident: ResidentId, form: VoiceFields) -> str | None:
    """A new link to what the resident has told by this form; None where they have not."""
    with site().database.write() as tx:
        case = voice_pages.told_by(tx, resident, form.form)
        return voice_pages.lead(tx, case, site().clock()) if case is not None else None


def lead_to(token: str) -> ResponseReturnValue:
    """To the page of one's own, on which it stands that it has come."""
    return flask.redirect(flask.url_for("voice_state.show", token=token, lang=language(), done="sent"), 303)


def _complete(tx: Tx, case: Case, form: VoiceFields, by: Opener, now: datetime) -> None:
    """What belongs to a voice that was told just now; one that was told before has it all."""
    pictures = [each.id for each in photographs.of_form(tx, form.form)]
    if voice_pages.was_told(tx, case.id):
        photographs.drop(tx, pictures)
        return
    photographs.attach(tx, pictures, case.id)
    if isinstance(by, ByResident):
        begun = voice_drafts.begun(tx, by.resident, now)
        if begun is not None:
            photographs.attach(tx, begun.photographs, case.id)
            voice_drafts.sent(tx, by.resident, now)
    if form.whom:
        resident = by.resident if isinstance(by, ByResident) else None
        until = site().retention.delete_on(Kept.CASE, _last_day(case, now))
        kept = particulars.keep(tx, Kept.CASE, form.whom, resident, until, by, now)
        case_changes.touch(tx, case, particulars_id=kept)


def _last_day(case: Case, now: datetime) -> date:
    """The day from which on a name is kept: by when the city answers, or this one."""
    return max(today(now), today(case.promised_at) if case.promised_at else date.min)


def _handed(known: Known, form: VoiceFields, now: datetime) -> Handed | None:
    board, rules = switchboard(known), site().profile.voices
    said = " ".join(filter(None, (form.text, form.where)))
    topic = Topic(None, said, ward_named(board, said))
    if form.kind.data == VoiceKind.LETTER:
        return voice_routing.letter(board, rules, topic, now)
    return voice_routing.proposal(board, rules, form.about, topic, now)


def _case(known: Known, form: VoiceFields, handed: Handed) -> CaseDraft:
    words = without_personal(known, form.text)
    said = " ".join(filter(None, (form.text, form.where)))
    return CaseDraft(
        form.form,
        handed.section,
        words.partition("\n")[0][:_SUBJECT],
        (words,),
        ward=ward_named(switchboard(known), said),
        reach=form.reach,
        urgent=bool(alarm_of(known, form.text)),
    )


def _voice(known: Known, form: VoiceFields, now: datetime) -> VoiceDraft:
    where = without_personal(known, form.where)
    return VoiceDraft(
        VoiceKind(form.kind.data),
        Way.FORM,
        form.about.id if form.about else None,
        VoicePlace(None, None, where) if where else None,
        may_publish=form.may_publish.data,
        wants_answer=form.way is not Answer.NONE,
        received_on=today(now),
    )
