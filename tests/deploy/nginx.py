"""A real nginx with the configuration that ships, changed in what belongs to a machine alone: ports and folders."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import urllib3

from tests.certificates import certificate
from tests.service import ROOT, free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SHIPPED = ROOT / "deploy" / "nginx"
NAME = "helpdesk.example.jp"
INSIDE, OUTSIDE = "127.0.0.1", "127.0.0.2"
"""From where somebody comes: the first is a network of staff, as `helpdesk-inside.conf` ships."""
STARTS_WITHIN = 20.0


@dataclass(frozen=True, slots=True)
class Front:
    """nginx in front of the service."""

    folder: Path
    port: int
    plain_port: int
    pools: dict[str, urllib3.HTTPSConnectionPool] = field(default_factory=dict)

    def ask(
        self, path: str, method: str = "GET", body: bytes = b"", headers: Mapping[str, str] | None = None, *,
        by: str = OUTSIDE,
    ) -> urllib3.BaseHTTPResponse:  # fmt: skip
        """One request over TLS, from an address."""
        pool = self.pools.setdefault(by, self._pool(by))
        return pool.request(
            method, path, body=body or None, headers={"Host": NAME, **(headers or {})}, redirect=False
        )

    def _pool(self, by: str) -> urllib3.HTTPSConnectionPool:
        return urllib3.HTTPSConnectionPool(
            "127.0.0.1", self.port, server_hostname=NAME, assert_hostname=NAME, retries=False, timeout=20,
            ca_certs=str(self.folder / "fullchain.pem"), source_address=(by, 0),
        )  # fmt: skip

    def log(self) -> str:
        """What nginx has logged up to now, requests and errors; it writes a line once the answer has gone out."""
        last = self.ask("/look").headers["X-Request-Id"]
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            files = ("helpdesk.log", "helpdesk-error.log")
            logged = "".join((self.folder / file).read_text() for file in files)
            if last in logged:
                return logged
            time.sleep(0.02)
        raise AssertionError("nginx does not log")


@contextmanager
def nginx(
    folder: Path, webs: Sequence[int], change: Callable[[str], str] = lambda shipped: shipped
) -> Iterator[Front]:
    """nginx before web processes at these ports; `change` takes something out of the configuration, for a control."""
    assert NGINX is not None, "nginx is not installed"
    front = Front(folder, free_port(), free_port())
    made = certificate(folder, NAME)
    made.file.rename(folder / "fullchain.pem")
    made.key.rename(folder / "key.pem")
    (folder / "nginx.conf").write_text(_wrapped(front, webs, change))
    process = subprocess.Popen([NGINX, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "start.log"])
    try:
        _wait_until_it_listens(front, process)
        yield front
    finally:
        for pool in front.pools.values():
            pool.close()
        process.terminate()
        process.wait(20)


def _wrapped(front: Front, webs: Sequence[int], change: Callable[[str], str]) -> str:
    shipped = change((SHIPPED / "helpdesk.conf").read_text())
    places = {
        "listen 443 ssl": f"listen 127.0.0.1:{front.port} ssl",
        "listen 80;": f"listen 127.0.0.1:{front.plain_port};",
        "/etc/ssl/helpdesk/": f"{front.folder}/",
        "/var/log/nginx/": f"{front.folder}/",
    }
    for there, here in places.items():
        assert there in shipped
        shipped = shipped.replace(there, here)
    upstream = (SHIPPED / "helpdesk-upstream.conf").read_text()
    line = next(each for each in upstream.splitlines() if each.strip().startswith("server 127.0.0.1:8000"))
    upstream = upstream.replace(line, "\n".join(line.replace("8000", str(port)) for port in webs))
    inside = (SHIPPED / "helpdesk-inside.conf").read_text()
    temporary = "".join(
        f"{kind}_temp_path {front.folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;" if os.getuid() == 0 else ""
    start = f"daemon off; pid {front.folder}/pid; error_log {front.folder}/start.log; worker_processes 1;"
    return f"{user} {start} events {{}} http {{ {temporary}\n{upstream}\n{inside}\n{shipped}\n}}"


def _wait_until_it_listens(front: Front, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", front.port)) == 0:
                return
        time.sleep(0.02)
    raise AssertionError((front.folder / "start.log").read_text())
