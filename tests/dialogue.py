"""Dialogues as pairs of what is said and what the answer must contain."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from bot.city import LiveCity
from bot.line_messages import messages
from bot.talking import BadLine, Talk
from bot.telling import Told, choices, text
from handlers.turn import Said
from nlp.language import Language
from store import residents
from store.db import Database
from tests.conftest import NOON

KEEP = os.environ.get("DIALOGUE_MESSAGES")
"""A file that receives every message the dialogues produce, to hold against LINE's own schema."""


class Speaker:
    """A resident in a test."""

    def __init__(self, database: Database, city: LiveCity) -> None:
        self.talk = Talk.of(database, city, "resident", NOON)
        self.told: Told | None = None

    def says(self, line: str | Said) -> Told:
        """Words, `>LABEL` for a press, `@LAT,LON` for a place; or a value for the rest."""
        said = self.talk.understand(line) if isinstance(line, str) else line
        assert not isinstance(said, BadLine), said
        assert isinstance(said, Said), "time passes by talk.now"
        self.told = self.talk.say(said)
        _keep(self.told)
        return self.told

    def hears(self, line: str | Said) -> str:
        """All the text that LINE would show."""
        return text(self.says(line).routed.reply)

    def speaks(self, language: Language) -> None:
        """From now on the resident is answered in that language, by choice."""
        with self.talk.database.write() as tx:
            residents.speak(tx, self.talk.resident, language, chosen=True)

    @property
    def buttons(self) -> list[str]:
        assert self.told is not None
        return [choice.label for choice in choices(self.told.routed.reply)]


def hold(speaker: Speaker, pairs: Iterable[tuple[str | Said, str]]) -> None:
    """Says each and looks for what must be answered; nothing may be a dead end."""
    for said, answered in pairs:
        heard = speaker.hears(said)
        assert answered in heard, f"{said!r} was answered:\n{heard}"
        assert speaker.buttons, f"{said!r} led to a dead end:\n{heard}"


def _keep(told: Told) -> None:
    made = messages(told.routed.reply)
    if KEEP and made:
        with Path(KEEP).open("a", encoding="utf-8") as file:
            file.write(json.dumps(made, ensure_ascii=True) + "\n")
