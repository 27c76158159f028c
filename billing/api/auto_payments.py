"""Paying each week by a card on file, in JSON: the pages' own actions."""

from typing import Any

from billing.actions import mandates
from billing.actions.auto_payments import note_seen
from billing.models import AutoPayment, CardMandate
from billing.queries.auto_payments import all_weekly, list_mandates, list_weekly
from billing.queries.tariffs import may_read
from billing.schemas.auto_payments import AutoLineSchema, AutoPaymentOutSchema, MandateOutSchema, MandateSchema, PersonAutoSchema
from billing.views.auto_list import AUTO_PAYMENTS
from billing.views.auto_payments import words_for
from billing.views.money import MONEY
from mobility.clock import now, today
from mobility.rights import Role
from mobility.web.access import allow
from mobility.web.api import Blueprint
from mobility.web.lists import list_of, told
from mobility.web.looks import look
from mobility.web.viewer import viewer

blp = Blueprint("auto_payments_api", __name__, url_prefix="/api/v1/p/<slug>", description="Paiements automatiques par carte")


@blp.get("/money/automatic")
@blp.arguments(AUTO_PAYMENTS.schema(), location="query")
@blp.response(200, list_of(AutoLineSchema))
@allow(*MONEY)
def index(asked: dict[str, Any]) -> dict[str, Any]:
    """Every week's payment, the latest week first, fifty a page."""
    return told(AUTO_PAYMENTS, all_weekly(), asked)


@blp.get("/people/<int:beneficiary_id>/automatic")
@blp.response(200, PersonAutoSchema)
@allow(*MONEY, Role.BENEFICIARY)
def of_person(beneficiary_id: int) -> dict[str, Any]:
    """What a person agreed to, what it did, and the words they would agree to."""
    person = may_read(beneficiary_id, viewer())
    look(person.id, page="automatic")
    return {"words": words_for(person.id, today()), "mandates": list_mandates(person.id), "weeks": list_weekly(person.id)}


@blp.post("/people/<int:beneficiary_id>/automatic")
@blp.arguments(MandateSchema)
@blp.response(201, MandateOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
def agree(asked: dict[str, Any], beneficiary_id: int) -> CardMandate:
    """The person agrees; it takes the place of what they agreed to before."""
    return mandates.agree(beneficiary_id, **asked, by=viewer(), now=now())


@blp.post("/people/<int:beneficiary_id>/automatic/end")
@blp.response(200, MandateOutSchema)
@allow(*MONEY, Role.BENEFICIARY)
def withdraw(beneficiary_id: int) -> CardMandate:
    """Taken back, at once."""
    return mandates.withdraw(beneficiary_id, by=viewer(), now=now())


@blp.post("/money/automatic/<int:auto_payment_id>/seen")
@blp.response(200, AutoPaymentOutSchema)
@allow(*MONEY)
def seen(auto_payment_id: int) -> AutoPayment:
    """Somebody met the person about one that stopped."""
    return note_seen(auto_payment_id, by=viewer(), now=now())
