"""What stands around every page: the templates, and what they are given."""

from typing import Final

import flask
from flask import Blueprint, Flask, Response
from jinja2 import StrictUndefined

from web import door, kinds, speech
from web.bulletins import unread_bulletins
from web.canned import sentences, team_names
from web.disaster import disaster_now, disaster_proposed
from web.favourites import favourite_things, has_star
from web.look import current_look, look
from web.menu import menu
from web.proposal_words import state_word
from web.record_form import counted
from web.rising import rising_now
from web.ruby import ruby
from web.run_settings import help_line
from web.site import Site
from web.static_files import static_file, static_files
from web.times import say_clock, say_day, say_moment, say_short_day
from web.tongues import mark_japanese

frame = Blueprint("frame", __name__, template_folder="templates")

_FOR_PARTS: Final = {
    each.__name__: each
    for each in (
        *(unread_bulletins, sentences, team_names, favourite_things, has_star, rising_now),
        *(disaster_now, disaster_proposed),
    )
}
"""What parts of the operators' page ask for themselves, so that a page shows one by including it."""


def add_frame(app: Flask, site: Site) -> None:
    """Adds the templates, what every one of them may use, and the files that pages are made of."""
    for blueprint in (frame, look, static_files):
        app.register_blueprint(blueprint)
    app.jinja_env.undefined = StrictUndefined  # a name that a view forgot must not pass for an empty one
    app.jinja_env.globals.update(site=site, say=site.say, static_file=static_file, help_line=help_line)
    app.jinja_env.globals.update(_FOR_PARTS)
    app.jinja_env.globals.update(speech.IN_TEMPLATES)
    app.jinja_env.filters.update(speech.FILTERS)
    app.jinja_env.globals.update(kinds.IN_TEMPLATES, state_word=state_word, counted=counted)
    app.jinja_env.filters.update(
        ruby=ruby, say_day=say_day, say_short_day=say_short_day, say_clock=say_clock, say_moment=say_moment
    )
    app.context_processor(_of_this_visitor)
    app.after_request(_as_a_page)
    app.after_request(mark_japanese)


def _as_a_page(response: Response) -> Response:
    """What htmx is led to, often the sign-in, is opened as a page of its own, not put into a place of this one."""
    if "HX-Request" in flask.request.headers and 300 <= response.status_code < 400 and response.location:
        response.headers["HX-Redirect"] = response.headers.pop("Location")
        response.status_code = 204
    return response


def _of_this_visitor() -> dict[str, object]:
    viewer = door.maybe_viewer()
    return {"viewer": viewer, "menu": menu(viewer), "look": current_look().value}
