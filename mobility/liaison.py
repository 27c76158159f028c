"""The road of a liaison form: received → met → answered → closed; one that nobody takes up expires (domain.md §2.1). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mobility.dated import DatedSetting
from mobility.errors import Conflict, RuleBroken
from mobility.periods import months_after

RECEIVED, MET, ACCEPTED, REDIRECTED, REFUSED, CLOSED = "received", "met", "accepted", "redirected", "refused", "closed"
EXPIRED = "expired"
WAITING = frozenset({RECEIVED, MET})
ANSWERED = frozenset({ACCEPTED, REDIRECTED, REFUSED})
STRUCTURE, REFERENT = "structure", "referent"
# Who is told the news of a form, each agreed to apart: when it was given, when it was taken back.
LINES = {STRUCTURE: ("consent_on", "withdrawn_at"), REFERENT: ("referent_consent_on", "referent_withdrawn_at")}
YOUNGEST_MONTHS = 14 * 12  # the AM, the earliest of all licences
MOST_DRAFTS = 20  # of one author, on one platform
GIVEN = frozenset({"contact_by", "prescriber_name", "structure_id"})  # what the page writes by itself
DRAFT_DAYS = DatedSetting(
    key="liaison.draft_days",
    label="Fiche de liaison commencée : gardée, en jours",
    default=30,
    source="Choix de la plateforme",
    kind="int",
    most=365,
    help="Comptés depuis la dernière réponse écrite. Une fiche jamais envoyée s’efface ensuite, avec tout ce qu’elle disait.",
)
LATE_DAYS = DatedSetting(
    key="liaison.late_days",
    label="Fiche de liaison sans réponse : en retard après, en jours",
    default=7,
    source="Choix de la plateforme",
    kind="int",
    most=90,
    help="La plateforme reçoit un courriel, une fois par fiche. 0 : jamais.",
)
EXPIRY_DAYS = DatedSetting(
    key="liaison.expiry_days",
    label="Fiche de liaison que personne n’a prise en charge : sans suite après, en jours",
    default=90,
    source="Choix de la plateforme",
    kind="int",
    most=730,
    help="Le prescripteur et la personne l’apprennent. Une personne rencontrée n’est pas concernée. 0 : jamais.",
)


@dataclass(frozen=True, kw_only=True)
class Status:
    """A status as people read it: its word, its tone on screen, the statuses it may become."""

    word: str
    tone: str
    next: frozenset[str]


# An answer can come without a meeting: somebody who never came is offered something else, or refused, all the same.
STATUSES = {
    RECEIVED: Status(word="reçue", tone="waiting", next=frozenset({MET, REDIRECTED, REFUSED, EXPIRED})),
    MET: Status(word="personne rencontrée", tone="waiting", next=ANSWERED),
    ACCEPTED: Status(word="acceptée", tone="fine", next=frozenset({CLOSED})),
    REDIRECTED: Status(word="orientée ailleurs", tone="neutral", next=frozenset({CLOSED})),
    REFUSED: Status(word="refusée", tone="neutral", next=frozenset({CLOSED})),
    CLOSED: Status(word="close", tone="neutral", next=frozenset()),
    EXPIRED: Status(word="sans suite", tone="neutral", next=frozenset({MET})),  # the person may come after all
}


class NotNow(Conflict):
    """The form has moved on, or has not come that far yet."""


def check_step(status: str, wanted: str) -> None:
    """Raises NotNow when a form of this status cannot become the wanted one."""
    if wanted in STATUSES[status].next:
        return
    if (status, wanted) == (RECEIVED, ACCEPTED):
        raise NotNow("Notez d’abord le jour où vous avez rencontré la personne.")
    raise NotNow(f"Cette fiche est déjà « {STATUSES[status].word} » : rechargez la page pour voir où elle en est.")


def check_met_on(met_on: date, *, received_on: date, today: date) -> None:
    """Raises RuleBroken on `met_on` for a day to come or before the form came."""
    if met_on > today:
        raise RuleBroken("Cette rencontre est dans le futur : notez-la le jour venu.", field="met_on")
    if met_on < received_on:
        raise RuleBroken("La rencontre ne peut pas précéder la fiche.", field="met_on")


def check_licence_day(licence: str | None, on: date | None, *, born_on: date | None, today: date) -> None:
    """Raises RuleBroken on `licence_on` for a day without a licence, to come, or before the youngest age of any licence (AM: 14)."""
    if on is None:
        return
    if licence in (None, "none"):
        raise RuleBroken("Choisissez d’abord quel permis a été obtenu ce jour-là.", field="licence_on")
    if on > today:
        raise RuleBroken("Ce permis porte un jour à venir.", field="licence_on")
    if born_on is not None and on < months_after(born_on, YOUNGEST_MONTHS):
        raise RuleBroken("À cette date la personne avait moins de 14 ans : relisez le permis.", field="licence_on")


def says_something(typed: Iterable[str]) -> bool:
    """Whether a form begun holds more than what its page writes by itself."""
    return not GIVEN.issuperset(typed)


def waiting_days(received_on: date, today: date) -> int:
    """Whole days since the form came."""
    return max((today - received_on) // timedelta(days=1), 0)


def say_age(days: int) -> str:
    """The age of a form: "aujourd’hui", "depuis 1 jour", "depuis 12 jours"."""
    return "aujourd’hui" if days == 0 else f"depuis {days} jour{'s' if days > 1 else ''}"


def is_past(days: int, limit: int) -> bool:
    """Whether an age has reached a number of days; 0 is no limit."""
    return 0 < limit <= days


def age_tone(days: int, late_days: int = LATE_DAYS.default) -> str:
    """How an age looks on the desk: late, it is near; twice as old, it is over."""
    return "over" if is_past(days, 2 * late_days) else "near" if is_past(days, late_days) else "waiting"
