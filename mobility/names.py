"""Names of people: folded for searching, compared for identity, said without harm. Pure."""

import re
import unicodedata
from datetime import date

from mobility.errors import RuleBroken
from mobility.periods import age_on

LONGEST_PART = 140  # of 300 characters kept: one rare letter may unfold into eighteen
OLDEST = 110  # years; above, it is a typing error

# Letters that Unicode does not take apart, as a French keyboard would write them.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def fold(text: str) -> str:
    """Lower case without accents, one space between words, any script: "Jean-Noël  LŒFFEL" → "jean noel loeffel"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join(re.findall(r"[^\W_]+", "".join(c for c in apart if not unicodedata.combining(c))))


def search_key(first_name: str, last_name: str) -> str:
    """What the search box compares with, word by word."""
    return f"{fold(first_name)[:LONGEST_PART]} {fold(last_name)[:LONGEST_PART]}"


def identity_key(first_name: str, last_name: str, birth_on: date | None) -> str:
    """Equal for the same name, first name and date of birth, however typed; without a date nobody is taken for somebody else."""
    last, first = (fold(part).replace(" ", "")[:LONGEST_PART] for part in (last_name, first_name))
    return f"{last}|{first}|{birth_on.isoformat() if birth_on else ''}"


def check_birth(birth_on: date, today: date) -> None:
    """Raises RuleBroken on `birth_on` for a day to come or more than 110 years ago."""
    if birth_on > today:
        raise RuleBroken("Cette date de naissance est dans le futur.", field="birth_on")
    if age_on(birth_on, today) > OLDEST:
        raise RuleBroken("Vérifiez l’année de naissance : cette personne aurait plus de 110 ans.", field="birth_on")


def say_name(first_name: str, last_name: str) -> str:
    """First name and initial for a mail, letters only, so that a name typed as an address or an order stays a name: "Camille E."."""
    first, last = (re.sub(r"[^\w\s’'-]|[\d_]", "", part).strip(" ’'-")[:40] for part in (first_name, last_name))
    return " ".join(part for part in (first, last[:1].upper() + "." if last else "") if part) or "cette personne"


def of(name: str) -> str:
    """A name after "de", elided before a vowel's sound: "d’Adama", "d’Ysoline", "de Yanis"; before an h, "de" is never wrong."""
    return f"d’{name}" if re.match(r"[aeiou]|y[^aeiou]", fold(name)) else f"de {name}"
