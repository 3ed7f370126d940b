"""Checks the accepted synonym groups against the package they come from: `python -m nlp.check_synonyms PACKAGE.tgz`."""

import hashlib
import json
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from nlp import synonyms

SHA256 = "f59fdcfdffac935a5ae6c73baa112f2d22f3220c958f6327e8fa304e1f5e6dec"
MEMBER = "package/sudachi-synonyms-dictionary.json"
NEVER = 2
"""The flag of words that the dictionary keeps only so that nobody adds them again."""

Groups = Mapping[str, frozenset[str]]


def read(package: Path) -> Groups:
    """The words of each group; ValueError where the file is not the package that is named."""
    if hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
        raise ValueError(f"{package.name} is not sudachi-synonyms-dictionary 18.0.0")
    with tarfile.open(package) as archive:
        member = archive.extractfile(MEMBER)
        assert member is not None
        groups = json.load(member)
    return {
        group["id"]: frozenset(item["midashi"] for item in group["items"] if item["expandControl"] != NEVER)
        for group in groups
    }


def strangers(accepted: Mapping[str, tuple[str, ...]], groups: Groups) -> Iterator[str]:
    """What is accepted and not in the dictionary."""
    for number, words in accepted.items():
        for word in words:
            if word not in groups.get(number, frozenset()):
                yield f"{number}: {word}"


if __name__ == "__main__":
    found = list(strangers(synonyms.accepted(), read(Path(sys.argv[1]))))
    sys.stdout.writelines(f"{line}\n" for line in found)
    sys.exit(1 if found else 0)
