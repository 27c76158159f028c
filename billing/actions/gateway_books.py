"""The card gateway's balance entered in the books: every move once, by its reference, whatever the order and how often it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from billing import gateway_entries as entries
from billing.actions import gateway_disputes, ledger
from billing.actions.gateway_keys import gateway_here
from billing.actions.ledger import Posting
from billing.card_gateway import CURRENCY, CardGateway
from billing.differences import REACH
from billing.gateway_balance import Dispute, Move, MoveKind, Payout, PayoutStatus
from billing.gateway_books import LABELS, OF_DISPUTES, fee_of, is_elsewhere, say_fees
from billing.ledger import Entry
from billing.models import BillingAccount, GatewayMove, GatewayPayout, Payment
from billing.queries.gateway_books import charges_elsewhere, has_moves, list_payouts, moves_among, payments_of_charges
from billing.queries.means import takes_cards
from mobility import audit
from mobility.db import db, platform_id, transaction
from mobility.models import Beneficiary
from mobility.periods import paris_day
from mobility.rights import house

LATELY = timedelta(days=60)  # what is not settled within it is looked for by the nightly comparison
Owner = tuple[Payment, BillingAccount, Beneficiary]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the gateway says of its balance."""

    moves: Sequence[Move]
    payouts: Sequence[Payout] = ()
    disputes: Sequence[Dispute] = ()


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What a night's moves are about."""

    owners: dict[str, Owner]
    elsewhere: set[str]
    payouts: dict[str, GatewayPayout]
    now: datetime


def follow(*, now: datetime) -> int:
    """Enter what the gateway's balance did since it was last read; how many moves. Outside any transaction; harmless again.

    Raises GatewayUnreachable, GatewayRefused.
    """
    if not takes_cards():
        return 0
    return read(gateway_here(), now=now)


def read(gateway: CardGateway, *, now: datetime) -> int:
    """The same of a gateway at hand."""
    since = now - (LATELY if has_moves() else REACH)
    db.session.close()  # nothing stays open while the gateway thinks
    told = ask(gateway, since)
    with transaction():
        return enter(told, now=now)


def ask(gateway: CardGateway, since: datetime) -> Told:
    """What the gateway says since an instant."""
    return Told(moves=gateway.list_moves(since), payouts=gateway.list_payouts(since), disputes=gateway.list_disputes(since))


def enter(told: Told, *, now: datetime) -> int:
    """Write what is not in the books yet; how many moves. Inside the caller's transaction, behind the lock of the books.

    What cannot be placed yet (a payment that our books do not have) is left for another night, and shown as a difference.
    """
    ledger.lock_books()  # two readers of one balance come one after the other
    seen = moves_among([key_of(move) for move in told.moves])
    fresh = {key: move for move in told.moves if (key := key_of(move)) not in seen and move.currency == CURRENCY}
    moves = sorted(fresh.values(), key=lambda each: each.at)
    charges = {reference for move in moves if (reference := move.charge_reference)}
    charges |= {dispute.charge_reference for dispute in told.disputes}
    elsewhere = charges_elsewhere(charges) | {
        move.charge_reference for move in moves if move.charge_reference and move.kind is MoveKind.CHARGE and is_elsewhere(move, set())
    }
    known = _Known(owners=payments_of_charges(charges), elsewhere=elsewhere, payouts=list_payouts(), now=now)
    gateway_disputes.follow(told.disputes, known.owners, now=now)
    placed = [move for move in sorted(moves, key=lambda each: each.kind is MoveKind.PAYOUT_BACK) if _may_enter(move, moves, known)]
    _write(placed, known)
    _follow_payouts(told.payouts, now=now)
    return len(placed)


def key_of(move: Move) -> str:
    """What keeps a move one: the gateway's own name for it."""
    return move.reference


def _may_enter(move: Move, moves: Sequence[Move], known: _Known) -> bool:
    if move.kind is MoveKind.PAYOUT_BACK:
        told = {each.source_reference for each in moves if each.kind is MoveKind.PAYOUT}
        return move.source_reference in known.payouts or move.source_reference in told
    if move.kind in OF_DISPUTES:
        return is_elsewhere(move, known.elsewhere) or move.charge_reference in known.owners
    return True


def _write(moves: Sequence[Move], known: _Known) -> None:
    """Their entries in one go, then what each of them is."""
    entered = [(move, entry) for move in moves if (entry := _entry_of(move, known)) is not None]
    fees = _fees(moves, known.now)
    postings = [_posting(move, entry, known) for move, entry in entered]
    postings += [Posting(entry=entry, reference=f"frais {day:%Y-%m-%d}") for day, entry in fees.items()]
    numbers = ledger.post_many(postings, now=known.now)
    own = dict(zip((move.reference for move, _ in entered), numbers, strict=False))
    of_fees = dict(zip(fees, numbers[len(entered) :], strict=True))
    for move in moves:
        number, fee = own.get(move.reference), of_fees.get(_day(move, known.now)) if fee_of(move) else None
        _remember(move, number, fee, known)


def _entry_of(move: Move, known: _Known) -> Entry | None:
    """The entry of what moved, fees apart; None for what the payment's or the refund's own entry says."""
    on, label = _day(move, known.now), LABELS.get(move.kind, "")
    if not move.cents:
        return None
    if is_elsewhere(move, known.elsewhere):
        return entries.moved_elsewhere(move.cents, on=on, label=label)
    if move.kind in OF_DISPUTES:
        payment, account, _ = known.owners[move.charge_reference or ""]
        return entries.dispute_taken(account.party, -move.cents, on=on, label=f"{label}, {payment.reference}")
    if move.kind in (MoveKind.PAYOUT, MoveKind.PAYOUT_BACK):
        return entries.payout_made(-move.cents, on=on, label=label)
    return None


def _posting(move: Move, entry: Entry, known: _Known) -> Posting:
    owner = known.owners.get(move.charge_reference or "") if move.kind in OF_DISPUTES else None
    if owner is not None and not is_elsewhere(move, known.elsewhere):
        payment, account, _ = owner
        return Posting(entry=entry, account_id=account.id, reference=payment.reference)
    return Posting(entry=entry, reference=(move.source_reference or move.reference)[:60])


def _fees(moves: Sequence[Move], now: datetime) -> dict[date, Entry]:
    """Each day's fees in one entry."""
    cents: dict[date, list[int]] = {}
    for move in moves:
        if fee := fee_of(move):
            cents.setdefault(_day(move, now), []).append(fee)
    return {day: entries.fees_taken(sum(some), on=day, label=say_fees(len(some))) for day, some in sorted(cents.items()) if sum(some)}


def _day(move: Move, now: datetime) -> date:
    return ledger.open_day(paris_day(move.at), today=paris_day(now))


def _remember(move: Move, number: int | None, fee: int | None, known: _Known) -> None:
    by, now = house(platform_id()), known.now
    owner = known.owners.get(move.charge_reference or "")
    row = GatewayMove(reference=key_of(move), kind=str(move.kind), cents=move.cents, fee_cents=move.fee_cents, at=move.at, read_at=now)
    row.charge_reference, row.payment_id = move.charge_reference, owner[0].id if owner else None
    row.is_elsewhere, row.entry_number, row.fee_entry = is_elsewhere(move, known.elsewhere), number, fee
    db.session.add(row)
    audit.record("gateway_move_entered", row, by=by, now=now)
    if move.kind is MoveKind.PAYOUT and number is not None:
        payout = GatewayPayout(reference=(move.source_reference or move.reference), cents=-move.cents, status=str(PayoutStatus.UNDER_WAY))
        payout.made_at, payout.entry_number = move.at, number
        db.session.add(payout)
        known.payouts[payout.reference] = payout
        audit.record("payout_entered", payout, by=by, now=now)
    if move.kind is MoveKind.PAYOUT_BACK:
        payout = known.payouts[move.source_reference or ""]
        payout.status, payout.back_entry = str(PayoutStatus.FAILED), number
        audit.record("payout_came_back", payout, by=by, now=now)


def _follow_payouts(told: Sequence[Payout], *, now: datetime) -> None:
    """Where each stands, and the day the bank is to show it. One that came back stays so: its move says it."""
    known = list_payouts()
    for payout in told:
        row = known.get(payout.payout_reference)
        if row is None or row.status == PayoutStatus.FAILED:
            continue
        status = str(row.status if payout.status is PayoutStatus.FAILED else payout.status)
        if (row.status, row.arrives_on) != (status, payout.arrives_on):
            row.status, row.arrives_on = status, payout.arrives_on
            audit.record("payout_followed", row, by=house(platform_id()), now=now)
