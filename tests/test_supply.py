"""What the service is made of: listed, licensed, and asked about by a check that is seen to see."""

import json
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLANTED = {"django==1.2": ["PYSEC-2010-5"]}
"""What every source of advisories knows."""

Advisories = Mapping[str, list[str]]


@contextmanager
def advisories(known: Advisories) -> Iterator[str]:
    """A source that answers as OSV does: the address to ask."""

    class Osv(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            found = known.get(f"{asked['package']['name']}=={asked['version']}", [])
            told = [{"id": each, "summary": "", "affected": []} for each in found]
            body = json.dumps({"vulns": told} if told else {}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def check(osv: str, *locks: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ".ci/vulnerabilities.py", "--osv", osv, *map(str, locks)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    file = tmp_path / "some.lock"
    file.write_text(
        "flask==3.1.3 \\\n    --hash=sha256:0\nnumpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:0\n"
    )
    return file


def test_nothing_known_of_what_is_locked_is_believed_of_a_source_that_knows_the_planted_one() -> None:
    with advisories(PLANTED) as osv:
        done = check(osv)
    locked = {
        line.partition(" ")[0]
        for name in ("requirements.lock", "requirements-dev.lock")
        for line in (ROOT / name).read_text().splitlines()
        if line[:1].isalnum()
    }
    told = f"{len(locked)} parts asked about, 0 with known vulnerabilities\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, "")


def test_what_is_known_is_named(lock: Path) -> None:
    with advisories({**PLANTED, "numpy==2.4.6": ["PYSEC-2026-1"]}) as osv:
        done = check(osv, lock)
    assert done.returncode == 1
    assert "numpy==2.4.6: PYSEC-2026-1" in done.stderr


def test_a_source_that_knows_nothing_proves_nothing(lock: Path) -> None:
    with advisories({}) as osv:
        done = check(osv, lock)
    assert done.returncode == 3
    assert "Blind" in done.stderr


def test_a_source_that_is_away_proves_nothing(lock: Path) -> None:
    assert check("http://127.0.0.1:9/v1/query", lock).returncode == 3


def test_the_lists_of_parts_are_of_today_and_their_licences_agreed_to() -> None:
    done = subprocess.run(
        [sys.executable, ".ci/parts.py", "check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_a_licence_that_nobody_agreed_to_is_named() -> None:
    parts = runpy.run_path(str(ROOT / ".ci/parts.py"))
    free, own, mixed = (
        parts["Part"]("part", "1", licence, "pypi")
        for licence in ("MIT", "AGPL-3.0-only", "MIT AND GPL-3.0-only")
    )
    assert parts["refused"]([free, own, mixed]) == [own, mixed]


def test_everything_locked_has_a_hash() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        entries = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
        pins = [each for each in entries if each[:1].isalnum()]
        assert pins
        assert [each for each in pins if "--hash=sha256:" not in each] == []
