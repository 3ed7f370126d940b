"""Holds every message that the dialogues produced against LINE's own schema and limits."""

import json
import sys
from pathlib import Path


def main(kit: Path, produced: Path) -> int:
    """The exit code: 1 where LINE would refuse a message, or where there are too few to mean anything."""
    sys.path.insert(0, str(kit))
    import line_limits
    import line_schema

    # Dialogues say many things again and again; each takes a fifth of a second to hold.
    different = dict.fromkeys(produced.read_text(encoding="utf-8").splitlines())
    bodies = [json.loads(line) for line in different]
    wrong = 0
    for messages in bodies:
        request = {"replyToken": "token", "messages": messages}
        found = line_schema.errors("messaging-api.yml", "ReplyMessageRequest", request)
        found += line_limits.check_messages(messages)
        for path, message in found:
            sys.stderr.write(f"{path}: {message}\n")
        wrong += bool(found)
    sys.stdout.write(f"LINE's schema and limits: {len(bodies)} replies held, {wrong} refused\n")
    return 1 if wrong or len(bodies) < 100 else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
