"""Invented people: who they are, and what they come for. No name here is anybody's."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from demo.timeline import Story
from mobility.phones import read_phone


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody invented; `age` on the day the demonstration is built."""

    first_name: str
    last_name: str
    sex: str
    age: int
    home: tuple[str, str]  # commune, postcode
    contact_by: str = "phone"
    motive: str = "job"
    wish: str = "car"
    licence: str = "B"
    rsa: bool = False
    qpv: bool = False
    situations: tuple[str, ...] = ()  # codes of mobility/criteria.py
    district: str | None = None  # its code, where a paper was seen
    employer: str = "Ateliers Brévane"
    one_way_tenths: int = 184

    def fields(self, today: date, number: int) -> dict[str, Any]:
        """What a liaison form says of them; telephone numbers are of the range kept for fiction."""
        mail = f"{self.first_name}.{self.last_name}@example.org".lower().replace(" ", "").replace("’", "")
        return {
            "first_name": self.first_name,
            "last_name": self.last_name,
            "sex": self.sex,
            "birth_on": date(today.year - self.age, 1 + number % 12, 1 + number % 28),
            "phone": read_phone(f"06 39 98 00 {number:02d}"),
            "email": mail.translate(_PLAIN) if self.contact_by == "mail" else None,
            "contact_by": self.contact_by,
            "commune": self.home[0],
            "postcode": self.home[1],
        }


@dataclass(frozen=True, kw_only=True)
class Part:
    """Somebody, the story they live, what it is told with, and what they borrow."""

    who: Person
    story: Callable[..., Story]
    told: dict[str, Any]
    terms: dict[str, Any] = field(default_factory=dict)


_PLAIN = str.maketrans("éèêëàâäîïôöûüçñ", "eeeeaaaiioouucn")
