"""What the platform's dated settings say on a day of means of payment and of deposits."""

from datetime import date

from billing.means import MeansLimit, limits
from billing.tariffs import check_kind
from mobility import practice


def limits_on(day: date) -> tuple[MeansLimit, ...]:
    """The rules against means of payment that hold on a day (domain.md §9 "Cash")."""
    return limits(
        cash_for_cars=practice.value_on("billing.cash_for_cars", day),
        cash_ceiling_cents=practice.value_on("billing.cash_ceiling_cents", day),
    )


def usual_deposit_cents(kind: str, day: date) -> int:
    """The deposit asked for a kind of vehicle on a day. Raises RuleBroken on field `kind`."""
    check_kind(kind)
    cents: int = practice.value_on(f"billing.deposit_cents.{kind}", day)
    return cents
