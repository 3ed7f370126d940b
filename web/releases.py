"""Open data as files in memory: each is made once for a version of the knowledge, when somebody first asks for it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from faq.profile import CityProfile
from faq.public import Edition, made
from store import knowledge
from store.db import Tx


@dataclass(frozen=True, slots=True)
class Release:
    """One file of one version."""

    content: bytes
    etag: str
    """The version and the beginning of the content's SHA-256, since a restored database may count again."""
    changed_at: datetime
    """When the knowledge last changed."""


class Releases:
    """The files of the newest version. Safe to share between threads: who comes while one is made waits for it."""

    def __init__(self, city: CityProfile) -> None:
        self._city = city
        self._lock = Lock()
        self._version: tuple[int, datetime] | None = None
        self._files: dict[str, Release] = {}

    def of(self, tx: Tx, name: str) -> Release | None:
        """A file of `faq.public.FILES`; None where nothing is published yet."""
        latest = knowledge.latest(tx)
        if latest is None:
            return None
        with self._lock:
            if latest != self._version:
                self._version, self._files = latest, {}
            if name not in self._files:
                self._files[name] = self._made(tx, name, *latest)
            return self._files[name]

    def _made(self, tx: Tx, name: str, version: int, changed_at: datetime) -> Release:
        content = made(name, Edition(self._city, version, changed_at, knowledge.everything(tx)))
        return Release(content, f"{version}-{hashlib.sha256(content).hexdigest()[:16]}", changed_at)
