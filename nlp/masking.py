from dataclasses import dataclass
from enum import StrEnum
class Personal(StrEnum):
    X="x"
@dataclass
class Masked:
    text: str
    kinds: frozenset
def mask(text, known=frozenset()):
    return Masked(text, frozenset())
