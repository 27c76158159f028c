"""What billing holds about people, table by table (mobility/held.py), and their papers."""

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from billing.documents.deposit_receipt import deposit_receipt_pdf
from billing.documents.receipt import receipt_pdf
from billing.documents.schedule import schedule_pdf
from billing.models import DepositStep, Receipt
from billing.queries import papers
from billing.queries.accounts import list_accounts
from billing.queries.deposits import list_deposits_of
from billing.queries.payments import list_payments_of
from billing.queries.schedules import schedule_paper
from billing.terms import thaw
from mobility.db import db, platform_id
from mobility.held import Held
from mobility.rights import house
from mobility.slots import Paper


def _of_account(table: str, title: str, *leaves_out: str) -> Held:
    return Held(table=table, title=title, column="account_id", into="billing_account", leaves_out=frozenset(leaves_out))


def _of_payment(table: str, title: str, *leaves_out: str) -> Held:
    return Held(table=table, title=title, column="payment_id", into="payment", leaves_out=frozenset(leaves_out))


HELD = (
    Held(table="billing_account", title="Comptes de location"),
    _of_account("charge", "Jours comptés"),
    # What the card page is known by is the gateway's; whoever drew a cheque for the person is somebody else.
    _of_account("payment", "Paiements", "key", "checkout_url", "session_reference", "drawn_by"),
    _of_payment("payment_refund", "Remboursements", "key"),
    _of_payment("receipt", "Reçus"),
    _of_payment("gateway_event", "Avis du prestataire de cartes"),
    _of_payment("gateway_difference", "Écarts avec le prestataire de cartes"),
    _of_payment("gateway_move", "Mouvements chez le prestataire de cartes"),
    _of_payment("card_dispute", "Paiements par carte contestés"),
    # A bank's line may name whoever paid for the person, and its label too.
    _of_payment("bank_line", "Virements reconnus", "payer", "label", "mark"),
    _of_account("deposit", "Cautions"),
    Held(table="deposit_step", title="Mouvements des cautions", column="deposit_id", into="deposit"),
    _of_account("carried_deposit", "Cautions qui suivent"),
    _of_account("banked_cheque", "Chèques remis en banque"),
    _of_account("fuel_receipt", "Tickets de carburant"),
    _of_account("payer_agreement", "Prises en charge"),
    Held(
        table="payer", title="Organismes qui participent", column="id", into="payer_agreement", key="payer_id", only=("id", "name", "kind")
    ),
    _of_account("arrears_plan", "Échéanciers de dette"),
    _of_account("chase_pause", "Relances suspendues"),
    _of_account("loss_step", "Dettes abandonnées"),
    _of_account("payment_reminder", "Rappels de paiement"),
    _of_account("reminder_hold", "Rappels retenus"),
    # What the gateway knows a card by opens its page.
    Held(
        table="saved_card",
        title="Cartes enregistrées",
        column="deposit_id",
        into="deposit",
        leaves_out=frozenset({"key", "page_url", "session_reference", "holder_reference", "card_reference"}),
    ),
    Held(
        table="card_hold",
        title="Empreintes de carte",
        column="deposit_id",
        into="deposit",
        leaves_out=frozenset({"key", "page_url", "session_reference"}),
    ),
    _of_payment("card_call", "Débits de la carte enregistrée"),
    Held(table="card_mandate", title="Accords de paiement automatique"),
    Held(table="auto_payment", title="Paiements automatiques"),
    _of_payment("auto_try", "Essais des paiements automatiques"),
    _of_account("hire_order", "Commandes au loueur"),
    # An invoice's own lines are between the hirer and us.
    Held(
        table="hire_step",
        title="Suites d’une commande au loueur",
        column="hire_id",
        into="hire_order",
        only=("id", "act", "cents", "on", "reference", "reason"),
    ),
    Held(table="tier_proof", title="Droits et paliers"),
    Held(table="budget", title="Budget"),
    Held(table="ledger_line", title="Lignes du grand livre", column="subject_number", into="beneficiary", key="number"),
    Held(table="journal_entry", title="Écritures comptables", column="number", into="ledger_line", key="entry_number"),
)

NOT_OF_PEOPLE = {
    "banking": "Une remise de chèques à la banque, de plusieurs personnes ; chacune y a ses chèques.",
    "books": "Le dernier numéro des livres.",
    "charge_run": "Un passage du calcul des jours, en nombres.",
    "closing": "Une clôture : des sommes.",
    "deposit_photo": "Joint une photo à sa caution : la photo part comme fichier.",
    "drawer_count": "Le compte de la caisse.",
    "gateway_keys": "Les clés de la plateforme chez son prestataire.",
    "gateway_payout": "Un versement du prestataire de cartes à la banque, de plusieurs paiements.",
    "hirer": "Une société de location.",
    "ledger_month": "Des sommes par mois.",
    "payer_invoice": "Une facture à un organisme, pour plusieurs personnes ; la part de chacune suit de sa prise en charge.",
    "payer_invoice_step": "Ce que devient une telle facture.",
    "programme_version": "Les règles d’un programme.",
    "tariff_version": "Un tarif.",
    "tier": "Un palier de prix.",
}


def papers_of(beneficiary_id: int) -> Iterator[Paper]:
    """Receipts of payments and of deposits, and the schedule of each programme."""
    numbers = [line.receipt_number for line in list_payments_of(beneficiary_id) if line.receipt_number]
    for number in db.session.scalars(select(Receipt.number).filter(Receipt.number.in_(numbers)).order_by(Receipt.number)):
        yield Paper(name=f"recu-{number}", read=partial(papers.receipt_paper, number), draw=receipt_pdf)
    deposits = [deposit.id for deposit, _, _ in list_deposits_of(beneficiary_id)]
    numbered = select(DepositStep.id, DepositStep.number).filter(DepositStep.deposit_id.in_(deposits), DepositStep.number.is_not(None))
    for step_id, step in db.session.execute(numbered.order_by(DepositStep.id)):
        yield Paper(name=f"recu-de-caution-{step}", read=partial(papers.deposit_paper, step_id), draw=deposit_receipt_pdf)
    for account in list_accounts(beneficiary_id, house(platform_id())):
        if thaw(account.terms).programme is not None:
            yield Paper(name=f"echeancier-{account.reference}", read=partial(schedule_paper, account), draw=schedule_pdf)
