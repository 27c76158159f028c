"""Accidents as pages read them, and as their paper prints them."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, bindparam, or_, select

from fleet.accidents import CIRCUMSTANCES, OPEN
from fleet.documents.letter import LetterPaper
from fleet.models import Accident, AccidentPhoto, Vehicle
from fleet.queries.vehicles import full_name, get_vehicle, holds
from mobility.db import Kept, db
from mobility.documents.papers import Fact, Signature
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.names import fold
from mobility.periods import say_day, say_moment
from mobility.queries.letterhead import letterhead
from mobility.rights import Role, Viewer

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
AccidentLine = Row[Accident, Vehicle, Beneficiary]


def get_accident(accident_id: int) -> Accident:
    """An accident. Raises NotFound."""
    found = db.session.get(Accident, accident_id)
    if found is None:
        raise NotFound("Cet accident n’existe pas ici.")
    return found


def read_accident(accident_id: int, viewer: Viewer) -> Accident:
    """An accident, for advisers and for its own person. Raises NotFound, the same for missing and not theirs."""
    found = get_accident(accident_id)
    own = found.beneficiary_id is not None and viewer.beneficiary_id == found.beneficiary_id
    if not (own or viewer.may(Role.ADVISER, Role.MANAGER)):
        raise NotFound("Cet accident n’existe pas ici.")
    return found


def all_accidents() -> Select[Accident, Vehicle, Beneficiary]:
    """The platform's accidents with vehicle and person, to be narrowed and put in order."""
    return (
        select(Accident, Vehicle, Beneficiary)
        .join(Vehicle, Vehicle.id == Accident.vehicle_id)
        .join(Beneficiary, Beneficiary.id == Accident.beneficiary_id, isouter=True)
    )


def matching_accidents(asked: S, words: str) -> S:
    """Those whose number, vehicle or person's name holds the words."""
    numbers = (Accident.number.contains(words.upper(), autoescape=True), Accident.claim_number.contains(words, autoescape=True))
    return asked.filter(or_(*numbers, holds(words), Beneficiary.search_key.contains(fold(words), autoescape=True)))


_UNDECLARED = Kept(all_accidents().filter(Accident.status == OPEN).order_by(Accident.due_on, Accident.id))
_OF_PERSON = Kept(
    all_accidents().filter(Accident.beneficiary_id == bindparam("beneficiary_id")).order_by(Accident.happened_at.desc(), Accident.id)
)


def list_undeclared() -> Sequence[AccidentLine]:
    """Those the insurer does not know of yet, the nearest end first."""
    return _UNDECLARED().all()


def list_accidents_of(beneficiary_id: int) -> Sequence[AccidentLine]:
    """A person's accidents, the latest first."""
    return _OF_PERSON(beneficiary_id=beneficiary_id).all()


def list_photos(accident_id: int) -> Sequence[int]:
    """The pictures of an accident, in the order they came."""
    asked = select(AccidentPhoto.attachment_id).filter(AccidentPhoto.accident_id == accident_id)
    return db.session.scalars(asked.order_by(AccidentPhoto.id)).all()


def statement_paper(accident: Accident, *, names_third: bool = True) -> LetterPaper:
    """The statement on paper: facts alone, for the insurer and for the person; `names_third`: with who else was there."""
    vehicle = get_vehicle(accident.vehicle_id)
    person = db.session.get_one(Beneficiary, accident.beneficiary_id) if accident.beneficiary_id is not None else None
    name = f"{person.first_name} {person.last_name}" if person else None
    photos = len(list_photos(accident.id))
    return LetterPaper(
        platform=letterhead(),
        number=accident.number,
        written_at=accident.created_at,
        to=tuple(part for part in (accident.insurer, f"Contrat {accident.policy}" if accident.policy else None) if part),
        opening="Ce relevé dit les faits, sans dire qui a tort : il ne remplace pas le constat amiable, à joindre s’il a été rempli.",
        facts=_facts(
            ("Véhicule", full_name(vehicle)),
            ("Conduit par", name),
            ("Quand", say_moment(accident.happened_at)),
            ("Où", accident.place),
            ("Circonstances", CIRCUMSTANCES[accident.circumstances]),
            ("Récit", accident.account),
            ("Blessés", "oui, même légers" if accident.injured else "non"),
            *(_third(accident) if names_third else ()),
            ("Procès-verbal", accident.police_report),
            ("Franchise", euros(accident.excess_cents) if accident.excess_cents is not None else None),
            ("Déclaré le", say_day(accident.declared_on) if accident.declared_on else None),
            ("Numéro de sinistre", accident.claim_number),
            ("Photos", f"{photos}, gardées par la plateforme" if photos else None),
        ),
        signatures=(
            *((Signature(capacity="La personne qui conduisait", full_name=name),) if name else ()),
            Signature(capacity="Pour la plateforme", full_name=letterhead().name),
        ),
    )


def _third(accident: Accident) -> tuple[tuple[str, str | None], ...]:
    return (
        ("Autre personne", accident.third_name),
        ("Sa plaque", accident.third_plate),
        ("Son assureur", accident.third_insurer),
        ("Son contrat", accident.third_policy),
    )


def _facts(*pairs: tuple[str, str | None]) -> tuple[Fact, ...]:
    return tuple(Fact(label=label, value=value) for label, value in pairs if value)
