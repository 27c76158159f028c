"""Webhooks on their way: a queue in the store, drained by a courier that signs at each try, as Stripe does.

The queue is the truth and the courier's thread only empties it: what a stop left behind goes out at the next start.
An answer that got lost means a second delivery, which is allowed: an event is remembered by its receiver.
"""

import logging
import sqlite3
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from billing.local_gateway import till
from billing.local_gateway.store import Store
from billing.webhook_signature import sign

Post = Callable[[str, bytes, Mapping[str, str]], int]
"""Sends a body with headers to an address; the answer's status, or OSError."""

MOST_TRIES = 12
LONGEST_WAIT = timedelta(hours=1)
LOOK_EVERY_SECONDS = 5

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One webhook not yet delivered; `due_at` in seconds."""

    id: int
    platform: str
    event: str
    event_type: str
    raw: bytes
    due_at: int
    tries: int
    webhook_secret: str


class Courier:
    """Takes the webhooks of a store to `webhook_url(platform_slug)`."""

    def __init__(self, store: Store, *, webhook_url: Callable[[str], str], clock: Callable[[], datetime], post: Post | None = None) -> None:
        self._store = store
        self._webhook_url = webhook_url
        self._clock = clock
        self._post = post or post_over_http
        self._wake = threading.Event()
        self._is_stopped = False
        self._thread: threading.Thread | None = None

    def list_deliveries(self) -> list[Delivery]:
        """Everything not yet delivered and not given up, in the order it happened."""
        with self._store.transaction() as db:
            return _list(db, "tries < ?", MOST_TRIES)

    def deliver(self, delivery: Delivery) -> bool:
        """One try, now: True when the receiver took it. May be called again, late, in any order: that is what gateways do."""
        now = self._clock()
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": sign(delivery.raw, delivery.webhook_secret, now)}
        is_taken = self._send(self._webhook_url(delivery.platform), delivery.raw, headers)
        if is_taken:
            with self._store.transaction() as db:
                db.execute("UPDATE delivery SET delivered_at = ? WHERE id = ?", (int(now.timestamp()), delivery.id))
        return is_taken

    def deliver_due(self) -> int:
        """Close what has expired, then try what is due; how many were taken."""
        now = self._clock()
        with self._store.transaction() as db:
            till.expire_due(db, now)
            due = _list(db, "tries < ? AND due_at <= ?", MOST_TRIES, int(now.timestamp()))
            for delivery in due:  # the next try is set before this one: a crash or a second courier finds it taken
                wait = min(timedelta(seconds=2**delivery.tries), LONGEST_WAIT)
                values = (int((now + wait).timestamp()), delivery.id)
                db.execute("UPDATE delivery SET tries = tries + 1, due_at = ? WHERE id = ?", values)
        return sum([self.deliver(delivery) for delivery in due])

    def start(self) -> None:
        """Deliver in the background until `stop`; at once after `wake`, else every few seconds."""
        self._thread = threading.Thread(target=self._run, name="local-gateway-courier", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something just happened: look now."""
        self._wake.set()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._is_stopped = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._is_stopped:
            self._wake.clear()
            try:
                self.deliver_due()
            except sqlite3.Error:  # a full disk, a busy file: the queue is still there at the next look
                log.exception("the local card gateway could not read its queue")
            self._wake.wait(LOOK_EVERY_SECONDS)

    def _send(self, url: str, raw: bytes, headers: Mapping[str, str]) -> bool:
        try:
            return 200 <= self._post(url, raw, headers) < 300
        except OSError as error:
            log.warning("a webhook of the local card gateway was not taken: %s", error)
            return False


def post_over_http(url: str, raw: bytes, headers: Mapping[str, str]) -> int:
    """POST without any proxy: the receiver is this machine. Raises OSError."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, data=raw, headers=dict(headers), method="POST")
    try:
        with opener.open(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code


def _list(db: sqlite3.Connection, condition: str, *values: object) -> list[Delivery]:
    sql = f"""SELECT delivery.id, platform, event, event_type, raw, due_at, tries, webhook_secret
              FROM delivery JOIN account ON account.id = delivery.account
              WHERE delivered_at IS NULL AND {condition} ORDER BY delivery.id"""
    return [Delivery(**dict(row)) for row in db.execute(sql, values)]
