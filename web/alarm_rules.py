"""The administrator's page of alarms: which dangers a section is told of at once. None, until somebody says so."""

from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from faq.counters import SectionId
from nlp.danger import DangerKind
from store import alarm_rules as kept
from store.alarm_rules import AlarmRule
from web.alarms import danger_word
from web.door import viewer
from web.rule import ADMINS, page
from web.section_names import section_names
from web.site import site

alarm_rules = Blueprint("alarm_rules", __name__)

_PATH: Final = "/staff/alarms/rules"


@page(alarm_rules, _PATH, ADMINS)
def show() -> ResponseReturnValue:
    """Every kind of danger, with who is told."""
    with site().database.read() as tx:
        return flask.render_template(
            "alarms/rules.html",
            rules={danger: kept.all_rules(tx).get(danger) for danger in DangerKind},
            sections=section_names(tx),
            danger_word=danger_word,
        )


@page(alarm_rules, _PATH, ADMINS, methods=("POST",))
def change() -> ResponseReturnValue:
    """Takes all kinds as the form has them; a kind that it does not have stays as it was."""
    here = site()
    with here.database.write() as tx:
        sections = section_names(tx)
        given = {danger: flask.request.form.get(f"section-{danger}") for danger in DangerKind}
        if any(section and section not in sections for section in given.values()):
            flask.abort(400)  # no form of ours offers it
        rules = {danger: _rule(danger, section) for danger, section in given.items() if section is not None}
        changed = kept.change(tx, viewer(), rules, here.clock())
    flask.flash(here.say(f"alarms.rules.{'changed' if changed else 'same'}"), "good" if changed else "info")
    return flask.redirect(flask.url_for("alarm_rules.show"), 303)


def _rule(danger: DangerKind, section: str) -> AlarmRule | None:
    talks = bool(flask.request.form.get(f"talks-{danger}"))
    return AlarmRule(SectionId(section), talks) if section else None
