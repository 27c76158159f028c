"""What this installation is connected to and what stands in where it is not, one sentence each, for whoever runs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from mobility.settings import Settings

Check = Callable[[], None]


class Illness(Exception):
    """What a check found wrong, in words that show no secret."""


class State(StrEnum):
    """How one part of the installation stands, in a word that is printed."""

    SET = "set"  # told by the settings, not tried
    CONNECTED = "connected"  # tried, and it answered
    FALLBACK = "falls back"
    BROKEN = "BROKEN"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One part, how it stands, and a sentence that shows no secret."""

    part: str
    state: State
    sentence: str

    def __str__(self) -> str:
        return f"{self.part:<16} {self.state:<11} {self.sentence}"


def report(settings: Settings, checks: Mapping[str, Check]) -> list[Line]:
    """A line for each part; `checks` maps a part to a call that raises when it does not answer (`outside_checks`, and a "database")."""
    return [_tried(line, checks.get(line.part)) for line in _told(settings)]


def is_well(lines: list[Line]) -> bool:
    """Whether nothing is broken: falling back is no illness."""
    return all(line.state is not State.BROKEN for line in lines)


def _tried(line: Line, check: Check | None) -> Line:
    if check is None or line.state is State.FALLBACK:
        return line
    try:
        check()
    except Illness as told:
        return replace(line, state=State.BROKEN, sentence=f"{told}.")
    except Exception as error:  # a doctor reports every illness, and dies of none
        return replace(line, state=State.BROKEN, sentence=f"{line.sentence} It does not answer: {_first_line(error)}.")
    return replace(line, state=State.CONNECTED)


def _first_line(error: Exception) -> str:
    """Enough to know the illness. Only our own errors are quoted: a driver's text may hold the password of its address."""
    told = str(error).partition("\n")[0].rstrip(".") if type(error).__module__.startswith("mobility.") else ""
    return told or type(error).__name__


def _told(settings: Settings) -> list[Line]:
    return [
        _database(settings),
        _migrations(settings),
        _line("schema", "The tables are those of this version."),
        _line("data folder", f"{settings.data_dir}"),
        _address(settings),
        _mail(settings),
        _either("sms", settings.sms_url, "Handed to {}.", "Text messages stay in the outbox on screen."),
        _either("geocoder", settings.geocoder_url, "Addresses are searched at {}.", "Towns are found in our own table, without streets."),
        _either("router", settings.router_url, "Roads are measured by {}.", "Distances are estimated: great circle × 1.3."),
        _card_gateway(settings),
    ]


def _line(part: str, sentence: str, state: State = State.SET) -> Line:
    return Line(part=part, state=state, sentence=sentence)


def _either(part: str, named: str | None, connected: str, fallback: str) -> Line:
    return _line(part, connected.format(named)) if named else _line(part, fallback, State.FALLBACK)


def _database(settings: Settings) -> Line:
    return _line("database", "PostgreSQL." if settings.is_postgresql else f"SQLite, {settings.database_url.partition('://')[2][1:]}.")


def _migrations(settings: Settings) -> Line:
    if not settings.is_postgresql:
        return _line("migrations", "Made by the application itself.")
    alone = "Made by the application's role; POINT_ETAPE_DATABASE_OWNER_URL should name one that owns the tables in its place."
    return _either("migrations", settings.database_owner_url, "Made by the owner's role.", alone)


def _mail(settings: Settings) -> Line:
    server = f"{settings.smtp.host}:{settings.smtp.port}" if settings.smtp else None
    return _either("mail", server, "Handed to {}.", "Mails stay in the outbox on screen.")


def _address(settings: Settings) -> Line:
    if not settings.secure_cookies:
        return _line("public address", f"{settings.public_url}: without https, for this machine or a demonstration only.", State.FALLBACK)
    if not settings.trusted_proxies:  # our server speaks no TLS itself: somebody stands in front of it
        unseen = "everybody seems to come from one address until POINT_ETAPE_TRUSTED_PROXIES counts what stands in front."
        return _line("public address", f"{settings.public_url}, but {unseen}", State.FALLBACK)
    return _line("public address", f"{settings.public_url}; cookies are secure.")


def _card_gateway(settings: Settings) -> Line:
    if settings.card_gateway == "stripe":
        return _line("card gateway", "Stripe, with the keys each platform enters.")
    return _line("card gateway", "The local one: no real money moves.", State.FALLBACK)
