"""The files of deploy/ and their like say what the service knows: settings, commands, files, and nothing secret."""

import fnmatch
import re
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.arguments import parser
from bot.commands import COMMANDS
from tests.service import ROOT

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
OURS = ("migrate", "web1", "web2", "worker")
SECRETS = {"LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "FIELD_KEYS", "SECRET_KEY"}
SYSTEMS = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}
HARDENED = {
    "NoNewPrivileges": "true",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "PrivateDevices": "true",
    "CapabilityBoundingSet": "",
    "RestrictNamespaces": "true",
    "SystemCallArchitectures": "native",
    "UMask": "0077",
    "User": "helpdesk",
}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def settings() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)`", text("docs/settings.md"), re.MULTILINE))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return read


# The container --------------------------------------------------------------------------------------


def steps(name: str) -> list[list[str]]:
    """The instructions of the container file, each with its words."""
    whole = re.sub(r"\\\n", " ", text("Containerfile"))
    return [line.split()[1:] for line in whole.splitlines() if line.startswith(name + " ")]


def test_the_image_holds_the_program_and_nothing_else():
    copied = {words[0] for words in steps("COPY") if not words[0].startswith("--from")}
    packages = {folder.parent.name for folder in ROOT.glob("*/__init__.py")} - {"tests"}
    assert copied == packages | {"data", "requirements.lock"}


def test_what_is_not_copied_does_not_even_reach_the_build():
    lines = [line for line in text(".dockerignore").splitlines() if line and not line.startswith("#")]
    assert lines[0] == "*"
    allowed = {line[1:] for line in lines if line.startswith("!")}
    assert allowed == {words[0] for words in steps("COPY") if not words[0].startswith("--from")}
    refused = [line for line in lines[1:] if not line.startswith("!")]
    for secret in ("data/helpdesk.env", "data/.env", "data/field_keys.key", "data/helpdesk.db"):
        assert any(fnmatch.fnmatch(secret, line.replace("**/", "*")) for line in refused), secret


def test_the_image_has_no_secret_and_no_root():
    named = {name.partition("=")[0] for words in steps("ENV") for name in words if "=" in name}
    assert named <= settings() | SYSTEMS
    assert not named & SECRETS
    assert steps("USER") == [["10001:10001"]]
    assert all(
        "--require-hashes" in words for words in steps("RUN") if "install" in words and "pip" in words[5]
    )
    assert steps("ENTRYPOINT") == [['["python",', '"-m",', '"bot"]']]


# Compose --------------------------------------------------------------------------------------------


def test_every_command_of_compose_exists(compose):
    for name in OURS:
        given = compose["services"][name].get("command", ["web", "--host", "0.0.0.0"])
        assert parser().parse_args(given).command in COMMANDS


def test_every_setting_of_compose_and_of_the_example_is_documented(compose):
    for name in OURS:
        assert set(compose["services"][name].get("environment", {})) <= settings()
    example = set(re.findall(r"^#?([A-Z_]+)=", text("deploy/helpdesk.env.example"), re.MULTILINE))
    assert example <= settings()
    assert example >= SECRETS | {"PUBLIC_URL", "TRUSTED_PROXIES", "DATABASE_URL"}


def test_neither_holds_a_secret():
    for name in SECRETS:
        assert f"\n{name}=\n" in text("deploy/helpdesk.env.example")
        assert name not in text("compose.yaml")


def test_our_containers_may_do_little(compose):
    for name in OURS:
        service = compose["services"][name]
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]


def test_the_database_is_reached_from_within_alone(compose):
    assert compose["services"]["database"]["networks"] == ["inner"]
    assert "ports" not in compose["services"]["database"]
    assert compose["networks"]["inner"]["internal"]


def test_the_workers_share_lines_rates(compose):
    worker = compose["services"]["worker"]
    assert float(worker["environment"]["LINE_SHARE"]) * worker["deploy"]["replicas"] <= 1


def test_nginx_finds_the_web_containers_and_its_files(compose):
    upstream = text("deploy/nginx/helpdesk-upstream-compose.conf")
    addresses = {compose["services"][name]["networks"]["outer"]["ipv4_address"] for name in ("web1", "web2")}
    assert set(re.findall(r"server ([\d.]+):8000", upstream)) == addresses
    for volume in compose["services"]["nginx"]["volumes"]:
        if volume.startswith("./"):
            assert (ROOT / volume.partition(":")[0]).is_file(), volume


# systemd --------------------------------------------------------------------------------------------


def unit(file: Path) -> RawConfigParser:
    read = RawConfigParser(strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(file)
    return read


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.name)
def test_a_unit_starts_a_command_of_ours_and_may_do_little(file):
    service = unit(file)["Service"]
    program, _, rest = service["ExecStart"].partition(" -m bot ")
    assert program == "/srv/helpdesk/.venv/bin/python"
    assert parser().parse_args(rest.replace("%i", "8000").split()).command in COMMANDS
    assert {name: service.get(name) for name in HARDENED} == HARDENED


@pytest.mark.parametrize("name", ["helpdesk.service", "helpdesk-worker@.service"])
def test_who_stands_back_for_others_may_do_so(name):
    """By nice(2), which glibc makes setpriority(2): one of `@resources`. What a unit says last of a call counts."""
    *_, last = re.findall(r"^SystemCallFilter=(.*)$", text(f"deploy/systemd/{name}"), re.MULTILINE)
    assert last == "setpriority"


def test_what_runs_is_started_again_within_ten_seconds():
    for file in UNITS:
        service = unit(file)["Service"]
        if service.get("Type") != "oneshot":
            assert (service["Restart"], float(service["RestartSec"])) == ("always", 1.0)


def test_a_platform_that_looks_for_requirements_finds_the_lock():
    assert text("requirements.txt").splitlines()[-1] == "-r requirements.lock"
