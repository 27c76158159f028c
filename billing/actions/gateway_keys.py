"""A platform's own keys at the card gateway: sealed at rest, shown to nobody again."""

from datetime import datetime

from flask import current_app

from billing.card_gateway import CardGateway, GatewayKeys
from billing.models import GatewayKeysRecord
from billing.queries.means import NO_KEYS, find_record, takes_cards
from mobility import audit
from mobility.crypto import SecretBox
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.rights import Viewer


def set_gateway_keys(*, secret_key: str, webhook_secret: str, by: Viewer, now: datetime) -> GatewayKeysRecord:
    """Keep the platform's keys, in the place of the earlier ones."""
    box = _box()
    record = find_record() or GatewayKeysRecord()
    record.secret_key, record.webhook_secret, record.set_at = box.seal(secret_key), box.seal(webhook_secret), now
    db.session.add(record)
    audit.record("gateway_keys_set", record, by=by, now=now)
    return record


def check_takes_cards() -> None:
    """Raises RuleBroken beside the means when the platform in force has no keys."""
    if not takes_cards():
        raise RuleBroken(NO_KEYS, field="means")


def gateway_here() -> CardGateway:
    """The account of the platform in force at the card gateway. Raises RuleBroken when it has none."""
    record = find_record()
    if record is None:
        raise RuleBroken(NO_KEYS)
    box = _box()
    keys = GatewayKeys(secret_key=box.open(record.secret_key), webhook_secret=box.open(record.webhook_secret))
    gateway: CardGateway = current_app.extensions["card_gateways"].gateway_for(keys)
    return gateway


def _box() -> SecretBox:
    return SecretBox(current_app.extensions["settings"].encryption_keys)
