"""One open card page a debt: opening another closes the earlier ones, with us first and then at the gateway, so that nobody pays twice.

A page set aside keeps its address until the gateway has closed it: what a crash or a time-out left open is closed by the next
opening, or by the reconciliation.
"""

from collections.abc import Collection
from datetime import datetime

from billing.card_gateway import CardGateway
from billing.models import Payment
from billing.payments import OPEN_CARD
from billing.queries.payments import list_pages_beside, lock_payment
from mobility import audit
from mobility.db import transaction
from mobility.errors import Conflict
from mobility.rights import Viewer

REPLACED = "Une autre page de paiement a pris sa place."
JUST_PAID = "Un paiement par carte vient d’être fait ici et sa confirmation arrive. Rien d’autre n’est débité : revenez dans un instant."


def set_others_aside(payment_id: int, *, standing: Collection[str] = OPEN_CARD, by: Viewer, now: datetime) -> list[Payment]:
    """Take every other page of the payment's debt out of use; those the gateway has still to close.

    Raises Conflict when it was itself, or in no state of `standing`.
    """
    payment, _ = lock_payment(payment_id)
    if payment.status not in standing:
        raise Conflict("Ce paiement n’attend plus de carte.")
    beside = list_pages_beside(payment)
    for other in beside:
        if other.status != "cancelled":
            other.status, other.failure = "cancelled", REPLACED
            audit.record("card_page_replaced", other, by=by, now=now)
    return [other for other in beside if other.checkout_url]


def close_pages(gateway: CardGateway, pages: list[Payment], *, by: Viewer, now: datetime) -> int:
    """Close pages set aside at the gateway, outside any transaction; how many were paid before: those wait for its word again."""
    return sum(not _close(gateway, page, by=by, now=now) for page in pages)


def _close(gateway: CardGateway, page: Payment, *, by: Viewer, now: datetime) -> bool:
    is_closed = gateway.close_checkout(page.session_reference or "")
    with transaction():
        locked, _ = lock_payment(page.id)
        if is_closed:
            locked.checkout_url = None
            audit.record("card_page_closed", locked, by=by, now=now)
        elif locked.status == "cancelled":
            locked.status, locked.failure = "pending", None
            audit.record("card_page_paid", locked, by=by, now=now)
    return is_closed
