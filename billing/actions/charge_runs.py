"""The weekly charges of many rentals in one pass: priced from plain values, written in bulk, of a platform all or none (docs/adr/0019)."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import update

from billing.actions import ledger
from billing.actions.charging import entry_of
from billing.models import Charge, ChargeRun
from billing.queries.charge_runs import Running, count_due, lock_due, read_posted, read_proofs, read_running
from billing.queries.statement import days_of_spans
from billing.queries.tariffs import Proof, list_tiers, spans_of
from billing.reckoning import Due, Stay, due_of
from billing.shares import Agreement
from billing.terms import Terms, thaw
from mobility import audit
from mobility.db import Write, beside, db, platform_id, ready_many, reserve_ids, send, sent_meanwhile, transaction
from mobility.periods import paris_day
from mobility.rights import Viewer, house

AT_ONCE = 2_000  # rentals read, priced and written together: what is held in memory
MOST_KNOWN = 2_000  # prices kept for rentals that are alike
_COLUMNS = ("account_id", "key", "kind", "first_on", "last_on", "cents", "sentence", "days", "posted_at", "entry_number")


class Posted(NamedTuple):
    """What a run wrote."""

    charges: int = 0
    cents: int = 0


def run_charges(*, now: datetime, by: Viewer | None = None) -> Posted:
    """One platform's charges by now, outside any transaction; its progress is told in a `ChargeRun`. Harmless again, also when cut off.

    The job of each night, and what the manager may ask for in between; a run that nothing is due for leaves no trace.
    """
    by = by or house(platform_id())
    with transaction():
        rentals = count_due(paris_day(now))
        run_id = _begin(rentals, by, now) if rentals else None
    if run_id is None:
        return Posted()
    try:
        with transaction():
            return _charge(run_id, rentals, by, now)
    except BaseException:
        with transaction():
            _end(run_id, by, now)
        raise


def run_charges_within(*, now: datetime) -> Posted:
    """The same inside a transaction that is open, for who builds a whole past in one."""
    by, rentals = house(platform_id()), count_due(paris_day(now))
    return _charge(_begin(rentals, by, now), rentals, by, now) if rentals else Posted()


def _charge(run_id: int, rentals: int, by: Viewer, now: datetime) -> Posted:
    posted = post_due_charges(now=now, by=by, told=lambda done: _tell(run_id, min(done, rentals - 1)))
    _end(run_id, by, now, done=rentals, charges=posted.charges, cents=posted.cents)
    return posted


def post_due_charges(*, now: datetime, by: Viewer | None = None, told: Callable[[int], None] = lambda done: None) -> Posted:
    """Charge every complete week and month of the platform in force not charged yet; `told` hears how many rentals were looked at.

    What an act makes cheaper it gives back at once (`charging.bring_up_to_date`), so nothing charged before is priced here again.
    Run again, or by two workers, it posts nothing twice: the accounts are locked first, all of them, then the books.
    """
    by, ids, posted = by or house(platform_id()), lock_due(paris_day(now)), Posted()
    prices = _Prices(today=paris_day(now), posted=read_posted(ids) if ids else {})
    list_tiers()  # known from here on: while rows are sent, what reckons asks the database nothing
    waiting: list[Write] = []
    for first in range(0, len(ids), AT_ONCE):
        rentals = read_running(ids[first : first + AT_ONCE])
        proofs = read_proofs({rental.beneficiary_id for rental in rentals})
        with sent_meanwhile(waiting):  # the database writes the rentals before while these are reckoned
            charges = list(_price(rentals, proofs, prices))
            numbers, entries = _enter(charges, now)
        waiting = entries + _make_ready(charges, numbers, by, now)
        posted = Posted(posted.charges + len(charges), posted.cents + sum(charge.ready.due.cents for charge in charges))
        told(min(first + AT_ONCE, len(ids)))
    send(waiting)
    return posted


class _Ready(NamedTuple):
    """A charge that rentals that are alike share, its days as they will be kept."""

    due: Due
    days: str
    agreed: Mapping[int, Agreement]


class _Charge(NamedTuple):
    rental: Running
    ready: _Ready


@dataclass(frozen=True, kw_only=True)
class _Prices:
    """Each price reckoned once by the pure rule, for all rentals that cannot differ in it."""

    today: date
    posted: Mapping[int, str]
    _terms: dict[str, Terms] = field(default_factory=dict)
    _known: dict[Any, list[_Ready]] = field(default_factory=dict)

    def of(self, rental: Running, proofs: tuple[Proof, ...]) -> list[_Ready]:
        """What falls due of a rental by today."""
        terms = self._terms.get(rental.terms) or self._terms.setdefault(rental.terms, thaw(json.loads(rental.terms)))
        begun = paris_day(rental.started_at), terms.first_day(rental.started_at)
        rights = tuple((proof.tier_code, proof.from_on, proof.to_on) for proof in proofs)
        posted = self.posted.get(rental.id, "")
        alike = rental.kind, rental.qpv, rental.terms, rental.out_of_service, begun, rights, posted
        if alike not in self._known:
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            stay = Stay(
                kind=rental.kind,
                terms=terms,
                handed_over_at=rental.started_at,
                idle=days_of_spans(json.loads(rental.out_of_service)),
            )
            agreed = {agreement.id: agreement for agreement in terms.agreements}
            due = due_of(stay, spans_of(proofs, qpv=rental.qpv), today=self.today, posted=frozenset(posted.split()))
            self._known[alike] = [_Ready(one, json.dumps(one.days), agreed) for one in due]
        return self._known[alike]


def _price(rentals: Iterable[Running], proofs: Mapping[int, tuple[Proof, ...]], prices: _Prices) -> Iterator[_Charge]:
    for rental in rentals:
        for ready in prices.of(rental, proofs.get(rental.beneficiary_id, ())):
            yield _Charge(rental, ready)


def _enter(charges: Iterable[_Charge], now: datetime) -> tuple[list[int | None], list[Write]]:
    """The entries of charges in the chain, and the number of each; a charge that moves no account has none."""
    entries = [
        (charge, entry_of(charge.ready.due, charge.ready.agreed, party=charge.rental.party, on=paris_day(now))) for charge in charges
    ]
    postings = [
        ledger.Posting(entry=entry, account_id=charge.rental.id, reference=charge.ready.due.key) for charge, entry in entries if entry
    ]
    numbers, writes = ledger.chain_many(postings, now=now)
    following = iter(numbers)
    return [next(following) if entry else None for _, entry in entries], writes


def _make_ready(charges: list[_Charge], numbers: list[int | None], by: Viewer, now: datetime) -> list[Write]:
    """The charges that name their entries, and an audit entry each."""
    ids = reserve_ids(Charge, len(charges))
    rows = [(id_, *_row(charge, now), number) for id_, charge, number in zip(ids, charges, numbers, strict=True)]
    noted = [(id_, charge.rental.party) for id_, charge in zip(ids, charges, strict=True)]
    notes = audit.ready_notes("charge", Charge, noted, fields=sorted(_COLUMNS), by=by, now=now)
    return [*ready_many(Charge, ("id", *_COLUMNS), rows), *notes]


def _row(charge: _Charge, now: datetime) -> tuple[Any, ...]:
    due = charge.ready.due
    return charge.rental.id, due.key, due.kind, due.first_on, due.last_on, due.cents, due.sentence, charge.ready.days, now


def _begin(rentals: int, by: Viewer, now: datetime) -> int:
    run = ChargeRun(started_at=now, started_by=by.account_id, rentals=rentals)
    db.session.add(run)
    audit.record("charge_run", run, by=by, now=now)
    return run.id


def _tell(run_id: int, done: int) -> None:
    with beside() as aside:
        if aside is not None:
            aside.execute(update(ChargeRun).where(ChargeRun.id == run_id).values(done=done))


def _end(run_id: int, by: Viewer, now: datetime, **values: int) -> None:
    run = db.session.get_one(ChargeRun, run_id)
    run.ended_at = now
    for name, value in values.items():
        setattr(run, name, value)
    audit.record("charge_run_ended", run, by=by, now=now)
