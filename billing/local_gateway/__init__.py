"""A card gateway of our own for the demo and the tests: an outside world with its own file, pages and webhooks. It takes no real card."""

from billing.local_gateway.cards import AUTHENTICATED, DECLINED, DECLINED_LATER, LOST_LATER, SUCCEEDS, UNFUNDED, UNFUNDED_LATER
from billing.local_gateway.deliveries import Courier, Delivery
from billing.local_gateway.gateway import LocalGateway, LocalGateways
from billing.local_gateway.store import Store

__all__ = [
    "AUTHENTICATED",
    "DECLINED",
    "DECLINED_LATER",
    "LOST_LATER",
    "SUCCEEDS",
    "UNFUNDED",
    "UNFUNDED_LATER",
    "Courier",
    "Delivery",
    "LocalGateway",
    "LocalGateways",
    "Store",
]
