"""A LINE platform in memory: people, their talks with one account, and what the account may send.

It takes LINE's place on a machine without a LINE channel (`bot.simulator`) and in tests
(`bot.platform.server.serve`). It refuses what LINE would refuse.
Source: https://developers.line.biz/en/reference/messaging-api/ (2026-08)
"""

import itertools
import secrets
import threading
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.platform.rates import Buckets
from bot.platform.rich_menus import RefusedError, RichMenus
from bot.platform.shapes import JsonObject
from bot.platform.talk import Entry, Friendship, Happening, Person, Read, Spoken, TakenBack, Typing, UserId
from bot.platform.units import Units

REPLY_TOKEN_LIFE = timedelta(seconds=60)
RETRY_KEY_LIFE = timedelta(hours=24)
MOST_CONTENTS = 100
"""Pictures and the like that are kept."""


@dataclass(frozen=True, slots=True)
class Account:
    """The official account that the bot speaks for."""

    user_id: UserId
    basic_id: str
    display_name: str


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that was taken for sending."""

    id: str
    quote_token: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A request that was taken; `again` where its retry key had been taken before and nothing is sent."""

    request_id: str
    messages: tuple[SentMessage, ...]
    again: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What a picture, a film, a recording or a file holds."""

    data: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the API, for tests to look at."""

    at: datetime
    method: str
    path: str
    retry_key: str
    body: JsonObject
    """Empty where the request carried no JSON."""
    status: int
    """What the client saw; 0 where the connection was dropped."""
    took_effect: bool
    """Whether the platform acted on it, whatever the client saw."""


@dataclass(frozen=True, slots=True)
class _ReplyToken:
    user_id: UserId
    issued_at: datetime


class Platform:
    """The platform; every method may be called from any thread.

    `clock` gives the time (aware, UTC), `quota` is how many messages beside replies the account may send a
    month (None: any number).
    """

    def __init__(
        self, clock: Callable[[], datetime], *, name: str = "市の窓口", quota: int | None = None
    ) -> None:
        self.account = Account(UserId("U" + "0" * 31 + "b"), "@city-helpdesk", name)
        self.quota = quota
        self.usage = 0
        self.rich_menus = RichMenus()
        self.units = Units()
        self.rates = Buckets()
        self.lock = threading.RLock()
        self.started = secrets.token_hex(8)
        """Differs after every start: what a page knew of an earlier one is void."""
        self._clock = clock
        self._people: dict[str, Person] = {}
        self._reply_tokens: dict[str, _ReplyToken] = {}
        self._read_tokens: dict[str, UserId] = {}
        self._retry_keys: dict[str, tuple[datetime, Accepted]] = {}
        self._calls: list[Call] = []
        self._taken_back: set[str] = set()
        self._contents: dict[str, Content] = {}
        self._message_ids = itertools.count(500_000_000_000_000_001)

    # The people's side --------------------------------------------------------------------------------------

    def meet(self, user_id: UserId, display_name: str = "市民") -> Person:
        """The person of this ID, known from now on."""
        with self.lock:
            return self._people.setdefault(user_id, Person(user_id, display_name))

    def person(self, user_id: str) -> Person | None:
        """The person of this ID, where the platform has met them."""
        return self._people.get(user_id)

    def happened(self, user_id: UserId, what: Happening) -> bool:
        """Write into a person's talk what came about; False where they take back what is not there."""
        with self.lock:
            person = self.meet(user_id)
            if isinstance(what, TakenBack):
                if not person.forget(what.message_id):
                    return False
                self._taken_back.add(what.message_id)
                self._contents.pop(what.message_id, None)
            if isinstance(what, Friendship):
                person.standing = "blocking" if what.state == "blocked" else "friend"
            person.add(what, self._clock())
            return True

    def talk(self, user_id: UserId, after: int = 0) -> tuple[Entry, ...]:
        """What stands in a talk, oldest first, beyond the entry of number `after`."""
        with self.lock:
            person = self._people.get(user_id)
            return tuple(entry for entry in person.entries if entry.number > after) if person else ()

    def sent_to(self, user_id: UserId) -> tuple[Mapping[str, object], ...]:
        """The messages that reached a person, oldest first."""
        spoken = (entry.what for entry in self.talk(user_id))
        return tuple(what.message for what in spoken if isinstance(what, Spoken) and what.speaker == "bot")

    def issue_reply_token(self, user_id: UserId, token: str = "") -> str:
        """A token for one reply to this person within a minute; `token` where a test brings its own."""
        token = token or secrets.token_hex(16)
        with self.lock:
            self.meet(user_id)
            self._reply_tokens[token] = _ReplyToken(user_id, self._clock())
        return token

    def issue_read_token(self, user_id: UserId) -> str:
        """A token with which the account marks this person's messages as read."""
        token = secrets.token_urlsafe(24)
        with self.lock:
            self._read_tokens[token] = user_id
        return token

    def new_message_id(self) -> str:
        """An ID for a message, as LINE's: a long number."""
        return str(next(self._message_ids))

    def upload(self, message_id: str, content: Content) -> None:
        """Keep what a message of a person's holds; the oldest goes where there are many."""
        with self.lock:
            self._contents[message_id] = content
            for oldest in list(self._contents)[:-MOST_CONTENTS]:
                del self._contents[oldest]

    def content(self, message_id: str) -> Content:
        """What a message holds; `RefusedError` where it never held anything (404), or was taken back (410)."""
        with self.lock:
            if message_id in self._taken_back:
                raise RefusedError(410, "Gone")
            if message_id not in self._contents:
                raise RefusedError(404, "Not found")
            return self._contents[message_id]

    # The account's side -------------------------------------------------------------------------------------

    def reply(self, token: str, messages: Sequence[JsonObject]) -> Accepted:
        """Answer with a reply token; `RefusedError` (400) where it was used, expired or never issued."""
        with self.lock:
            issued = self._reply_tokens.pop(token, None)
            if issued is None or self._clock() - issued.issued_at > REPLY_TOKEN_LIFE:
                raise RefusedError(400, "Invalid reply token")
            return self._deliver([issued.user_id], messages)

    def push(self, to: str, messages: Sequence[JsonObject], retry_key: str = "", unit: str = "") -> Accepted:
        """Send to one person unasked; refused (400) where the platform has never met them.

        A retry key that was accepted within a day changes nothing and says so. `unit`: the aggregation unit under which
        it is counted how it was taken.
        """
        with self.lock:
            if to not in self._people and not self._accepted_before(retry_key):
                raise RefusedError(400, "Failed to send messages")
            return self.multicast([to], messages, retry_key, unit)

    def multicast(
        self, to: Sequence[str], messages: Sequence[JsonObject], retry_key: str = "", unit: str = ""
    ) -> Accepted:
        """Send the same to several people; who cannot be reached is left out and costs nothing."""
        with self.lock:
            if earlier := self._accepted_before(retry_key):
                return Accepted(earlier.request_id, earlier.messages, again=True)
            reached = [
                person.user_id
                for each in dict.fromkeys(to)
                if (person := self._people.get(each)) and _reachable(person)
            ]
            if self.quota is not None and self.usage + len(reached) > self.quota:
                raise RefusedError(429, "You have reached your monthly limit.")
            if unit:
                self.units.use(unit, self._clock())
            self.usage += len(reached)
            accepted = self._deliver(reached, messages)
            if retry_key:
                self._retry_keys[retry_key] = (self._clock(), accepted)
            return accepted

    def _accepted_before(self, retry_key: str) -> Accepted | None:
        at, accepted = self._retry_keys.get(retry_key, (None, None))
        return accepted if at is not None and self._clock() - at < RETRY_KEY_LIFE else None

    def show_typing(self, user_id: str, seconds: int) -> None:
        """Start the loading animation."""
        with self.lock:
            if person := self._people.get(user_id):
                person.add(Typing(seconds), self._clock())

    def mark_as_read(self, token: str) -> None:
        """Mark as read; `RefusedError` (400) for a token that was not issued."""
        with self.lock:
            if token not in self._read_tokens:
                raise RefusedError(400, "Invalid markAsReadToken")
            self.happened(self._read_tokens[token], Read())

    def _deliver(self, to: Sequence[UserId], messages: Sequence[JsonObject]) -> Accepted:
        sent = tuple(SentMessage(self.new_message_id(), secrets.token_urlsafe(24)) for _ in messages)
        for person in (self._people[user_id] for user_id in to):
            if _reachable(person):
                for message, taken in zip(messages, sent, strict=True):
                    person.add(Spoken("bot", taken.id, message), self._clock())
        return Accepted(str(uuid.uuid4()), sent)

    # For tests ----------------------------------------------------------------------------------------------

    def note(self, call: Call) -> None:
        """Keep a request for `calls`."""
        with self.lock:
            self._calls.append(call)

    def calls(self, path: str = "") -> tuple[Call, ...]:
        """The requests so far, oldest first; with `path` those whose path starts so."""
        with self.lock:
            return tuple(call for call in self._calls if call.path.startswith(path))

    def now(self) -> datetime:
        """The platform's time."""
        return self._clock()


def _reachable(person: Person) -> bool:
    return person.standing != "blocking"
