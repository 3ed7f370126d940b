"""Bytes that Atheris makes up fail nothing that reads what comes from outside.

The control takes a minute and is made by hand: `python -m tests.promises.fuzzing a_failure FOLDER 100000 webhook` ends
with the planted IndexError, which no input holds to begin with.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.promises.fuzzing.targets import OF_MESSAGES, TARGETS
from tests.promises.fuzzing.town import founded
from tests.promises.length import FULL, at_length
from tests.promises.pace import allowed, spent
from tests.service import ROOT

RUNS = at_length(150, 20_000)
"""Inputs, of all targets together."""
WITHIN = at_length(300, 7200)
"""Seconds, so that a run that hangs ends."""


def fuzzed(folder: Path, runs: int, *targets: str) -> subprocess.CompletedProcess[str]:
    """A run over these targets, to its end; what it found is in the folder."""
    command = [sys.executable, "-m", "tests.promises.fuzzing", "nothing", str(folder), str(runs), *targets]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=WITHIN, check=False)


def slow(folder: Path) -> Iterator[tuple[str, float]]:
    """The input of each target of messages that took longest, timed again without the fuzzing's own work."""
    town = founded()
    for name in OF_MESSAGES:
        data, target = (folder / f"slow-{name}").read_bytes(), TARGETS[name](town)
        yield name, spent(lambda data=data, target=target: target(data), 3)


def test_nothing_fails(tmp_path: Path) -> None:
    run = fuzzed(tmp_path, RUNS, *TARGETS)
    assert run.returncode == 0, run.stderr[-3000:]
    assert "DONE" in run.stderr
    for name, took in slow(tmp_path) if FULL else ():
        sys.stdout.write(f"{name}: the slowest input takes {1000 * took:.1f} ms\n")
        assert took < allowed(), name
