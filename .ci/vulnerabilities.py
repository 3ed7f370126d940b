"""Is anything known against what is locked? Asks OSV (osv.dev) by way of pip-audit; believes a "no" only where it sees.

A source without advisories, an old mirror or a proxy that swallows answers says "nothing known" of everything. So a
version that has long been known to be vulnerable is asked about with the others: only where that one is found does the
silence about the others count. Exit codes: 0 nothing known, 1 something is, 3 the check is blind.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-dev.lock")
PLANTED = "django==1.2"
"""CVE-2010-3082, CVE-2011-0696 and dozens more are known against it; it is asked about and never installed."""
OSV = "https://api.osv.dev/v1/query"
FOUND, BLIND = 1, 3


def known(pins: Iterable[str], osv: str) -> Mapping[str, list[str]] | None:
    """The names of advisories by part; None where the source did not answer for each of them."""
    asked = [
        sys.executable,
        "-m",
        "pip_audit",
        "--no-deps",
        "--disable-pip",
        "--vulnerability-service",
        "osv",
    ]
    how = ["--osv-url", osv, "--format", "json", "--progress-spinner", "off"]
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(pins))
        file.flush()
        command = [*asked, *how, "--requirement", file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if not done.stdout:
        sys.stderr.write(f"{done.stderr.rstrip().rpartition(chr(10))[2][:300]}\n")
        return None
    parts = json.loads(done.stdout)["dependencies"]
    if any("skip_reason" in each for each in parts):
        return None
    return {f"{each['name']}=={each['version']}": [one["id"] for one in each["vulns"]] for each in parts}


def _pins(lock: Path) -> Iterator[str]:
    """Each version that is locked, without the hashes and for which Python it is."""
    for line in lock.read_text().splitlines():
        if line[:1].isalnum():
            yield line.partition(";")[0].partition("\\")[0].strip()


def main() -> int:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--osv", default=OSV, help="where the advisories are asked for")
    given.add_argument("locks", nargs="*", type=Path, default=LOCKS)
    asked = given.parse_args()
    found: dict[str, list[str]] = {}
    for pins in _apart(dict.fromkeys(pin for lock in asked.locks for pin in _pins(lock))):
        told = known([PLANTED, *pins], asked.osv)
        if not told or not told[PLANTED]:
            sys.stderr.write(
                f"Blind: {asked.osv} knows nothing against {PLANTED}: its silence proves nothing.\n"
            )
            return BLIND
        found |= {pin: told[pin] for pin in pins}
    known_of = {part: advisories for part, advisories in found.items() if advisories}
    for part, advisories in known_of.items():
        sys.stderr.write(f"{part}: {', '.join(advisories)}\n")
    sys.stdout.write(f"{len(found)} parts asked about, {len(known_of)} with known vulnerabilities\n")
    return FOUND if known_of else 0


def _apart(pins: Iterable[str]) -> list[list[str]]:
    """In lists in which each part stands once, as pip-audit asks: some are locked at a version for each Python."""
    lists: list[dict[str, str]] = []
    for pin in pins:
        name = pin.partition("==")[0]
        free = next((each for each in lists if name not in each), None)
        if free is None:
            lists.append(free := {})
        free[name] = pin
    return [list(each.values()) for each in lists]


if __name__ == "__main__":
    sys.exit(main())
