"""The offer in the shapes that others read: data·inclusion (schema 1) for directories of services, GBFS 3.1 for trip planners. Pure.

Neither holds a person, a plate, or an address more exact than a pole's town (domain.md §8).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fleet.kinds import get_kind
from fleet.offer import HORIZON, KindOffer, OfferSheet
from mobility.periods import ONE_DAY, instant_of, paris_day

SOURCE = "point-etape"
GBFS_VERSION = "3.1"
TTL = 300  # seconds for which an answer may be kept
FEEDS = ("system_information", "vehicle_types", "station_information", "vehicle_availability")
_LEND, _ACCOMPANY = "mobilite--louer-un-vehicule", "mobilite--etre-accompagne-dans-son-parcours-mobilite"
_FORMS = {"bike": "bicycle", "ebike": "bicycle", "cargo_bike": "cargo_bicycle", "moped": "moped", "scooter": "moped", "scooter125": "moped"}
_MOTORS = {"none": "human", "electric": "electric", "petrol": "combustion", "diesel": "combustion_diesel", "hybrid": "hybrid"}
_ASSISTED = ("ebike", "cargo_bike")
_COARSE = 2  # decimals of a degree: about a kilometre


@dataclass(frozen=True, kw_only=True)
class Pole:
    """A pole by its name and town, and about where it is, in degrees."""

    id: int
    name: str
    postcode: str | None
    commune: str | None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The platform as others name it: its slug, names, how to reach it, the pages of its offer and of its liaison form."""

    slug: str
    name: str
    phone: str | None
    email: str | None
    offer_url: str
    prescribe_url: str


def structures(who: Publisher, poles: Sequence[Pole], today: date) -> list[dict[str, Any]]:
    """The platform as one data·inclusion structure, in its first pole's town."""
    described = (
        f"{who.name} prête des véhicules à des personnes qui ont trouvé un emploi ou une formation et n’ont aucun moyen d’y aller, "
        "les voit chaque semaine et les accompagne vers une solution durable."
    )
    return [
        _common(who, poles[0] if poles else None, today)
        | {"id": who.slug, "nom": who.name, "description": described, "site_web": who.offer_url}
    ]


def services(who: Publisher, poles: Sequence[Pole], offer: OfferSheet, today: date) -> list[dict[str, Any]]:
    """What is lent at each pole, and the accompaniment, as data·inclusion services that professionals call for by the liaison form."""
    found = []
    for pole in poles:
        here = [kind for kind in offer.kinds if any(one.site_id == pole.id and one.kind == kind.kind.code for one in offer.vehicles)]
        if here:
            found.append(_lending(who, pole, here, offer, today))
        found.append(_accompanying(who, pole, today))
    return found


def _common(who: Publisher, pole: Pole | None, today: date) -> dict[str, Any]:
    place = {} if pole is None else {"commune": pole.commune, "code_postal": pole.postcode}
    return {"source": SOURCE, "date_maj": today.isoformat(), "telephone": who.phone, "courriel": who.email} | place


def _service(who: Publisher, pole: Pole, today: date, **told: Any) -> dict[str, Any]:
    reached = {
        "structure_id": who.slug,
        "modes_accueil": ["en-presentiel"],
        "mobilisable_par": ["professionnels"],
        "modes_mobilisation": ["utiliser-lien-mobilisation"],
        "lien_mobilisation": who.prescribe_url,
    }
    return _common(who, pole, today) | reached | told


def _lending(who: Publisher, pole: Pole, kinds: Iterable[KindOffer], offer: OfferSheet, today: date) -> dict[str, Any]:
    prices = " ; ".join(f"{kind.kind.name} : {kind.price}" for kind in kinds)
    less = f" Tarif réduit ou gratuit sur justificatif : {', '.join(offer.reductions)}." if offer.reductions else ""
    asked = " ; ".join(f"{kind.kind.name} : {', '.join(kind.conditions)}" for kind in kinds if kind.conditions)
    return _service(
        who,
        pole,
        today,
        id=f"{who.slug}-pret-{pole.id}",
        nom=f"Prêt de véhicules, {pole.name}",
        description=f"{offer.lead} Un point-étape chaque semaine, et un accompagnement vers une solution durable.",
        thematiques=[_LEND, _ACCOMPANY],
        frais="payant" if any(kind.day_cents for kind in kinds) else "gratuit",
        frais_precisions=f"{prices}.{less}",
        conditions_acces=f"Fiche de liaison d’une structure partenaire, puis bilan de mobilité. {asked}".strip(),
    )


def _accompanying(who: Publisher, pole: Pole, today: date) -> dict[str, Any]:
    return _service(
        who,
        pole,
        today,
        id=f"{who.slug}-accompagnement-{pole.id}",
        nom=f"Bilan et accompagnement à la mobilité, {pole.name}",
        description="Un bilan des compétences de mobilité, puis un accompagnement vers le travail : trajets, droits, permis, véhicule.",
        thematiques=[_ACCOMPANY],
        frais="gratuit",
        frais_precisions="L’accompagnement est gratuit.",
        conditions_acces="Fiche de liaison d’une structure partenaire.",
    )


def gbfs(feed: str, who: Publisher, poles: Sequence[Pole], offer: OfferSheet, now: datetime, base_url: str) -> dict[str, Any]:
    """One GBFS file with its head. KeyError for a feed that is not in FEEDS nor "gbfs"."""
    data = {
        "gbfs": lambda: {"feeds": [{"name": name, "url": f"{base_url}/{name}.json"} for name in FEEDS]},
        "system_information": lambda: _system(who),
        "vehicle_types": lambda: {"vehicle_types": [_vehicle_type(*of) for of in sorted({(v.kind, v.energy) for v in offer.vehicles})]},
        "station_information": lambda: {"stations": [_station(pole) for pole in poles if pole.lat is not None and pole.lon is not None]},
        "vehicle_availability": lambda: {"vehicles": _availabilities(poles, offer, now)},
    }[feed]()
    return {"last_updated": now.isoformat(), "ttl": TTL, "version": GBFS_VERSION, "data": data}


def _system(who: Publisher) -> dict[str, Any]:
    told = {
        "system_id": who.slug,
        "languages": ["fr"],
        "name": [{"text": who.name, "language": "fr"}],
        "url": who.offer_url,
        "phone_number": who.phone,
        "email": who.email,
        "feed_contact_email": who.email,
        "timezone": "Europe/Paris",
    }
    return {name: value for name, value in told.items() if value is not None}


def _vehicle_type(kind: str, energy: str) -> dict[str, Any]:
    return {
        "vehicle_type_id": _type_id(kind, energy),
        "form_factor": _FORMS.get(kind, "car"),
        "propulsion_type": "electric_assist" if kind in _ASSISTED and energy == "electric" else _MOTORS[energy],
        "name": [{"text": get_kind(kind).name, "language": "fr"}],
    }


def _type_id(kind: str, energy: str) -> str:
    return f"{kind}-{energy}"


def _station(pole: Pole) -> dict[str, Any]:
    assert pole.lat is not None and pole.lon is not None
    told = {"station_id": str(pole.id), "name": [{"text": pole.name, "language": "fr"}]}
    return told | {"lat": round(pole.lat, _COARSE), "lon": round(pole.lon, _COARSE), "post_code": pole.postcode}


def _availabilities(poles: Sequence[Pole], offer: OfferSheet, now: datetime) -> list[dict[str, Any]]:
    """Each vehicle that is free some day; a span that goes on beyond what is published has no end."""
    told, horizon = {pole.id for pole in poles if pole.lat is not None and pole.lon is not None}, paris_day(now) + HORIZON
    return [
        {
            "vehicle_id": vehicle.name,
            "vehicle_type_id": _type_id(vehicle.kind, vehicle.energy),
            "station_id": str(vehicle.site_id),
            "availabilities": [
                {"from": max(instant_of(first_on), now).isoformat()}
                | ({} if last_on == horizon else {"until": instant_of(last_on + ONE_DAY).isoformat()})
                for first_on, last_on in vehicle.spans
            ],
        }
        for vehicle in offer.vehicles
        if vehicle.spans and vehicle.site_id in told
    ]
