"""The balance of the fake Stripe: its transactions, payouts and disputes, written from Stripe's reference."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.ports.fake_stripe import FakeStripe

Json = dict[str, Any]
LISTS = {("get", f"/v1/{name}") for name in ("balance_transactions", "payouts", "disputes")}


def contest(stripe: "FakeStripe", intent_id: str) -> None:
    charge = next(charge for charge in stripe.charges.values() if charge["payment_intent"] == intent_id)
    stripe.disputes.append(
        {
            "id": f"du_{len(stripe.disputes) + 1}",
            "object": "dispute",
            "amount": charge["amount"],
            "charge": charge["id"],
            "payment_intent": intent_id,
            "currency": "eur",
            "created": stripe.seconds,
            "status": "needs_response",
            "evidence_details": {"due_by": stripe.seconds + 86_400 * 14},
            "metadata": {},
        }
    )
    stripe.disputes.append(stripe.disputes[-1] | {"id": "du_asked", "status": "warning_needs_response"})  # a bank that only asks


def pay_out(stripe: "FakeStripe") -> None:
    payout = {"id": "po_1", "object": "payout", "amount": 1699, "currency": "eur", "created": stripe.seconds, "status": "in_transit"}
    payout["arrival_date"] = stripe.seconds + 86_400 * 2
    stripe.payouts += [payout, payout | {"id": "po_2", "status": "canceled"}]


def listed(stripe: "FakeStripe", path: str, since: int) -> list[Json]:
    found = {"/v1/payouts": stripe.payouts, "/v1/disputes": stripe.disputes}.get(path)
    found = _transactions(stripe) if found is None else found
    return [one for one in found if one["created"] >= since]


def _transactions(stripe: "FakeStripe") -> list[Json]:
    made = []
    for charge in stripe.charges.values():
        at = stripe.intents[charge["payment_intent"]]["created"]
        if charge["status"] == "succeeded":
            made.append(_transaction("charge", charge["amount"], charge | {"created": at}, fee=51))
        if charge["amount_refunded"]:
            refund = {"id": f"re_{charge['id']}", "object": "refund", "charge": charge["id"], "payment_intent": charge["payment_intent"]}
            made.append(_transaction("refund", -charge["amount_refunded"], refund | {"created": at, "metadata": {}}))
    for dispute in stripe.disputes:
        if not dispute["status"].startswith("warning_"):
            made.append(_transaction("dispute", -dispute["amount"], dispute, fee=1500, kind="adjustment"))
    made += [_transaction("payout", -payout["amount"], payout) for payout in stripe.payouts if payout["status"] != "canceled"]
    made.append(_transaction("fee", -200, {"id": "txn_fee", "created": stripe.seconds}, kind="stripe_fee") | {"source": None})
    return made


def _transaction(category: str, amount: int, source: Json, *, fee: int = 0, kind: str | None = None) -> Json:
    identifier = f"txn_{category}_{source['id']}"
    told = {"id": identifier, "object": "balance_transaction", "type": kind or category, "reporting_category": category, "amount": amount}
    return told | {"fee": fee, "net": amount - fee, "currency": "eur", "created": source["created"], "source": source}
