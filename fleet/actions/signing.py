"""A person's signature of a paper of their rental: on screen, or on paper and noted by an adviser."""

from datetime import datetime

from fleet.checks import PAPER, SCREEN
from fleet.models import ConditionReport, Contract
from mobility.documents.papers import Signature
from mobility.errors import RuleBroken
from mobility.rights import Viewer
from mobility.tongues import say


def note_signature(
    paper: Contract | ConditionReport,
    name: str,
    *,
    signer_name: str,
    agreed: bool,
    how: str,
    signature: str | None,
    by: Viewer,
    now: datetime,
) -> None:
    """Note who signed and how; `name` is the paper's, with its article. `signature` is the path of a drawing in a box of 400 × 160.

    Raises RuleBroken beside the field.
    """
    if how == PAPER and not by.is_staff:
        raise RuleBroken(say("Une signature sur papier est notée par votre conseiller."), field="how")
    if not agreed:
        raise RuleBroken(say("Cochez la case pour dire que %(paper)s a été lu et accepté.", paper=name), field="agreed")
    drawing = check_drawing(signature) if how == SCREEN else None
    paper.signer_name, paper.signed_how, paper.signed_at, paper.signature = signer_name, how, now, drawing


def check_drawing(path: str | None) -> str | None:
    """A drawn signature, or None for none. Raises RuleBroken on field `signature` for what is no drawing."""
    if not path:
        return None
    try:
        Signature(capacity="Bénéficiaire", full_name="", path=path)
    except ValueError:
        raise RuleBroken(say("Ce dessin n’a pas pu être lu. Effacez-le et signez à nouveau."), field="signature") from None
    return path
