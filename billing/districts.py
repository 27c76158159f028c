"""Priority districts (*quartiers prioritaires*, QPV): their codes, and when each perimeter is in force (domain.md §9 "QPV"). Pure."""

import re
from dataclasses import dataclass
from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, say_day

SEEN_HOW = {"map": "adresse cherchée sur sig.ville.gouv.fr", "paper": "attestation de la mairie ou du bailleur"}
SEEN_WORDS = {"map": "adresse vérifiée le", "paper": "attestation vue le"}
NEEDED = "Notez le code du quartier : il se lit sur sig.ville.gouv.fr, à l’adresse de la personne."
DECLARED = "déclaré, justificatif à voir"

# Two letters, the department in three signs, the district's number: QP013001 until the perimeters of 2024, QN01334M since.
_CODE = re.compile(r"QP(\d{3}|02[AB])\d{3}|QN(\d{3}|02[AB])\d{2}[A-Z]", re.ASCII)
_OVERSEAS = ("97", "98")


@dataclass(frozen=True, kw_only=True)
class Perimeter:
    """The districts as they were drawn for a year, and the days on which they count; open while nothing replaced them."""

    year: int
    from_on: date
    to_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this perimeter is in force on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


_OF_2024 = Perimeter(year=2024, from_on=date(2024, 1, 1))  # mainland
_OF_2025 = Perimeter(year=2025, from_on=date(2025, 1, 1))  # overseas
_OF_2015 = {
    after: Perimeter(year=2015, from_on=date(2015, 1, 1), to_on=after.from_on - ONE_DAY) for after in (_OF_2024, _OF_2025)
}  # until it was replaced, there and here


@dataclass(frozen=True, kw_only=True)
class District:
    """Where somebody lives, as it was seen: the code, its perimeter, how and on which day."""

    district_code: str
    perimeter: int
    seen_how: str
    seen_on: date


@dataclass(frozen=True, kw_only=True)
class Residence:
    """What a price at the district's rate rests on, in words, and whether it was seen; what was only declared counts all the same."""

    sentence: str
    is_proven: bool


def read_code(typed: str) -> str:
    """A district's code, "qn 01334 m" too. Raises RuleBroken on field `district` for what has no such form."""
    code = "".join(typed.split()).upper()
    if not _CODE.fullmatch(code):
        raise RuleBroken("Un code de quartier s’écrit comme QN01334M (ou QP013001 avant 2024).", field="district")
    return code


def perimeter_of(code: str) -> Perimeter:
    """The perimeter that a well-formed code belongs to: the letters say whether it was drawn before 2024, the department where."""
    newest = _OF_2025 if code[2:].startswith(_OVERSEAS) else _OF_2024
    return newest if code.startswith("QN") else _OF_2015[newest]


def read_district(typed: str | None, *, seen_how: str | None, seen_on: date | None, from_on: date, today: date) -> District:
    """What proves that somebody lives in a priority district from a day on. Raises RuleBroken beside the field."""
    if typed is None:
        raise RuleBroken(NEEDED, field="district")
    code = read_code(typed)
    if seen_how is None:
        raise RuleBroken("Dites comment l’adresse a été vérifiée.", field="seen_how")
    if seen_on is None or seen_on > today:
        raise RuleBroken("Notez le jour où vous l’avez vu, aujourd’hui au plus tard.", field="seen_on")
    drawn = perimeter_of(code)
    if not drawn.holds_on(from_on):
        raise RuleBroken(f"{_say_days(drawn)} : ce code ne vaut pas ce jour-là.", field="from_on")
    return District(district_code=code, perimeter=drawn.year, seen_how=seen_how, seen_on=seen_on)


def say_district(district: District) -> str:
    """As in "QN01334M, périmètre 2024, adresse vérifiée le 2 mars 2026"."""
    seen = f"{SEEN_WORDS[district.seen_how]} {say_day(district.seen_on)}"
    return f"{district.district_code}, périmètre {district.perimeter}, {seen}"


def _say_days(drawn: Perimeter) -> str:
    until = f" jusqu’au {say_day(drawn.to_on)}" if drawn.to_on else ""
    return f"Le périmètre {drawn.year} compte depuis le {say_day(drawn.from_on)}{until}"
