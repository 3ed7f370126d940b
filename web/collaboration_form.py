"""The form on which a resident proposes to work together with the city, behind a one-time link from the talk.

To open it changes nothing, since messengers open links by themselves; to send it hands the proposal in, keeps whom to
reach for the people of the section alone, and spends the link, in one transaction. Sent twice it is one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TelField, TextAreaField, ValidationError
from wtforms import Field as FormField

from faq.retention import Purpose as Kept
from nlp.japan import today
from nlp.telephones import read_telephone
from store import collaboration_drafts, collaboration_opening, links, particulars
from store.audit import ByResident
from store.collaboration_drafts import DraftId
from store.collaboration_opening import CollaborationDraft
from store.collaboration_refusals import TooMany
from store.collaboration_words import NAMES, Words
from store.collaborations import Collaboration
from store.db import Tx
from store.links import Link, Purpose
from store.particulars import Field
from store.residents import ResidentId
from web.known import Known
from web.personal import without_personal
from web.rule import EVERYBODY, page
from web.site import site
from web.speech import hear, is_switched, tell
from web.typed import even, lines, one_line, telephone

collaboration_form = Blueprint("collaboration_form", __name__)

LONGEST: Final = {"title": 80, "what": 2000, "why": 2000, "roles": 1000, "period": 300, "cost": 500}
"""Letters of what is proposed."""
_LONGEST_ABOUT: Final = {"group": 100, "name": 60}
_NEEDED: Final = ("title", "what", "why", "name")


class ProposalForm(FlaskForm):  # type: ignore[misc]
    """What is asked, with what was typed in the talk, or sent."""

    title = StringField()
    what = TextAreaField()
    why = TextAreaField()
    roles = TextAreaField()
    period = StringField()
    cost = TextAreaField()
    group = StringField()
    name = StringField()
    telephone = TelField()
    may_be_named = BooleanField()

    def __init__(self, typed: str = "") -> None:
        super().__init__(data={"what": typed})
        for name in (*_NEEDED, "telephone"):
            self[name].flags.required = True

    def validate_telephone(self, field: FormField) -> None:
        if not even(field.data):
            raise ValidationError(tell("page.booking_fields.telephone.missing"))
        if read_telephone(even(field.data)) is None:
            raise ValidationError(tell("page.booking_fields.telephone.wrong"))

    def validate(self, extra_validators: object = None) -> bool:
        right = bool(super().validate(extra_validators))
        for name, most in {**LONGEST, **_LONGEST_ABOUT}.items():
            if wrong := self._wrong(name, most):
                self[name].errors = [wrong]
                right = False
        return right

    def _wrong(self, name: str, most: int) -> str:
        typed, what = self[name].data or "", tell(f"page.collaboration.field.{name}.label")
        if len(typed) > most:
            return tell("page.booking_fields.too_long", what=what, most=most)
        if name in _NEEDED and not typed.strip():
            return tell("page.collaboration.missing", what=what)
        return ""

    def words(self, known: Known) -> Words:
        """What is proposed, masked."""
        typed = {name: lines(self[name].data) for name in NAMES}
        return Words(**{name: without_personal(known, text) for name, text in typed.items()})

    def given(self) -> dict[Field, str]:
        """Whom to reach; a name keeps its letters, which NFKC would make others."""
        return {
            Field.GROUP: one_line(self.group.data),
            Field.NAME: one_line(self.name.data),
            Field.TELEPHONE: telephone(self.telephone.data),
        }


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    token: str
    resident: ResidentId
    draft: DraftId
    typed: str
    """In the talk, before."""


@page(collaboration_form, "/k/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The form."""
    opened = _look(token)
    if not isinstance(opened, Opened):
        return _closed(opened)
    return _form(opened, ProposalForm(opened.typed))


@page(collaboration_form, "/k/<token>", EVERYBODY, methods=("POST",))
def send(token: str) -> ResponseReturnValue:
    """Hands it in; sent a second time, it says that it has come."""
    opened, form = _look(token), ProposalForm()
    if not isinstance(opened, Opened):
        return _there_already(token) or _closed(opened)
    if is_switched():
        return _form(opened, form)
    if not form.validate():
        return _form(opened, form), 422
    made = _hand_in(token, form)
    if isinstance(made, TooMany):
        form.form_errors.append(tell("page.collaboration.too_many", most=made.most))
        return _form(opened, form), 409
    if made is None:  # the same form was sent twice, and the other was faster
        return _there_already(token) or _closed(links.Refusal.UNKNOWN)
    return flask.render_template("collaboration_form/done.html", found=made)


def _look(token: str) -> Opened | links.Refusal:
    with site().database.read() as tx:
        link = links.look(tx, Purpose.COLLABORATION_FORM, token, site().clock())
        if not isinstance(link, Link):
            return link
        hear(tx, link.resident)
        if link.resident is None or site().profile.collaborations.section is None:
            return links.Refusal.UNKNOWN
        draft = DraftId(link.about)
        return Opened(token, link.resident, draft, collaboration_drafts.words_of(tx, link.resident, draft))


def _hand_in(token: str, form: ProposalForm) -> Collaboration | TooMany | None:
    """Hands it in and spends the link; None where that came too late."""
    now, section = site().clock(), site().profile.collaborations.section
    with site().database.write() as tx:
        link = links.look(tx, Purpose.COLLABORATION_FORM, token, now)
        if not isinstance(link, Link) or link.resident is None or section is None:
            return None
        words = form.words(site().city(tx))
        draft = CollaborationDraft(_once(link), section, words, bool(form.may_be_named.data))
        made = collaboration_opening.submit(tx, link.resident, draft, now)
        if isinstance(made, TooMany):
            return made
        if not isinstance(links.spend(tx, Purpose.COLLABORATION_FORM, token, now), Link):
            tx.connection.rollback()
            return None
        return _reach(tx, made, link.resident, form, now)


def _reach(
    tx: Tx, made: Collaboration, resident: ResidentId, form: ProposalForm, now: datetime
) -> Collaboration:
    """Keeps whom to reach, once."""
    if made.particulars is not None:
        return made
    until = site().retention.delete_on(Kept.COLLABORATION, today(now))
    kept = particulars.keep(tx, Kept.COLLABORATION, form.given(), resident, until, ByResident(resident), now)
    return collaboration_opening.reach_by(tx, made, kept)


def _once(link: Link) -> str:
    return f"form-{link.about}"


def _there_already(token: str) -> ResponseReturnValue | None:
    """For who sends a form again that was sent."""
    with site().database.read() as tx:
        link = links.spent(tx, Purpose.COLLABORATION_FORM, token, site().clock())
        if link is None or link.resident is None:
            return None
        hear(tx, link.resident)
        found = collaboration_opening.of_form(tx, link.resident, _once(link))
    return flask.render_template("collaboration_form/done.html", found=found) if found else None


def _form(opened: Opened, form: ProposalForm) -> str:
    kept = site().retention.particulars[Kept.COLLABORATION]
    return flask.render_template(
        "collaboration_form/form.html", opened=opened, form=form, kept=kept, longest=LONGEST
    )


def _closed(why: links.Refusal) -> ResponseReturnValue:
    """A link whose time is over is told so; one that was sent, another's and one that never was look alike."""
    expired = why is links.Refusal.EXPIRED
    shown = flask.render_template("collaboration_form/closed.html", expired=expired)
    return shown, 410 if expired else 404
