"""Machines of their own on one network: a network namespace each, and cables that can be cut.

Where namespaces cannot be made (they need root on Linux, and iproute2) the machines are processes on the loopback, and
a cut cable is a machine that stands still.
"""

import contextlib
import ctypes
import itertools
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.service import free_port

NETWORK = "10.77.0.0/24"
"""Seen in the namespaces alone."""
_NAMED = Path("/run/netns")
_CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a machine is reached, and how a program is started on it."""

    address: str
    port: int
    within: tuple[str, ...] = ()


class Namespaces:
    """A bridge in a namespace of its own, and a namespace with a cable to it for each machine."""

    is_real = True

    def __init__(self) -> None:
        self._prefix = f"helpdesk-{secrets.token_hex(3)}"
        self._numbers = itertools.count(1)
        self._made = ExitStack()
        self._bridge = self._add("bridge")
        self._ip("-n", self._bridge, "link", "add", "bridge", "type", "bridge", "forward_delay", "0")
        self._ip("-n", self._bridge, "link", "set", "bridge", "up")

    def machine(self, name: str) -> Place:
        """A new machine on the network."""
        namespace, number = self._add(name), next(self._numbers)
        address = f"10.77.0.{number}"
        ends = ("type", "veth", "peer", "name", "cable", "netns", namespace)
        self._ip("-n", self._bridge, "link", "add", name, *ends)
        self._ip("-n", self._bridge, "link", "set", name, "master", "bridge", "up")
        self._ip("-n", namespace, "address", "add", f"{address}/24", "dev", "cable")
        for each in ("cable", "lo"):
            self._ip("-n", namespace, "link", "set", each, "up")
        return Place(address, 8000, ("ip", "netns", "exec", namespace))

    @contextlib.contextmanager
    def cut(self, name: str, _processes: Sequence[int]) -> Iterator[None]:
        """What leaves the machine while the block runs is lost."""
        self._ip("-n", self._bridge, "link", "set", name, "down")
        try:
            yield
        finally:
            self._ip("-n", self._bridge, "link", "set", name, "up")

    @contextlib.contextmanager
    def on(self, name: str) -> Iterator[None]:
        """This thread, and those that it starts, are on that machine while the block runs."""
        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(_NAMED / f"{self._prefix}-{name}", os.O_RDONLY)
        try:
            _enter(there)
            yield
        finally:
            _enter(here)
            os.close(here)
            os.close(there)

    def close(self) -> None:
        self._made.close()

    def _add(self, name: str) -> str:
        namespace = f"{self._prefix}-{name}"
        self._ip("netns", "add", namespace)
        self._made.callback(self._ip, "netns", "delete", namespace)
        return namespace

    def _ip(self, *arguments: str) -> None:
        subprocess.run(["ip", *arguments], check=True, capture_output=True)


def _enter(namespace: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.setns(namespace, _CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "setns")


@dataclass
class Loopback:
    """All on one address, at a port each."""

    is_real = False
    _ports: set[int] = field(default_factory=set)

    def machine(self, name: str) -> Place:
        while (port := free_port()) in self._ports:
            pass
        self._ports.add(port)
        return Place("127.0.0.1", port)

    @contextlib.contextmanager
    def cut(self, name: str, processes: Sequence[int]) -> Iterator[None]:
        """These processes stand still while the block runs: nobody hears of them."""
        _signal(processes, signal.SIGSTOP)
        try:
            yield
        finally:
            _signal(processes, signal.SIGCONT)

    @contextlib.contextmanager
    def on(self, name: str) -> Iterator[None]:
        yield

    def close(self) -> None:
        """Nothing was made."""


def _signal(processes: Sequence[int], number: signal.Signals) -> None:
    for each in processes:
        os.kill(each, number)


Lan = Namespaces | Loopback


@contextlib.contextmanager
def lan(*, loopback: bool = False) -> Iterator[Lan]:
    """A network for as long as the block runs: of namespaces, where they can be made."""
    made: Lan = Loopback() if loopback or not _can_make_namespaces() else Namespaces()
    with contextlib.closing(made):
        yield made


def _can_make_namespaces() -> bool:
    name = f"helpdesk-{secrets.token_hex(3)}"
    if os.getuid() != 0 or shutil.which("ip") is None:
        return False
    tried = subprocess.run(["ip", "netns", "add", name], check=False, capture_output=True)
    if tried.returncode != 0:
        return False
    subprocess.run(["ip", "netns", "delete", name], check=True, capture_output=True)
    return True
