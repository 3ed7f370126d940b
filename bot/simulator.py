"""A page that looks and behaves like a talk on LINE, for a machine without a LINE channel; development only.

What the person does becomes a signed webhook request over HTTP, as LINE would send it; what the bot sends
through the Messaging API of `bot.platform.server` appears on the page.
"""

import dataclasses
import logging
import re
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import flask
import urllib3

from bot.platform import Platform
from bot.platform.talk import Entry, Friendship, Read, Spoken, TakenBack, Typing, Undelivered, UserId
from bot.simulator_acts import (
    JsonObject,
    UnreadableError,
    act_from,
    happen,
    milliseconds,
    signature,
)
from web.rule import MACHINES, folder, page

log = logging.getLogger(__name__)

# LINE gives up after 2 seconds; a debugger at a breakpoint needs longer.
WEBHOOK_TIMEOUT = urllib3.Timeout(connect=2, read=30)

# No inline script or style anywhere: whatever a bot says, the page can run nothing but its own files.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A location that can be sent with one press; degrees in WGS84."""

    name: str
    address: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the page offers to somebody who does not know what to try."""

    questions: tuple[str, ...]
    places: tuple[Place, ...]


def read_suggestions(file: Path) -> Suggestions:
    """Read `data/simulator.toml`; nothing to offer where a city has none."""
    if not file.exists():
        return Suggestions((), ())
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return Suggestions(tuple(content["questions"]), tuple(Place(**place) for place in content["places"]))


class Webhook:
    """Sends events to the bot, one after the other, as LINE does: away from the request that made them.

    The page's request must not wait: the bot answers through the same server, and a few people who press a
    button at once would hold every thread of it.
    """

    def __init__(self, platform: Platform, channel_secret: str, callback_url: Callable[[], str]) -> None:
        self._platform = platform
        self._channel_secret = channel_secret
        self._callback_url = callback_url
        self._http = urllib3.PoolManager(timeout=WEBHOOK_TIMEOUT, retries=False)
        self._queue = ThreadPoolExecutor(max_workers=1, thread_name_prefix="simulator-webhook")

    def send(self, user_id: UserId, body: bytes) -> None:
        """Queue a body; the talk then shows it as read, or why it was not delivered."""
        self._queue.submit(self._deliver, user_id, body)

    def _deliver(self, user_id: UserId, body: bytes) -> None:
        what = self._post(body)
        if isinstance(what, Undelivered):
            log.warning("webhook not delivered: %s", what.reason)
        self._platform.happened(user_id, what)

    def _post(self, body: bytes) -> Read | Undelivered:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "LineBotWebhook/2.0",
            "x-line-signature": signature(self._channel_secret, body),
        }
        try:
            response = self._http.request("POST", self._callback_url(), body=body, headers=headers)
        except urllib3.exceptions.HTTPError as error:
            return Undelivered(type(error).__name__)
        return Read() if 200 <= response.status < 300 else Undelivered(f"HTTP {response.status}")


def create_simulator(
    platform: Platform, channel_secret: str, callback_url: Callable[[], str], suggestions: Suggestions
) -> flask.Blueprint:
    """The page at `/` and what it talks to under `/simulator`.

    `callback_url` is asked at each event, since a server's port may be known only once it listens.
    """
    webhook = Webhook(platform, channel_secret, callback_url)
    blueprint = flask.Blueprint("simulator", __name__, template_folder="templates")
    folder(blueprint, "/simulator/static", Path(__file__).parent / "static" / "simulator")

    @page(blueprint, "/", MACHINES)
    def whole() -> flask.Response:
        name = platform.account.display_name
        html = flask.render_template("simulator.html", name=name, suggestions=suggestions)
        return flask.Response(html, headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY})

    # Short polling, on purpose. A long poll or a stream of events holds a thread for every open tab, and the
    # server has eight, which the bot's own sending needs as well. A poll takes about a millisecond; the page
    # asks often only while an answer is due, seldom otherwise, and hardly ever when it is hidden.
    @page(blueprint, "/simulator/talks/<user_id>", MACHINES)
    def talk(user_id: str) -> flask.Response:
        known = _user_id(user_id)
        after = flask.request.args.get("after", 0, int)
        return flask.jsonify(_talk(platform, known, after))

    @page(blueprint, "/simulator/talks/<user_id>/acts", MACHINES, methods=("POST",))
    def act(user_id: str) -> tuple[flask.Response, int]:
        known = _user_id(user_id)
        body = flask.request.get_json()
        try:
            done = act_from(body if isinstance(body, dict) else {})
        except UnreadableError as error:
            return flask.jsonify(message=str(error)), 400
        event = happen(platform, known, done)
        if event is not None:
            webhook.send(known, event)
        return flask.jsonify({}), 202

    @page(blueprint, "/simulator/rich-menus/<menu_id>", MACHINES)
    def rich_menu_image(menu_id: str) -> flask.Response:
        menu = platform.rich_menus.menus.get(menu_id)
        if menu is None or menu.image is None:
            flask.abort(404)
        return flask.Response(menu.image.content, content_type=menu.image.mime_type)

    return blueprint


def _user_id(text: str) -> UserId:
    if not re.fullmatch("U[0-9a-f]{32}", text):
        flask.abort(404)
    return UserId(text)


# What the page is told --------------------------------------------------------------------------------------


def _talk(platform: Platform, user_id: UserId, after: int) -> JsonObject:
    person = platform.person(user_id)
    return {
        "started": platform.started,
        "standing": person.standing if person else "stranger",
        "richMenu": _rich_menu(platform, user_id),
        "entries": [_entry(entry) for entry in platform.talk(user_id, after)],
    }


def _rich_menu(platform: Platform, user_id: UserId) -> JsonObject | None:
    menu = platform.rich_menus.shown_to(user_id)
    return {"id": menu.id, **menu.definition} if menu else None


def _entry(entry: Entry) -> JsonObject:
    kinds = {
        Spoken: "spoken",
        Typing: "typing",
        Read: "read",
        TakenBack: "taken-back",
        Friendship: "friendship",
        Undelivered: "undelivered",
    }
    named = {"number": entry.number, "at": milliseconds(entry.at), "kind": kinds[type(entry.what)]}
    return {**named, **dataclasses.asdict(entry.what)}
