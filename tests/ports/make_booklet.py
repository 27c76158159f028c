"""A mobility booklet as it is printed."""

from dataclasses import replace
from datetime import date
from typing import Any

from assessments.booklet.contents import PAGES, Booklet, Competence, Experience, Held, Licence, Reference, Training
from assessments.documents.booklet import BookletPaper
from tests.ports.make_papers import MORNING, PLATFORM, SAMIRA


def make_booklet(**changes: Any) -> BookletPaper:
    work = Experience(id=1, kind="integration", employer="Conserverie <du> Vallon", starts_on=date(2025, 9, 1), ends_on=date(2026, 1, 31))
    seen = Reference(by="Ivan Delorme", on=date(2026, 2, 2), experience=work)
    booklet = Booklet(
        full_name=SAMIRA.full_name,
        platform=PLATFORM.name,
        made_at=MORNING,
        pages=tuple(PAGES),
        competences=(
            Competence(id=1, code="on_time", label="Arriver à l’heure", noted_on=date(2025, 9, 1), references=(seen,)),
            Competence(id=2, code="cycle", label="Rouler à vélo dans la circulation", noted_on=date(2025, 9, 1), references=()),
        ),
        experiences=(work,),
        trainings=(Training(label="Atelier collectif", starts_on=date(2026, 1, 6), ends_on=None),),
        licences=(
            Licence(category="B", issued_on=date(2020, 5, 4), valid_until=None),
            Licence(category="AM", issued_on=None, valid_until=None),
        ),
        assessments=(Held(moment="Bilan d’entrée", held_on=date(2025, 8, 25)),),
    )
    return BookletPaper(platform=PLATFORM, booklet=replace(booklet, **changes))
