"""What may be paid how on this platform: the dated rules, and a card only where its keys are set."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from billing.deposits import ASKED_KIND_LABELS, BY_CARD
from billing.means import Debt, Means, allowed_means
from billing.models import GatewayKeysRecord
from billing.queries.usage import limits_on
from mobility.db import db

NO_KEYS = "Cette plateforme ne prend pas encore la carte : la personne responsable peut l’activer dans les réglages."


def find_record() -> GatewayKeysRecord | None:
    """The sealed keys of the platform in force, or None."""
    return db.session.scalar(select(GatewayKeysRecord))


def takes_cards() -> bool:
    """Whether a card can be paid with here."""
    return find_record() is not None


def means_here(debt: Debt, *, on: date, declared_without_bank: bool) -> list[Means]:
    """Every means for a debt on a day, the refused ones with their reason."""
    found = allowed_means(debt, limits=limits_on(on), declared_without_bank=declared_without_bank)
    if takes_cards():
        return found
    return [replace(each, refused=each.refused or NO_KEYS) if each.code == "card" else each for each in found]


def deposit_kinds_here() -> list[tuple[str, str]]:
    """The forms in which a deposit can be asked here."""
    return [(code, label) for code, label in ASKED_KIND_LABELS.items() if code not in BY_CARD or takes_cards()]
