"""Holds every message that the dialogues produced against LINE's own schema and limits."""

import json
import os
import re
import sys
from multiprocessing import Pool
from pathlib import Path
from typing import Final

RANDOM: Final = re.compile(r"(?<=[:/])[A-Za-z0-9_-]{11,}|\b[0-9A-Z]{3}-[0-9A-Z]{4}\b")
"""Tokens of buttons and links, and receipts: one of the same length is as long and as well formed."""


def main(kit: Path, produced: Path) -> int:
    """The exit code: 1 where LINE would refuse a message, or where there are too few to mean anything."""
    # Dialogues say many things again and again; each takes a fifth of a second to hold.
    lines = produced.read_text(encoding="utf-8").splitlines()
    different = list({RANDOM.sub(lambda token: "x" * len(token[0]), line): line for line in lines}.values())
    with Pool(os.cpu_count(), sys.path.insert, (0, str(kit))) as pool:
        found = pool.map(faults, different, chunksize=20)
    for path, message in (fault for each in found for fault in each):
        sys.stderr.write(f"{path}: {message}\n")
    wrong = sum(map(bool, found))
    sys.stdout.write(f"LINE's schema and limits: {len(found)} replies held, {wrong} refused\n")
    return 1 if wrong or len(found) < 100 else 0


def faults(line: str) -> list[tuple[str, str]]:
    """What LINE would refuse of a reply, and where; the kit is on the path of the process."""
    import line_limits
    import line_schema

    messages = json.loads(line)
    request = {"replyToken": "token", "messages": messages}
    found = line_schema.errors("messaging-api.yml", "ReplyMessageRequest", request)
    return [(str(path), str(text)) for path, text in (*found, *line_limits.check_messages(messages))]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
