"""The copy of the keys: one file with every wrapped key as it is now, never as it was.

A backup has no keys, so that who is erased from the database and from this file can be read from no backup, however
old. That holds as long as nobody keeps earlier versions of the file. It is text: a heading, a line a key, and a last
line that tells how many there are.
"""

import base64
import binascii
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import sqlalchemy as sa

from faq.replacing import replacing
from store.db import Database, Tx
from store.wrapped import KEY_TABLES

_FORMAT: Final = "helpdesk keys 1"


class WrongKeysFile(Exception):
    """This is no file of keys, or not all of it; the message says what was found."""


@dataclass(frozen=True, slots=True)
class KeptKey:
    """One line: a key, wrapped by `FIELD_KEYS`."""

    kind: str
    """As in `store.wrapped.KEY_TABLES`."""
    owner: int | str
    wrapped: bytes


def write(database: Database, path: Path) -> int:
    """Writes the file anew, readable by its owner alone; how many keys there are. Raises OSError.

    Whoever writes reads the keys while holding the file's lock, so the last to write has read last.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _locked(path), _swept(path), replacing(path) as temporary, database.read() as tx:
        descriptor = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            return _fill(stream, tx)


def renew(database: Database, path: Path | None) -> bool:
    """Writes the file anew where there is one: keys have gone. Only a backup makes the first."""
    if path is None or not path.exists():
        return False
    write(database, path)
    return True


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.with_name(path.name + ".lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _swept(path: Path) -> Iterator[None]:
    """Without what a killed writer left: it holds keys of before, also of who is erased."""
    for left in path.parent.glob(f".{path.name}.*/"):
        shutil.rmtree(left)
    yield


def _fill(stream: TextIO, tx: Tx) -> int:
    stream.write(json.dumps({"format": _FORMAT}) + "\n")
    count = 0
    for keys in KEY_TABLES:
        query = sa.select(keys.owner, keys.table.c.wrapped).order_by(keys.owner)
        with tx.connection.execute(query.execution_options(yield_per=1000)) as rows:
            for owner, wrapped in rows:
                stream.write(json.dumps([keys.kind, owner, base64.b64encode(wrapped).decode()]) + "\n")
                count += 1
    stream.write(json.dumps({"keys": count}) + "\n")
    return count


def read(path: Path) -> Iterator[KeptKey]:
    """Each key. Raises WrongKeysFile, at the latest after the last; OSError where there is no such file."""
    count = 0
    with path.open(encoding="utf-8") as stream:
        try:
            if json.loads(stream.readline()) != {"format": _FORMAT}:
                raise WrongKeysFile(f"{path} is no file of keys that this version knows")
            for line in stream:
                match json.loads(line):
                    case [str(kind), int(owner) | str(owner), str(wrapped)]:
                        yield KeptKey(kind, owner, base64.b64decode(wrapped, validate=True))
                        count += 1
                    case {"keys": int(told)} if told == count:
                        return
                    case _:
                        break
        except (ValueError, binascii.Error) as error:
            raise WrongKeysFile(f"{path} is no file of keys: {error}") from error
    raise WrongKeysFile(f"{path} is not whole: it ends or is torn after {count} keys")
