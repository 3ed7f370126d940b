"""What every page is given: the database, the clock, the city, and how this process is reached."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import flask

from faq.profile import CityProfile
from faq.retention import Retention
from faq.schedule import Schedule
from nlp.language import Language
from nlp.plainness import PlainWords
from store.db import Database, Tx
from web.bubble import Bubbles
from web.known import Known
from web.oidc import Oidc
from web.passwords import Passwords
from web.rehearsing import Rehearsal


class Say(Protocol):
    """Gives a sentence of `data/wording/pages.toml` by its key; raises KeyError for an unknown one."""

    def __call__(self, key: str, **values: object) -> str: ...


class Catalogue(Protocol):
    """The sentences of the talk in one language; raises KeyError for an unknown key."""

    def say(self, key: str, **values: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Site:
    """Immutable; one for each application."""

    database: Database
    clock: Callable[[], datetime]
    profile: CityProfile
    say: Say
    wordings: Mapping[Language, Catalogue]
    """By which pages of residents speak; Japanese is always there."""
    public_url: str
    """How people reach the service, without a slash at the end."""
    secret_key: str = field(repr=False)
    """Signs the cookie that carries form tokens and notes from one page to the next."""
    city: Callable[[Tx], Known]
    """What the city knows, as a transaction sees it."""
    retention: Retention
    """How long what people tell is kept."""
    bubbles: Bubbles
    """What the talk says of a case."""
    rehearsal: Rehearsal
    """What the talk would say in a disaster."""
    plain_words: PlainWords = field(default_factory=PlainWords)
    """Hard words with what to say instead, for who writes."""
    hops: int = 0
    """How many proxies in front are ours: so many of the last X-Forwarded-For addresses are believed."""
    passwords: Passwords = field(default_factory=Passwords)
    oidc: Oidc | None = None
    """None: the city has no single sign-on."""

    def schedule(self, tx: Tx) -> Schedule:
        """The dates of the programmes."""
        return self.city(tx).schedule

    @property
    def is_secure(self) -> bool:
        """Whether people come over HTTPS; then cookies go nowhere else."""
        return self.public_url.startswith("https://")


def site() -> Site:
    """The site whose request this is."""
    found = flask.current_app.extensions["site"]
    assert isinstance(found, Site)
    return found
