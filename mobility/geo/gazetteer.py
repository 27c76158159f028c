"""The geocoder that needs nobody: a table of places of our own, searched by postcode or name."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from mobility.geo.places import Place, Precision

COMMUNES_FILE = Path(__file__).with_name("communes.csv")
MIN_TYPED = 2  # one letter is not a search yet


def fold(text: str) -> str:
    """Lower case, without accents or punctuation, one space between words: "Gémenos (13)" → "gemenos 13"."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9]+", bare.casefold())
    return " ".join("saint" if w == "st" else "sainte" if w == "ste" else w for w in words)


def read_communes(path: Path = COMMUNES_FILE) -> tuple[Place, ...]:
    """The places of a CSV with columns commune;code_postal;code_insee;latitude;longitude. Raises KeyError, ValueError on another layout."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(_commune(row) for row in csv.DictReader(lines, delimiter=";"))


def match(text: str, places: Iterable[Place], *, limit: int) -> tuple[Place, ...]:
    """The places a typed address names, the surest first: by postcode and name, by name, by postcode, by the beginnings of words."""
    typed = fold(text)
    if len(typed) < MIN_TYPED:
        return ()
    scored = [(_score(typed, place), place) for place in places]
    kept = sorted(((score, place) for score, place in scored if score), key=lambda pair: (-pair[0], pair[1].label))
    return tuple(place for _, place in kept[: max(limit, 0)])


def _commune(row: dict[str, str]) -> Place:
    return Place(
        label=f"{row['code_postal']} {row['commune']}",
        postcode=row["code_postal"],
        commune=row["commune"],
        insee=row["code_insee"],
        lat=float(row["latitude"]),
        lon=float(row["longitude"]),
        precision=Precision.COMMUNE,
    )


def _score(typed: str, place: Place) -> int:
    name = fold(place.commune)
    postcode_fits = place.postcode in typed.split()
    # "12 rue de Cassis, 13400 Aubagne" names two communes: the later one is the town.
    if f" {name} " in f" {typed} ":
        return (2000 if postcode_fits else 1000) + typed.rfind(name)
    if postcode_fits:
        return 500
    return 1 if _begins(typed, name) or place.postcode.startswith(typed) else 0


def _begins(typed: str, name: str) -> bool:
    """Whether each typed word begins a word of the name: "penne hu" → La Penne-sur-Huveaune."""
    return all(any(word.startswith(part) for word in name.split()) for part in typed.split())
