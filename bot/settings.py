"""Settings from the environment. What is wrong is said all at once, with how to mend it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.key_files import check_keys, read_key
from bot.mail_server import THIS_MACHINE, MailServer, read_mail_server
from bot.metrics_door import CLOSED, MetricsDoor, read_door
from store.keyring import Keyring
from web.provider import Provider

LINE_API = "https://api.line.me"
DEFAULT_DATABASE = "sqlite:///var/helpdesk.db"
PROVIDERS, OURS = SECOND_FACTORS = ("provider", "own")
"""Whose second factor counts for who comes through the identity provider."""
SHIPPED_DATA = Path(__file__).parent.parent / "data"
MOST_HOPS = 5
MOST_DAYS = 366
"""Longer than a year no backup need stay: who was erased can be told from it (docs/privacy.md)."""
MOST_SECONDS = 5
"""Longer no resident should wait for a better order of the answers."""


class SettingsError(Exception):
    """What is wrong with the settings, a line each."""


@dataclass(frozen=True, slots=True)
class LineChannel:
    """The Messaging API channel of the city's account."""

    secret: str
    access_token: str


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible server of embeddings."""

    address: str
    """Such as http://127.0.0.1:8080/v1; the path may be left off, /embeddings is put behind it."""
    model: str = ""
    """Empty where the server has one model and knows it."""
    key: str = ""
    """Sent as a bearer token; empty where none is needed."""
    seconds: float = 0.3
    """How long the vector of a question may take."""

    @property
    def kept_as(self) -> str:
        """What vectors are kept under: those of another model are of no use."""
        return self.model or "default"

    @property
    def url(self) -> str:
        base = self.address.rstrip("/")
        if base.endswith("/embeddings"):
            return base
        return f"{base}/embeddings" if urlsplit(base).path else f"{base}/v1/embeddings"


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs."""

    database_url: str
    field_keys: str
    secret_key: str
    data_dir: Path
    index_dir: Path | None
    """Where a large knowledge is kept ready; None: nowhere."""
    line: LineChannel | None
    """None: no account is configured, the simulator takes its place."""
    line_api_base: str
    relay_url: str
    public_url: str
    port: int
    keys_backup: Path | None = None
    """Where the copy of the keys is; None: nowhere, since the database is in memory."""
    hops: int = 0
    """How many proxies in front of this one are the city's own."""
    embeddings: Endpoint | None = None
    """None: no semantic layer."""
    provider: Provider | None = None
    """None: no single sign-on."""
    mail: MailServer | None = None
    """None: what staff would be told by mail, the log is told."""
    line_share: float = 1.0
    """Which part of LINE's rates this process may use, where several send."""
    metrics: MetricsDoor = CLOSED
    """Where and to whom the metrics are shown."""
    backup_dir: Path | None = None
    """Where the service keeps the backups that it makes by itself; None: it makes none."""
    backup_days: int = 14
    """Of how many days one of them stays."""

    @property
    def keyring(self) -> Keyring:
        return Keyring.parse(self.field_keys)

    @property
    def semantic_model(self) -> str:
        """Whose vectors are compared; empty where no semantic layer is configured."""
        return self.embeddings.kept_as if self.embeddings else ""

    @property
    def pages_url(self) -> str:
        """Where residents open the service's pages: on a machine without PUBLIC_URL, on itself."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")


def read(environment: Mapping[str, str]) -> Settings:
    """Reads the settings; raises SettingsError. With SQLite, missing keys are made and kept beside it."""
    wrong: list[str] = []
    url = environment.get("DATABASE_URL") or DEFAULT_DATABASE
    if not url.startswith(("sqlite:", "postgres:", "postgresql:", "postgresql+psycopg:")):
        wrong.append("DATABASE_URL must begin with sqlite:/// or postgresql://")
    settings = Settings(
        database_url=url,
        field_keys=read_key("FIELD_KEYS", environment, url, wrong),
        secret_key=read_key("SECRET_KEY", environment, url, wrong),
        data_dir=_folder(environment.get("DATA_DIR") or str(SHIPPED_DATA), wrong),
        index_dir=_index_folder(environment.get("INDEX_DIR", "").strip(), url),
        line=_channel(environment, wrong),
        line_api_base=_address("LINE_API_BASE", environment, wrong).rstrip("/") or LINE_API,
        relay_url=_address("RELAY_URL", environment, wrong),
        public_url=_public_url(environment, wrong),
        port=_port(environment.get("PORT") or "8000", wrong),
        keys_backup=_keys_backup(environment.get("KEYS_BACKUP", "").strip(), url),
        hops=_hops(environment.get("TRUSTED_PROXIES") or "0", wrong),
        embeddings=_endpoint(environment, wrong),
        provider=_provider(environment, wrong),
        mail=_mail(environment.get("SMTP_URL", "").strip(), wrong),
        line_share=_share(environment.get("LINE_SHARE") or "1", wrong),
        metrics=read_door(
            environment.get("METRICS_PORT", "").strip(), environment.get("METRICS_TOKEN", "").strip(), wrong
        ),
        backup_dir=_backup_folder(environment.get("BACKUP_DIR", "").strip(), environment, url, wrong),
        backup_days=_days(environment.get("BACKUP_DAYS") or "14", wrong),
    )
    check_keys(settings.field_keys, wrong)
    if wrong:
        raise SettingsError("\n".join(wrong))
    return settings


def _channel(environment: Mapping[str, str], wrong: list[str]) -> LineChannel | None:
    names = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN")
    given = [name for name in names if name in environment]
    if not given:
        return None
    for name in names:
        # An empty secret would let everybody sign: it must never pass for "not configured".
        if not environment.get(name, "").strip():
            wrong.append(f"{name} is empty or missing; set both {' and '.join(names)}, or neither")
    return LineChannel(*(environment.get(name, "").strip() for name in names))


def read_endpoint(environment: Mapping[str, str]) -> Endpoint:
    """The endpoint of embeddings alone, for commands that need no more; raises SettingsError."""
    wrong: list[str] = []
    endpoint = _endpoint(environment, wrong)
    if wrong or endpoint is None:
        raise SettingsError("\n".join(wrong) or "EMBEDDINGS_URL is missing: the semantic layer needs it")
    return endpoint


def _endpoint(environment: Mapping[str, str], wrong: list[str]) -> Endpoint | None:
    address = _address("EMBEDDINGS_URL", environment, wrong)
    model = environment.get("EMBEDDINGS_MODEL", "").strip()
    key = environment.get("EMBEDDINGS_KEY", "").strip()
    text = environment.get("EMBEDDINGS_SECONDS") or "0.3"
    if not re.fullmatch(r"\d{1,2}(\.\d{1,3})?", text) or not 0 < float(text) <= MOST_SECONDS:
        wrong.append(f"EMBEDDINGS_SECONDS must be a number of seconds above 0, at most {MOST_SECONDS}")
    elif address:
        return Endpoint(address, model, key, float(text))
    return None


def _provider(environment: Mapping[str, str], wrong: list[str]) -> Provider | None:
    issuer = _address("OIDC_ISSUER", environment, wrong)
    client, secret = (environment.get(f"OIDC_CLIENT_{name}", "").strip() for name in ("ID", "SECRET"))
    factor = environment.get("OIDC_SECOND_FACTOR", "").strip() or PROVIDERS
    if factor not in SECOND_FACTORS:
        wrong.append(f"OIDC_SECOND_FACTOR must be {' or '.join(SECOND_FACTORS)}")
    if not (issuer or client or secret):
        return None
    if not (issuer and client and secret):
        wrong.append(
            "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together; set all three, or none"
        )
    # Over plain HTTP whoever listens on the way could be anybody; on this machine nobody does.
    elif _is_plain(issuer):
        wrong.append("OIDC_ISSUER must begin with https://")
    elif not environment.get("PUBLIC_URL", "").strip():
        wrong.append("PUBLIC_URL is missing: the identity provider sends people back to it")
    return Provider(issuer, client, secret, factor == PROVIDERS)


def _index_folder(given: str, url: str) -> Path | None:
    if given or not url.startswith("sqlite:"):
        return Path(given or "var/index")
    path = url.removeprefix("sqlite:///")
    return None if path in ("", "sqlite://", "sqlite:") else Path(path).parent / "index"


def _keys_backup(given: str, url: str) -> Path | None:
    if given or not url.startswith("sqlite:"):
        return Path(given or "var/keys.backup")
    path = url.removeprefix("sqlite:///")
    return None if path in ("", "sqlite://", "sqlite:") else Path(path).parent / "keys.backup"


def _backup_folder(given: str, environment: Mapping[str, str], url: str, wrong: list[str]) -> Path | None:
    if not given:
        return None
    keys = _keys_backup(environment.get("KEYS_BACKUP", "").strip(), url)
    if keys is None:
        wrong.append("BACKUP_DIR: a database in memory has nothing to back up")
    elif keys.resolve().is_relative_to(Path(given).resolve()):
        wrong.append("KEYS_BACKUP must be outside BACKUP_DIR: who has both can read what residents wrote")
    return Path(given)


def _days(text: str, wrong: list[str]) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_DAYS:
        wrong.append(f"BACKUP_DAYS must be a number of days from 1 to {MOST_DAYS}")
        return 1
    return int(text)


def _mail(text: str, wrong: list[str]) -> MailServer | None:
    if not text:
        return None
    try:
        return read_mail_server(text)
    except ValueError as error:
        wrong.append(f"SMTP_URL {error}")
        return None


def _folder(text: str, wrong: list[str]) -> Path:
    folder = Path(text)
    if not (folder / "city.toml").is_file():
        wrong.append(f"DATA_DIR: there is no city.toml in {folder}")
    return folder


def _address(name: str, environment: Mapping[str, str], wrong: list[str]) -> str:
    text = environment.get(name, "").strip()
    try:
        parts = urlsplit(text)
        well = not text or (parts.scheme in ("http", "https") and bool(parts.netloc))
    except ValueError:
        well = False
    if not well:
        wrong.append(f"{name} must begin with https:// and name a host")
    return text


def _public_url(environment: Mapping[str, str], wrong: list[str]) -> str:
    text = _address("PUBLIC_URL", environment, wrong).rstrip("/")
    # With a real channel residents open links that are theirs alone, and cookies go over HTTPS only where it says so.
    if "LINE_CHANNEL_SECRET" in environment and _is_plain(text):
        wrong.append("PUBLIC_URL must begin with https:// where a LINE channel is configured")
    return text


def _is_plain(address: str) -> bool:
    """Whether it goes over the network unencrypted; what stays on this machine does not."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False  # it is no address, which is told already
    return parts.scheme == "http" and parts.hostname not in THIS_MACHINE


def _port(text: str, wrong: list[str]) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        wrong.append("PORT must be a number from 1 to 65535")
        return 0
    return int(text)


def _share(text: str, wrong: list[str]) -> float:
    if not re.fullmatch(r"[01](\.\d{1,3})?", text) or not 0 < float(text) <= 1:
        wrong.append("LINE_SHARE must be a part of 1, as 0.5 where two processes send")
        return 1.0
    return float(text)


def _hops(text: str, wrong: list[str]) -> int:
    if not text.isdecimal() or int(text) > MOST_HOPS:
        wrong.append(
            f"TRUSTED_PROXIES must be how many proxies of yours stand in front, from 0 to {MOST_HOPS}"
        )
        return 0
    return int(text)
