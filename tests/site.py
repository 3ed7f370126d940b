"""The site as tests give it to the application."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher

from bot.bubbles import TalkBubbles
from bot.city import LiveCity, read_pages_wording
from bot.rehearsal import TalkRehearsal
from faq.profile import CityProfile
from store.db import Database
from tests.conftest import DATA
from web.oidc import Oidc
from web.passwords import Passwords
from web.site import Site

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2 as cheap as it gets: tests need no defence against guessing."""

_pages_wording = cache(read_pages_wording)
"""Read once: frozen, and the same for every site."""


def site_of(
    database: Database,
    city: LiveCity,
    clock: Callable[[], datetime],
    *,
    public_url: str = "http://127.0.0.1:8000",
    hops: int = 0,
    passwords: Passwords | None = None,
    oidc: Oidc | None = None,
    profile: CityProfile | None = None,
) -> Site:
    """A site over this database."""
    return Site(
        database=database,
        clock=clock,
        profile=profile or city.sayings.profile,
        say=_pages_wording(DATA).say,
        wordings=city.sayings.wordings,
        public_url=public_url,
        secret_key="the secret key of the tests",
        city=city.known,
        retention=city.sayings.retention,
        bubbles=TalkBubbles(city),
        rehearsal=TalkRehearsal(database, city),
        plain_words=city.sayings.plain_words,
        hops=hops,
        passwords=passwords or Passwords(QUICK),
        oidc=oidc,
    )
