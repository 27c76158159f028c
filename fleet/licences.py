"""Who may ride or drive what: the law's part of eligibility, as dated data (domain.md §9 "Licences")."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fleet.kinds import Kind
from mobility.dated import in_force
from mobility.periods import age_on, months_after, say_day

AUTOMATIC_ONLY = "78"


@dataclass(frozen=True, kw_only=True)
class LicenceLaw:
    """The law from a day on: who needs an AM, what else allows a moped or a 125 cm³, how long a licence from outside the EU holds.

    A B lets its holder ride a 125 cm³ after `training_years` and the seven hours’ training, kept as a category of its own.
    """

    from_on: date
    am_born_from_on: date
    allow_am: frozenset[str]
    allow_a1: frozenset[str]
    training: str
    training_years: int
    foreign_months: int


LAW = (
    LicenceLaw(
        from_on=date(2000, 1, 1),
        am_born_from_on=date(1988, 1, 1),
        allow_am=frozenset({"AM", "A1", "A2", "A", "B1", "B"}),
        allow_a1=frozenset({"A1", "A2", "A"}),
        training="B125",
        training_years=2,
        foreign_months=12,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Licence:
    """One category of a licence as read on the card. `origin` is fr, eu or other; residence and exception count for other only."""

    category: str
    obtained_on: date
    valid_until_on: date | None = None
    restrictions: frozenset[str] = frozenset()
    origin: str = "fr"
    resident_since_on: date | None = None
    exception_until_on: date | None = None

    def ends_on(self, law: LicenceLaw) -> date | None:
        """The last day on which it lets its holder drive in France; None when nothing ends it."""
        foreign = self._foreign_end(law) if self.origin == "other" else None
        return min((day for day in (self.valid_until_on, foreign) if day is not None), default=None)

    def _foreign_end(self, law: LicenceLaw) -> date | None:
        year_end = self.resident_since_on and months_after(self.resident_since_on, law.foreign_months)
        return max((day for day in (year_end, self.exception_until_on) if day is not None), default=None)

    @property
    def lacks_residence(self) -> bool:
        """Whether nothing says until when a licence from outside the EU holds."""
        return self.origin == "other" and self.resident_since_on is None and self.exception_until_on is None


@dataclass(frozen=True, kw_only=True)
class Driver:
    """What the law asks about somebody: day of birth and categories held."""

    born_on: date
    licences: tuple[Licence, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Whether the law lets somebody drive, the French sentence, and the licence that allows it (None when none is needed)."""

    allowed: bool
    sentence: str
    licence: Licence | None = None


def may_drive(driver: Driver, kind: Kind, *, first_on: date, last_on: date, gearbox: str = "manual") -> Answer:
    """Whether the law lets this driver have this kind from the first to the last day, and why (domain.md §9)."""
    law = in_force(LAW, first_on)
    if kind.needs_licence is None:
        return Answer(allowed=True, sentence=f"Aucun permis n’est demandé pour {kind.a}.")
    if kind.needs_licence == "AM" and driver.born_on < law.am_born_from_on:
        return Answer(allowed=True, sentence=f"Née avant le {say_day(law.am_born_from_on)}, cette personne conduit {kind.a} sans permis.")
    fitting = [licence for licence in driver.licences if licence.category in _categories(kind.needs_licence, law)]
    if kind.needs_licence == "A1" and not fitting:
        fitting = _trained(driver, law, first_on)
    if not fitting:
        return Answer(allowed=False, sentence=_missing(kind))
    return _best(_judge(licence, kind, law, first_on, last_on, gearbox) for licence in fitting)


def _categories(needed: str, law: LicenceLaw) -> frozenset[str]:
    return {"AM": law.allow_am, "A1": law.allow_a1}.get(needed, frozenset({needed}))


def _trained(driver: Driver, law: LicenceLaw, first_on: date) -> list[Licence]:
    """The B held long enough of somebody who did the seven hours’ training."""
    if not any(licence.category == law.training and licence.obtained_on <= first_on for licence in driver.licences):
        return []
    return [licence for licence in driver.licences if licence.category == "B" and years_held(licence, first_on) >= law.training_years]


def _missing(kind: Kind) -> str:
    if kind.needs_licence == "AM":
        return f"Il faut le permis AM (ancien BSR) ou un permis B pour {kind.a} : une formation AM dure une journée."
    if kind.needs_licence == "A1":
        return f"Il faut le permis A1, ou le permis B depuis 2 ans avec la formation de 7 h, pour {kind.a}."
    return f"Il faut le permis B pour {kind.a} : nous pouvons préparer le permis ensemble."


def _best(answers: Iterable[Answer]) -> Answer:
    return max(answers, key=lambda answer: answer.allowed)


def _judge(licence: Licence, kind: Kind, law: LicenceLaw, first_on: date, last_on: date, gearbox: str) -> Answer:
    refusal = _refusal(licence, kind, licence.ends_on(law), first_on, last_on, gearbox)
    if refusal:
        return Answer(allowed=False, sentence=refusal, licence=licence)
    return Answer(allowed=True, sentence=f"Permis {licence.category} obtenu le {say_day(licence.obtained_on)}.", licence=licence)


def _refusal(licence: Licence, kind: Kind, ends_on: date | None, first_on: date, last_on: date, gearbox: str) -> str | None:
    if licence.obtained_on > first_on:
        return f"Le permis {licence.category} ne commence que le {say_day(licence.obtained_on)}."
    if licence.lacks_residence:
        return "Un permis délivré hors de l’Union européenne vaut un an : notez depuis quand cette personne réside en France."
    if ends_on is not None and ends_on < last_on:
        return _ended(licence, ends_on, first_on)
    if kind.has_gearbox and gearbox != "automatic" and AUTOMATIC_ONLY in licence.restrictions:
        return "Ce permis B porte le code 78 : choisissez une voiture à boîte automatique."
    return None


def _ended(licence: Licence, ends_on: date, first_on: date) -> str:
    when = "n’est plus valable depuis le" if ends_on < first_on else "s’arrête avant la fin de la location, le"
    if licence.origin == "other":
        return f"Le permis {licence.category} délivré hors de l’Union européenne {when} {say_day(ends_on)} : demandez son échange."
    return f"Le permis {licence.category} {when} {say_day(ends_on)} : demandez son renouvellement."


def years_held(licence: Licence, on: date) -> int:
    """Completed years since the licence was obtained."""
    return age_on(licence.obtained_on, on)
