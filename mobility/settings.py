"""What this installation is told by its environment, read once at start, with a sentence for each mistake."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet

from mobility.mail import SmtpServer, is_mail_address

PREFIX = "POINT_ETAPE_"
SECRET_MIN = 32  # characters
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
CardGatewayName = Literal["local", "stripe"]
_CARD_GATEWAYS: dict[str, CardGatewayName] = {"local": "local", "stripe": "stripe"}

# Name → what it is for, as docs/settings.md tells it; a test holds the two together.
VARIABLES = {
    "DATABASE_URL": "where the data live: SQLite or PostgreSQL",
    "DATABASE_OWNER_URL": "PostgreSQL only: the role that owns the tables, for migrations",
    "DATA_DIR": "the folder of the SQLite file, the keys and the worker's queue",
    "SECRET_KEY": "signs sessions and forms",
    "ENCRYPTION_KEY": "seals the card gateway's keys and the second factors, and anchors the books",
    "PUBLIC_URL": "the address people type; https makes cookies secure",
    "SMTP_URL": "the mail server",
    "MAIL_FROM": "the address mails come from",
    "SMS_URL": "the service that takes text messages",
    "SMS_TOKEN": "its bearer token",
    "GEOCODER_DOMAIN": "the address search",
    "ROUTER_URL": "the road distance service",
    "CARD_GATEWAY": "who takes card payments",
    "DEMO": "1 for a demonstration with invented people",
    "WEB_THREADS": "threads of the web server",
    "TRUSTED_PROXIES": "reverse proxies in front of it",
}


class SettingsError(Exception):
    """The environment cannot be used; `mistakes` holds one English sentence each. No sentence shows a secret."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(["The settings hold mistakes:", *(f"- {mistake}" for mistake in mistakes)]))
        self.mistakes = mistakes


@dataclass(frozen=True, kw_only=True)
class Settings:
    """An installation's settings. Keys that are None are made in the data folder by `mobility.keys.with_keys`."""

    data_dir: Path
    database_url: str = field(repr=False)
    database_owner_url: str | None = field(default=None, repr=False)
    secret_key: str | None = field(default=None, repr=False)
    encryption_keys: tuple[str, ...] = field(default=(), repr=False)
    public_url: str = "http://127.0.0.1:8000"
    smtp: SmtpServer | None = None
    mail_from: str = "point-etape@localhost"
    sms_url: str | None = None
    sms_token: str = field(default="", repr=False)
    geocoder_url: str | None = None
    router_url: str | None = None
    card_gateway: CardGatewayName = "stripe"
    demo: bool = False
    web_threads: int = 8
    trusted_proxies: int = 0

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """Reads POINT_ETAPE_* (and a bare DATABASE_URL). Raises SettingsError with every mistake at once."""
        env = _Environment(environ)
        data_dir = env.folder("DATA_DIR", default=_user_folder(environ))
        demo = env.flag("DEMO")
        database_url = env.database("DATABASE_URL") or f"sqlite:///{data_dir / ('demo.sqlite3' if demo else 'point-etape.sqlite3')}"
        settings = cls(
            data_dir=data_dir,
            database_url=database_url,
            database_owner_url=env.database("DATABASE_OWNER_URL"),
            secret_key=env.secret("SECRET_KEY"),
            encryption_keys=env.fernet_keys("ENCRYPTION_KEY"),
            public_url=env.url("PUBLIC_URL", path_allowed=False) or cls.public_url,
            smtp=env.smtp("SMTP_URL"),
            mail_from=env.mail_address("MAIL_FROM") or cls.mail_from,
            sms_url=env.url("SMS_URL"),
            sms_token=env.text("SMS_TOKEN") or "",
            geocoder_url=env.url("GEOCODER_DOMAIN", default_scheme="https"),
            router_url=env.url("ROUTER_URL"),
            card_gateway=env.card_gateway("CARD_GATEWAY", default="local" if demo else "stripe"),
            demo=demo,
            web_threads=env.number("WEB_THREADS", default=cls.web_threads, low=1, high=64),
            trusted_proxies=env.number("TRUSTED_PROXIES", default=0, low=0, high=5),
        )
        mistakes = env.mistakes + list(_strangers(environ)) + list(_misfits(settings, env))
        if mistakes:
            raise SettingsError(mistakes)
        return settings

    @property
    def secure_cookies(self) -> bool:
        """Whether people reach us by https only."""
        return self.public_url.startswith("https://")

    @property
    def is_postgresql(self) -> bool:
        """Whether the data live in PostgreSQL (else SQLite)."""
        return self.database_url.startswith("postgresql")


class _Environment:
    """Reads one variable after another and gathers the mistakes instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.mistakes: list[str] = []

    def text(self, name: str) -> str | None:
        given = self._environ.get(PREFIX + name)
        if given is None and name == "DATABASE_URL":  # the name every host gives it
            given = self._environ.get(name)
        return (given or "").strip() or None

    def wrong(self, name: str, what: str) -> None:
        self.mistakes.append(f"{PREFIX}{name} {what}.")

    def folder(self, name: str, *, default: Path | None) -> Path:
        given = self.text(name)
        path = Path(given).expanduser() if given else default
        if path is None or not path.is_absolute():
            self.wrong(name, "must be a folder's full path, from / on")
            return Path("/")
        return path

    def database(self, name: str) -> str | None:
        url = self.text(name)
        if url is None:
            return None
        scheme, _, rest = url.partition("://")
        if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
            return f"postgresql+psycopg://{rest}"
        if scheme == "sqlite" and rest.startswith("//") and rest.strip("/"):  # a relative path would follow the folder one starts from
            return url
        self.wrong(name, "must look like postgresql://user:password@host/name, or sqlite:////full/path/of/the/file")
        return None

    def secret(self, name: str) -> str | None:
        key = self.text(name)
        if key is not None and len(key) < SECRET_MIN:
            self.wrong(name, f"is shorter than {SECRET_MIN} characters: leave it out, a good one makes itself")
        return key

    def fernet_keys(self, name: str) -> tuple[str, ...]:
        keys = tuple(key.strip() for key in (self.text(name) or "").split(",") if key.strip())
        try:
            for key in keys:
                Fernet(key)
        except ValueError:
            self.wrong(name, "must be Fernet keys (44 characters each), split by commas, the newest first")
        return keys

    def url(self, name: str, *, default_scheme: str = "", path_allowed: bool = True) -> str | None:
        given = self.text(name)
        if given is None:
            return None
        url = f"{default_scheme}://{given}" if default_scheme and "://" not in given else given
        if not _is_web_address(url, path_allowed=path_allowed):
            self.wrong(name, "must be a web address, http:// or https:// then a host" + ("" if path_allowed else ", with no path after it"))
        return url.rstrip("/")

    def smtp(self, name: str) -> SmtpServer | None:
        url = self.text(name)
        try:
            return SmtpServer.from_url(url) if url else None
        except ValueError as error:
            self.wrong(name, str(error))
            return None

    def mail_address(self, name: str) -> str | None:
        address = self.text(name)
        if address is not None and not is_mail_address(address):
            self.wrong(name, "must be one bare mail address, such as mobilite@example.org")
        return address

    def card_gateway(self, name: str, *, default: CardGatewayName) -> CardGatewayName:
        given = self.text(name)
        if given is not None and given not in _CARD_GATEWAYS:
            self.wrong(name, "must be stripe, or local for a demonstration")
        return _CARD_GATEWAYS.get(given or "", default)

    def flag(self, name: str) -> bool:
        given = (self.text(name) or "0").lower()
        if given not in {"0", "1", "false", "true", "no", "yes"}:
            self.wrong(name, "must be 1 or 0")
        return given in {"1", "true", "yes"}

    def number(self, name: str, *, default: int, low: int, high: int) -> int:
        given = self.text(name) or str(default)
        if not (given.isascii() and given.isdigit() and len(given) < 10 and low <= int(given) <= high):
            self.wrong(name, f"must be a whole number from {low} to {high}")
            return default
        return int(given)


def _is_web_address(url: str, *, path_allowed: bool) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises on a port that is none
    except ValueError:
        return False
    bare = not (parts.query or parts.fragment or parts.username) and (path_allowed or parts.path in {"", "/"})
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and bare and not any(c.isspace() for c in url)


def _user_folder(environ: Mapping[str, str]) -> Path | None:
    """The XDG folder of this user's data; None when the environment knows no home."""
    base = environ.get("XDG_DATA_HOME", "")
    if base.startswith("/"):  # the XDG rule: a relative one is ignored
        return Path(base) / "point-etape"
    home = environ.get("HOME", "")
    return Path(home) / ".local/share/point-etape" if home else None


def _strangers(environ: Mapping[str, str]) -> Iterable[str]:
    """A misspelt name would be ignored in silence, and its setting with it."""
    for name in sorted(given.removeprefix(PREFIX) for given in environ if given.startswith(PREFIX)):
        if name not in VARIABLES:
            near = difflib.get_close_matches(name, VARIABLES, n=1, cutoff=0.7)
            yield f"{PREFIX}{name} is not a setting" + (f": did you mean {PREFIX}{near[0]}?" if near else "; docs/settings.md lists them.")


def _misfits(settings: Settings, env: _Environment) -> Iterable[str]:
    """Settings that are good alone and wrong together."""
    if settings.database_owner_url and not settings.is_postgresql:
        yield f"{PREFIX}DATABASE_OWNER_URL is for PostgreSQL, and {PREFIX}DATABASE_URL is not."
    if settings.smtp and env.text("MAIL_FROM") is None:
        yield f"{PREFIX}MAIL_FROM is missing: {PREFIX}SMTP_URL needs an address mails come from."
    if bool(settings.sms_url) != bool(settings.sms_token):
        yield f"{PREFIX}SMS_URL and {PREFIX}SMS_TOKEN go together."
    if settings.sms_url and settings.sms_url.startswith("http://") and urlsplit(settings.sms_url).hostname not in LOOPBACK:
        yield f"{PREFIX}SMS_URL would send the token and people’s numbers in clear: use https."
    if settings.card_gateway == "local" and not settings.demo:
        yield f"{PREFIX}CARD_GATEWAY=local takes no real money: only with {PREFIX}DEMO=1."
