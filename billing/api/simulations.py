"""The public simulators: stateless, no database read (issue "Simulators")."""

from typing import Any

from billing.price_sentence import say_price
from billing.schedule import Loan
from billing.schemas.simulations import RentalAnswerSchema, RentalSimulationSchema, ScheduleAnswerSchema, ScheduleSimulationSchema
from billing.simulation import ScheduleSimulation, TierAsked, simulate_rental, simulate_schedule
from billing.tiers import Price
from mobility.errors import RuleBroken
from mobility.web.access import public
from mobility.web.api import Blueprint

blp = Blueprint("simulations", __name__, url_prefix="/api/v1/simulations", description="Simulateurs publics de tarif et d’échéancier")
_OF_THE_LOAN = frozenset({"principal_cents", "yearly_rate", "months"})


@blp.post("/rental")
@blp.arguments(RentalSimulationSchema)
@blp.response(200, RentalAnswerSchema)
@blp.doc(security=[])
@public
def rental(asked: dict[str, Any]) -> dict[str, Any]:
    """What a rental costs, day by day."""
    price = rental_price(asked)
    days = [{"day": day.day, "tier": day.tier.code, "cents": day.cents} for day in price.days]
    return {"days": days, "total_cents": price.total_cents, "sentence": say_price(price)}


@blp.post("/schedule")
@blp.arguments(ScheduleSimulationSchema)
@blp.response(200, ScheduleAnswerSchema)
@blp.doc(security=[])
@public
def schedule(asked: dict[str, Any]) -> ScheduleSimulation:
    """Five rents that rise to a target, or to a loan's instalment."""
    return schedule_plan(asked)


def rental_price(asked: dict[str, Any]) -> Price:
    """The price of a rental asked for by the schema. Raises RuleBroken beside the field."""
    tiers = [TierAsked(**tier) for tier in asked["tiers"]]
    return simulate_rental(asked["kind"], asked["first_day"], asked["last_day"], tiers)


def schedule_plan(asked: dict[str, Any]) -> ScheduleSimulation:
    """The schedule asked for by the schema. Raises RuleBroken beside the field, the loan's own as "loan.months"."""
    loan = Loan(**asked["loan"]) if asked["loan"] else None
    try:
        return simulate_schedule(asked["first_rent_cents"], asked["second_rent_cents"], asked["target_cents"], loan)
    except RuleBroken as error:
        if error.field in _OF_THE_LOAN:
            raise RuleBroken(error.sentence, field=f"loan.{error.field}") from None
        raise
