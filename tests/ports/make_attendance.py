"""Attendance on paper: an attestation of two workshops, and the sheet of a group of two."""

from mobility.documents.attendance import Attended, AttestationPaper, SheetPaper
from tests.ports.make_papers import MORNING, PLATFORM, SAMIRA


def make_attestation() -> AttestationPaper:
    """Of four hours."""
    rows = tuple(Attended(on="23 février 2026", title=title, length="2 h") for title in ("Prendre le bus", "Le budget de mes trajets"))
    return AttestationPaper(platform=PLATFORM, person=SAMIRA, made_at=MORNING, rows=rows, total="4 h")


def make_sheet() -> SheetPaper:
    """Led by nobody in particular."""
    return SheetPaper(
        platform=PLATFORM,
        made_at=MORNING,
        workshop="Prendre le bus",
        when="lundi 9 mars 2026 à 14 h 00",
        length="2 h",
        where="Pôle central",
        leader=None,
        names=(SAMIRA.full_name, "Ivan Delorme"),
    )
