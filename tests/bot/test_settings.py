import base64
import os
import stat
from pathlib import Path

import pytest

from bot import settings
from bot.settings import LINE_API, Endpoint, LineChannel, SettingsError
from store.keyring import random_key_text
from web.provider import Provider

CHANNEL = {"LINE_CHANNEL_SECRET": "s", "LINE_CHANNEL_ACCESS_TOKEN": "t"}
KEYS = {"FIELD_KEYS": random_key_text(), "SECRET_KEY": "x"}
ON_POSTGRESQL = {"DATABASE_URL": "postgresql://host/helpdesk"}


SIGN_ON = {
    "OIDC_ISSUER": "https://login.example.jp/",
    "OIDC_CLIENT_ID": "helpdesk",
    "OIDC_CLIENT_SECRET": "secret",
    "PUBLIC_URL": "https://helpdesk.example.jp",
}


@pytest.fixture
def on_sqlite(tmp_path: Path) -> dict[str, str]:
    return {"DATABASE_URL": f"sqlite:///{tmp_path}/var/helpdesk.db"}


def wrong(environment: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as error:
        settings.read(environment)
    return str(error.value)


def test_nothing_needs_to_be_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    read = settings.read({})
    assert (read.database_url, read.port, read.line, read.line_api_base) == (
        "sqlite:///var/helpdesk.db", 8000, None, LINE_API,
    )  # fmt: skip
    assert (read.data_dir / "faq.csv").exists()
    assert (tmp_path / "var" / "field_keys.key").exists()


def test_missing_keys_are_made_and_kept_for_the_owner_alone(on_sqlite, tmp_path):
    first, second = settings.read(on_sqlite), settings.read(on_sqlite)
    assert (first.field_keys, first.secret_key) == (second.field_keys, second.secret_key)
    assert first.field_keys != first.secret_key
    for name in ("field_keys.key", "secret_key.key"):
        assert stat.S_IMODE((tmp_path / "var" / name).stat().st_mode) == 0o600


def test_a_given_key_is_not_written_down(on_sqlite, tmp_path):
    assert settings.read({**on_sqlite, **KEYS}).field_keys == KEYS["FIELD_KEYS"]
    assert not (tmp_path / "var").exists()


def test_a_key_file_appears_whole_or_not_at_all(on_sqlite, tmp_path, monkeypatch):
    """A kill between making and filling the file must not leave a service that starts with an empty key."""

    def killed(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        settings.read(on_sqlite)
    assert not (tmp_path / "var" / "field_keys.key").exists()


def test_an_emptied_key_file_is_no_key(on_sqlite, tmp_path):
    settings.read(on_sqlite)
    (tmp_path / "var" / "field_keys.key").write_text("\n")
    assert "field_keys.key is empty" in wrong(on_sqlite)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "var").write_text("a file, no folder")
    assert "var" in wrong({"DATABASE_URL": f"sqlite:///{tmp_path}/var/helpdesk.db"})


def test_postgresql_demands_keys_and_says_how_to_make_them():
    said = wrong(ON_POSTGRESQL)
    assert said.count("python -c") == 2
    assert "FIELD_KEYS is missing" in said
    assert "SECRET_KEY is missing" in said
    assert not settings.read({**ON_POSTGRESQL, **KEYS}).on_sqlite


@pytest.mark.parametrize("keys", ["short", "!" * 44, "あ" * 44, ",", base64.b64encode(b"1" * 31).decode()])
def test_bad_field_keys(on_sqlite, keys):
    assert "FIELD_KEYS must be" in wrong({**on_sqlite, **KEYS, "FIELD_KEYS": keys})


@pytest.mark.parametrize("name", CHANNEL)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_half_a_channel_does_not_start(on_sqlite, name, value):
    half = {key: text for key, text in {**CHANNEL, name: value}.items() if text is not None}
    assert f"{name} is empty or missing" in wrong({**on_sqlite, **half})


def test_links_of_a_real_channel_do_not_go_over_the_network_in_plain(on_sqlite):
    plain = {**on_sqlite, **CHANNEL, "PUBLIC_URL": "http://helpdesk.example.jp"}
    assert "PUBLIC_URL must begin with https://" in wrong(plain)
    assert "PUBLIC_URL must begin with https://" in wrong(
        {**plain, "PUBLIC_URL": "HTTP://helpdesk.example.jp"}
    )
    assert settings.read({**plain, "PUBLIC_URL": "http://127.0.0.1:8000"}).public_url
    assert settings.read({**on_sqlite, "PUBLIC_URL": "http://192.0.2.1:8000"}).public_url, "a simulator"


def test_a_channel_without_the_spaces_that_pasting_brings(on_sqlite):
    pasted = {name: f" {text}\n" for name, text in CHANNEL.items()}
    assert settings.read({**on_sqlite, **pasted}).line == LineChannel("s", "t")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "mysql://host/x", "DATABASE_URL must begin"),
        ("DATA_DIR", "/nowhere", "no city.toml in /nowhere"),
        ("PORT", "0", "PORT must be"),
        ("PORT", "65536", "PORT must be"),
        ("PORT", "http", "PORT must be"),
        ("RELAY_URL", "ftp://x", "RELAY_URL must"),
        ("PUBLIC_URL", "www.example.jp", "PUBLIC_URL must"),
        ("PUBLIC_URL", "http://[", "PUBLIC_URL must"),
        ("LINE_API_BASE", "https:", "LINE_API_BASE must"),
        ("LINE_API_BASE", "http://[", "LINE_API_BASE must"),
        ("EMBEDDINGS_URL", "127.0.0.1:8080", "EMBEDDINGS_URL must"),
        ("EMBEDDINGS_SECONDS", "0", "EMBEDDINGS_SECONDS must"),
        ("EMBEDDINGS_SECONDS", "6", "EMBEDDINGS_SECONDS must"),
        ("EMBEDDINGS_SECONDS", "nan", "EMBEDDINGS_SECONDS must"),
        ("EMBEDDINGS_SECONDS", "-1", "EMBEDDINGS_SECONDS must"),
        ("OIDC_ISSUER", "login.example.jp", "OIDC_ISSUER must"),
        ("OIDC_ISSUER", "http://[", "OIDC_ISSUER must"),
        ("OIDC_SECOND_FACTOR", "no", "OIDC_SECOND_FACTOR must be provider or own"),
    ],
)
def test_wrong_values(on_sqlite, name, value, said):
    assert said in wrong({**on_sqlite, **KEYS, name: value})


def test_everything_wrong_is_said_at_once(on_sqlite):
    said = wrong({**on_sqlite, "PORT": "x", "DATA_DIR": "/nowhere", "FIELD_KEYS": "x", "RELAY_URL": "x"})
    assert [line.split()[0].rstrip(":") for line in said.splitlines()] == [
        "DATA_DIR", "RELAY_URL", "PORT", "FIELD_KEYS",
    ]  # fmt: skip


def test_addresses(on_sqlite):
    given = {"LINE_API_BASE": "https://line.example/", "RELAY_URL": "https://relay.example/webhook/"}
    read = settings.read({**on_sqlite, **given})
    assert read.line_api_base == "https://line.example"
    assert read.relay_url == "https://relay.example/webhook/", "another's address is left as it is"


def test_the_semantic_layer_is_off_unless_it_has_an_address(on_sqlite):
    given = {"EMBEDDINGS_MODEL": "multilingual-e5-small", "EMBEDDINGS_KEY": "k", "EMBEDDINGS_SECONDS": "0.5"}
    assert settings.read({**on_sqlite, **given}).embeddings is None
    assert settings.read(on_sqlite).semantic_model == ""
    read = settings.read({**on_sqlite, **given, "EMBEDDINGS_URL": "http://127.0.0.1:8080"})
    assert read.embeddings == Endpoint("http://127.0.0.1:8080", "multilingual-e5-small", "k", 0.5)
    assert read.semantic_model == "multilingual-e5-small"


def test_commands_that_need_the_layer_alone_say_what_is_missing():
    assert settings.read_endpoint({"EMBEDDINGS_URL": "http://h"}) == Endpoint("http://h")
    for environment in ({}, {"EMBEDDINGS_URL": "h"}):
        with pytest.raises(SettingsError, match="EMBEDDINGS_URL"):
            settings.read_endpoint(environment)


def test_single_sign_on_is_off_unless_it_is_set(on_sqlite):
    assert settings.read({**on_sqlite, **KEYS}).provider is None
    read = settings.read({**on_sqlite, **KEYS, **SIGN_ON})
    assert read.provider == Provider("https://login.example.jp/", "helpdesk", "secret", second_factor=True)
    own = settings.read({**on_sqlite, **KEYS, **SIGN_ON, "OIDC_SECOND_FACTOR": "own"}).provider
    assert own is not None
    assert not own.second_factor


@pytest.mark.parametrize("name", ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
@pytest.mark.parametrize("value", ["", "  "])
def test_half_a_single_sign_on_does_not_start(on_sqlite, name, value):
    assert "belong together" in wrong({**on_sqlite, **KEYS, **SIGN_ON, name: value})


def test_single_sign_on_needs_an_address_to_come_back_to(on_sqlite):
    assert "PUBLIC_URL is missing" in wrong({**on_sqlite, **KEYS, **SIGN_ON, "PUBLIC_URL": ""})


def test_who_somebody_is_does_not_go_over_the_network_in_plain(on_sqlite):
    plain = {**on_sqlite, **KEYS, **SIGN_ON, "OIDC_ISSUER": "http://login.example.jp"}
    assert "OIDC_ISSUER must begin with https" in wrong(plain)
    assert settings.read({**plain, "OIDC_ISSUER": "http://127.0.0.1:9000"}).provider is not None


def test_the_mail_server_is_read_with_the_others():
    server = settings.read({**KEYS, "SMTP_URL": "smtps://mail.city.example?from=helpdesk@city.example"}).mail
    assert server is not None
    assert (server.host, server.sender) == ("mail.city.example", "helpdesk@city.example")
    assert settings.read({**KEYS, "SMTP_URL": " "}).mail is None
    assert "SMTP_URL must end in ?from=ADDRESS" in wrong({"SMTP_URL": "smtp://mail.city.example"})
