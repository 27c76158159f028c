"""Marks on a vehicle: pinned on its sketch, carried from rental to rental, so that nobody answers for an old one."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import dist

from mobility.errors import RuleBroken
from mobility.tongues import joined, words

INTERIOR, TYRES, OTHER = "interior", "tyres", "other"
ZONE_NAMES = words(
    {
        "front": "avant",
        "rear": "arrière",
        "left": "côté gauche",
        "right": "côté droit",
        "top": "dessus",
        INTERIOR: "intérieur",
        TYRES: "pneus",
        OTHER: "autre",
    }
)
KIND_NAMES = words({"scratch": "rayure", "dent": "choc", "crack": "fêlure", "missing": "pièce manquante", "dirt": "tache", "wear": "usure"})

BIKE, SCOOTER, CAR = "bike", "scooter", "car"
# The sketch of each kind of vehicle (static/img/sketch-*.svg).
SKETCHES = dict.fromkeys(("moped", "scooter", "scooter125"), SCOOTER) | dict.fromkeys(("quadricycle", "car"), CAR)

SIDE = 1000  # a sketch is a square; a pin stands at per mille of its sides
NEAR = 60  # two marks of one kind closer than this are taken for one and the same
MOST_PINS, MOST_PHOTOS = 30, 12

Box = tuple[str, int, int, int, int]  # a zone, from the left and the top of the sketch to the right and the bottom
_TWO_WHEELS: tuple[Box, ...] = (
    (TYRES, 140, 255, 390, 420),
    (TYRES, 610, 255, 860, 420),
    (TYRES, 140, 685, 390, 850),
    (TYRES, 610, 685, 860, 850),
    ("top", 450, 50, 720, 170),
    ("top", 280, 480, 550, 600),
    ("front", 0, 0, 400, 255),
    ("rear", 720, 0, SIDE, 255),
    ("front", 600, 430, SIDE, 685),
    ("rear", 0, 430, 280, 685),
    ("left", 0, 0, SIDE, 430),
    ("right", 0, 430, SIDE, 865),
)
ZONES_OF: dict[str, tuple[Box, ...]] = {
    BIKE: _TWO_WHEELS,
    SCOOTER: _TWO_WHEELS,
    CAR: (
        (TYRES, 262, 160, 378, 275),
        (TYRES, 622, 160, 738, 275),
        (TYRES, 262, 740, 378, 855),
        (TYRES, 622, 740, 738, 855),
        ("left", 0, 0, SIDE, 285),
        ("right", 0, 595, SIDE, 865),
        ("front", 0, 285, 185, 595),
        ("rear", 815, 285, SIDE, 595),
        ("top", 185, 285, 815, 595),
        (INTERIOR, 0, 865, 500, SIDE),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Pin:
    """A mark being noted, on the sketch or by its zone alone; `row` is its place in the form, `another` says it is none of the known."""

    row: int
    kind: str
    zone: str | None = None
    x: int | None = None
    y: int | None = None
    note: str | None = None
    another: bool = False
    photos: tuple[int, ...] = ()

    def at(self, field: str) -> str:
        """The name of one of its fields in the form."""
        return f"marks.{self.row}.{field}"


@dataclass(frozen=True, kw_only=True)
class Known:
    """A mark already noted; it stands from the instant it was seen until it is mended."""

    id: int
    zone: str
    kind: str
    x: int | None = None
    y: int | None = None
    seen_at: datetime
    gone_at: datetime | None = None

    def stands_at(self, instant: datetime) -> bool:
        """Whether it was known, and not yet mended, at an instant."""
        return self.seen_at <= instant and (self.gone_at is None or self.gone_at > instant)


def sketch_of(kind: str) -> str:
    """The sketch a kind of vehicle is drawn on."""
    return SKETCHES.get(kind, BIKE)


def zone_at(sketch: str, x: int, y: int) -> str:
    """The zone a pin stands in."""
    return next((zone for zone, left, top, right, bottom in ZONES_OF[sketch] if left <= x < right and top <= y < bottom), OTHER)


def zones_key(kind: str) -> str:
    """Where a platform keeps the zones that it tells apart on a kind (mobility/practice.py)."""
    return f"fleet.sketch_zones.{kind}"


def zones_of(kind: str) -> tuple[str, ...]:
    """The zones that can be told apart on a kind: what has no doors has no interior. Any other place is `OTHER`, which is always there."""
    return tuple(zone for zone in ZONE_NAMES if zone != OTHER and (zone != INTERIOR or sketch_of(kind) == CAR))


def check_pins(kind: str, pins: Sequence[Pin], asked: Collection[str]) -> tuple[Pin, ...]:
    """The pins with their zones, one of `asked` or `OTHER`, those on the sketch by where they stand. Raises RuleBroken beside the field."""
    if len(pins) > MOST_PINS:
        raise RuleBroken(f"{MOST_PINS} marques au plus à la fois : notez les plus visibles, puis les autres au point-étape.", field="marks")
    return tuple(_placed(kind, pin, asked) for pin in pins)


def _placed(kind: str, pin: Pin, asked: Collection[str]) -> Pin:
    if pin.kind not in KIND_NAMES:
        raise RuleBroken("Choisissez ce que c’est : rayure, choc, fêlure…", field=pin.at("kind"))
    if pin.x is not None and pin.y is not None:
        if not (0 <= pin.x <= SIDE and 0 <= pin.y <= SIDE):
            raise RuleBroken("Ce point est hors du dessin : touchez le dessin de nouveau.", field=pin.at("x"))
        zone = zone_at(sketch_of(kind), pin.x, pin.y)
        return replace(pin, zone=zone if zone in asked else OTHER)
    if pin.x is not None or pin.y is not None:
        raise RuleBroken("Un point du dessin se dit par x et y.", field=pin.at("x"))
    if pin.zone != OTHER and pin.zone not in asked:
        raise RuleBroken("Dites où se trouve cette marque.", field=pin.at("zone"))
    return pin


def check_new(pins: Iterable[Pin], known: Sequence[Known]) -> None:
    """In doubt a mark is the old one: one like a known mark is noted only when somebody says that it is another. Raises RuleBroken."""
    for pin in pins:
        old = find_double(pin, known)
        if old is not None and not pin.another:
            raise RuleBroken(
                f"Une marque semblable est déjà notée : {say_mark(old.kind, old.zone)}. "
                "Si c’est elle, retirez cette ligne ; si c’en est une autre, cochez la case.",
                field=pin.at("another"),
            )


def find_double(pin: Pin, known: Iterable[Known]) -> Known | None:
    """The known mark that a pin may be: the same kind in the same zone, and near it where both stand on the sketch."""
    return next((old for old in known if (old.kind, old.zone) == (pin.kind, pin.zone) and _may_be_near(pin, old)), None)


def _may_be_near(pin: Pin, old: Known) -> bool:
    if pin.x is None or pin.y is None or old.x is None or old.y is None:
        return True
    return dist((pin.x, pin.y), (old.x, old.y)) <= NEAR


def known_at(marks: Iterable[Known], instant: datetime) -> list[Known]:
    """The marks that were known and not mended at an instant."""
    return [mark for mark in marks if mark.stands_at(instant)]


def new_since(marks: Iterable[Known], *, left_at: datetime | None, until: datetime | None = None) -> list[Known]:
    """The marks first seen after a vehicle left, until it was back; none when nobody looked it over as it left."""
    if left_at is None:
        return []
    return [mark for mark in marks if mark.seen_at > left_at and (until is None or mark.seen_at <= until)]


def say_mark(kind: str, zone: str) -> str:
    """A mark in words: "rayure, côté gauche"."""
    return joined(", ", (KIND_NAMES[kind], ZONE_NAMES[zone]))
