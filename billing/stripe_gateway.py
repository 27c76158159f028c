"""The card gateway at Stripe; the only module that imports its SDK.

A request must be the same each time its key is sent, or Stripe refuses the key: so nothing of it depends on the clock, and
a page expires after Stripe's own 24 hours.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

import stripe

from billing import gateway_events
from billing.card_gateway import (
    CardDeclined,
    Charge,
    ChargeState,
    ChargeStatus,
    Checkout,
    CheckoutOrder,
    GatewayEvent,
    GatewayKeys,
    GatewayRefused,
    GatewayUnreachable,
    KeyReused,
    Refund,
    RefundOrder,
    RefundRefused,
    check_amount,
    check_order,
    check_reference,
)
from billing.card_holds import CaptureOrder, HoldState, HoldStatus
from billing.gateway_balance import Dispute, Move, Payout
from billing.saved_cards import LeftCard, Outcome, SavedCharge, SavedChargeOrder, SetupOrder, SetupPage
from billing.stripe_balance import CANCELLED, dispute_of, is_inquiry, move_of, payout_of
from billing.stripe_charges import (
    charge_of,
    hold_of_intent,
    hold_of_session,
    hold_params,
    session_params,
    spoken,
    state_of_intent,
    state_of_session,
)
from billing.stripe_saved import decline_code_of, left_card, refusal_of, saved_params, setup_params
from billing.webhook_signature import check_signature
from mobility.errors import DomainError

stripe.enable_telemetry = False  # nothing leaves but the payment itself

TIMEOUT_SECONDS = (5, 20)  # to connect, to answer: somebody waits at the desk
REFUSALS: tuple[tuple[type[stripe.StripeError], Callable[[], DomainError]], ...] = (
    (stripe.CardError, CardDeclined),
    (stripe.IdempotencyError, KeyReused),
    (stripe.APIConnectionError, GatewayUnreachable),
    (stripe.RateLimitError, GatewayUnreachable),
    (stripe.APIError, GatewayUnreachable),  # theirs, or the same key still under way
    (stripe.StripeError, GatewayRefused),
)


class StripeGateway:
    """One platform's account at Stripe."""

    def __init__(self, keys: GatewayKeys, *, api_base: str | None, http_client: stripe.HTTPClient | None) -> None:
        bases: Any = {"api": api_base} if api_base else {}
        http_client = http_client or _connections()
        self._api = stripe.StripeClient(keys.secret_key, http_client=http_client, base_addresses=bases, max_network_retries=1).v1
        self._webhook_secret = keys.webhook_secret

    def open_checkout(self, order: CheckoutOrder) -> Checkout:
        """A Checkout Session, paid by card at once."""
        check_order(order)
        return self._open(session_params(order), order.key)

    def close_checkout(self, session_reference: str) -> bool:
        """Stripe expires an open session only: of another one it is asked what became of it."""
        check_reference(session_reference)
        with _in_our_words():
            try:
                self._api.checkout.sessions.expire(session_reference)
            except stripe.InvalidRequestError:
                state = self._find_by_session(session_reference)
                if state is not None and state.status is ChargeStatus.OPEN:
                    raise
                return state is None or state.status is ChargeStatus.EXPIRED
        return True

    def refund(self, order: RefundOrder) -> Refund:
        """A refund of the payment intent."""
        params: Any = {"payment_intent": order.charge_reference, "amount": order.cents}
        with _in_our_words():
            try:
                refund = self._api.refunds.create(params, {"idempotency_key": order.key})
            except stripe.InvalidRequestError as error:
                if error.code == "charge_already_refunded" or error.param == "amount":
                    raise RefundRefused from error
                raise
        if refund.status in ("failed", "canceled"):
            raise RefundRefused("La banque a refusé ce remboursement. Rendez la somme par un autre moyen.")
        return Refund(
            refund_reference=refund.id,
            charge_reference=order.charge_reference,
            cents=refund.amount,
            is_settled=refund.status == "succeeded",
        )

    def find_charge(self, *, session_reference: str | None = None, payment_reference: str | None = None) -> ChargeState | None:
        """By session (exact), else by payment (Stripe's search: may lag a minute, knows no unpaid checkout)."""
        with _in_our_words():
            if session_reference is not None:
                return self._find_by_session(session_reference)
            return self._find_by_payment(payment_reference or "")

    def list_charges(self, since: datetime) -> list[Charge]:
        """Payment intents that succeeded, a hundred at a time."""
        params: Any = {"created": {"gte": int(since.timestamp())}, "limit": 100, "expand": ["data.latest_charge"]}
        with _in_our_words():
            intents = [intent.to_dict() for intent in self._api.payment_intents.list(params).auto_paging_iter()]
        return [charge_of(intent) for intent in intents if intent["status"] == "succeeded"]

    def list_open_pages(self) -> frozenset[str]:
        """Checkout Sessions still open: a day's at most."""
        params: Any = {"status": "open", "limit": 100}
        with _in_our_words():
            return frozenset(session.id for session in self._api.checkout.sessions.list(params).auto_paging_iter())

    def list_moves(self, since: datetime) -> list[Move]:
        """Balance transactions, a hundred at a time."""
        told = self._all(self._api.balance_transactions, since, expand=["data.source"])
        return [move_of(one) for one in told]

    def list_payouts(self, since: datetime) -> list[Payout]:
        """Payouts, those cancelled left out."""
        return [payout_of(one) for one in self._all(self._api.payouts, since) if one["status"] != CANCELLED]

    def list_disputes(self, since: datetime) -> list[Dispute]:
        """Disputes, without the questions that banks ask before."""
        return [dispute_of(one) for one in self._all(self._api.disputes, since) if not is_inquiry(one)]

    def open_hold(self, order: CheckoutOrder) -> Checkout:
        """A Checkout Session whose payment intent waits to be captured."""
        check_order(order)
        return self._open(hold_params(order), order.key)

    def find_hold(self, session_reference: str) -> HoldState | None:
        """The session's payment intent; its charge knows until when it may be captured."""
        with _in_our_words():
            session = self._session(session_reference)
        return hold_of_session(session) if session else None

    def capture_hold(self, order: CaptureOrder) -> HoldState:
        """Stripe captures a payment intent once: of one captured or cancelled before, it is asked what it is."""
        check_amount(order.cents)
        check_reference(order.charge_reference)
        params: Any = {"amount_to_capture": order.cents}
        with _in_our_words():
            return self._settle_hold(
                order.charge_reference,
                lambda: self._api.payment_intents.capture(order.charge_reference, params, {"idempotency_key": order.key}),
            )

    def lift_hold(self, charge_reference: str) -> HoldState:
        """Cancel the payment intent."""
        check_reference(charge_reference)
        with _in_our_words():
            return self._settle_hold(charge_reference, lambda: self._api.payment_intents.cancel(charge_reference))

    def open_setup(self, order: SetupOrder) -> SetupPage:
        """A Checkout Session in mode setup, with a customer of its own: only attached to one is a card charged later."""
        page = self._open(setup_params(order, spoken(order.language)), order.key)
        return SetupPage(session_reference=page.session_reference, url=page.url)

    def find_left_card(self, session_reference: str) -> LeftCard | None:
        """The payment method that the session's setup intent kept."""
        check_reference(session_reference)
        with _in_our_words():
            session = self._api.checkout.sessions.retrieve(session_reference, {"expand": ["setup_intent.payment_method"]}).to_dict()
        return left_card(session)

    def charge_saved(self, order: SavedChargeOrder) -> SavedCharge:
        """A payment intent confirmed off session. A card that the gateway no longer knows is declined like any other."""
        check_amount(order.cents)
        with _in_our_words():
            try:
                intent = self._api.payment_intents.create(saved_params(order), {"idempotency_key": order.key})
            except stripe.CardError as error:
                if error.code == "authentication_required":
                    return SavedCharge(outcome=Outcome.AUTHENTICATE)
                return SavedCharge(outcome=Outcome.DECLINED, refusal=refusal_of(error.code, decline_code_of(error.json_body)))
            except stripe.InvalidRequestError as error:
                if error.code == "resource_missing":
                    return SavedCharge(outcome=Outcome.DECLINED, refusal="closed")
                raise
        if intent.status == "requires_action":
            return SavedCharge(outcome=Outcome.AUTHENTICATE)
        if intent.status != "succeeded":
            raise GatewayUnreachable  # still under way there: the same key gives the answer later
        return SavedCharge(outcome=Outcome.PAID, charge_reference=intent.id)

    def forget_card(self, holder_reference: str) -> None:
        """Delete the customer: its cards go with it."""
        check_reference(holder_reference)
        with _in_our_words():
            try:
                self._api.customers.delete(holder_reference)
            except stripe.InvalidRequestError as error:
                if error.code != "resource_missing":
                    raise

    def read_event(self, raw: bytes, signature: str | None, now: datetime) -> GatewayEvent:
        """The event that Stripe signed with this platform's secret."""
        check_signature(raw, signature, self._webhook_secret, now)
        return gateway_events.read_event(raw)

    def _all(self, service: Any, since: datetime, **more: Any) -> list[dict[str, Any]]:
        params = {"created": {"gte": int(since.timestamp())}, "limit": 100, **more}
        with _in_our_words():
            return [one.to_dict() for one in service.list(params).auto_paging_iter()]

    def _open(self, params: Any, key: str) -> Checkout:
        with _in_our_words():
            session = self._api.checkout.sessions.create(params, {"idempotency_key": key})
        if not session.url:
            raise GatewayRefused
        return Checkout(session_reference=session.id, url=session.url)

    def _settle_hold(self, charge_reference: str, act: Callable[[], object]) -> HoldState:
        refused = None
        try:
            act()
        except stripe.InvalidRequestError as error:
            refused = error
        told = hold_of_intent(self._api.payment_intents.retrieve(charge_reference, {"expand": ["latest_charge"]}).to_dict())
        if refused is not None and told.status is HoldStatus.HELD:
            raise refused
        return told

    def _find_by_session(self, session_reference: str) -> ChargeState | None:
        session = self._session(session_reference)
        return state_of_session(session) if session else None

    def _session(self, session_reference: str) -> dict[str, Any] | None:
        check_reference(session_reference)
        try:
            return self._api.checkout.sessions.retrieve(session_reference, {"expand": ["payment_intent.latest_charge"]}).to_dict()
        except stripe.InvalidRequestError as error:
            if error.code == "resource_missing":
                return None
            raise

    def _find_by_payment(self, payment_reference: str) -> ChargeState | None:
        check_reference(payment_reference)  # it goes into a query
        query = f"metadata['payment']:'{payment_reference}'"
        found = self._api.payment_intents.search({"query": query, "expand": ["data.latest_charge"], "limit": 100}).to_dict()["data"]
        # An expired checkout and the one that replaced it carry the same reference: the money is where it was received.
        return max(map(state_of_intent, found), key=lambda state: state.status in (ChargeStatus.PAID, ChargeStatus.REFUNDED), default=None)


@cache
def _connections() -> stripe.HTTPClient:
    return stripe.RequestsClient(timeout=TIMEOUT_SECONDS)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except stripe.StripeError as error:
        raise next(ours for theirs, ours in REFUSALS if isinstance(error, theirs))() from error
