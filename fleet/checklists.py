"""The checklist of a handover and of a return, by kind: what is asked is the platform's dated data, what was found is kept. Pure."""

from collections.abc import Collection, Mapping
from hashlib import sha256

from fleet.checks import CHECK_IN, CHECK_OUT
from fleet.kinds import Kind, get_kind
from mobility.errors import RuleBroken
from mobility.names import fold
from mobility.tongues import say, words

DONE, LACKING, NOT_NEEDED = "done", "missing", "not_needed"
FOUND_NAMES = words({DONE: "fait", LACKING: "manquant", NOT_NEEDED: "sans objet"})
NOT_SEEN = say("non vérifié")
LIST_NAMES = {CHECK_OUT: "liste de contrôle au départ", CHECK_IN: "liste de contrôle au retour"}

ITEMS = words(
    {
        "keys": "clés",
        "papers": "certificat d’immatriculation et assurance",
        "statement": "constat amiable",
        "safety_kit": "gilet et triangle",
        "spare": "roue de secours ou kit de réparation",
        "helmet": "casque à la bonne taille",
        "lock": "antivol et sa clé",
        "charger": "chargeur",
        "brakes": "freins essayés",
        "lights": "éclairage essayé",
        "tyres": "pneus gonflés",
        "controls": "commandes expliquées",
        "breakdown": "numéro d’assistance expliqué",
        "belongings": "effets personnels repris",
        "clean": "véhicule propre",
    }
)
_CYCLE = {CHECK_OUT: ("helmet", "lock", "brakes", "lights", "tyres", "controls"), CHECK_IN: ("helmet", "lock", "clean")}
_MOTORCYCLE = {
    CHECK_OUT: ("keys", "papers", "statement", "helmet", "lock", "brakes", "lights", "controls", "breakdown"),
    CHECK_IN: ("keys", "papers", "helmet", "lock", "belongings", "clean"),
}
_CAR = {
    CHECK_OUT: ("keys", "papers", "statement", "safety_kit", "spare", "lights", "controls", "breakdown"),
    CHECK_IN: ("keys", "papers", "safety_kit", "belongings", "clean"),
}
_NOT_OF_CYCLES = frozenset({"papers", "statement", "safety_kit", "spare", "breakdown"})
_NOT_OF_CARS = frozenset({"helmet", "lock"})
_WITH_BATTERY = frozenset({"ebike", "cargo_bike"})


def usual_items(kind: Kind, moment: str) -> tuple[str, ...]:
    """What is asked until a platform says otherwise, in the order of the list."""
    usual = _CYCLE if kind.needs_licence is None else _CAR if kind.feminine else _MOTORCYCLE
    asked = {*usual[moment], *(("charger",) if kind.code in _WITH_BATTERY else ())}
    return in_order(asked)


def items_of(kind: Kind) -> tuple[str, ...]:
    """What may be asked of a kind, in the order of the list."""
    foreign = _NOT_OF_CYCLES if kind.needs_licence is None else _NOT_OF_CARS if kind.feminine else frozenset()
    return tuple(code for code in ITEMS if code not in foreign)


def list_key(kind: str, moment: str) -> str:
    """Where a platform keeps what it asks of a kind at a moment (mobility/practice.py)."""
    return f"fleet.checklist.{moment}.{kind}"


def own_key(kind: str, moment: str) -> str:
    """Where a platform keeps what it asks besides, in its own words."""
    return f"fleet.checklist_own.{moment}.{kind}"


def own_items(text: str) -> dict[str, str]:
    """A platform's own items, typed apart by semicolons, in that order: the words by a code that is theirs wherever they stand."""
    words = (" ".join(part.split()) for part in text.split(";"))
    return {f"own_{sha256(fold(part).encode()).hexdigest()[:12]}": part for part in words if fold(part)}


def check_found(kind: str, found: Mapping[str, str], own: Collection[str] = ()) -> dict[str, str]:
    """What was found, by item, in the order of the list, the platform's `own` last. What nobody looked at is left out.

    Raises RuleBroken beside the item.
    """
    known = (*items_of(get_kind(kind)), *own)
    for code, state in found.items():
        if code not in known:
            raise RuleBroken("Ce point de contrôle n’existe pas pour ce véhicule.", field=f"check_{code}")
        if state not in FOUND_NAMES:
            raise RuleBroken("Choisissez : fait, manquant ou sans objet.", field=f"check_{code}")
    return {code: found[code] for code in known if code in found}


def say_found(asked: Collection[str], found: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
    """Item by item in words: all that was asked, and all that was looked at beside; what was not looked at is said.

    `own` has the words of the platform's own items, those of before too.
    """
    codes = [*in_order({*asked, *found}), *(code for code in dict.fromkeys([*asked, *found]) if code not in ITEMS)]
    return {ITEMS.get(code) or own[code]: FOUND_NAMES[found[code]] if code in found else NOT_SEEN for code in codes}


def in_order(codes: Collection[str]) -> tuple[str, ...]:
    """Items by code, each once, in the order of the list."""
    return tuple(code for code in ITEMS if code in codes)
