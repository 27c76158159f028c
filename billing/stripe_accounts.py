"""Stripe's accounts, one per platform; the gateway, and Stripe's SDK with it, is loaded when the first of them is opened."""

from typing import TYPE_CHECKING, Any

from billing.card_gateway import GatewayKeys
from mobility.later import later

if TYPE_CHECKING:
    from billing import stripe_gateway
else:
    stripe_gateway = later("billing.stripe_gateway")


class StripeGateways:
    """Each platform's gateway at Stripe. `api_base` and `http_client` are for tests against another server."""

    checkout_hosts: tuple[str, ...] = ("https://checkout.stripe.com",)

    def __init__(self, *, api_base: str | None = None, http_client: Any = None) -> None:
        self._api_base = api_base
        self._http_client = http_client

    def gateway_for(self, keys: GatewayKeys) -> "stripe_gateway.StripeGateway":
        """The account these keys open."""
        return stripe_gateway.StripeGateway(keys, api_base=self._api_base, http_client=self._http_client)
