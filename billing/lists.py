"""Money's lists: accounts, payments, deposits, and the lines of a ledger account."""

from functools import partial
from typing import Any

from flask import url_for
from sqlalchemy import literal_column, or_

from billing.arrears import AGES
from billing.charge_runs import RUN_LABELS, RUN_TONES, state_of
from billing.closings import KINDS, moved_cents
from billing.deposits import DEPOSIT_KIND_LABELS, STATE_LABELS, STATE_TONES
from billing.means import MEANS_LABELS
from billing.models import BillingAccount, ChargeRun, ChasePause, Closing, Deposit, JournalEntry, LedgerLine, Payment, Receipt
from billing.payments import STATUS_LABELS, STATUS_TONES, WAITING_LABEL
from billing.plans import STATE_LABELS as PLAN_LABELS
from billing.plans import STATE_TONES as PLAN_TONES
from billing.queries.arrears import ArrearLine, of_age, paused, read_arrear
from billing.queries.figures import DEBIT_LESS_CREDIT, OWED_CENTS, SIDES, STATES, AccountLine, in_state, in_year, on_side, read_account_line
from billing.queries.payments import WAITING_STATUS, of_status, read_line
from mobility.cells import Euros, Said
from mobility.clock import now
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.models import Account, Beneficiary
from mobility.names import fold
from mobility.periods import paris_day
from mobility.web.fields import Choice, Day, Text, Whole


def _matching(*columns: Any) -> Any:
    """Narrow to lines whose person's name, or one of these columns, holds the words."""

    def narrow(query: Any, words: str) -> Any:
        held = [column.icontains(words.strip(), autoescape=True) for column in (Beneficiary.number, BillingAccount.label, *columns)]
        return query.filter(or_(Beneficiary.search_key.contains(fold(words), autoescape=True), *held))

    return narrow


def _run_said(run: ChargeRun) -> Said:
    state = state_of(started_at=run.started_at, ended_at=run.ended_at, done=run.done, rentals=run.rentals, now=now())
    return Said(RUN_LABELS[state], RUN_TONES[state])


def _words(label: str, *columns: Any) -> Filter:
    return Filter("q", label, partial(Text, longest=80), _matching(*columns))


def _one_of(name: str, label: str, labels: dict[str, str], column: Any, every: str = "Tous") -> Filter:
    return Filter(name, label, partial(Choice, labels), lambda q, v: q.filter(column == v), lambda: list(labels.items()), every=every)


def _owed(line: AccountLine) -> Said:
    if line.balance_cents > 0:
        return Said("à payer", "near")
    return Said("d’avance" if line.balance_cents < 0 else "réglé", "fine")


ACCOUNTS = Listing(
    name="comptes",
    title="Comptes",
    columns=[
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("money.account", account_id=line.account.id),
        ),
        Column("number", "Numéro", lambda line: line.person.number, [Beneficiary.number], short=True),
        Column("label", "Location", lambda line: line.account.label, [BillingAccount.label]),
        Column("opened", "Ouvert le", lambda line: paris_day(line.account.opened_at), [BillingAccount.opened_at]),
        Column("state", "État", _owed),
        Column("balance", "Solde", lambda line: Euros(line.balance_cents), [OWED_CENTS], number=True),
    ],
    filters=[
        _words("Nom ou location"),
        Filter("state", "Quels comptes", partial(Choice, STATES), in_state, lambda: list(STATES.items())),
    ],
    sort="-balance",
    tie=BillingAccount.id,
    read=read_account_line,
    person=lambda line: int(line.person.id),
    amount=OWED_CENTS,
)

_STATUSES = {WAITING_STATUS: WAITING_LABEL} | STATUS_LABELS
PAYMENTS = Listing(
    name="paiements",
    title="Paiements",
    columns=[
        Column(
            "reference",
            "Référence",
            lambda line: line.payment.reference,
            [Payment.reference],
            lambda line: url_for("payments.show", payment_id=line.payment.id),
            short=True,
        ),
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("files.show", beneficiary_id=line.person.id),
        ),
        Column("at", "Quand", lambda line: line.payment.created_at, [Payment.created_at]),
        Column("means", "Moyen", lambda line: MEANS_LABELS[line.payment.means], [Payment.means]),
        Column("cents", "Montant", lambda line: Euros(line.payment.cents), [Payment.cents], number=True),
        Column("status", "État", lambda line: Said(STATUS_LABELS[line.payment.status], STATUS_TONES.get(line.payment.status, "waiting"))),
        Column(
            "receipt",
            "Reçu n°",
            lambda line: line.receipt_number,
            [Receipt.number],
            lambda line: url_for("payments.receipt", number=line.receipt_number) if line.receipt_number else None,
            number=True,
        ),
    ],
    filters=[
        _words("Nom ou référence", Payment.reference),
        Filter("status", "État", partial(Choice, _STATUSES), of_status, lambda: list(_STATUSES.items())),
        _one_of("means", "Moyen", MEANS_LABELS, Payment.means),
        *period_filters(Payment.created_at, "Depuis le"),
    ],
    sort="-at",
    tie=Payment.id,
    read=read_line,
    person=lambda line: int(line.person.id),
    amount=Payment.cents,
)

DEPOSITS = Listing(
    name="cautions",
    title="Toutes les cautions",
    columns=[
        Column(
            "person",
            "Personne",
            lambda row: f"{row[2].first_name} {row[2].last_name}",
            BY_NAME,
            lambda row: url_for("deposits.show", deposit_id=row[0].id),
        ),
        Column("label", "Véhicule", lambda row: row[1].label, [BillingAccount.label]),
        Column("opened", "Compte ouvert le", lambda row: paris_day(row[1].opened_at), [BillingAccount.opened_at, Deposit.id]),
        Column("kind", "Sorte", lambda row: DEPOSIT_KIND_LABELS[row[0].kind], [Deposit.kind]),
        Column("due", "Demandée", lambda row: Euros(row[0].due_cents), [Deposit.due_cents], number=True),
        Column("held", "Reçue", lambda row: Euros(row[0].held_cents), [Deposit.held_cents], number=True),
        Column("status", "État", lambda row: Said(STATE_LABELS[row[0].status], STATE_TONES[row[0].status])),
        Column("release", "À rendre le", lambda row: row[0].release_on, [Deposit.release_on]),
        Column("expires", "Expire le", lambda row: row[0].expires_on, [Deposit.expires_on]),
    ],
    filters=[
        _words("Nom ou véhicule"),
        _one_of("status", "État", STATE_LABELS, Deposit.status, every="Toutes"),
        _one_of("kind", "Sorte", DEPOSIT_KIND_LABELS, Deposit.kind, every="Toutes"),
    ],
    sort="-opened",
    tie=Deposit.id,
    person=lambda row: int(row[2].id),
)


def _in_the_ledger(query: Any, words: str) -> Any:
    told = (JournalEntry.label, JournalEntry.reference, LedgerLine.subject_number)
    return query.filter(or_(*(column.icontains(words.strip(), autoescape=True) for column in told)))


def _ledger(*more: Filter) -> Listing:
    """The lines of a ledger account: people stand there by their number."""
    return Listing(
        name="ecritures",
        title="Écritures",
        columns=[
            Column("number", "Écriture", lambda row: f"{row.journal} {row.number}", [JournalEntry.number], short=True),
            Column("on", "Date", lambda row: row.on, [JournalEntry.on, JournalEntry.number], short=True),
            Column(
                "label",
                "Libellé",
                lambda row: row.label,
                [JournalEntry.label],
                lambda row: url_for("money.account", account_id=row.account_id) if row.account_id else None,
            ),
            Column("reference", "Pièce", lambda row: row.reference, [JournalEntry.reference], short=True),
            Column("person", "Personne", lambda row: row.subject_number, [LedgerLine.subject_number]),
            Column(
                "debit", "Débit", lambda row: Euros(row.debit_cents) if row.debit_cents else None, [LedgerLine.debit_cents], number=True
            ),
            Column(
                "credit",
                "Crédit",
                lambda row: Euros(row.credit_cents) if row.credit_cents else None,
                [LedgerLine.credit_cents],
                number=True,
            ),
        ],
        filters=[
            Filter("q", "Libellé, pièce ou personne", partial(Text, longest=80), _in_the_ledger),
            *more,
            Filter("year", "Année", partial(Whole, minimum=1900, maximum=2099), in_year),
            Filter("since", "Depuis le", Day, lambda q, day: q.filter(JournalEntry.on >= day)),
            Filter("until", "Jusqu’au", Day, lambda q, day: q.filter(JournalEntry.on <= day)),
        ],
        sort="-number",
        tie=LedgerLine.id,
        amount=DEBIT_LESS_CREDIT,
    )


def _part(age: str, line: ArrearLine) -> Euros:
    return Euros(getattr(line.aged, age))


def _plan(line: ArrearLine) -> Said | None:
    state = line.plan.standing.state if line.plan else "ended"
    return Said(PLAN_LABELS[state], PLAN_TONES[state]) if state != "ended" else None


PAUSED = {"yes": "En pause", "no": "Sans pause"}
ARREARS = Listing(
    name="anciennete",
    title="Ce qui est dû, par ancienneté",
    columns=[
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("money.account", account_id=line.account.id),
        ),
        Column("label", "Location", lambda line: line.account.label, [BillingAccount.label]),
        *(Column(age, label, partial(_part, age), [literal_column(age)], number=True) for age, label in AGES.items()),
        Column("owed", "En tout", lambda line: Euros(line.owed_cents), number=True),
        Column("plan", "Plan", _plan),
        Column("pause", "En pause jusqu’au", lambda line: line.pause and line.pause.until_on, [ChasePause.until_on], short=True),
    ],
    filters=[
        _words("Nom ou location"),
        Filter("age", "Depuis", partial(Choice, AGES), of_age, lambda: list(AGES.items())),
        Filter("paused", "Pause", partial(Choice, PAUSED), paused, lambda: list(PAUSED.items()), every="Avec ou sans"),
    ],
    sort="-old",
    tie=BillingAccount.id,
    read=read_arrear,
    person=lambda line: int(line.person.id),
)
CLOSINGS = Listing(
    name="clotures",
    title="Clôtures",
    columns=[
        Column("kind", "Période", lambda row: KINDS[row[0].kind], [Closing.kind]),
        Column("first", "Du", lambda row: row[0].first_on, [Closing.first_on], short=True),
        Column("last", "Au", lambda row: row[0].last_on, [Closing.last_on, Closing.id], short=True),
        Column("cents", "Mouvements", lambda row: Euros(moved_cents(row[0].sums)), number=True),
        Column("running", "Cumul", lambda row: Euros(row[0].running_cents), [Closing.running_cents], number=True),
        Column("at", "Clôturé", lambda row: row[0].closed_at, [Closing.closed_at]),
        Column("by", "Par", lambda row: row[1] or "chaque nuit", [Account.name]),
        Column("hash", "Empreinte", lambda row: row[0].hash[:12]),
    ],
    filters=[_one_of("kind", "Quelles périodes", KINDS, Closing.kind, every="Toutes")],
    sort="-last",
    tie=Closing.id,
)
CHARGE_RUNS = Listing(
    name="semaines-comptees",
    title="Semaines comptées",
    columns=[
        Column("at", "Commencé", lambda row: row[0].started_at, [ChargeRun.started_at, ChargeRun.id]),
        Column("by", "Par", lambda row: row[1] or "la nuit", [Account.name]),
        Column("state", "État", lambda row: _run_said(row[0])),
        Column("rentals", "Locations revues", lambda row: f"{row[0].done} sur {row[0].rentals}", [ChargeRun.rentals], number=True),
        Column("charges", "Comptés", lambda row: row[0].charges, [ChargeRun.charges], number=True),
        Column("cents", "Montant", lambda row: Euros(row[0].cents), [ChargeRun.cents], number=True),
    ],
    filters=period_filters(ChargeRun.started_at, "Commencé depuis le"),
    sort="-at",
    tie=ChargeRun.id,
)
LEDGER = _ledger()
PEOPLES_LEDGER = _ledger(Filter("side", "Lesquelles", partial(Choice, SIDES), on_side, lambda: list(SIDES.items()), every="Toutes"))
