"""Machines on the loopback, for where no network can be made: what the promise of several machines falls back to."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lan import Lan, lan


@pytest.fixture
def loopback() -> Iterator[Lan]:
    with lan(loopback=True) as made:
        yield made


def state_of(process: subprocess.Popen[bytes]) -> str:
    return Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_each_machine_has_a_port_of_its_own(loopback: Lan) -> None:
    places = [loopback.machine(f"web{number}") for number in range(20)]
    assert not loopback.is_real
    assert {place.address for place in places} == {"127.0.0.1"}
    assert len({place.port for place in places}) == len(places)


def test_who_is_cut_off_stands_still_and_goes_on(loopback: Lan) -> None:
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        with loopback.on("web1"), loopback.cut("web1", [process.pid]):
            process.stdin.write(b"heard\n")
            process.stdin.flush()
            while state_of(process) not in "Tt":
                pass
        assert process.stdout.readline() == b"heard\n"
        process.stdin.close()
