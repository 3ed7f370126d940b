"""A callback is promised: to whom, what about, who calls, by when."""

from collections.abc import Mapping

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from wtforms import Field as FormField
from wtforms import RadioField, StringField, ValidationError

from faq.counters import SectionId
from faq.promised import Quick
from faq.retention import Purpose
from nlp.japan import today
from store import callbacks
from store.callbacks import CallbackDraft
from web.contact_form import LONGEST, ContactForm
from web.door import viewer
from web.known import Known
from web.places import onward
from web.promise_form import hours_of, moment_of, offer_times
from web.promised import say_promise
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site
from web.typed import one_line
from web.written import masked

new_callback = Blueprint("new_callback", __name__)


class CallbackForm(ContactForm):
    """Whom to call, what about, who calls and by when."""

    quick = RadioField(default=Quick.SOON.value, validate_choice=False)
    day = StringField()
    clock = StringField()

    def __init__(self, known: Known, sections: Mapping[str, str]) -> None:
        super().__init__(sections)
        say = site().say
        self.known = known
        centre = say("callback_form.centre", centre=site().profile.call_centre.name)
        self.section.choices = [("", centre), *sections.items()]
        offer_times(self.quick)
        self.day.data = self.day.data or today(site().clock()).isoformat()
        for name in ("name", "telephone"):
            self[name].flags.required = True

    def validate_name(self, field: FormField) -> None:
        if not one_line(field.data):
            raise ValidationError(site().say("contact_form.name_missing"))
        super().validate_name(field)

    def validate_telephone(self, field: FormField) -> None:
        if not one_line(field.data):
            raise ValidationError(site().say("contact_form.telephone_missing"))
        super().validate_telephone(field)

    def validate_quick(self, _: FormField) -> None:
        self.draft()

    def draft(self) -> CallbackDraft:
        """The promise. Raises ValidationError where nobody can keep it."""
        section = self.chosen_section if self.section.data in self.sections else None
        promised = moment_of(self.quick, self.day, self.clock, hours_of(self.known, section))
        about = masked(self.known, (self.about.data or "")[:LONGEST])
        return CallbackDraft(viewer().account, self.sent_once, promised, section, about)


@page(new_callback, "/operators/callbacks/new", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The empty form."""
    form = _form()
    form.begin()
    return _asked(form)


@page(new_callback, "/operators/callbacks/new", SIGNED_IN, methods=("POST",))
def begin() -> ResponseReturnValue:
    """The form with what another page knows already: `about`, `section`, and by `back` where to go on."""
    form = _form()
    form.begin()
    form.section.data = form.section.data if form.section.data in form.sections else ""
    return _asked(form)


@page(new_callback, "/operators/callbacks", SIGNED_IN, methods=("POST",))
def make() -> ResponseReturnValue:
    """Keeps the promise, and says how to tell it."""
    here, form = site(), _form()
    if not form.validate():
        return _asked(form), 422
    draft = form.draft()
    delete_on = here.retention.delete_on(Purpose.CALLBACK, today(draft.promised_at))
    with here.database.write() as tx:
        made = callbacks.make(tx, draft, form.whom, delete_on, here.clock())
        kept = callbacks.find(tx, viewer(), made)
    assert kept is not None
    said = say_promise(kept.promised_at, name_of(form.sections, kept.section))
    flask.flash(here.say("callbacks.made", said=said))
    return flask.redirect(onward(flask.request.form.get("back", "")) or flask.url_for("callbacks.show"), 303)


def name_of(sections: Mapping[str, str], section: SectionId | None) -> str:
    """Who calls."""
    return sections.get(section, section) if section else site().profile.call_centre.name


def _form() -> CallbackForm:
    with site().database.read() as tx:
        return CallbackForm(site().city(tx), section_names(tx))


def _asked(form: CallbackForm) -> str:
    return flask.render_template(
        "callbacks/new.html",
        form=form,
        rule=site().retention.particulars[Purpose.CALLBACK],
        back=onward(flask.request.form.get("back", "")) or "",
    )
