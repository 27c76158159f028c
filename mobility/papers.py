"""The papers asked of people: seen, not kept; each with the age up to which it proves something (domain.md §9 "Documents"). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from mobility.periods import months_after

IDENTITY, LICENCE, HOME, JOB, RSA, DRIVING_RIGHTS = "identity", "licence", "home", "job", "rsa", "driving_rights"
MEMBERSHIP = "membership"  # the form by which somebody joins the association, and until when (domain.md §2.3)
SOON_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A paper's French name with and without its article; it must be under `months` months old when that is set."""

    code: str
    name: str
    the: str
    months: int | None = None


PAPER_KINDS = {
    kind.code: kind
    for kind in (
        PaperKind(code=IDENTITY, name="pièce d’identité", the="la pièce d’identité"),
        PaperKind(code=LICENCE, name="permis de conduire", the="le permis de conduire"),
        PaperKind(code=HOME, name="justificatif de domicile", the="le justificatif de domicile", months=6),
        PaperKind(
            code=JOB, name="contrat de travail ou attestation de formation", the="le contrat de travail ou l’attestation de formation"
        ),
        PaperKind(code=RSA, name="attestation RSA", the="l’attestation RSA", months=3),
        PaperKind(code=DRIVING_RIGHTS, name="attestation de droits à conduire", the="l’attestation de droits à conduire", months=4),
        PaperKind(code=MEMBERSHIP, name="bulletin d’adhésion", the="le bulletin d’adhésion"),
    )
}


def last_good_day(code: str, issued_on: date | None, valid_until: date | None) -> date | None:
    """The last day on which a paper proves something; None when nothing ends it, or its own date is unknown."""
    months = PAPER_KINDS[code].months
    aged_on = months_after(issued_on, months) - timedelta(days=1) if months and issued_on else None
    return min((day for day in (aged_on, valid_until) if day is not None), default=None)
