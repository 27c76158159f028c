"""Five people of whom nobody has heard for two years: warned, still to be told, kept, one whose time has come, and one who was erased."""

from datetime import date

from sqlalchemy import select

from demo.stage import Stage
from demo.timeline import Story
from mobility.actions.erasure import erase
from mobility.actions.people import register_beneficiary
from mobility.actions.retention import keep_on
from mobility.db import db
from mobility.models import Beneficiary
from mobility.periods import months_after
from mobility.phones import read_phone
from mobility.queries.retention import find_open_notice
from mobility.rights import Role

_SILENT = (  # first name, name, sex, year of birth, how to reach them, last seen so many days ago
    ("Ondélia", "Praquemont", "F", 1988, "mail", 722),
    ("Théodric", "Valombreux", "M", 1979, "phone", 720),
    ("Sélima", "Harquevent", "F", 1991, "sms", 718),
    ("Gaspérin", "Tournelande", "M", 1983, "mail", 790),
    ("Aubrine", "Castelmoret", "F", 1974, "mail", 800),
)
_KEPT, _ERASED = "Sélima", "Aubrine"


def silent(stage: Stage) -> Story:
    """Their files were opened long ago; the nights find them, and the manager keeps one that comes back soon."""
    opened = {}
    for number, (first_name, last_name, sex, born, contact_by, days_ago) in sorted(enumerate(_SILENT), key=lambda one: -one[1][-1]):
        yield stage.at(-days_ago, 10, 15)
        mail = f"dossier.{number + 1}@example.org" if contact_by == "mail" else None
        opened[first_name] = register_beneficiary(
            first_name=first_name,
            last_name=last_name,
            sex=sex,
            birth_on=date(born, 5, 3 + number),
            phone=read_phone(f"06 39 98 90 {number:02d}"),
            email=mail,
            contact_by=contact_by,
            by=stage.adviser,
            now=stage.now,
        ).id
    yield stage.at(0, 8, 5)
    if (notice := find_open_notice(opened[_KEPT])) is not None:
        until = months_after(stage.today, 6)
        keep_on(notice.id, reason="returning", until_on=until, by=stage.staff[Role.MANAGER], now=stage.now)
    if find_open_notice(opened[_ERASED]) is not None:
        typed = db.session.scalars(select(Beneficiary.number).filter(Beneficiary.id == opened[_ERASED])).one()
        erase(opened[_ERASED], number=typed, by=stage.staff[Role.MANAGER], now=stage.now)
