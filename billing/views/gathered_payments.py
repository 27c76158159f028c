"""What payments and deposits give to the pages that gather: the desk, the file, the own space, the search box, what is held."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask import Flask, url_for

from billing.card_holds import ON_HOLD
from billing.deposits import DEPOSIT_KIND_LABELS, STATE_LABELS, STATE_TONES
from billing.models import BillingAccount, Deposit
from billing.payments import MEANS_WORDS, STATUS_LABELS, STATUS_TONES
from billing.queries import payments as queries
from billing.queries.accounts import balance_cents, list_accounts
from billing.queries.card_holds import hold_of
from billing.queries.deposits import Waiting, deposit_of, list_to_release
from billing.queries.holdbacks import held_back
from billing.saved_cards import ON_FILE
from billing.views.payments import BOOKS, MONEY
from mobility import clock
from mobility.money import euros
from mobility.periods import paris_day, say_day, say_moment
from mobility.rights import Viewer
from mobility.slots import DeskCard, Hit, Line, NavItem, Section, Slot, fill
from mobility.tongues import joined, say

SHOWN = 6  # lines of a section; the rest stands on its own page


def register(app: Flask) -> None:
    """Fill the slots."""
    fill(app, Slot.DESK, desk)
    fill(app, Slot.FILE, file)
    fill(app, Slot.OWN_SPACE, own_space)
    fill(app, Slot.SEARCH, search)
    fill(app, Slot.NAV, nav)


def desk(viewer: Viewer, today: date) -> Iterator[DeskCard]:
    """Payments that failed or do not match, and deposits to give back."""
    if not viewer.may(*MONEY):
        return
    yield DeskCard(
        order=60,
        key="payments",
        title="Paiements à reprendre",
        icon="credit-card",
        lines=tuple(_trouble(viewer)),
        empty="Aucun paiement n’a échoué.",
        more_href=url_for("payments.index"),
    )
    due = list_to_release(clock.now())
    waiting = held_back([each.account.id for each in due])
    yield DeskCard(
        order=65,
        key="deposits",
        title="Cautions à rendre",
        icon="shield-check",
        lines=tuple(_waiting(each, must_wait=each.account.id in waiting) for each in due),
        empty="Aucune caution n’est à rendre aujourd’hui.",
        more_href=url_for("deposits.index"),
    )


def file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """A person's payments and deposits, each one click from its act."""
    if not viewer.may(*MONEY):
        return
    accounts = list_accounts(beneficiary_id, viewer)
    acts = [
        Line(text=f"Encaisser pour {account.label}", href=url_for("payments.new", account_id=account.id), act="Encaisser")
        for account in accounts
        if account.closed_at is None or balance_cents(account.id) > 0
    ]
    yield Section(
        order=61,
        key="payments",
        title="Paiements",
        icon="cash",
        lines=tuple(_payments(beneficiary_id)),
        acts=tuple(acts),
        empty="Aucun paiement pour l’instant.",
    )
    held = [(account, deposit_of(account.id)) for account in accounts]
    yield Section(
        order=62,
        key="deposits",
        title="Cautions",
        icon="shield-check",
        lines=tuple(_deposits(held, own=False)),
        acts=tuple(
            Line(text=f"Demander une caution pour {account.label}", href=url_for("deposits.new", account_id=account.id), act="Demander")
            for account, deposit in held
            if deposit is None and account.closed_at is None
        ),
        empty="Aucune caution demandée.",
    )


def own_space(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    """One's deposits."""
    deposits = [(account, deposit_of(account.id)) for account in list_accounts(beneficiary_id, viewer)]
    if lines := tuple(_deposits(deposits, own=True)):
        yield Section(order=32, key="deposit", title=say("Ma caution"), icon="shield-check", lines=lines)


def search(words: str, viewer: Viewer) -> Iterator[Hit]:
    """A receipt by its number, a payment by its reference."""
    if not viewer.may(*MONEY):
        return
    digits = words.lower().removeprefix("reçu").strip(" n°")
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        for line in queries.find_by_receipt_number(int(digits)):
            yield Hit(kind="Reçu", label=f"Reçu n° {line.receipt_number}", href=_receipt(line), detail=_about(line))
    for line in queries.search_references(words):
        href = url_for("payments.show", payment_id=line.payment.id)
        yield Hit(kind="Paiement", label=line.payment.reference, href=href, detail=_about(line))


def nav(viewer: Viewer) -> Iterator[NavItem]:
    """Payments and deposits for those who hold money, the reconciliation for those who keep the books."""
    if viewer.may(*MONEY):
        yield NavItem(order=50, label="Paiements", href=url_for("payments.index"), icon="cash", endpoint="payments.index")
        yield NavItem(order=51, label="Cautions", href=url_for("deposits.index"), icon="shield-check", endpoint="deposits.index")
    if viewer.may(*BOOKS):
        href = url_for("reconciliation.show")
        yield NavItem(order=52, label="Rapprochement", href=href, icon="bank", endpoint="reconciliation.show")
    if viewer.beneficiary_id is not None:
        yield NavItem(order=20, label=say("Payer"), href=url_for("own_payments.show"), icon="credit-card", endpoint="own_payments.show")


def _waiting(found: Waiting, *, must_wait: bool) -> Line:
    """A hold that lapses soon or has lapsed, a paper or a card that expires, else a deposit to give back."""
    deposit, person, until = found.deposit, found.person, found.held_until
    state, tone, act = ("doit attendre", "neutral", "Voir") if must_wait else ("à rendre", "waiting", "Rendre")
    detail = f"{euros(deposit.held_cents)}, {found.account.label}"
    if until is not None and deposit.release_on is None:
        is_over = not deposit.held_cents
        detail = f"l’empreinte {'s’est éteinte' if is_over else 'expire'} le {say_moment(until)}, {found.account.label}"
        state, tone, act = ("éteinte", "over", "Remplacer") if is_over else ("expire bientôt", "near", "Voir")
    elif deposit.expires_on is not None and not _is_due_back(deposit, clock.today()):
        is_over = deposit.expires_on < clock.today()
        detail = f"{detail}, {'plus valable après le' if is_over else 'valable jusqu’au'} {say_day(deposit.expires_on)}"
        state, tone, act = ("périmée", "over", "Remplacer") if is_over else ("expire bientôt", "near", "Voir")
    return Line(
        text=f"{person.first_name} {person.last_name}",
        detail=detail,
        href=url_for("deposits.show", deposit_id=deposit.id),
        state=state,
        tone=tone,
        act=act,
    )


def _is_due_back(deposit: Deposit, today: date) -> bool:
    return deposit.release_on is not None and deposit.release_on <= today


def _trouble(viewer: Viewer) -> Iterator[Line]:
    disputed, standing = queries.list_to_check() if viewer.may(*BOOKS) else ([], 0)
    if standing:
        yield Line(
            text="Écarts avec le prestataire de cartes",
            detail=f"{standing} à régler",
            href=url_for("differences.show"),
            state="à régler",
            tone="over",
            act="Régler",
        )
    for record in disputed:
        yield Line(
            text=record.reason or "Avis inattendu",
            detail=record.content.get("payment") or "sans référence",
            href=url_for("reconciliation.show"),
            state="à vérifier",
            tone="over",
            act="Vérifier",
        )
    for line in queries.list_in_trouble():
        yield Line(
            text=f"{line.person.first_name} {line.person.last_name}",
            detail=f"{euros(line.payment.cents)}, le {say_day(paris_day(line.payment.created_at))}",
            href=url_for("payments.show", payment_id=line.payment.id),
            state=STATUS_LABELS[line.payment.status],
            tone="over",
            act="Reprendre",
        )


def _payments(beneficiary_id: int) -> Iterator[Line]:
    for line in queries.list_payments_of(beneficiary_id, most=SHOWN):
        payment = line.payment
        yield Line(
            text=f"{euros(payment.cents)} {MEANS_WORDS[payment.means]}, le {say_day(paris_day(payment.created_at))}",
            detail=f"Reçu n° {line.receipt_number}" if line.receipt_number else payment.reference,
            href=url_for("payments.show", payment_id=payment.id),
            state=STATUS_LABELS[payment.status],
            tone=STATUS_TONES.get(payment.status, "waiting"),
            act="Voir",
        )


def _deposits(held: Iterable[tuple[BillingAccount, Deposit | None]], *, own: bool) -> Iterator[Line]:
    """Each deposit once, under the latest rental it secures."""
    seen = set()
    for account, deposit in held:
        if deposit is not None and deposit.id not in seen:
            seen.add(deposit.id)
            yield _deposit(deposit, account.label, own=own)


def _deposit(deposit: Deposit, label: str, *, own: bool) -> Line:
    back = say("à rendre à partir du %(day)s", day=say_day(deposit.release_on)) if deposit.release_on and deposit.held_cents else None
    sums = {"held": euros(deposit.held_cents), "due": euros(deposit.due_cents)}
    behind = deposit.kind in (ON_FILE, ON_HOLD)
    held = say("%(held)s garantis sur %(due)s", **sums) if behind else say("%(held)s reçus sur %(due)s", **sums)
    hold = hold_of(deposit.id) if deposit.kind == ON_HOLD and deposit.held_cents else None
    if hold is not None and hold.capture_before is not None:
        back = say("l’empreinte expire le %(at)s", at=say_moment(hold.capture_before))
    return Line(
        text=joined(", ", (held, back)),
        detail=joined(", ", (DEPOSIT_KIND_LABELS[deposit.kind], label)),
        href=None if own else url_for("deposits.show", deposit_id=deposit.id),
        state=STATE_LABELS[deposit.status],
        tone=STATE_TONES[deposit.status],
        act="" if own else "Voir",
    )


def _receipt(line: queries.PaymentLine) -> str:
    assert line.receipt_number is not None
    return url_for("payments.receipt_as_pdf", number=line.receipt_number)


def _about(line: queries.PaymentLine) -> str:
    return f"{euros(line.payment.cents)} {MEANS_WORDS[line.payment.means]}, {line.person.first_name} {line.person.last_name}"
