"""The people that a platform's own spreadsheet names, read against the files that are there."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from fleet.takeover_lines import Line, Who
from fleet.takeover_words import find_sex, read_past_day, split_name
from mobility.channels import reads_as_mail
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.names import check_birth, fold, identity_key
from mobility.phones import read_phone

_LONGEST = {"first_name": 80, "last_name": 80, "email": 200, "address": 300, "commune": 120}


def name_people(lines: Sequence[Line], *, today: date) -> None:
    """Give each line its person: with a file already, of an earlier line, or new. Without a date of birth the name alone decides."""
    named: dict[str, Who] = {}
    by_name: dict[str, list[Who]] = {}
    for line in lines:
        first, last = _names(line)
        if not last:
            continue
        if not fold(first) or not fold(last):
            line.left.append(f"« {line.cells.get('full_name') or last} » : le prénom et le nom sont nécessaires pour ouvrir un dossier")
            continue
        birth_on = _birth(line, today)
        line.who = _find(line, first, last, birth_on, named, by_name)
        if line.who is None:
            line.who = _meet(line, first, last, birth_on)
            line.first_of.add("who")
            named[identity_key(first, last, birth_on)] = line.who
            by_name.setdefault(identity_key(first, last, None), []).append(line.who)
        if line.who.fault:
            line.left.append(line.who.fault)


def _names(line: Line) -> tuple[str, str]:
    """First and last name; a cell with both is split, and says how."""
    first, last = line.cells.get("first_name", ""), line.cells.get("last_name", "")
    if not last and (whole := line.cells.get("full_name")):
        first, last = split_name(whole)
        if first and not last.isupper():
            line.doubts.append(f"« {whole[:60]} » : lu prénom {first}, nom {last}")
    return first[:80].strip(), last[:80].strip()


def _birth(line: Line, today: date) -> date | None:
    text = line.cells.get("birth_on")
    if not text:
        return None
    try:
        read = read_past_day(text, today)
        check_birth(read.day, today)
    except RuleBroken as refused:
        line.doubts.append(f"Date de naissance : {refused.sentence} Laissée vide")
        return None
    except ValueError as refused:
        line.doubts.append(f"Date de naissance : {refused}, laissée vide")
        return None
    if read.doubt:
        line.doubts.append(f"Date de naissance : {read.doubt}")
    return read.day


def _find(
    line: Line, first: str, last: str, birth_on: date | None, named: Mapping[str, Who], by_name: Mapping[str, list[Who]]
) -> Who | None:
    """Somebody an earlier line named."""
    if birth_on is not None:
        return named.get(identity_key(first, last, birth_on))
    earlier = by_name.get(identity_key(first, last, None), [])
    if len(earlier) > 1:
        line.doubts.append(f"plusieurs {first} {last} dans ce tableau : prise pour la première nommée")
    return earlier[0] if earlier else None


def _meet(line: Line, first: str, last: str, birth_on: date | None) -> Who:
    """Somebody named for the first time: with a file here, or new."""
    name = f"{first} {last}"
    files = _files_of(first, last, birth_on)
    if len(files) > 1:
        return Who(name=name, fault=f"plusieurs dossiers s’appellent {name} : ajoutez la date de naissance")
    if files:
        known = files[0]
        if birth_on is None or known.birth_on is None:
            line.doubts.append(f"{name} a déjà un dossier à ce nom, {known.number} : c’est lui qui sera pris")
        return Who(name=name, beneficiary_id=known.id, number=known.number)
    if birth_on is None:
        line.doubts.append(f"{name} : sans date de naissance, à compléter sur son dossier")
    return Who(name=name, values=_values(line, first, last, birth_on))


def _files_of(first: str, last: str, birth_on: date | None) -> Sequence[Beneficiary]:
    """Files of this name that may be this person's: same day of birth, or one of the two not known."""
    alike = Beneficiary.identity_key.startswith(identity_key(first, last, None), autoescape=True)
    found = db.session.scalars(select(Beneficiary).filter(alike).order_by(Beneficiary.id)).all()
    same = [person for person in found if birth_on is not None and person.birth_on == birth_on]
    return same or [person for person in found if birth_on is None or person.birth_on is None]


def _values(line: Line, first: str, last: str, birth_on: date | None) -> dict[str, Any]:
    values: dict[str, Any] = {"first_name": first, "last_name": last, "birth_on": birth_on}
    values |= {name: text[: _LONGEST[name]] for name, text in line.cells.items() if name in ("address", "commune")}
    read: dict[str, Callable[[str], str | None]] = {"phone": read_phone, "email": _mail, "postcode": _postcode, "sex": find_sex}
    for name, reads in read.items():
        if text := line.cells.get(name):
            try:
                values[name] = reads(text)
            except RuleBroken:
                values[name] = None
            if values[name] is None:
                line.doubts.append(f"« {text[:40]} » n’a pas pu être lu : laissé vide")
    return values


def _mail(text: str) -> str | None:
    return text if reads_as_mail(text) else None


def _postcode(text: str) -> str | None:
    """Five digits; a spreadsheet that ate the first 0 gets it back."""
    return text.zfill(5) if re.fullmatch(r"[0-9]{4,5}", text) else None
