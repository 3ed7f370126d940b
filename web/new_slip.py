"""A slip (受付票) is written: what a section finds in its list when it opens, or by day whenever it looks."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import Field as FormField
from wtforms import StringField, ValidationError

from faq.counters import SectionId
from faq.retention import Purpose
from nlp.japan import today
from store import slips
from store.slips import SlipDraft
from web.contact_form import LONGEST, ContactForm
from web.door import viewer
from web.known import Known
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site
from web.typed import one_line
from web.written import masked

new_slip = Blueprint("new_slip", __name__)

LONGEST_SUBJECT = 60


class SlipForm(ContactForm):
    """Which section, what about, and whom to call where somebody is to be."""

    subject = StringField()

    def __init__(self, sections: dict[str, str]) -> None:
        super().__init__(sections)
        self.section.choices = [("", site().say("slip_form.no_section")), *sections.items()]
        for name in ("section", "subject"):
            self[name].flags.required = True

    def validate_section(self, field: FormField) -> None:
        if not field.data:
            raise ValidationError(site().say("slip_form.section_missing"))
        super().validate_section(field)

    def validate_subject(self, field: FormField) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST_SUBJECT:
            raise ValidationError(site().say("slip_form.subject_wrong", most=LONGEST_SUBJECT))

    def draft(self, known: Known) -> SlipDraft:
        """What a form says that was found right, its words masked."""
        subject, words = masked(known, self.subject.data or ""), masked(known, self.about.data or "")
        return SlipDraft(viewer().account, self.sent_once, SectionId(self.section.data), subject, words)


@page(new_slip, "/operators/slips/new", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The empty form."""
    form = _form()
    form.begin()
    return _asked(form)


@page(new_slip, "/operators/slips/new", SIGNED_IN, methods=("POST",))
def begin() -> ResponseReturnValue:
    """The form with what another page knows already: `subject`, `about`, `section`."""
    form = _form()
    form.begin()
    form.section.data = form.section.data if form.section.data in form.sections else ""
    form.subject.data = one_line(form.subject.data)[:LONGEST_SUBJECT]
    form.about.data = (form.about.data or "")[:LONGEST]
    return _asked(form)


@page(new_slip, "/operators/slips", SIGNED_IN, methods=("POST",))
def make() -> ResponseReturnValue:
    """Keeps it, and shows it with its number."""
    here, form, now = site(), _form(), site().clock()
    if not form.validate():
        return _asked(form), 422
    with here.database.write() as tx:
        draft = form.draft(here.city(tx))
        delete_on = here.retention.delete_on(Purpose.SLIP, today(now))
        made = slips.make(tx, draft, form.whom, delete_on, now)
    flask.flash(here.say("slips.made"))
    return flask.redirect(flask.url_for("slip.show", number=made), 303)


def _form() -> SlipForm:
    with site().database.read() as tx:
        return SlipForm(section_names(tx))


def _asked(form: SlipForm) -> str:
    rule = site().retention.particulars[Purpose.SLIP]
    return flask.render_template("slips/new.html", form=form, rule=rule)
