"""What was in the way of a proposal that could not be published, as it is kept: JSON."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from faq.amending import RecordProblem
from faq.changes import RecordName
from faq.problems import Problem
from store.objections import Conflict, InvalidRecord
from store.sight import AccountId

MOST: Final = 100
"""Problems that are kept; more than anybody mends before looking again."""


def write(obstacle: Conflict | InvalidRecord) -> str:
    """The text of what was in the way."""
    if isinstance(obstacle, InvalidRecord):
        obstacle = InvalidRecord(obstacle.problems[:MOST])
    return json.dumps(asdict(obstacle), ensure_ascii=False, default=datetime.isoformat)


def read(text: str) -> Conflict | InvalidRecord:
    """What was in the way."""
    kept: dict[str, Any] = json.loads(text)
    if "problems" in kept:
        return InvalidRecord(tuple(map(_problem, kept["problems"])))
    return Conflict(
        what=kept["what"] and RecordName(**kept["what"]),
        by=kept["by"] and AccountId(kept["by"]),
        by_shown=kept["by_shown"],
        at=kept["at"] and datetime.fromisoformat(kept["at"]),
    )


def _problem(kept: dict[str, Any]) -> RecordProblem:
    return RecordProblem(RecordName(**kept["what"]), Problem(**kept["problem"]))
