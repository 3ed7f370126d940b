"""Disaster mode as staff see it: what is on, since when and by whom; proposed, confirmed, prolonged, ended."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField, ValidationError

from faq.disaster import DisasterId
from store import credentials, disaster_acts, disaster_measures, disaster_switch
from store import disaster as store
from store.db import Tx
from store.disaster import Disaster, Draft, Refusal
from store.disaster_measures import Said
from store.overtaken import Overtaken
from store.tries import Wait
from web import authenticator
from web.door import viewer
from web.measure_words import MeasureWords
from web.proving import code_limit, count, told
from web.rule import SIGNED_IN, STAFF, page
from web.site import site
from web.times import say_moment
from web.typed import one_line

disaster = Blueprint("disaster", __name__)

HOURS: Final = (3, 6, 12, 24, 48, 72, 168)
"""For how long it may be switched on or prolonged at a time."""
SOON: Final = timedelta(hours=1)
"""What expires within that is marked."""
PAST: Final = 20
"""Disasters that ended, on the page."""
CHANGES: Final = 50
"""What was said before, on the page."""
LONGEST: Final = 30
"""Letters of what has happened."""
_ONE: Final = "/staff/disaster/<int:number>"


class ProposalForm(FlaskForm):  # type: ignore[misc]
    """What has happened, and how long it is to last."""

    what = StringField()
    hours = SelectField(validate_choice=True)

    def __init__(self, what: str = "") -> None:
        super().__init__(data={"what": what, "hours": "24"})
        self.hours.choices = hours_to_choose()
        self.what.flags.required = True

    def validate_what(self, field: Field) -> None:
        if not 0 < len(one_line(field.data)) <= LONGEST:
            raise ValidationError(site().say("disasters.wrong.what", most=LONGEST))

    def draft(self) -> Draft:
        """What a form says that was found right."""
        return Draft(one_line(self.what.data), viewer().section, timedelta(hours=int(self.hours.data)))


def hours_to_choose() -> list[tuple[str, str]]:
    """As a form offers them: 24時間, 3日間."""
    say = site().say
    return [
        (
            str(each),
            say("disasters.hours", hours=each) if each < 48 else say("disasters.days", days=each // 24),
        )
        for each in HOURS
    ]


@page(disaster, "/staff/disaster", SIGNED_IN)
def show() -> ResponseReturnValue:
    """What is on or proposed, with all that is said, and what was."""
    now = site().clock()
    with site().database.read() as tx:
        present = store.present(tx, now) or store.proposed(tx, now)
        return flask.render_template(
            "disaster/show.html",
            **_of(tx, present),
            past=store.past(tx, PAST),
            may_lead=store.may_lead(viewer()),
            has_app=credentials.authenticator(tx, viewer().account) is not None,
            hours=hours_to_choose(),
            code_wrong="",
        )


@page(disaster, _ONE, SIGNED_IN)
def one(number: int) -> ResponseReturnValue:
    """One that is past: who did what, and what was said."""
    found = _theirs(number)
    with site().database.read() as tx:
        return flask.render_template("disaster/one.html", **_of(tx, found))


@page(disaster, "/staff/disaster/propose", STAFF, methods=("GET", "POST"))
def propose() -> ResponseReturnValue:
    """Proposes that it be switched on; residents see nothing of it yet."""
    form = ProposalForm()
    if form.validate_on_submit():
        with site().database.write() as tx:
            made = disaster_switch.propose(tx, viewer(), form.draft(), site().clock())
        if isinstance(made, Disaster):
            flask.flash(site().say("disasters.proposed"))
            return back()
        form.form_errors.append(refused(made))
    shown = flask.render_template("disaster/propose.html", form=form, kinds=site().say("disasters.kinds"))
    return shown, 422 if form.errors or form.form_errors else 200


@page(disaster, f"{_ONE}/confirm", STAFF, methods=("POST",))
def confirm(number: int) -> ResponseReturnValue:
    """Switches it on: another person, or the same with a fresh code."""
    _theirs(number)
    typed = flask.request.form.get("code", "").strip()
    if typed and isinstance(waits := count(code_limit(viewer().account)), Wait):
        flask.flash(told(waits), "error")
        return back()
    now = site().clock()
    with site().database.write() as tx:
        step = _step(tx, typed)
        if typed and step is None:
            flask.flash(site().say("disasters.wrong.code"), "error")
            return back()
        done = disaster_switch.confirm(tx, viewer(), DisasterId(number), read_version(), step, now)
    return _told(done, "disasters.confirmed")


def _step(tx: Tx, typed: str) -> int | None:
    secret = credentials.authenticator(tx, viewer().account) if typed else None
    return authenticator.step_of(secret, typed, site().clock()) if secret else None


@page(disaster, f"{_ONE}/prolong", STAFF, methods=("POST",))
def prolong(number: int) -> ResponseReturnValue:
    """Lets it last for so many hours from now."""
    hours, now = flask.request.form.get("hours", 0, type=int), site().clock()
    _theirs(number)
    if hours not in HOURS:
        flask.abort(400)
    with site().database.write() as tx:
        until = now + timedelta(hours=hours)
        done = disaster_switch.prolong(tx, viewer(), DisasterId(number), read_version(), until, now)
    return _told(done, "disasters.prolonged")


@page(disaster, f"{_ONE}/end", STAFF)
def ask(number: int) -> ResponseReturnValue:
    """Asks once more before it ends."""
    found = _theirs(number)
    if found.state is store.State.ENDED:
        flask.flash(refused(Refusal.GONE), "warning")
        return back()
    key = f"disasters.end.{found.state}"
    return flask.render_template(
        "confirm.html",
        title=site().say(f"{key}.title", what=found.what),
        says=[site().say(f"{key}.says")],
        yes=site().say(f"{key}.yes"),
        address=flask.url_for("disaster.end", number=number),
        back=flask.url_for("disaster.show"),
    )


@page(disaster, f"{_ONE}/end", STAFF, methods=("POST",))
def end(number: int) -> ResponseReturnValue:
    """Ends it at once."""
    _theirs(number)
    with site().database.write() as tx:
        done = disaster_switch.end(tx, viewer(), DisasterId(number), site().clock())
    return _told(done, "disasters.ended")


def _theirs(number: int) -> Disaster:
    with site().database.read() as tx:
        return store.find(tx, viewer(), DisasterId(number)) or flask.abort(404)


def _of(tx: Tx, found: Disaster | None) -> dict[str, object]:
    """What the templates need of a disaster."""
    standing: Iterable[Said] = disaster_measures.standing(tx, found.id) if found else ()
    now = site().clock()
    return {
        "disaster": found,
        "standing": tuple(standing),
        "before": disaster_measures.ended(tx, found.id, CHANGES) if found else (),
        "acts": disaster_acts.all_of(tx, found.id) if found else (),
        "words": MeasureWords.of(site().city(tx)),
        "now": now,
        "soon": now + SOON,
    }


def read_version() -> int:
    """Of the disaster as it was when the page was opened; 0 where that is not told."""
    return flask.request.form.get("version", 0, type=int) % 2**31


def refused(why: Refusal | Overtaken) -> str:
    """Why nothing was done, and what to do."""
    if isinstance(why, Overtaken):
        return site().say("disasters.overtaken", by=why.by, at=say_moment(why.at))
    return site().say(f"disasters.refused.{why}")


def _told(done: Disaster | Refusal | Overtaken, key: str) -> ResponseReturnValue:
    if isinstance(done, Disaster):
        flask.flash(site().say(key))
    else:
        flask.flash(refused(done), "error")
    return back()


def back() -> ResponseReturnValue:
    return flask.redirect(flask.url_for("disaster.show"), 303)


def disaster_now() -> Disaster | None:
    """What is on, for the banner of every page."""
    with site().database.read() as tx:
        return store.present(tx, site().clock())


def disaster_proposed() -> Disaster | None:
    """What waits to be confirmed, for the banner of who may."""
    if not store.may_lead(viewer()):
        return None
    with site().database.read() as tx:
        return store.proposed(tx, site().clock())
