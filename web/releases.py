"""Open data as files in memory: each is made once for a version of the knowledge, when somebody first asks for it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from faq.profile import CityProfile
from faq.public import FILES, Edition, made
from store import knowledge
from store.db import Tx


@dataclass(frozen=True, slots=True)
class Release:
    """One file of one version."""

    version: int
    """Of the knowledge."""
    changed_at: datetime
    """When the knowledge last changed."""
    content: bytes
    etag: str
    """The version and the beginning of the content's SHA-256, since a restored database may count again."""


class Releases:
    """The files of the newest version. Safe to share between threads: who comes while one is made waits for it."""

    def __init__(self, city: CityProfile) -> None:
        self._city = city
        self._locks = {name: Lock() for name in FILES}
        self._kept: dict[str, Release] = {}

    def of(self, tx: Tx, name: str) -> Release | None:
        """A file of `faq.public.FILES`; None where nothing is published yet."""
        latest = knowledge.latest(tx)
        if latest is None:
            return None
        with self._locks[name]:
            kept = self._kept.get(name)
            if kept is None or (kept.version, kept.changed_at) != latest:
                kept = self._kept[name] = self._made(tx, name, *latest)
            return kept

    def _made(self, tx: Tx, name: str, version: int, changed_at: datetime) -> Release:
        content = made(name, Edition(self._city, version, changed_at, knowledge.everything(tx)))
        digest = hashlib.sha256(content).hexdigest()[:16]
        return Release(version, changed_at, content, f"{version}-{digest}")
