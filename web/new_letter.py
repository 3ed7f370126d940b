"""What came to the city on paper, by fax, mail or telephone, or was said at a counter, is entered by staff."""

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import voices
from store.audit import ByAccount
from store.voices import Voice
from web.door import viewer
from web.letter_form import EnteredLetterForm
from web.rule import SIGNED_IN, page
from web.section_names import section_names
from web.site import site

new_letter = Blueprint("new_letter", __name__)


@page(new_letter, "/staff/voices/new", SIGNED_IN)
def show() -> ResponseReturnValue:
    """The empty form."""
    form = _form()
    form.begin()
    return _asked(form)


@page(new_letter, "/staff/voices/new", SIGNED_IN, methods=("POST",))
def make() -> ResponseReturnValue:
    """Enters it; sent twice it is one."""
    here, form = site(), _form()
    if not form.validate():
        return _asked(form), 422
    handed = form.handed()
    if handed is None:
        flask.flash(here.say("new_letter.nobody"), "error")
        return _asked(form), 409
    by, draft = ByAccount(viewer().account), form.draft(handed.section)
    with here.database.write() as tx:
        made = voices.tell(tx, draft, form.about(), handed.promised_at, by, here.clock())
    assert isinstance(made, Voice), "only residents are limited"
    flask.flash(here.say("new_letter.made"))
    return flask.redirect(flask.url_for("case.show", number=made.case.id), 303)


def _form() -> EnteredLetterForm:
    with site().database.read() as tx:
        return EnteredLetterForm(site().city(tx), section_names(tx))


def _asked(form: EnteredLetterForm) -> str:
    return flask.render_template("letters/new.html", form=form)
