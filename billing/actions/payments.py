"""Money in at the desk: in a means the dated rules allow, entered in the ledger, with a numbered receipt."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import select

from billing.actions import ledger
from billing.actions.charging import lock_account
from billing.actions.deposit_steps import lock_deposit, pure, take_step
from billing.actions.losses import beyond_due, regain
from billing.actions.receipts import issue
from billing.entries import payment_received
from billing.events import PaymentSettled, emit
from billing.means import OTHER_DEBTS, Debt, check_means
from billing.models import BillingAccount, Charge, Payment, Receipt
from billing.payments import reference_of
from billing.queries.accounts import Settled, owed_of, settled, stands
from billing.queries.names import list_owed
from billing.queries.payments import find_by_key, lock_payment
from billing.queries.usage import limits_on
from mobility import audit, numbers
from mobility.crypto import new_token
from mobility.db import db
from mobility.errors import Conflict, RuleBroken
from mobility.models import Beneficiary
from mobility.money import euros
from mobility.periods import paris_day
from mobility.rights import Viewer


def take_payment(
    account_id: int,
    *,
    means: str,
    cents: int,
    reference: str | None = None,
    bank: str | None = None,
    drawn_by: str | None = None,
    purpose: str = "rental",
    key: str | None = None,
    regained_cents: int | None = None,
    by: Viewer,
    now: datetime,
) -> Receipt:
    """Money in hand, or a transfer seen at the bank, on a rental's account. `reference` is the cheque's number or the bank's label;
    `bank` and `drawn_by` are whose cheque it is when not the person's own; `regained_cents` as for `settle`.

    The same `key` again gives the same receipt. The caller has shown the detailed note where one is due (`means.is_note_due`).
    Raises RuleBroken for a means the rules refuse, a card (it has its own page), another amount under the key; NotFound.
    """
    account = lock_account(account_id)
    if key is not None and (seen := find_by_key(key)) is not None:
        return _same(seen, account_id, means, cents)
    before = _check(account, means, cents, purpose, now)
    if means == "card":
        raise RuleBroken("La carte se paie sur la page de paiement de la personne : envoyez-lui le lien.", field="means")
    what = {"means": means, "cents": cents, "purpose": purpose, "voucher": reference, "reference": new_reference()}
    what |= {"bank": bank, "drawn_by": drawn_by} if means == "cheque" else {}
    return settle(_row_of(account, key, what, by=by, now=now), account, before=before, regained_cents=regained_cents, by=by, now=now)


def announce_transfer(
    account_id: int, *, cents: int, purpose: str = "rental", key: str | None = None, by: Viewer, now: datetime
) -> Payment:
    """A transfer to come: its `reference` is what the person writes on it. Raises RuleBroken, NotFound."""
    account = lock_account(account_id)
    if key is not None and (seen := find_by_key(key)) is not None:
        return check_same(seen, account_id, "transfer", cents)
    _check(account, "transfer", cents, purpose, now)
    return add_payment(account, means="transfer", cents=cents, purpose=purpose, status="announced", key=key, by=by, now=now)


def confirm_transfer(payment_id: int, *, voucher: str | None = None, on: date | None = None, by: Viewer, now: datetime) -> Receipt:
    """The transfer was seen on the bank's statement, `on` the bank's day. Raises Conflict when it was settled or cancelled before."""
    payment, account = lock_payment(payment_id)
    _check_announced(payment)
    payment.voucher = voucher
    return settle(payment, account, on=on, by=by, now=now)


def cancel_payment(payment_id: int, *, by: Viewer, now: datetime) -> Payment:
    """A transfer that will not come. Raises Conflict when it was settled or cancelled before."""
    payment, account = lock_payment(payment_id)
    _check_announced(payment)
    payment.status = "cancelled"
    audit.record("payment_cancelled", payment, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return payment


def add_payment(
    account: BillingAccount,
    *,
    means: str,
    cents: int,
    purpose: str,
    status: str,
    key: str | None,
    deposit_id: int | None = None,
    paper: Mapping[str, str | None] = MappingProxyType({}),
    reference: str | None = None,
    by: Viewer,
    now: datetime,
) -> Payment:
    """A payment's row under its own reference or one drawn before, with what stands on its `paper`; the caller has locked the account."""
    what: dict[str, Any] = {"means": means, "cents": cents, "purpose": purpose, "status": status, "deposit_id": deposit_id, **paper}
    payment = _row_of(account, key, what | {"reference": reference or new_reference()}, by=by, now=now)
    db.session.add(payment)
    audit.record("payment_noted", payment, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    return payment


def new_reference() -> str:
    """The next payment's reference, drawn before there is one: the gateway carries it from the first."""
    return reference_of(numbers.take("payment"))


def _row_of(account: BillingAccount, key: str | None, what: Mapping[str, Any], *, by: Viewer, now: datetime) -> Payment:
    """A payment not yet written: one that is settled at once is written once, and noted once."""
    return Payment(account_id=account.id, key=key or new_token(), created_at=now, taken_by=by.account_id, **what)


def settle(
    payment: Payment,
    account: BillingAccount,
    *,
    on: date | None = None,
    before: tuple[Settled, list[Charge]] | None = None,
    regained_cents: int | None = None,
    by: Viewer,
    now: datetime,
) -> Receipt:
    """The money came, `on` or today: ledger, receipt, news. The caller has locked the account and the payment, or has it new in hand;
    `books` comes last.

    `before` is how the account stood, where the caller has read it under the lock.
    `regained_cents` of it come for what was written off; None: what an ended rental did not owe (docs/adr/0020).
    """
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    with db.session.no_autoflush:  # the payment and the heads of the books are written once, with all that comes of it
        had, charges = before or stands(account.id)
        if regained := beyond_due(account, payment.cents, had) if regained_cents is None else regained_cents:
            regain(account, regained, by=by, now=now)
            had = settled(account.id)
        day = ledger.open_day(on, today=paris_day(now))
        entry = payment_received(account.party, payment.means, payment.cents, on=day, label=f"Paiement {payment.reference}")
        number = ledger.post(entry, now=now, account_id=account.id, reference=payment.reference)
        payment.status, payment.settled_at, payment.failure, payment.entry_number = "settled", now, None, number
        db.session.add(payment)
        receipt = issue(payment, list_owed(account.id, charges=charges), paid_before_cents=had.cents, by=by, now=now)
    audit.record("payment_settled", payment, by=by, now=now, subject=person)
    emit(
        PaymentSettled(
            account_id=account.id,
            payment_id=payment.id,
            means=payment.means,
            cents=payment.cents,
            receipt_number=receipt.number,
            at=now,
        )
    )
    return receipt


def settle_deposit(payment: Payment, account: BillingAccount, *, by: Viewer, now: datetime) -> None:
    """A card charged for a deposit: the deposit's own step, entry and receipt. The caller has locked the payment.

    Another form was asked while its word was on its way: the deposit is by card after all, or, once it came in that form, the money
    is an advance on the account, to be given back from the payment's page.
    """
    assert payment.deposit_id is not None
    deposit, _ = lock_deposit(payment.deposit_id)
    if deposit.kind != "card" and pure(deposit).received_cents:
        payment.deposit_id, payment.purpose = None, "rental"
        settle(payment, account, regained_cents=0, by=by, now=now)
        return
    if deposit.kind != "card":
        deposit.kind = "card"
        audit.record("deposit_by_card", deposit, by=by, now=now, subject=db.session.get_one(Beneficiary, account.beneficiary_id))
    payment.status, payment.settled_at, payment.failure = "settled", now, None
    step = take_step(deposit, "received", payment.cents, means="card", reference=payment.reference, by=by, now=now)
    payment.entry_number = step.entry_number


def check_same(seen: Payment, account_id: int, means: str, cents: int) -> Payment:
    """The payment already made under a key. Raises RuleBroken when the key comes back with something else."""
    if (seen.account_id, seen.means, seen.cents) != (account_id, means, cents):
        raise RuleBroken("Cette clé a déjà servi pour un autre paiement. Rechargez la page avant de recommencer.", field="key")
    return seen


def _same(seen: Payment, account_id: int, means: str, cents: int) -> Receipt:
    return db.session.scalars(select(Receipt).filter(Receipt.payment_id == check_same(seen, account_id, means, cents).id)).one()


def _check(account: BillingAccount, means: str, cents: int, purpose: str, now: datetime) -> tuple[Settled, list[Charge]]:
    """How the account stands. The whole debt counts, so that paying in parts dodges nothing (domain.md §9 "Cash")."""
    if cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    check_owed(account.id, purpose, cents)
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    had, charges = stands(account.id)
    debt = Debt(kind=account.kind, debt_kind=purpose, cents=max(cents, had.balance_cents))
    check_means(means, debt, limits=limits_on(paris_day(now)), declared_without_bank=person.without_bank_declared_on is not None)
    return had, charges


def check_owed(account_id: int, purpose: str, cents: int) -> None:
    """A repair or a membership is paid once it stands on the account: else its money would pay the rent, in cash even for a car."""
    if purpose in OTHER_DEBTS and cents > (owed := owed_of(account_id, purpose)):
        raise RuleBroken(
            f"Il reste {euros(owed)} de {OTHER_DEBTS[purpose]} à payer : inscrivez d’abord au compte ce qui est dû.", field="cents"
        )


def _check_announced(payment: Payment) -> None:
    if payment.status != "announced":
        raise Conflict("Ce virement n’est plus attendu : il est déjà reçu ou annulé.")
