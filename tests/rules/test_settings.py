"""The environment check: every mistake at once, one sentence each, no secret in any."""

import re
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from mobility.mail import Security
from mobility.settings import PREFIX, VARIABLES, Settings, SettingsError

KEY, OLD_KEY = Fernet.generate_key().decode(), Fernet.generate_key().decode()
DOCS = Path(__file__).parents[2] / "docs/settings.md"


def read(**given: str) -> Settings:
    """Settings from POINT_ETAPE_* variables named without their prefix, for somebody with a home."""
    return Settings.from_env({"HOME": "/home/sam", **{PREFIX + name: value for name, value in given.items()}})


def mistakes(**given: str) -> list[str]:
    with pytest.raises(SettingsError) as refused:
        read(**given)
    return refused.value.mistakes


def test_nothing_needs_to_be_set() -> None:
    settings = read()
    assert settings.data_dir == Path("/home/sam/.local/share/point-etape")
    assert settings.database_url == "sqlite:////home/sam/.local/share/point-etape/point-etape.sqlite3"
    assert (settings.smtp, settings.sms_url, settings.geocoder_url, settings.router_url) == (None, None, None, None)
    assert (settings.secret_key, settings.encryption_keys) == (None, ())
    assert (settings.is_postgresql, settings.secure_cookies, settings.demo) == (False, False, False)


def test_a_full_set_is_read() -> None:
    settings = read(
        DATABASE_URL="postgres://app:p%40ss@db/mobilite",
        DATABASE_OWNER_URL="postgresql://owner:x@db/mobilite",
        DATA_DIR="/srv/point-etape",
        SECRET_KEY="s" * 32,
        ENCRYPTION_KEY=f"{KEY}, {OLD_KEY}",
        PUBLIC_URL="https://mobilite.example.org/",
        SMTP_URL="smtp+starttls://u:p@mail.example.org",
        MAIL_FROM="mobilite@example.org",
        SMS_URL="https://sms.example.org/v1",
        SMS_TOKEN="t",
        GEOCODER_DOMAIN="data.geopf.fr/geocodage",
        ROUTER_URL="http://osrm:5000/",
        WEB_THREADS="12",
        TRUSTED_PROXIES="1",
    )
    assert settings.database_url == "postgresql+psycopg://app:p%40ss@db/mobilite"
    assert settings.database_owner_url == "postgresql+psycopg://owner:x@db/mobilite"
    assert settings.encryption_keys == (KEY, OLD_KEY)
    assert (settings.public_url, settings.secure_cookies) == ("https://mobilite.example.org", True)
    assert settings.smtp is not None
    assert (settings.smtp.security, settings.smtp.port) == (Security.STARTTLS, 587)
    assert (settings.geocoder_url, settings.router_url) == ("https://data.geopf.fr/geocodage", "http://osrm:5000")
    assert (settings.card_gateway, settings.web_threads, settings.trusted_proxies) == ("stripe", 12, 1)


@pytest.mark.parametrize(
    ("environ", "database_url", "why"),
    [
        ({"DATABASE_URL": "postgres://db/a"}, "postgresql+psycopg://db/a", "the name that hosts give, the scheme that SQLAlchemy forgot"),
        ({"DATABASE_URL": "postgres://db/a", "POINT_ETAPE_DATABASE_URL": "postgresql://db/b"}, "postgresql+psycopg://db/b", "ours wins"),
        ({"XDG_DATA_HOME": "/data"}, "sqlite:////data/point-etape/point-etape.sqlite3", "XDG"),
        ({"XDG_DATA_HOME": "data"}, "sqlite:////home/sam/.local/share/point-etape/point-etape.sqlite3", "XDG ignores a relative folder"),
        ({"POINT_ETAPE_DATABASE_URL": "  "}, "sqlite:////home/sam/.local/share/point-etape/point-etape.sqlite3", "empty is absent"),
    ],
)
def test_where_the_data_live(environ: dict[str, str], database_url: str, why: str) -> None:
    assert Settings.from_env({"HOME": "/home/sam", **environ}).database_url == database_url, why


@pytest.mark.parametrize(("demo", "gateway"), [("1", "local"), ("true", "local"), ("0", "stripe")])
def test_a_demonstration_takes_no_real_money(demo: str, gateway: str) -> None:
    assert read(DEMO=demo).card_gateway == gateway


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://db/a", "must look like postgresql"),
        ("DATABASE_URL", "postgresql+psycopg2://db/a", "must look like postgresql"),
        ("DATABASE_URL", "sqlite://", "full/path"),
        ("DATABASE_URL", "sqlite:///relative.db", "full/path"),
        ("DATABASE_URL", "sqlite:///:memory:", "full/path"),
        ("DATABASE_OWNER_URL", "postgresql://db/a", "is for PostgreSQL"),
        ("DATA_DIR", "relative", "full path"),
        ("SECRET_KEY", "sesame", "shorter than 32"),
        ("ENCRYPTION_KEY", "sesame", "Fernet"),
        pytest.param(
            "ENCRYPTION_KEY", f"{KEY},été", "Fernet", id="a key among non-keys"
        ),  # a made key in a name would differ between workers
        ("PUBLIC_URL", "mobilite.example.org", "web address"),
        ("PUBLIC_URL", "https://example.org/mobilite", "no path"),
        ("PUBLIC_URL", "https://example.org:port", "web address"),
        ("PUBLIC_URL", "ftp://example.org", "web address"),
        ("PUBLIC_URL", "https://user:sesame@example.org", "web address"),
        ("PUBLIC_URL", "https://[example.org", "web address"),
        ("SMTP_URL", "mail.example.org", "must look like smtps"),
        ("SMTP_URL", "smtps://mail.example.org", "POINT_ETAPE_MAIL_FROM is missing"),
        ("MAIL_FROM", "Mobilité <a@example.org>", "one bare mail address"),
        ("SMS_URL", "https://sms.example.org", "go together"),
        ("SMS_TOKEN", "sesame", "go together"),
        ("GEOCODER_DOMAIN", "data.geopf.fr geocodage", "web address"),
        ("ROUTER_URL", "osrm", "web address"),
        ("CARD_GATEWAY", "paypal", "must be stripe"),
        ("CARD_GATEWAY", "local", "only with POINT_ETAPE_DEMO=1"),
        ("DEMO", "maybe", "must be 1 or 0"),
        ("WEB_THREADS", "0", "from 1 to 64"),
        ("WEB_THREADS", "1_0", "whole number"),
        ("WEB_THREADS", "٣", "whole number"),
        ("TRUSTED_PROXIES", "-1", "from 0 to 5"),
        ("TRUSTED_PROXIES", "9" * 5000, "from 0 to 5"),
        ("DATABSE_URL", "postgresql://db/a", "did you mean POINT_ETAPE_DATABASE_URL?"),
        ("COFFEE", "1", "docs/settings.md"),
    ],
)
def test_each_mistake_has_its_sentence(name: str, value: str, says: str) -> None:
    told = mistakes(**{name: value})
    assert len(told) == 1
    assert says in told[0]
    assert PREFIX + name in told[0]
    assert "sesame" not in told[0]


def test_texts_are_not_sent_in_clear_across_a_network() -> None:
    assert "in clear" in mistakes(SMS_URL="http://sms.example.org", SMS_TOKEN="t")[0]
    assert read(SMS_URL="http://127.0.0.1:8025", SMS_TOKEN="t").sms_url == "http://127.0.0.1:8025"


def test_all_mistakes_are_told_at_once() -> None:
    assert len(mistakes(WEB_THREADS="many", DEMO="maybe", SECRET_KEY="x", COFFEE="1")) == 4


def test_no_home_is_a_mistake_only_without_a_folder() -> None:
    with pytest.raises(SettingsError, match="DATA_DIR"):
        Settings.from_env({})
    assert Settings.from_env({"POINT_ETAPE_DATA_DIR": "/srv/x"}).data_dir == Path("/srv/x")


def test_settings_show_no_secret() -> None:
    settings = read(
        DATABASE_URL="postgresql://app:sesame@db/a", SECRET_KEY="sesame" * 6, SMS_URL="https://s.example.org", SMS_TOKEN="sesame",
        SMTP_URL="smtps://u:sesame@mail.example.org", MAIL_FROM="a@example.org", ENCRYPTION_KEY=KEY,
    )  # fmt: skip
    assert "sesame" not in repr(settings)
    assert KEY not in repr(settings)


def test_the_documentation_tells_every_variable_as_the_code_does() -> None:
    told = dict(re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \| ([^|]+) \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    assert list(told) == list(VARIABLES)
    assert [name for name, purpose in VARIABLES.items() if not told[name].startswith(purpose)] == []
