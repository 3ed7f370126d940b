"""The keys of the settings: given, or with SQLite made once and kept in a file beside the database."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from store.keyring import Keyring, random_key_text


def read_key(name: str, environment: Mapping[str, str], url: str, wrong: list[str]) -> str:
    """The key of this name; what is wrong with it is added to `wrong`."""
    if given := environment.get(name, "").strip():
        return given
    if not url.startswith("sqlite:"):
        wrong.append(
            f"{name} is missing. With PostgreSQL it must be the same on every machine: make one with\n"
            f"  python -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'\n"
            f"  and keep it safe: what is sealed with FIELD_KEYS cannot be read without it"
        )
        return ""
    path = url.removeprefix("sqlite:///")
    if path in ("", "sqlite://", "sqlite:"):
        return random_key_text()
    file = Path(path).parent / f"{name.lower()}.key"
    try:
        kept = _kept_key(file)
    except OSError as error:
        wrong.append(f"{name}: {file} cannot be read or made: {error.strerror}")
        return ""
    if not kept:
        wrong.append(
            f"{name}: {file} is empty; bring the key back, or remove the file where nothing is sealed"
        )
    return kept


def _kept_key(file: Path) -> str:
    """The key in the file; made, readable by its owner only, where there is none."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        _make_key(file)
    return file.read_text().strip()


def _make_key(file: Path) -> None:
    """Makes the file whole or not at all: a kill leaves no empty key, and of two processes one is first."""
    descriptor, draft = tempfile.mkstemp(dir=file.parent)  # mkstemp gives it to its owner alone
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write(random_key_text() + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        Path(draft).unlink()


def check_keys(text: str, wrong: list[str]) -> None:
    """Adds to `wrong` what keeps the text from being a list of keys."""
    if not text:
        return
    try:
        Keyring.parse(text)
    except ValueError as error:
        wrong.append(f"FIELD_KEYS must be base64 of 32 bytes each, separated by commas: {error}")
