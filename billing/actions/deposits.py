"""The life of a deposit: opened with the contract, received or deferred before the keys, given back after the return."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from billing import deposit_papers as papers
from billing import deposits as rules
from billing.actions import card_holds, refunds, saved_cards
from billing.actions.charging import lock_account
from billing.actions.deposit_proofs import keep_proofs
from billing.actions.deposit_steps import lock_deposit, note_state, pure, take_step
from billing.card_holds import ON_HOLD, check_fits
from billing.deposits import DEFERRAL_REASONS, SOLIDARITY_KEY, SOLIDARITY_REASONS, Instalment, instalment_plan
from billing.models import BillingAccount, Deposit, DepositStep
from billing.queries.deposits import deposit_of, list_secured, plan_of
from billing.queries.holdbacks import held_back
from billing.saved_cards import ON_FILE
from mobility import audit, practice
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.periods import months_after, paris_day, say_day
from mobility.rights import Viewer


def open_deposit(account_id: int, *, kind: str, due_cents: int, instalments: int = 1, by: Viewer, now: datetime) -> Deposit:
    """Ask a deposit of an account, in monthly parts from today. Raises RuleBroken for kind and amounts, Conflict when one is open."""
    account = lock_account(account_id)
    if (earlier := deposit_of(account_id)) and earlier.status not in ("released", "kept", "dropped"):
        raise Conflict("Une caution est déjà demandée pour cette location.")
    return ask_deposit(account, kind=kind, due_cents=due_cents, instalments=instalments, by=by, now=now)


def ask_deposit(account: BillingAccount, *, kind: str, due_cents: int, instalments: int = 1, by: Viewer, now: datetime) -> Deposit:
    """The deposit of an account just opened, or locked and without one. Raises RuleBroken for kind and amounts."""
    rules.Deposit(kind=kind, due_cents=due_cents)
    if kind == ON_HOLD:
        check_fits(account.first_on, account.last_on)
    plan = instalment_plan(due_cents, instalments, paris_day(now)) if due_cents else ()
    deposit = Deposit(account_id=account.id, kind=kind, status="due", due_cents=due_cents, held_cents=0, plan=written(plan))
    deposit.status = rules.Deposit(kind=kind, due_cents=due_cents).state
    db.session.add(deposit)
    audit.record("deposit_asked", deposit, by=by, now=now, subject=_person(account))
    return deposit


def receive_deposit(
    deposit_id: int,
    *,
    cents: int,
    kind: str | None = None,
    reference: str | None = None,
    issuer: str | None = None,
    dated_on: date | None = None,
    valid_until: date | None = None,
    photos: Sequence[int] = (),
    by: Viewer,
    now: datetime,
) -> DepositStep:
    """Money, a cheque or a guarantee in hand; `kind` changes the kind as long as nothing was received.

    `reference`, `issuer` and `dated_on` are the cheque's number, bank and day, or those of the letter by which a structure stands for the
    person, which is good until `valid_until`. A card is charged on its own page (`cards.start_card_payment`). Raises RuleBroken, NotFound.
    """
    deposit, account = lock_deposit(deposit_id)
    if kind is not None and kind != deposit.kind:
        _change_kind(deposit, kind)
    if deposit.kind in rules.BY_CARD:
        raise RuleBroken("Une caution par carte se fait sur le téléphone de la personne, par un lien.", field="kind")
    rules.receive(pure(deposit), cents)
    papers.check_paper(deposit.kind, issuer, dated_on, paris_day(now))
    papers.check_valid_until(deposit.kind, valid_until, paris_day(now))
    paper: dict[str, Any] = {"reference": reference, "issuer": issuer, "dated_on": dated_on}
    expires_on = papers.paper_expires_on(deposit.kind, dated_on, valid_until)
    step = take_step(deposit, "received", cents, **paper, expires_on=expires_on, by=by, now=now)
    keep_proofs(step, account.beneficiary_id, photos, by=by, now=now)
    return step


def reduce_deposit(deposit_id: int, *, reason: str, by: Viewer, now: datetime) -> Deposit:
    """Ask the solidarity amount instead, by the platform's dated share, for a coded reason, once. Raises RuleBroken, Conflict, NotFound."""
    if reason not in SOLIDARITY_REASONS:
        raise RuleBroken("Dites pourquoi la caution est réduite.", field="reason")
    deposit, account = lock_deposit(deposit_id)
    if deposit.reduced_reason is not None:
        raise Conflict("Cette caution est déjà la caution solidaire.")
    value = pure(deposit)
    reduced = rules.reduce(value, practice.value_on(SOLIDARITY_KEY, paris_day(now)))
    deposit.plan = written(rules.shortened(plan_of(deposit), value.due_cents - reduced.due_cents))
    deposit.due_cents, deposit.reduced_reason = reduced.due_cents, reason
    audit.record("deposit_reduced", deposit, by=by, now=now, subject=_person(account))
    said = f"{SOLIDARITY_REASONS[reason]}, {euros(reduced.due_cents)} au lieu de {euros(value.due_cents)}"
    take_step(deposit, "reduced", 0, reason=said, by=by, now=now)
    return deposit


def defer_deposit(
    deposit_id: int, *, reason: str, plan: Sequence[Instalment] | None = None, instalments: int = 1, by: Viewer, now: datetime
) -> Deposit:
    """Hand over the keys before the deposit is whole, for a coded reason; without `plan` the rest comes by month, from the next one."""
    if reason not in DEFERRAL_REASONS:
        raise RuleBroken("Dites pourquoi la caution est différée.", field="reason")
    deposit, _ = lock_deposit(deposit_id)
    value = pure(deposit)
    if plan is None:
        plan = instalment_plan(value.missing_cents, instalments, months_after(paris_day(now), 1))
    deferred = rules.defer(value, reason, plan)
    assert deferred.deferral is not None
    deposit.deferred_reason, deposit.plan = reason, written(deferred.deferral.plan)
    take_step(deposit, "deferred", 0, reason=DEFERRAL_REASONS[reason], by=by, now=now)
    return deposit


def set_release_date(deposit_id: int, *, returned_on: date, by: Viewer, now: datetime, release_on: date | None = None) -> Deposit:
    """The vehicle is back: the day the deposit is due back, by the dated delay of the platform or as given.

    Raises Conflict while the account runs, RuleBroken for a day before the return.
    """
    deposit, account = lock_deposit(deposit_id)
    for secured in list_secured(deposit_id):
        _check_back(secured, returned_on)
    if release_on is not None and release_on < returned_on:
        raise RuleBroken("La caution se rend après le retour du véhicule.", field="release_on")
    days = 0 if deposit.kind == ON_HOLD else practice.value_on("billing.deposit_release_days", returned_on)  # no hold waits for fines
    dated = rules.give_back_on(pure(deposit), returned_on, (release_on - returned_on).days if release_on else days)
    deposit.release_on = dated.release_on
    note_state(deposit)
    audit.record("deposit_dated", deposit, by=by, now=now, subject=_person(account))
    return deposit


def ask_again(deposit_id: int, *, by: Viewer, now: datetime) -> Deposit:
    """A booking cancelled before the keys is taken up again: its deposit has no release date any more. Raises RuleBroken once it left."""
    deposit, account = lock_deposit(deposit_id)
    if pure(deposit).state in ("released", "kept"):
        raise RuleBroken("La caution a déjà été rendue : faites une nouvelle réservation.")
    deposit.release_on = None
    note_state(deposit)
    audit.record("deposit_asked_again", deposit, by=by, now=now, subject=_person(account))
    return deposit


def release_deposit(deposit_id: int, *, by: Viewer, now: datetime) -> Deposit:
    """Give back all that is held, from its release date on. By card the refunds are only asked here: `refunds.send` makes them.

    A card on file or a hold is let go of: `saved_cards.send_away` and `card_holds.send_away` have the gateway do it. Raises RuleBroken
    before the date, Conflict while refunds are under way, while the bank has still to answer, or when something holds it back.
    """
    deposit, _ = lock_deposit(deposit_id)
    refunds.check_settled(deposit)
    saved_cards.check_answered(deposit, now)
    card_holds.check_answered(deposit)
    for sentence in held_back([deposit.account_id]).values():
        raise Conflict(sentence)
    held_cents = pure(deposit).held_cents
    rules.release(pure(deposit), paris_day(now))
    if deposit.kind == "card":
        refunds.ask_for_deposit(deposit, held_cents, by=by, now=now)
    else:
        take_step(deposit, "released", held_cents, by=by, now=now)
    saved_cards.let_go(deposit, by=by, now=now) if deposit.kind == ON_FILE else card_holds.let_go(deposit, by=by, now=now)
    return deposit


def _change_kind(deposit: Deposit, kind: str) -> None:
    if pure(deposit).received_cents:
        raise RuleBroken("Une partie de la caution est déjà reçue d’une autre façon : terminez de la même façon.", field="kind")
    deposit.kind = rules.Deposit(kind=kind, due_cents=deposit.due_cents).kind


def _check_back(account: BillingAccount, returned_on: date) -> None:
    if account.closed_at is None:
        raise Conflict("Le véhicule n’est pas encore rendu : la caution se rend après son retour.")
    if account.ended_at is not None and returned_on < paris_day(account.ended_at):
        raise RuleBroken(f"Le véhicule a été rendu le {say_day(paris_day(account.ended_at))}, pas avant.", field="returned_on")


def _person(account: BillingAccount) -> Beneficiary:
    return db.session.get_one(Beneficiary, account.beneficiary_id)


def written(plan: Sequence[Instalment]) -> list[dict[str, object]]:
    """A plan as its row keeps it."""
    return [{"due_on": part.due_on.isoformat(), "cents": part.cents} for part in plan]
