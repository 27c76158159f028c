"""Stripe in a process: an HTTP client for the real SDK that answers in Stripe's shapes, with idempotency, refunds and signed events.

Written from Stripe's reference, apart from our local gateway, so that the contract meets two different worlds.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import stripe

from tests.ports import fake_balance, fake_holds

Json = dict[str, Any]


class FakeStripe(stripe.HTTPClient):
    name = "fake"

    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, Json] = {}
        self.intents: dict[str, Json] = {}
        self.charges: dict[str, Json] = {}
        self.customers: dict[str, str] = {}
        self.events: list[bytes] = []
        self.seen: dict[str, tuple[Any, Json]] = {}
        self.requests: list[tuple[str, str, Mapping[str, str], Any]] = []
        self.answers: list[tuple[int, Json] | Exception] = []  # given first, instead of the true ones
        self.seconds = 0
        self.payouts: list[Json] = []
        self.disputes: list[Json] = []

    def request(self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_: Any) -> tuple[str, int, Json]:
        self.requests.append((method, url, headers or {}, post_data))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        status, body = answer or self._once(method, url, dict(headers or {}), post_data)
        return json.dumps(body), status, {"request-id": "req_fake"}

    def close(self) -> None:
        pass

    def _sleep_time_seconds(self, num_retries: int) -> float:
        return 0

    # What the person and time do.

    def pay(self, session_id: str) -> None:
        session, intent = self.attempt(session_id)
        charge = self.charge(intent, "succeeded")
        intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"], last_payment_error=None)
        session.update(status="complete", payment_status="paid")
        self.tell(charge, "charge.succeeded", "charge.updated")
        self.tell(intent, "payment_intent.succeeded")
        self.tell(session, "checkout.session.completed")

    def decline(self, session_id: str) -> None:
        _, intent = self.attempt(session_id)
        intent.update(last_payment_error={"code": "card_declined"})
        self.tell(self.charge(intent, "failed"), "charge.failed")
        self.tell(intent, "payment_intent.payment_failed")

    def leave(self, session_id: str, says: str) -> None:
        """A card left; `says` is what its bank answers later, holder away: "yes" or Stripe's code of a refusal."""
        session = self.sessions[session_id]
        customer = f"cus_{len(self.customers) + 1}"
        self.customers[customer] = says
        card = {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2034}
        method = {"id": f"pm_{customer}", "object": "payment_method", "card": card}
        session.update(status="complete", customer=customer, setup_intent={"status": "succeeded", "payment_method": method})
        self.tell(session, "checkout.session.completed")

    def expire(self, session_id: str) -> None:
        session = self.sessions[session_id]
        session["status"] = "expired"
        if session["payment_intent"]:
            self.intents[session["payment_intent"]]["status"] = "canceled"
        self.tell(session, "checkout.session.expired")

    def at(self, now: datetime) -> None:
        self.seconds = int(now.timestamp())

    # What the SDK asks.

    def _once(self, method: str, url: str, headers: dict[str, str], post_data: Any) -> tuple[int, Json]:
        key = headers.get("Idempotency-Key")
        if key is None or method != "post":
            return self._answer(method, url, post_data)
        if key in self.seen:
            question, body = self.seen[key]
            return (200, body) if question == (url, post_data) else (400, error("idempotency_error", "Keys for idempotent requests…"))
        status, body = self._answer(method, url, post_data)
        if status < 300:
            self.seen[key] = ((url, post_data), json.loads(json.dumps(body)))
        return status, body

    def _answer(self, method: str, url: str, post_data: Any) -> tuple[int, Json]:
        parts = urlsplit(url)
        form = dict(parse_qsl(post_data or ""))
        if (method, parts.path) == ("post", "/v1/checkout/sessions"):
            return 200, self._open(form)
        if (method, parts.path) == ("post", "/v1/refunds"):
            return self._refund(form)
        if parts.path == "/v1/payment_intents/search":
            return 200, self._search(parse_qs(parts.query)["query"][0])
        if (method, parts.path) == ("get", "/v1/payment_intents"):
            since = int(parse_qs(parts.query)["created[gte]"][0])
            return 200, _page([self.expanded(i["id"]) for i in self.intents.values() if i["created"] >= since], parts.path)
        if (method, parts.path) in fake_balance.LISTS:
            return 200, _page(fake_balance.listed(self, parts.path, int(parse_qs(parts.query)["created[gte]"][0])), parts.path)
        if (method, parts.path) == ("get", "/v1/checkout/sessions"):
            wanted = parse_qs(parts.query)["status"][0]
            return 200, _page([session for session in self.sessions.values() if session["status"] == wanted], parts.path)
        if (method, parts.path) == ("post", "/v1/payment_intents"):
            return self._charge_saved(form)
        if parts.path.startswith("/v1/payment_intents/"):
            return fake_holds.answer(self, method, parts.path, form)
        if method == "delete":
            return self._forget(parts.path.removeprefix("/v1/customers/"))
        return self._of_session(parts.path)

    def _of_session(self, path: str) -> tuple[int, Json]:
        session = self.sessions.get(path.removeprefix("/v1/checkout/sessions/").removesuffix("/expire"))
        if session is None:
            return 404, error("invalid_request_error", "No such checkout.session", code="resource_missing", param="session")
        if path.endswith("/expire"):
            return self._close(session)
        if session.get("mode") == "setup":
            return 200, session
        return 200, {**session, "payment_intent": self.expanded(session["payment_intent"])}

    def _open_setup(self, form: dict[str, str], identifier: str) -> Json:
        assert form["customer_creation"] == "always" and "line_items[0][price_data][currency]" not in form
        session: Json = {
            "id": identifier,
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/c/pay/{identifier}",
            "mode": "setup",
            "status": "open",
            "payment_status": "no_payment_required",
            "payment_intent": None,
            "setup_intent": None,
            "customer": None,
            "amount_total": None,
            "currency": None,
            "metadata": {name: form[f"metadata[{name}]"] for name in ("platform", "card")},
        }
        self.sessions[identifier] = session
        return session

    def _forget(self, customer: str) -> tuple[int, Json]:
        if self.customers.pop(customer, None) is None:
            return 404, error("invalid_request_error", "No such customer", code="resource_missing", param="id")
        return 200, {"id": customer, "object": "customer", "deleted": True}

    def _charge_saved(self, form: dict[str, str]) -> tuple[int, Json]:
        assert (form["off_session"], form["confirm"], form["currency"]) == ("true", "true", "eur"), form
        says = self.customers.get(form["customer"])
        if says is None:
            return 400, error("invalid_request_error", "No such customer", code="resource_missing", param="customer")
        if says != "yes":
            return 402, error("card_error", "Your card was declined.", code=says)
        identifier = f"pi_{len(self.intents) + 1}"
        intent: Json = {
            "id": identifier,
            "object": "payment_intent",
            "created": self.seconds,
            "status": "succeeded",
            "amount": int(form["amount"]),
            "amount_received": int(form["amount"]),
            "currency": form["currency"],
            "metadata": {name: form[f"metadata[{name}]"] for name in ("platform", "payment")},
            "latest_charge": None,
            "last_payment_error": None,
        }
        self.intents[identifier] = intent
        charge = self.charge(intent, "succeeded")
        intent["latest_charge"] = charge["id"]
        self.tell(intent, "payment_intent.created")
        self.tell(charge, "charge.succeeded", "charge.updated")
        self.tell(intent, "payment_intent.succeeded")
        return 200, intent

    def _open(self, form: dict[str, str]) -> Json:
        identifier = f"cs_test_{len(self.sessions) + 1}"
        if form["mode"] == "setup":
            return self._open_setup(form, identifier)
        session = {
            "id": identifier,
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/c/pay/{identifier}",
            "status": "open",
            "payment_status": "unpaid",
            "payment_intent": None,
            "amount_total": int(form["line_items[0][price_data][unit_amount]"]),
            "currency": form["line_items[0][price_data][currency]"],
            "metadata": {name: form[f"metadata[{name}]"] for name in ("platform", "payment", "hold") if f"metadata[{name}]" in form},
        }
        assert ("hold" in session["metadata"]) == (form.get("payment_intent_data[capture_method]") == "manual"), form
        self.sessions[identifier] = session
        return session

    def _refund(self, form: dict[str, str]) -> tuple[int, Json]:
        intent = self.intents.get(form["payment_intent"])
        if intent is None:
            return 404, error("invalid_request_error", "No such payment_intent", code="resource_missing", param="payment_intent")
        charge, cents = self.charges[intent["latest_charge"]], int(form["amount"])
        if charge["refunded"]:
            return 400, error("invalid_request_error", "Charge has already been refunded.", code="charge_already_refunded")
        if cents > charge["amount"] - charge["amount_refunded"]:
            return 400, error("invalid_request_error", "Refund amount is greater than unrefunded amount on charge", param="amount")
        charge["amount_refunded"] += cents
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self.tell(charge, "charge.refunded")
        return 200, {"id": f"re_{len(self.seen)}", "object": "refund", "amount": cents, "status": "succeeded", "charge": charge["id"]}

    def _close(self, session: Json) -> tuple[int, Json]:
        if session["status"] != "open":
            return 400, error("invalid_request_error", 'Only Checkout Sessions with a status in ["open"] can be expired.')
        self.expire(session["id"])
        return 200, session

    def _search(self, query: str) -> Json:
        wanted = re.fullmatch(r"metadata\['payment'\]:'([\w-]+)'", query)
        assert wanted, query
        found = [self.expanded(i["id"]) for i in reversed(self.intents.values()) if i["metadata"]["payment"] == wanted[1]]
        return {"object": "search_result", "data": found, "has_more": False, "url": "/v1/payment_intents/search"}

    def expanded(self, intent_id: str | None) -> Json | None:
        if intent_id is None:
            return None
        intent = self.intents[intent_id]
        return {**intent, "latest_charge": self.charges.get(intent["latest_charge"])}

    # Its objects and events.

    def attempt(self, session_id: str) -> tuple[Json, Json]:
        session = self.sessions[session_id]
        if session["payment_intent"] is None:
            session["payment_intent"] = identifier = f"pi_{len(self.intents) + 1}"
            intent = {
                "id": identifier,
                "object": "payment_intent",
                "created": self.seconds,
                "status": "requires_payment_method",
                "amount": session["amount_total"],
                "amount_received": 0,
                "currency": session["currency"],
                "metadata": session["metadata"],
                "latest_charge": None,
                "last_payment_error": None,
            }
            self.intents[identifier] = intent
            self.tell(intent, "payment_intent.created")
        return session, self.intents[session["payment_intent"]]

    def charge(self, intent: Json, status: str) -> Json:
        charge = {
            "id": f"ch_{len(self.charges) + 1}",
            "object": "charge",
            "status": status,
            "captured": status == "succeeded",
            "payment_intent": intent["id"],
            "amount": intent["amount"],
            "amount_refunded": 0,
            "refunded": False,
            "currency": intent["currency"],
            "metadata": intent["metadata"],
        }
        self.charges[charge["id"]] = charge
        return charge

    def tell(self, subject: Json, *event_types: str) -> None:
        for event_type in event_types:
            event = {
                "id": f"evt_{len(self.events) + 1}",
                "object": "event",
                "type": event_type,
                "created": self.seconds,
                "data": {"object": subject},
            }
            self.events.append(json.dumps(event).encode())


def _page(found: list[Any], path: str) -> Json:
    return {"object": "list", "data": found, "has_more": False, "url": path}


def error(kind: str, message: str, **more: str) -> Json:
    return {"error": {"type": kind, "message": message, **more}}
