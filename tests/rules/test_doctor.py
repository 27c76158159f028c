"""The doctor's report: what is connected, what falls back, what is broken."""

from mobility.doctor import State, is_well, report
from mobility.settings import Settings
from mobility.web_json import NoAnswer


def make_settings(**given: str) -> Settings:
    return Settings.from_env({"HOME": "/home/sam", **{f"POINT_ETAPE_{name}": value for name, value in given.items()}})


CONNECTED = {
    "DATABASE_URL": "postgresql://app:sesame@db/a",
    "DATABASE_OWNER_URL": "postgresql://owner:sesame@db/a",
    "PUBLIC_URL": "https://mobilite.example.org",
    "TRUSTED_PROXIES": "1",
    "SMTP_URL": "smtps://u:sesame@mail.example.org",
    "MAIL_FROM": "a@example.org",
    "SMS_URL": "https://sms.example.org",
    "SMS_TOKEN": "sesame",
    "GEOCODER_DOMAIN": "data.geopf.fr/geocodage",
    "ROUTER_URL": "http://osrm:5000",
}


def refuse() -> None:
    raise NoAnswer("nobody listens there", may_retry=True)


def leak() -> None:
    raise RuntimeError("connection to postgresql://app:sesame@db failed")


def states(settings: Settings) -> dict[str, State]:
    return {line.part: line.state for line in report(settings, {})}


def test_a_demonstration_falls_back_everywhere_and_is_well() -> None:
    lines = report(make_settings(DEMO="1"), {"mail": refuse})
    assert {line.part for line in lines if line.state is State.FALLBACK} == {
        "public address",
        "mail",
        "sms",
        "geocoder",
        "router",
        "card gateway",
    }
    assert is_well(lines), "what is not connected is not tried"


def test_a_full_installation_falls_back_nowhere() -> None:
    assert set(states(make_settings(**CONNECTED)).values()) == {State.SET}


def test_only_what_answered_is_called_connected() -> None:
    lines = report(make_settings(**CONNECTED), {"mail": lambda: None})
    assert [line.part for line in lines if line.state is State.CONNECTED] == ["mail"]


def test_postgresql_without_an_owner_is_told() -> None:
    assert states(make_settings(DATABASE_URL="postgresql://db/a"))["migrations"] is State.FALLBACK


def test_https_without_its_proxy_is_told() -> None:
    lines = report(make_settings(PUBLIC_URL="https://mobilite.example.org"), {})
    assert [line.state for line in lines if "TRUSTED_PROXIES" in line.sentence] == [State.FALLBACK]


def test_what_does_not_answer_is_broken_and_the_rest_still_told() -> None:
    lines = report(make_settings(**CONNECTED), {"mail": refuse, "database": leak})
    broken = {line.part: line.sentence for line in lines if line.state is State.BROKEN}
    assert set(broken) == {"mail", "database"}
    assert "nobody listens there" in broken["mail"]
    assert "RuntimeError" in broken["database"]
    assert not is_well(lines)
    assert len(lines) == 10


def test_the_report_shows_no_secret_and_one_sentence_a_line() -> None:
    printed = [str(line) for line in report(make_settings(**CONNECTED), {"database": leak})]
    assert not [line for line in printed if "sesame" in line or "\n" in line]
