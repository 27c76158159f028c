"""The bank's statements: each line kept once, then recorded on what it pays through the desk's own acts, or set aside with a reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from billing.actions import invoices, ledger, payments, payouts
from billing.actions.charging import lock_account
from billing.bank_statements import Statement, check_count, marks_of, read_csv
from billing.camt import read_camt
from billing.matching import ACCOUNT, INVOICE, PAYMENT
from billing.models import BankLine, Payment
from billing.payout_matching import PAYOUT
from billing.queries.bank import ASIDE, OPEN, RECORDED, list_ibans, marks_among
from billing.queries.gateway_books import lock_payout
from billing.queries.invoices import get_invoice
from billing.queries.payments import get_payment
from mobility import audit
from mobility.db import db
from mobility.errors import Conflict, NotFound, RuleBroken
from mobility.money import euros
from mobility.periods import paris_day, say_day
from mobility.rights import Viewer

MOST_BYTES = 5_000_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def keep_statement(name: str, raw: bytes, *, other_account: bool = False, by: Viewer, now: datetime) -> tuple[int, int]:
    """Keep a file's credits that are not there yet; how many came in, and how many were there. Raises RuleBroken on `file`.

    A statement of an account never seen before is taken only when `other_account` says so: it may be another bank's by mistake.
    """
    try:
        statement = _read(name, raw, now)
        check_count(statement.credits)
        _check_account(statement.iban, other_account)
    except RuleBroken as refused:
        raise RuleBroken(refused.sentence, field=refused.field or "file") from None
    ledger.lock_books()  # two senders of one file come one after the other
    marks = marks_of(statement.credits)
    known = marks_among(statement.iban, marks)
    for credit, mark in zip(statement.credits, marks, strict=True):
        if mark in known:
            continue
        line = BankLine(iban=statement.iban, mark=mark, sent_at=now, sent_by=by.account_id, state=OPEN)
        line.on, line.cents, line.label = credit.on, credit.cents, credit.label
        line.payer, line.reference = credit.payer, credit.reference
        db.session.add(line)
        audit.record("bank_line_kept", line, by=by, now=now)
    return len(marks) - len(known), len(known)


def _read(name: str, raw: bytes, now: datetime) -> Statement:
    if not raw:
        raise RuleBroken("Choisissez un fichier.")
    if len(raw) > MOST_BYTES:
        raise RuleBroken("Ce relevé dépasse 5 Mo : exportez-le par mois.")
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<", *_UTF_16)):
        return read_camt(raw, today=paris_day(now))
    return read_csv(name, raw, today=paris_day(now))


def _check_account(iban: str, other_account: bool) -> None:
    known = list_ibans()
    if not iban or not known or iban in known or other_account:
        return
    said = " et ".join(f"…{each[-4:]}" for each in known)
    raise RuleBroken(
        f"Ce relevé est celui du compte …{iban[-4:]}, et vos relevés venaient jusqu’ici du compte {said}. "
        "Si c’est bien un compte de l’association, cochez la case ci-dessous et renvoyez-le.",
        field="file",
    )


def record_transfers(*, accepted: Sequence[str], by: Viewer, now: datetime) -> list[BankLine]:
    """Record lines on what they pay ("12=payment-3"), all of them or none, each dated by the bank.

    Raises RuleBroken, NotFound, Conflict for a line done meanwhile or a target that no longer waits, naming the line.
    """
    chosen = _chosen(accepted)
    lines = _lock_lines(list(chosen))
    _lock_targets(chosen)
    for line in lines:
        try:
            _record(line, *chosen[line.id], by=by, now=now)
        except (Conflict, RuleBroken) as refused:
            said = f"Virement de {euros(line.cents)} du {say_day(line.on)} : {refused.sentence} Rien n’est enregistré."
            raise type(refused)(said, field="accepted") from None
    return lines


def set_aside(bank_line_id: int, *, reason: str, by: Viewer, now: datetime) -> BankLine:
    """A line that pays nothing here: a subsidy, a cheque slip… Raises NotFound, Conflict when it is done already."""
    (line,) = _lock_lines([bank_line_id])
    line.reason = reason
    return _finish(line, ASIDE, "bank_line_set_aside", by=by, now=now)


def reopen_line(bank_line_id: int, *, by: Viewer, now: datetime) -> BankLine:
    """A line set aside by mistake waits again, and is guessed about again. Raises NotFound, Conflict for one that is not aside."""
    (line,) = _lock_rows([bank_line_id])
    if line.state != ASIDE:
        raise Conflict(f"Le virement de {euros(line.cents)} du {say_day(line.on)} n’est pas laissé de côté. Rechargez la page.")
    line.state, line.reason, line.done_at, line.done_by = OPEN, None, None, None
    audit.record("bank_line_reopened", line, by=by, now=now)
    return line


def _chosen(accepted: Sequence[str]) -> dict[int, tuple[str, int]]:
    if not accepted:
        raise RuleBroken("Cochez au moins un virement.", field="accepted")
    chosen: dict[int, tuple[str, int]] = {}
    for each in accepted:
        line_id, _, code = each.partition("=")
        kind, _, target = code.partition("-")
        if int(line_id) in chosen:
            raise RuleBroken("Un même virement est coché deux fois : gardez une seule proposition par virement.", field="accepted")
        chosen[int(line_id)] = kind, int(target)
    return chosen


def _lock_rows(line_ids: list[int]) -> list[BankLine]:
    query = select(BankLine).filter(BankLine.id.in_(line_ids)).order_by(BankLine.id).with_for_update()
    lines = list(db.session.scalars(query.execution_options(populate_existing=True)))
    if len(lines) < len(line_ids):
        raise NotFound
    return lines


def _lock_lines(line_ids: list[int]) -> list[BankLine]:
    """Those that still wait. Raises NotFound, Conflict."""
    lines = _lock_rows(line_ids)
    for line in lines:
        if line.state != OPEN:
            done = "enregistré" if line.state == RECORDED else "laissé de côté"
            raise Conflict(
                f"Le virement de {euros(line.cents)} du {say_day(line.on)} est déjà {done}. Rechargez la page.", field="accepted"
            )
    return lines


def _lock_targets(chosen: dict[int, tuple[str, int]]) -> None:
    """Every account, then every payer, in order and before the books: two treasurers wait for each other in one direction only."""
    targets = list(chosen.values())
    of_payments = [target for kind, target in targets if kind == PAYMENT]
    accounts = set(db.session.scalars(select(Payment.account_id).filter(Payment.id.in_(of_payments))))
    for account_id in sorted(accounts | {target for kind, target in targets if kind == ACCOUNT}):
        lock_account(account_id)
    for payer_id in sorted({get_invoice(target).payer_id for kind, target in targets if kind == INVOICE}):
        invoices.lock_payer(payer_id)
    for payout_id in sorted(target for kind, target in targets if kind == PAYOUT):
        lock_payout(payout_id)


def _record(line: BankLine, kind: str, target: int, *, by: Viewer, now: datetime) -> None:
    if kind == INVOICE:
        step = invoices.receive(target, cents=line.cents, received_on=line.on, by=by, now=now)
        db.session.flush()
        line.invoice_step_id = step.id
    elif kind == PAYOUT:
        payouts.note_banked(target, banked_on=line.on, cents=line.cents, bank_line_id=line.id, by=by, now=now)
    else:
        line.payment_id = _pay(line, kind, target, by=by, now=now)
    _finish(line, RECORDED, "bank_line_recorded", by=by, now=now)


def _pay(line: BankLine, kind: str, target: int, *, by: Viewer, now: datetime) -> int:
    """The payment made: the announced one when the sum is the same; else it gives way to what really came."""
    voucher = (line.reference or line.label)[:60]
    if kind == ACCOUNT:
        return _take(line, target, "rental", voucher, by=by, now=now)
    announced = get_payment(target, by).payment
    if announced.cents == line.cents:
        return payments.confirm_transfer(target, voucher=voucher, on=line.on, by=by, now=now).payment_id
    payments.cancel_payment(target, by=by, now=now)
    return _take(line, announced.account_id, announced.purpose, voucher, by=by, now=now)


def _take(line: BankLine, account_id: int, purpose: str, voucher: str, *, by: Viewer, now: datetime) -> int:
    """A transfer that nobody announced, or not for that sum."""
    payment = payments.announce_transfer(account_id, cents=line.cents, purpose=purpose, key=f"bank-line-{line.id}", by=by, now=now)
    return payments.confirm_transfer(payment.id, voucher=voucher, on=line.on, by=by, now=now).payment_id


def _finish(line: BankLine, state: str, verb: str, *, by: Viewer, now: datetime) -> BankLine:
    line.state, line.done_at, line.done_by = state, now, by.account_id
    audit.record(verb, line, by=by, now=now)
    return line
