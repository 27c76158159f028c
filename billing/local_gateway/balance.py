"""The balance of an account of the local gateway: what each charge leaves once its fee is taken, the payout of each day, disputes.

Every function works inside the caller's transaction of the store. A payout leaves by itself, whenever somebody looks.
"""

import secrets
import sqlite3
from datetime import UTC, datetime, timedelta

from billing.card_gateway import CURRENCY
from billing.gateway_balance import Dispute, DisputeStatus, Move, MoveKind, Payout, PayoutStatus
from billing.local_gateway.checkouts import LocalCheckout

FEE_PER_MILLE, FEE_CENTS = 15, 25
DISPUTE_FEE_CENTS = 1_500
SETTLES = timedelta(days=2)  # before, a charge waits at the gateway
TRAVELS = timedelta(days=2)  # from the gateway to the bank
REPLY_WITHIN = timedelta(days=14)


def take(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime) -> None:
    """A charge paid, less its fee."""
    fee_cents = (checkout.cents * FEE_PER_MILLE + 500) // 1000 + FEE_CENTS
    _move(db, checkout, MoveKind.CHARGE, checkout.cents, now, fee_cents=fee_cents)


def give_back(db: sqlite3.Connection, checkout: LocalCheckout, cents: int, now: datetime) -> None:
    """A refund; the fee of the charge stays taken."""
    _move(db, checkout, MoveKind.REFUND, -cents, now)


def contest(db: sqlite3.Connection, checkout: LocalCheckout, now: datetime) -> str:
    """The holder's bank takes back what is left of a charge, and a fee is billed; the dispute's reference."""
    reference, left = f"dp_local_{secrets.token_hex(8)}", checkout.cents - checkout.refunded_cents
    values = (reference, checkout.account, checkout.intent, left, _seconds(now))
    db.execute("INSERT INTO dispute (reference, account, charge, cents, opened_at) VALUES (?, ?, ?, ?, ?)", values)
    _move(db, checkout, MoveKind.DISPUTE, -left, now, fee_cents=DISPUTE_FEE_CENTS, source=reference)
    return reference


def decide(db: sqlite3.Connection, checkout: LocalCheckout, reference: str, now: datetime, *, is_won: bool) -> None:
    """What the bank says in the end of a dispute: won, its money is back; the fee stays."""
    cents = db.execute("SELECT cents FROM dispute WHERE reference = ? AND status = 'open'", (reference,)).fetchone()[0]
    status = DisputeStatus.WON if is_won else DisputeStatus.LOST
    db.execute("UPDATE dispute SET status = ? WHERE reference = ?", (str(status), reference))
    if is_won:
        _move(db, checkout, MoveKind.REINSTATED, cents, now, source=reference)


def pay_out_due(db: sqlite3.Connection, account: str, now: datetime) -> None:
    """Once a day, everything that has settled leaves for the bank."""
    since = int(datetime(now.year, now.month, now.day, tzinfo=UTC).timestamp())
    if db.execute("SELECT 1 FROM payout WHERE account = ? AND made_at >= ?", (account, since)).fetchone():
        return
    settled = f"account = ? AND payout IS NULL AND kind <> '{MoveKind.PAYOUT}' AND at <= ?"
    until = _seconds(now - SETTLES)
    cents = db.execute(f"SELECT coalesce(sum(cents - fee_cents), 0) FROM move WHERE {settled}", (account, until)).fetchone()[0]
    if cents <= 0:
        return
    reference = f"po_local_{secrets.token_hex(8)}"
    db.execute(f"UPDATE move SET payout = ? WHERE {settled}", (reference, account, until))
    arrives = _seconds(now + TRAVELS)
    db.execute(
        "INSERT INTO payout (reference, account, cents, made_at, arrives_at) VALUES (?, ?, ?, ?, ?)",
        (reference, account, cents, _seconds(now), arrives),
    )
    _insert(db, account, MoveKind.PAYOUT, -cents, now, source=reference)


def list_moves(db: sqlite3.Connection, account: str, since: datetime) -> list[Move]:
    """What moved the account's balance since an instant."""
    rows = db.execute("SELECT * FROM move WHERE account = ? AND at >= ? ORDER BY at, rowid", (account, _seconds(since)))
    return [
        Move(
            reference=row["reference"],
            kind=MoveKind(row["kind"]),
            cents=row["cents"],
            fee_cents=row["fee_cents"],
            currency=CURRENCY,
            at=_instant(row["at"]),
            charge_reference=row["charge"],
            payment_reference=row["payment"],
            source_reference=row["source"],
        )
        for row in rows
    ]


def list_payouts(db: sqlite3.Connection, account: str, since: datetime, now: datetime) -> list[Payout]:
    """What left for the bank since an instant."""
    rows = db.execute("SELECT * FROM payout WHERE account = ? AND made_at >= ? ORDER BY made_at, rowid", (account, _seconds(since)))
    return [
        Payout(
            payout_reference=row["reference"],
            cents=row["cents"],
            currency=CURRENCY,
            status=PayoutStatus.PAID if row["arrives_at"] <= _seconds(now) else PayoutStatus.UNDER_WAY,
            made_at=_instant(row["made_at"]),
            arrives_on=_instant(row["arrives_at"]).date(),
        )
        for row in rows
    ]


def list_disputes(db: sqlite3.Connection, account: str, since: datetime) -> list[Dispute]:
    """The account's charges that were disputed since an instant."""
    rows = db.execute("SELECT * FROM dispute WHERE account = ? AND opened_at >= ? ORDER BY opened_at, rowid", (account, _seconds(since)))
    return [
        Dispute(
            dispute_reference=row["reference"],
            charge_reference=row["charge"],
            cents=row["cents"],
            currency=CURRENCY,
            status=DisputeStatus(row["status"]),
            opened_at=_instant(row["opened_at"]),
            reply_by=_instant(row["opened_at"]) + REPLY_WITHIN if row["status"] == DisputeStatus.OPEN else None,
        )
        for row in rows
    ]


def list_contested(db: sqlite3.Connection, account: str) -> frozenset[str]:
    """The charges that were ever disputed."""
    return frozenset(row["charge"] for row in db.execute("SELECT charge FROM dispute WHERE account = ?", (account,)))


def _move(
    db: sqlite3.Connection,
    checkout: LocalCheckout,
    kind: MoveKind,
    cents: int,
    now: datetime,
    *,
    fee_cents: int = 0,
    source: str | None = None,
) -> None:
    whose = checkout.payment if kind is MoveKind.CHARGE else None
    _insert(db, checkout.account, kind, cents, now, fee_cents=fee_cents, charge=checkout.intent, payment=whose, source=source)


def _insert(
    db: sqlite3.Connection, account: str, kind: MoveKind, cents: int, now: datetime, *, fee_cents: int = 0, **of: str | None
) -> None:
    values = {"reference": f"txn_local_{secrets.token_hex(12)}", "account": account, "kind": str(kind), "cents": cents}
    values |= {"fee_cents": fee_cents, "at": _seconds(now), **of}
    db.execute(f"INSERT INTO move ({', '.join(values)}) VALUES ({', '.join(f':{name}' for name in values)})", values)


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
