"""Notes, receipts and deposits' receipts as papers: what the books keep, joined with names as they are today."""

from datetime import datetime

from sqlalchemy import select

from billing.allocation import Owed, allocate
from billing.card_holds import ON_HOLD
from billing.deposits import DEPOSIT_KIND_LABELS, parts_to_come
from billing.documents.deposit_receipt import DepositReceiptPaper, Due
from billing.documents.note import NoteLine, NotePaper
from billing.documents.receipt import PaidLine, ReceiptPaper
from billing.means import Debt, Means
from billing.models import BillingAccount, Deposit, DepositStep, Payment, Receipt
from billing.queries.accounts import balance_cents, settled
from billing.queries.deposits import plan_of
from billing.queries.means import means_here
from billing.queries.names import label_on, list_owed
from billing.saved_cards import ON_FILE
from billing.tax import TAX_SENTENCES
from mobility import practice
from mobility.db import db
from mobility.documents.papers import Person
from mobility.errors import NotFound
from mobility.models import Account, Beneficiary, Platform
from mobility.periods import paris_day, say_day
from mobility.queries.letterhead import letterhead
from mobility.tongues import say

WITHOUT_MONEY = {
    ON_FILE: "carte laissée au prestataire, rien n’est débité",
    ON_HOLD: "somme réservée sur la carte par la banque, rien n’est débité",
}
DECLARATION = "La personne déclare n’avoir ni compte bancaire ni autre moyen de paiement (déclaration du {})."


def note_lines(account_id: int, cents: int, *, lost_cents: int = 0) -> list[Owed]:
    """What a payment of `cents` would settle today: the detail due before it; `lost_cents` of losses count as still owed."""
    return allocate(list_owed(account_id), paid_before_cents=settled(account_id).cents - lost_cents, cents=cents)


def note_paper(account_id: int, *, of_losses: bool = False, now: datetime) -> NotePaper:
    """The detailed note of all that an account owes today, or of what was written off on it. Raises NotFound when that is nothing."""
    account = db.session.get_one(BillingAccount, account_id)
    lost = settled(account_id).lost_cents if of_losses else 0
    due = lost if of_losses else balance_cents(account_id)
    if due <= 0:
        raise NotFound("Rien n’est passé en perte sur cette location." if of_losses else "Rien n’est dû sur cette location.")
    lines = note_lines(account_id, due, lost_cents=lost)
    what = "ce qui n’est plus demandé, et peut encore être payé" if of_losses else "ce qui est dû à ce jour"
    return NotePaper(
        platform=letterhead(),
        number=f"n° {account.id} du {say_day(paris_day(now))}",
        issued_at=now,
        person=_person(account),
        sentence=f"{account.label} : {what}.",
        lines=tuple(NoteLine(label=part.label, quantity="1", unit_cents=part.cents, amount_cents=part.cents) for part in lines),
        total_cents=due,
        due_on=None if of_losses else paris_day(now),
        means=tuple(each.label for each in means_of(account, now=now) if each.is_allowed),
        tax_sentence=_tax_sentence(now),
    )


def receipt_paper(number: int) -> ReceiptPaper:
    """A receipt by its number. Raises NotFound."""
    receipt = db.session.scalar(select(Receipt).filter(Receipt.number == number))
    if receipt is None:
        raise NotFound
    payment = db.session.get_one(Payment, receipt.payment_id)
    account = db.session.get_one(BillingAccount, payment.account_id)
    content = receipt.content
    return ReceiptPaper(
        platform=letterhead(),
        number=str(number),
        received_at=receipt.issued_at,
        person=_person(account),
        lines=tuple(PaidLine(label=line["label"], amount_cents=line["cents"]) for line in content["lines"]),
        total_cents=receipt.cents,
        means=content["means"],
        reference=content["reference"],
        declaration=DECLARATION.format(content["declared_on"]) if content.get("declared_on") else None,
        left_cents=content["left_cents"],
        tax_sentence=TAX_SENTENCES[content["tax_regime"]],
        received_by=_name(content["received_by"], account.platform_id),
    )


def deposit_paper(step_id: int) -> DepositReceiptPaper:
    """The receipt of a part of a deposit. Raises NotFound for a step that received nothing."""
    step = db.session.get(DepositStep, step_id)
    if step is None or step.number is None:
        raise NotFound
    deposit = db.session.get_one(Deposit, step.deposit_id)
    account = db.session.get_one(BillingAccount, deposit.account_id)
    received = _received_until(step)
    return DepositReceiptPaper(
        platform=letterhead(),
        number=f"C-{step.number}",
        received_at=step.at,
        person=_person(account),
        contract_number=f"n° {account.id}",
        vehicle=label_on(account, paris_day(step.at)),
        kind=DEPOSIT_KIND_LABELS[deposit.kind].lower(),
        means=WITHOUT_MONEY.get(deposit.kind) or _paper_words(step) or "en main propre",
        agreed_cents=deposit.due_cents,
        received_cents=step.cents,
        left_cents=deposit.due_cents - received,
        plan=_still_due(deposit, received),
        release_sentence=release_sentence(deposit, step.at),
        received_by=_name(step.by, account.platform_id),
    )


def deposit_of_step(step_id: int) -> int:
    """The deposit a step belongs to. Raises NotFound."""
    step = db.session.get(DepositStep, step_id)
    if step is None:
        raise NotFound
    return step.deposit_id


def release_sentence(deposit: Deposit, at: datetime) -> str:
    """When the deposit goes back, in one sentence."""
    if deposit.kind == ON_HOLD:
        return say("L’empreinte est levée au retour du véhicule ; à défaut, elle s’éteint d’elle-même au bout de sept jours au plus.")
    if deposit.release_on is not None:
        from_on = say_day(deposit.release_on)
        return say("La caution est rendue à partir du %(day)s, moins ce qui serait gardé pour une raison écrite.", day=from_on)
    days = practice.value_on("billing.deposit_release_days", paris_day(at))
    return say(
        "La caution est rendue %(days)s jours après le retour du véhicule, moins ce qui serait gardé pour une raison écrite.", days=days
    )


def means_of(account: BillingAccount, *, now: datetime) -> list[Means]:
    """Every means for what this account owes, the refused ones with their reason."""
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    debt = Debt(kind=account.kind, debt_kind="rental", cents=max(balance_cents(account.id), 0))
    return means_here(debt, on=paris_day(now), declared_without_bank=person.without_bank_declared_on is not None)


def _tax_sentence(now: datetime) -> str:
    return TAX_SENTENCES[practice.value_on("billing.tax_regime", paris_day(now))]


def _paper_words(step: DepositStep) -> str:
    """A cheque or a letter by its number, its bank or structure, and its day."""
    said = (step.reference and f"n° {step.reference}", step.issuer, step.dated_on and f"du {say_day(step.dated_on)}")
    return ", ".join(part for part in said if part)


def _received_until(step: DepositStep) -> int:
    query = select(DepositStep.act, DepositStep.cents).filter(DepositStep.deposit_id == step.deposit_id, DepositStep.id <= step.id)
    steps = db.session.execute(query.filter(DepositStep.act.in_(("received", "lapsed"))))
    return sum(cents if act == "received" else -cents for act, cents in steps)


def _still_due(deposit: Deposit, received_cents: int) -> tuple[Due, ...]:
    """The parts of the plan not yet covered; a deferral's plan holds only what was missing then."""
    return tuple(
        Due(due_on=part.due_on, amount_cents=part.cents) for part in parts_to_come(plan_of(deposit), deposit.due_cents - received_cents)
    )


def _person(account: BillingAccount) -> Person:
    person = db.session.get_one(Beneficiary, account.beneficiary_id)
    return Person(full_name=f"{person.first_name} {person.last_name}", address=person.address)


def _name(account_id: int | None, platform_id: int) -> str:
    """Whoever received it; the house itself when the gateway's word did."""
    if account_id is None:
        return db.session.get_one(Platform, platform_id).name
    return db.session.get_one(Account, account_id).name
