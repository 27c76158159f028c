"""Two files of one person become one: which facts stay, what stands in the way, until when it may be undone (docs/adr/0032)."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from flask import Flask, current_app

from mobility.dated import DatedSetting
from mobility.errors import Conflict, RuleBroken

UNDO_DAYS = DatedSetting(
    key="people.merge_days",
    label="Réunion de deux dossiers : le temps de la défaire",
    default="30",
    source="choix de la plateforme",
    kind="choice",
    help="Passé ce temps, les deux dossiers restent un seul.",
    choices=(("7", "7 jours"), ("30", "30 jours"), ("90", "90 jours")),
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something said of a person that two files may say differently; its columns change together."""

    code: str
    label: str
    columns: tuple[str, ...]


FACTS = (
    Fact(code="name", label="Nom", columns=("first_name", "last_name")),
    Fact(code="birth", label="Date de naissance", columns=("birth_on",)),
    Fact(code="sex", label="Sexe", columns=("sex",)),
    Fact(code="phone", label="Téléphone", columns=("phone",)),
    Fact(code="email", label="Adresse mail", columns=("email",)),
    Fact(code="contact", label="Comment joindre la personne", columns=("contact_by",)),
    Fact(code="tongue", label="Langue des messages", columns=("tongue",)),
    Fact(code="address", label="Adresse", columns=("address", "postcode", "commune", "lat", "lon")),
    Fact(code="bank", label="Déclaration « sans compte bancaire »", columns=("without_bank_declared_on",)),
)


class Told(Protocol):
    """What a file says of its person."""

    number: str
    erased_at: datetime | None
    merged_into_id: int | None


def differing(kept: Told, other: Told) -> list[Fact]:
    """The facts that the two files know and do not say alike: somebody has to say which is right."""
    both = (fact for fact in FACTS if any(_said(kept, fact)) and any(_said(other, fact)))
    return [fact for fact in both if _said(kept, fact) != _said(other, fact)]


def learnt(kept: Told, other: Told) -> list[Fact]:
    """The facts that the other file alone knows: nobody is asked about these."""
    return [fact for fact in FACTS if any(_said(other, fact)) and not any(_said(kept, fact))]


def taken(kept: Told, other: Told, chosen: Collection[str]) -> dict[str, Any]:
    """What the kept file says from now on, by column: of what differs what is `chosen` from the other, and what that one alone knows.

    Raises RuleBroken for a fact that there is not.
    """
    if set(chosen) - {fact.code for fact in FACTS}:
        raise RuleBroken("Choisissez parmi les deux dossiers.", field="chosen")
    facts = [*learnt(kept, other), *(fact for fact in differing(kept, other) if fact.code in chosen)]
    return {name: getattr(other, name) for fact in facts for name in fact.columns}


def restored(now_said: Told, before: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """What undoing gives back of `before`: not what was mended since, which no longer is as it was `made`."""
    return {name: value for name, value in before.items() if getattr(now_said, name) == made[name]}


def undone_until(merged_at: datetime, days: int) -> datetime:
    """The last instant at which it can be undone."""
    return merged_at + timedelta(days=days)


def check_open(person: Told, into_number: str | None) -> None:
    """Raises Conflict when nothing is written in this file any more: erased, or one with another, whose number is said."""
    if person.erased_at is not None:
        raise Conflict("Ce dossier est effacé : rien ne s’y écrit plus.")
    if person.merged_into_id is not None:
        raise Conflict(f"Ce dossier est réuni avec le dossier {into_number} : écrivez dans celui-là.")


def _said(person: Told, fact: Fact) -> tuple[Any, ...]:
    # Where the address is, is found from it: two files may well have asked at different times.
    return tuple(getattr(person, name) for name in fact.columns if name not in ("lat", "lon"))


Uniting = Callable[[int, int], Iterator[str]]
Parting = Callable[[int, Mapping[str, Collection[int]]], Iterator[str]]
Done = Callable[[Sequence[int], datetime], None]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the packages declared: what stands in the way of uniting two files and of parting them again, and who is told afterwards."""

    uniting: list[Uniting]
    parting: list[Parting]
    done: list[Done]


def declare(app: Flask, *, uniting: Uniting | None = None, parting: Parting | None = None, done: Done | None = None) -> None:
    """Say what a package has against it, in sentences, and what it does once it is done.

    `uniting` takes the kept file's id and the other's, `parting` the kept file's and the ids that would go, by table, `done` both files'.
    """
    known = app.extensions.setdefault("merging", Rules(uniting=[], parting=[], done=[]))
    known.uniting.extend([uniting] if uniting else [])
    known.parting.extend([parting] if parting else [])
    known.done.extend([done] if done else [])


def declared() -> Rules:
    """What the packages declared."""
    found: Rules = current_app.extensions["merging"]
    return found
