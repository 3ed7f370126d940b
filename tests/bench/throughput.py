"""What one machine carries on PostgreSQL: events a second acknowledged and answered, beside a bare Flask endpoint.

The load, the double of LINE, PostgreSQL, two `web` and two `worker` share the machine: processor time is what counts.
The bare endpoint checks the signature and keeps nothing; it has the same server, two processes and the same crowd.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from store.keyring import Keyring, random_key_text
from tests import postgresql
from tests.bench.tables import Table, milliseconds, quantile
from tests.load import Told
from tests.loaded import Town, post, town
from tests.service import ROOT, Service, Setting, free_port, wait_until_ready

AT_ONCE = 2000
"""Events of the flood: as fast as they are taken."""
STEADY = 150
"""Events a second, each answered."""
SECONDS = 20
FLOOD = 100_000.0
"""Events a second that nobody takes."""


def run() -> Table:
    """The rates; PostgreSQL waits for the disk at each commit."""
    programs = postgresql.programs()
    if programs is None:
        return Table("Throughput: skipped, PostgreSQL is not installed", ("",), ())
    with TemporaryDirectory(prefix="helpdesk-bench-") as folder, _bare() as ports:
        bare = post(ports, FLOOD, AT_ONCE)
        with postgresql.cluster(programs, keeps=True) as url, _town(url, Path(folder)) as people:
            people.hears(30, 120)
            people.is_lived_in()
            flood = people.hears(FLOOD, AT_ONCE)
            steady = people.hears(STEADY, STEADY * SECONDS)
    rows = (
        _row("bare Flask", bare, None),
        _row("acknowledged as fast as it goes", flood.told, bare),
        _row(f"acknowledged, {STEADY} a second", steady.told, None),
        ("answered, all waiting", f"{flood.answered / flood.seconds:.0f}", "", "", ""),
        (f"answered, {STEADY} a second", f"{steady.answered / steady.seconds:.0f}", "", "", ""),
    )
    return Table("Throughput, PostgreSQL, 2 web, 2 worker", ("", "a second", "of bare", "p50", "p99"), rows)


def _row(name: str, told: Told, bare: Told | None) -> tuple[str, ...]:
    rate = len(told.took) / told.seconds
    share = f"{rate * bare.seconds / len(bare.took):.2f}" if bare else ""
    return name, f"{rate:.0f}", share, *(milliseconds(quantile(told.took, each)) for each in (0.5, 0.99))


@contextmanager
def _town(url: str, folder: Path) -> Iterator[Town]:
    keyring = Keyring.parse(random_key_text())
    service = Service(Setting(url, keyring, ""), folder / "migrate.log")
    assert service.run("migrate") == 0, service.log.read_text()
    with town(url, keyring, folder, webs=2) as people:
        yield people


@contextmanager
def _bare() -> Iterator[list[int]]:
    ports = [free_port(), free_port()]
    with ExitStack() as stack:
        for port in ports:
            code = f"from tests.bench import beside_flask as b; b.serve_bare({port})"
            bare = stack.enter_context(subprocess.Popen([sys.executable, "-c", code], cwd=ROOT))
            stack.callback(bare.terminate)
            wait_until_ready(port)
        yield ports
