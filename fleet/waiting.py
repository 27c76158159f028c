"""Who comes first when a vehicle is free: the platform's written criteria, what each is worth, and the reasons in words.

Only facts of work, way and waiting: nothing here asks about health. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from fleet.life import Life
from fleet.needs import NO_NEED, Need
from mobility.dated import DatedSetting
from mobility.geo.places import say_km
from mobility.periods import say_day, say_moment
from mobility.tongues import say

WAITING, PAUSED, WITHDRAWN, SERVED, EXPIRED = "waiting", "paused", "withdrawn", "served", "expired"
STATUS_NAMES = {
    WAITING: "en attente",
    PAUSED: "en pause",
    WITHDRAWN: "retirée",
    SERVED: "véhicule trouvé",
    EXPIRED: "dates passées",
}
LIVE = (WAITING, PAUSED)

# Why an adviser puts somebody before the others: coded, so that nothing else is ever written there.
FIRST_FOR = {
    "employer": "l’employeur ne peut plus attendre",
    "breakdown": "le véhicule personnel vient de tomber en panne",
    "no_other_way": "aucune autre façon d’aller travailler n’a été trouvée",
    "our_mistake": "une erreur de notre part a fait perdre du temps",
}
WITHDRAWN_FOR = {
    "other_way": "une autre solution a été trouvée",
    "job_lost": "l’emploi ne se fait pas",
    "not_reached": "la personne ne répond plus",
    "mistake": "demande faite par erreur",
}
PAUSE, RESUME, FIRST, BACK, CHANGE, WITHDRAW = "pause", "resume", "first", "back", "change", "withdraw"
_NEXT = {
    CHANGE: {WAITING: WAITING, PAUSED: PAUSED},
    PAUSE: {WAITING: PAUSED},
    RESUME: {PAUSED: WAITING},
    FIRST: {WAITING: WAITING},
    BACK: {WAITING: WAITING},
    WITHDRAW: {WAITING: WITHDRAWN, PAUSED: WITHDRAWN},
}


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A criterion, what it says on the manager's page, and the points it usually gives."""

    code: str
    label: str
    points: int

    @property
    def key(self) -> str:
        """Its dated setting."""
        return f"fleet.waiting_{self.code}"


SOON, CONTRACT, HOURS, FAR, CHILDREN, WEEK = "soon", "contract", "hours", "far", "children", "week"
CRITERIA = (
    Criterion(code=SOON, label="l’emploi commence bientôt ou a commencé", points=40),
    Criterion(code=CONTRACT, label="un contrat, une promesse d’embauche ou une formation est noté", points=20),
    Criterion(code=HOURS, label="on part ou on rentre aux heures où peu de lignes circulent", points=20),
    Criterion(code=FAR, label="le travail est loin du domicile", points=10),
    Criterion(code=CHILDREN, label="des enfants à charge, sans autre adulte", points=10),
    Criterion(code=WEEK, label="chaque semaine d’attente", points=2),
)
SOON_DAYS, FAR_KM = "fleet.waiting_soon_days", "fleet.waiting_far_km"
HOLD_HOURS = "fleet.waiting_hold_hours"
SETTINGS = (
    *(
        DatedSetting(
            key=criterion.key,
            label=f"Liste d’attente, points : {criterion.label}",
            default=criterion.points,
            source="usage",
            kind="int",
            most=1_000,
            help="0 : ce critère ne compte pas. Les points s’ajoutent ; la liste dit à chacun lesquels.",
        )
        for criterion in CRITERIA
    ),
    DatedSetting(key=SOON_DAYS, label="Liste d’attente : « bientôt », en jours", default=14, source="usage", kind="int", most=366),
    DatedSetting(
        key=HOLD_HOURS,
        label="Liste d’attente : un véhicule proposé est gardé, en heures",
        default=24,
        source="usage",
        kind="int",
        most=336,
        help="Sans réponse passé ce délai, il est proposé à la personne suivante.",
    ),
    DatedSetting(key=FAR_KM, label="Liste d’attente : « loin », en kilomètres", default=15, source="usage", kind="int", most=500),
)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What holds on a day: points by criterion's code, how soon is soon in days, how far is far in whole kilometres."""

    points: Mapping[str, int]
    soon_days: int
    far_km: int


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody waits for: a kind from the first to the last day, at one pole or any, and the hours on site when they are known."""

    kind: str
    first_on: date
    last_on: date
    need: Need = NO_NEED
    site_id: int | None = None
    work_from: time | None = None
    work_to: time | None = None
    with_children: bool = False


@dataclass(frozen=True, kw_only=True)
class Waiter:
    """What is known of a request and of the person's job; `at_night` says whether a trip lies in hours when few lines run."""

    id: int
    kind: str
    asked_at: datetime
    asked_on: date
    has_job: bool = False
    job_starts_on: date | None = None
    one_way_tenths: int | None = None
    at_night: bool = False
    with_children: bool = False
    first_for: str | None = None
    first_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One criterion met: its points and its words."""

    code: str
    points: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a request stands among those for the same kind, counted from 1, and why."""

    place: int
    of: int
    points: int
    reasons: tuple[Reason, ...]
    first_for: str | None = None

    @property
    def said(self) -> str:
        """The place in words: "1re place sur 3"."""
        return "seule demande" if self.of == 1 else f"{self.place}{'re' if self.place == 1 else 'e'} place sur {self.of}"

    @property
    def why(self) -> str:
        """The reasons in one line, the weightiest first."""
        put = [f"passe en premier : {FIRST_FOR[self.first_for]}"] if self.first_for else []
        return " ; ".join([*put, *(reason.sentence for reason in self.reasons)]) or "aucun critère pour l’instant"


def weigh(waiter: Waiter, rules: Rules, today: date) -> tuple[Reason, ...]:
    """Every criterion that a request meets and that is worth something, the weightiest first."""
    weeks = max((today - waiter.asked_on).days // 7, 0)
    met = {
        SOON: _soon(waiter, rules, today),
        CONTRACT: "un contrat, une promesse d’embauche ou une formation est noté" if waiter.has_job else "",
        HOURS: "peu de lignes circulent à ces heures" if waiter.at_night else "",
        FAR: _far(waiter, rules),
        CHILDREN: "des enfants à charge, sans autre adulte" if waiter.with_children else "",
        WEEK: f"{weeks} semaine{'s' if weeks > 1 else ''} d’attente" if weeks else "",
    }
    worth = {code: rules.points[code] * (weeks if code == WEEK else 1) for code in met}
    found = [Reason(code=code, points=worth[code], sentence=said) for code, said in met.items() if said and worth[code]]
    return tuple(sorted(found, key=lambda reason: -reason.points))


def rank(waiters: Iterable[Waiter], rules: Rules, today: date) -> dict[int, Standing]:
    """By request: its standing among those for the same kind. Whom an adviser put first, then by points, then who asked first."""
    by_kind: dict[str, list[tuple[Waiter, tuple[Reason, ...]]]] = {}
    for waiter in waiters:
        by_kind.setdefault(waiter.kind, []).append((waiter, weigh(waiter, rules, today)))
    return {
        waiter.id: Standing(
            place=place, of=len(asked), points=sum(reason.points for reason in reasons), reasons=reasons, first_for=waiter.first_for
        )
        for asked in by_kind.values()
        for place, (waiter, reasons) in enumerate(sorted(asked, key=_order), start=1)
    }


def say_held(vehicle: str, site: str, *, first_on: date, last_on: date, until: datetime) -> str:
    """What somebody who waits is told when a vehicle is kept for them: where, which days, and until when they answer."""
    return say(
        "Nous gardons %(vehicle)s pour vous (%(site)s), du %(first)s au %(last)s. "
        "Dites oui ou non à votre conseiller avant le %(until)s ; sans réponse, le véhicule est proposé à quelqu’un d’autre.",
        vehicle=vehicle,
        site=site,
        first=say_day(first_on),
        last=say_day(last_on),
        until=say_moment(until),
    )


def _why_not(status: str) -> str:
    return f"Cette demande est « {STATUS_NAMES[status]} » : ce n’est plus possible. Voyez où elle en est."


_LIFE = Life(next=_NEXT, why_not=_why_not)
may, after = _LIFE.may, _LIFE.after


def _order(asked: tuple[Waiter, tuple[Reason, ...]]) -> tuple[bool, float, int, datetime, int]:
    waiter, reasons = asked
    put_at = waiter.first_at.timestamp() if waiter.first_at else 0.0
    return waiter.first_for is None, put_at, -sum(reason.points for reason in reasons), waiter.asked_at, waiter.id


def _soon(waiter: Waiter, rules: Rules, today: date) -> str:
    if not waiter.has_job or waiter.job_starts_on is None or (waiter.job_starts_on - today).days > rules.soon_days:
        return ""
    begun = waiter.job_starts_on < today
    return f"l’emploi a commencé le {say_day(waiter.job_starts_on)}" if begun else f"l’emploi commence le {say_day(waiter.job_starts_on)}"


def _far(waiter: Waiter, rules: Rules) -> str:
    if waiter.one_way_tenths is None or waiter.one_way_tenths < 10 * rules.far_km:
        return ""
    return f"le travail est à {say_km(waiter.one_way_tenths / 10)}"
