"""What goes to a hirer, as it would be printed."""

from dataclasses import replace
from typing import Any

from billing.documents.hire import HirePaper
from mobility.documents.papers import Fact, Signature
from tests.ports.make_papers import MORNING, PLATFORM, SAMIRA


def make_hire_paper(**changes: Any) -> HirePaper:
    """An order to a hirer."""
    paper = HirePaper(
        platform=PLATFORM,
        title="Commande CMD-000007",
        written_at=MORNING,
        to=("Locations du Plateau", "1 route des Forges, 08990 Hautbois"),
        opening="Nous vous commandons la location d’un véhicule, du 2 au 31 mars 2026.",
        facts=(Fact(label="Prix convenu", value="280 € par mois, TVA comprise"), Fact(label="Conducteur", value=SAMIRA.full_name)),
        paragraphs=("Le contrat de location se signe entre vous et la personne qui conduit.",),
        signatures=(Signature(capacity="Pour l’association", full_name=PLATFORM.name),),
    )
    return replace(paper, **changes)
