"""A bank's statement as its file says it, CAMT.053 or CSV: the money that came in, to the cent, or one sentence and nothing. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mobility.errors import RuleBroken
from mobility.imports.sheets import SheetRefused
from mobility.imports.tables import read_lines
from mobility.money import MAX_CENTS
from mobility.names import fold
from mobility.periods import say_day

MOST_LINES = 1000
LONGEST_LABEL, LONGEST_NAME = 300, 140
OLDEST_ON = date(2000, 1, 1)
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_CURRENCY = re.compile(r"(?:€|eur|euros?)$", re.IGNORECASE)
_AMOUNT = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?", re.ASCII)
_POINTED = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)\.(\d{1,2})", re.ASCII)
_FRENCH_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DATES = ("date operation", "date de l operation", "date d operation", "date de comptabilisation", "date comptable", "date")
_LABELS = ("libelle", "motif", "description", "detail", "details", "communication", "informations complementaires", "intitule")
_IBAN_LENGTHS = {"FR": 27, "MC": 27, "BE": 16, "LU": 20, "DE": 22, "CH": 21, "ES": 24, "IT": 27, "NL": 18, "PT": 25, "IE": 22, "AT": 20}
_IBAN_STARTS = re.compile(rf"(?<![0-9A-Z])({'|'.join(_IBAN_LENGTHS)})(?=\d\d)")
_OWN_ACCOUNT = ("compte", "numero de compte", "n de compte", "compte iban", "iban du compte", "votre compte")
_NAMES = ("donneur d ordre", "nom du donneur d ordre", "emetteur", "contrepartie", "nom", "tiers")


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Money that came in: when, how much in cents, and what the bank says of it; `reference` is the bank's own."""

    on: date
    cents: int
    label: str
    payer: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A file's credits in its order, the IBAN it names ("" when it names none), and how many debits were left out."""

    iban: str
    credits: tuple[Credit, ...]
    debits: int


def marks_of(credits: Sequence[Credit]) -> list[str]:
    """What tells each credit from every other, the same in whatever file it comes again; twins of one day are told by their rank."""
    ranks: Counter[str] = Counter()
    marks = []
    for credit in credits:
        said = "|".join((credit.on.isoformat(), str(credit.cents), fold(credit.label), fold(credit.payer), credit.reference))
        print_ = hashlib.sha256(said.encode()).hexdigest()[:48]
        ranks[print_] += 1
        marks.append(f"{print_}-{ranks[print_]}")
    return marks


def check_count(credits: Sequence[Credit]) -> None:
    """Raises RuleBroken when a file holds no credit, or more than one look can bear."""
    if not credits:
        raise RuleBroken("Ce relevé ne contient aucun crédit en euros : rien à rapprocher.")
    if len(credits) > MOST_LINES:
        raise RuleBroken(f"Ce relevé a plus de {MOST_LINES} crédits : envoyez-le en plusieurs périodes.")


def read_cents(text: str) -> int:
    """Integer cents of an amount as banks write it ("1 234,56", "1.234,56", "+12.5 EUR"). Raises ValueError with a French sentence."""
    bare = _CURRENCY.sub("", _SPACES.sub("", text).replace("−", "-"))
    found = _AMOUNT.fullmatch(bare) or _POINTED.fullmatch(bare)
    if found is None or (re.fullmatch(r"[+-]?\d{1,3}\.\d{3}", bare) is not None):
        raise ValueError(f"« {text[:30]} » n’est pas un montant en euros comme 1 234,56")
    sign, whole, rest = found.groups()
    digits = re.sub(r"\D", "", whole)
    if len(digits) > 12 or (cents := int(digits) * 100 + int((rest or "0").ljust(2, "0"))) > MAX_CENTS:
        raise ValueError(f"« {text[:30]} » est un montant trop grand pour être vrai")
    return -cents if sign == "-" else cents


def read_on(text: str, *, today: date) -> date:
    """The day of a line, French or ISO, a two-digit year in this century. Raises ValueError with a French sentence."""
    french, iso = _FRENCH_DAY.fullmatch(text.strip()), _ISO_DAY.match(text.strip())
    if french is None and iso is None:
        raise ValueError(f"« {text[:30]} » n’est pas une date comme 31/03/2026")
    day, month, year = map(int, french.groups()) if french else map(int, reversed(iso.groups() if iso else ()))
    try:
        on = date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        raise ValueError(f"le {text[:30]} n’existe pas") from None
    if not OLDEST_ON <= on <= today:
        raise ValueError(f"le {say_day(on)} n’est pas encore passé" if on > today else f"le {say_day(on)} est trop ancien")
    return on


def read_csv(name: str, raw: bytes, *, today: date) -> Statement:
    """A bank's CSV (or spreadsheet): its columns found by their names, titles above them passed over. Raises SheetRefused."""
    lines = read_lines(name, raw, most_lines=5 * MOST_LINES)
    start, columns = _find_columns(lines)
    credits, debits = [], 0
    for number, cells in lines[start + 1 :]:
        try:
            credit = _read_cells(cells, columns, today)
        except ValueError as wrong:
            raise SheetRefused(f"Ligne {number} : {wrong}. Rien n’est pris de ce fichier.") from None
        if credit is None:
            debits += 1
        else:
            credits.append(credit)
    return Statement(iban=_find_iban(lines, start), credits=tuple(credits), debits=debits)


def ibans_in(text: str) -> set[str]:
    """The IBANs that a text names, of the countries nearby, in groups or not; a slip in one of them makes it none."""
    plain = re.sub(r"[^0-9A-Z]", " ", text.upper())
    bare = ("".join(plain[start.start() :].split())[: _IBAN_LENGTHS[start[1]]] for start in _IBAN_STARTS.finditer(plain))
    return {each for each in bare if len(each) == _IBAN_LENGTHS[each[:2]] and _is_iban(each)}


def _find_iban(lines: Sequence[tuple[int, list[str]]], start: int) -> str:
    """The account of a file: named above its columns, or the same on each line in a column of its own. Raises SheetRefused for two."""
    above = ibans_in(" | ".join(cell for _, cells in lines[:start] for cell in cells))
    if len(above) > 1:
        raise SheetRefused("Ce fichier nomme plusieurs comptes en tête : envoyez un relevé par compte.")
    places = [place for place, heading in enumerate(lines[start][1]) if fold(heading) in _OWN_ACCOUNT]
    beside = ibans_in(" | ".join(cells[place] for place in places for _, cells in lines[start + 1 :] if place < len(cells)))
    return min(above or (beside if len(beside) == 1 else ()), default="")


def _is_iban(text: str) -> bool:
    """Whether its two check digits answer for the rest (ISO 13616)."""
    turned = text[4:] + text[:4]
    return int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


@dataclass(frozen=True, kw_only=True)
class _Columns:
    date: int
    labels: tuple[int, ...]
    amount: int | None
    credit: int | None
    debit: int | None
    name: int | None
    reference: int | None
    currency: int | None


def _find_columns(lines: Sequence[tuple[int, list[str]]]) -> tuple[int, _Columns]:
    for place, (_, cells) in enumerate(lines[:30]):
        columns = _columns([fold(cell) for cell in cells])
        if columns is not None:
            return place, columns
    raise SheetRefused(
        "Les colonnes de ce fichier ne sont pas celles d’un relevé : il faut une date, un libellé, et un montant ou un crédit. "
        "Exportez le relevé de votre banque en CAMT.053 ou en CSV, avec la ligne qui nomme ses colonnes."
    )


def _columns(headings: list[str]) -> _Columns | None:
    def first(is_it: Callable[[str], bool]) -> int | None:
        return next((place for place, heading in enumerate(headings) if is_it(heading)), None)

    day = next((headings.index(name) for name in _DATES if name in headings), None)
    labels = tuple(place for place, heading in enumerate(headings) if heading.startswith(_LABELS))
    amount = first(lambda heading: heading.startswith("montant") and "franc" not in heading)
    credit, debit = first(lambda heading: heading.startswith("credit")), first(lambda heading: heading.startswith("debit"))
    if day is None or not labels or (amount is None and credit is None):
        return None
    return _Columns(
        date=day,
        labels=labels,
        amount=amount,
        credit=credit,
        debit=debit,
        name=first(lambda heading: heading in _NAMES),
        reference=first(lambda heading: heading.startswith("reference")),
        currency=first(lambda heading: heading in ("devise", "currency", "monnaie")),
    )


def _read_cells(cells: list[str], columns: _Columns, today: date) -> Credit | None:
    """A line's credit, None for a debit. Raises ValueError."""

    def cell(place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    if (currency := cell(columns.currency)) and currency.upper() not in ("EUR", "€", "EURO", "EUROS"):
        raise ValueError(f"la monnaie est « {currency[:10]} », et seuls les euros sont rapprochés")
    on = read_on(cell(columns.date), today=today)
    cents = _cents_of(cell(columns.amount), cell(columns.credit), cell(columns.debit), columns)
    if cents <= 0:
        return None
    label = " ".join(dict.fromkeys(" ".join(cell(place).split()) for place in columns.labels))
    payer, reference = cell(columns.name)[:LONGEST_NAME], cell(columns.reference)[:LONGEST_NAME]
    return Credit(on=on, cents=cents, label=tidy(label, LONGEST_LABEL) or "sans libellé", payer=tidy(payer), reference=tidy(reference))


def _cents_of(amount: str, credit: str, debit: str, columns: _Columns) -> int:
    if columns.amount is not None and amount:
        return read_cents(amount)
    if credit and (cents := read_cents(credit)):
        if cents < 0:
            raise ValueError(f"« {credit[:30]} » est négatif dans la colonne des crédits")
        return cents
    if debit:
        return -abs(read_cents(debit))
    if credit:
        return 0
    raise ValueError("le montant manque")


def tidy(text: str, longest: int = LONGEST_NAME) -> str:
    """A bank's text on one line, without what no page can show."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:longest]
