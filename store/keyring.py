"""Keys: what residents wrote and who they are is sealed under a key of their own.

AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce before each ciphertext. A resident's key is itself
sealed by the first of `FIELD_KEYS`; any of them opens it. To erase a resident is to delete their key.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


class WrongKey(Exception):
    """None of the keys opens this; FIELD_KEYS lacks the key it was sealed with, or it was tampered with."""


@dataclass(frozen=True, slots=True)
class Key:
    """Seals and opens texts. `purpose` binds a ciphertext to its column: it cannot be moved to another."""

    secret: bytes

    def seal(self, plain: bytes, purpose: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.secret).encrypt(nonce, plain, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Raises WrongKey where this key did not seal it for that purpose."""
        try:
            nonce, ciphertext = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return AESGCM(self.secret).decrypt(nonce, ciphertext, purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise WrongKey(purpose) from error

    def seal_text(self, text: str, purpose: str) -> bytes:
        """The same for a text; half a character, which LINE may send, is kept as it came."""
        return self.seal(text.encode("utf-8", "surrogatepass"), purpose)

    def open_text(self, sealed: bytes, purpose: str) -> str:
        """The text of `seal_text`. Raises WrongKey."""
        return self.open(sealed, purpose).decode("utf-8", "surrogatepass")

    def digest(self, text: str) -> bytes:
        """A keyed hash (HMAC-SHA-256), to look a value up without keeping it."""
        return hmac.digest(self.secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256)


def new_key() -> Key:
    return Key(os.urandom(KEY_BYTES))


@dataclass(frozen=True, slots=True)
class Keyring:
    """`FIELD_KEYS`: the first seals, each opens, so that a key can be changed without a pause."""

    keys: tuple[Key, ...]

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Reads `FIELD_KEYS`: base64 of 32 bytes each, separated by commas. Raises ValueError."""
        keys = tuple(_parse_key(part.strip()) for part in text.split(",") if part.strip())
        if not keys:
            raise ValueError("there is none")
        return cls(keys)

    def wrap(self, key: Key, purpose: str) -> bytes:
        return self.keys[0].seal(key.secret, purpose)

    def unwrap(self, wrapped: bytes, purpose: str) -> Key:
        """Raises WrongKey where none of the keys opens it."""
        return Key(_open_with_any(self.keys, wrapped, purpose))


def _open_with_any(keys: Sequence[Key], wrapped: bytes, purpose: str) -> bytes:
    for key in keys:
        try:
            return key.open(wrapped, purpose)
        except WrongKey:
            continue
    raise WrongKey(purpose)


def _parse_key(text: str) -> Key:
    secret = base64.b64decode(text, validate=True)
    if len(secret) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes, this one {len(secret)}")
    return Key(secret)


def random_key_text() -> str:
    """A new key as `FIELD_KEYS` takes it."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()
