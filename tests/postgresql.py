"""A real PostgreSQL for the tests: the machine's own programs, a cluster in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps it off the PATH."""
    if found := shutil.which("pg_ctl"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    return installed[-1].parent if installed else None


@contextmanager
def cluster(folder: Path, *, keeps: bool = False) -> Iterator[str]:
    """A running server; its address, as user `postgres`. It `keeps` what it commits, or has fsync off."""
    data = Path(tempfile.mkdtemp(prefix="helpdesk-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    user = _unprivileged(data)
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{data}' -c max_connections=200"
        f" -c fsync={'on' if keeps else 'off'}"
    )
    try:
        subprocess.run(
            [
                *user,
                folder / "initdb",
                "-D",
                data / "db",
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
        )
        log = data / "log"
        subprocess.run([*user, folder / "pg_ctl", "-D", data / "db", "-l", log, "-o", options, "-w", "start"],
                       check=True, capture_output=True)  # fmt: skip
        try:
            yield f"postgresql://postgres@/postgres?host={data}"
        finally:
            subprocess.run([*user, folder / "pg_ctl", "-D", data / "db", "-m", "immediate", "-w", "stop"],
                           check=True, capture_output=True)  # fmt: skip
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _unprivileged(data: Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return []
    shutil.chown(data, "postgres")
    return ["runuser", "-u", "postgres", "--"]
