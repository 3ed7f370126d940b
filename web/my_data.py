"""All that is kept about a resident, for their own eyes, behind a one-time link of half an hour.

To open the address shows a button and nothing else; to press it shows everything, and spends the link. The page then
carries a link of its own, until the same minute, by which its file is fetched.
"""

import json
from datetime import date, datetime

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from store import links
from store import my_data as kept_data
from store.db import Tx
from store.links import Link, Purpose
from store.residents import ResidentId
from web.my_data_parts import Part, Value, parts_of, to_json
from web.rule import EVERYBODY, page
from web.site import site
from web.speech import hear, tell_day, tell_moment

my_data = Blueprint("my_data", __name__)


@page(my_data, "/me/<token>", EVERYBODY)
def show(token: str) -> ResponseReturnValue:
    """The button."""
    with site().database.read() as tx:
        link = links.look(tx, Purpose.MY_DATA, token, site().clock())
        hear(tx, link.resident if isinstance(link, Link) else None)
    if not isinstance(link, Link):
        return _closed(link)
    return flask.render_template("my_data/sealed.html", token=token, until=link.expires_at)


@page(my_data, "/me/<token>", EVERYBODY, methods=("POST",))
def read(token: str) -> ResponseReturnValue:
    """Everything, once."""
    now = site().clock()
    with site().database.write() as tx:
        link = links.spend(tx, Purpose.MY_DATA, token, now)
        if not isinstance(link, Link) or link.resident is None:
            return _closed(link)
        hear(tx, link.resident)
        parts = _parts(tx, link.resident, now)
        following = links.mint(tx, Purpose.MY_DATA, link.resident, 0, link.expires_at - now, now)
    return flask.render_template(
        "my_data/everything.html", parts=parts, made_at=now, token=following, until=link.expires_at
    )


@page(my_data, "/me/<token>/file", EVERYBODY, methods=("POST",))
def take(token: str) -> ResponseReturnValue:
    """The same as a file, for as long as the link lives: a download may be broken off."""
    now = site().clock()
    with site().database.write() as tx:
        link = links.look(tx, Purpose.MY_DATA, token, now)
        if not isinstance(link, Link) or link.resident is None:
            return _closed(link)
        hear(tx, link.resident)
        content = to_json(_parts(tx, link.resident, now), now)
    disposition = "attachment; filename=my-data.json"
    body = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    return flask.Response(body, mimetype="application/json", headers={"Content-Disposition": disposition})


@my_data.app_template_filter("say_value")
def _say(value: Value) -> str:
    """Words as they are; moments and days in words."""
    match value:
        case datetime():
            return tell_moment(value)
        case date():
            return tell_day(value)
        case _:
            return value


def _parts(tx: Tx, resident: ResidentId, now: datetime) -> tuple[Part, ...]:
    return parts_of(tx, kept_data.everything_of(tx, resident, now))


def _closed(why: Link | links.Refusal) -> ResponseReturnValue:
    """One that was opened, another's and one that never was look alike."""
    expired = why is links.Refusal.EXPIRED
    return flask.render_template("my_data/closed.html", expired=expired), 410 if expired else 404
