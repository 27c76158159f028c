"""The list of payers' invoices."""

from functools import partial

from flask import url_for

from billing.invoices import CLAIM_AGES, STATES, TONES
from billing.models import Payer, PayerInvoice
from billing.queries.claims import of_age
from billing.queries.invoices import read_invoice
from billing.shares import PAYER_KINDS
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import period_filters
from mobility.web.fields import Choice

INVOICES = Listing(
    name="factures",
    title="Factures aux tiers payeurs",
    columns=[
        Column(
            "number",
            "N°",
            lambda row: row.invoice.number,
            [PayerInvoice.number],
            lambda row: url_for("invoices.show", number=row.invoice.number),
        ),
        Column("payer", "Payeur", lambda row: row.payer.name, [Payer.name]),
        Column("first", "Du", lambda row: row.invoice.first_on, [PayerInvoice.first_on], short=True),
        Column("last", "Au", lambda row: row.invoice.last_on, [PayerInvoice.last_on], short=True),
        Column("issued", "Émise", lambda row: row.invoice.issued_at, [PayerInvoice.issued_at]),
        Column("cents", "Montant", lambda row: Euros(row.invoice.cents), [PayerInvoice.cents], number=True),
        Column("left", "Reste", lambda row: Euros(row.progress.left_cents), number=True),
        Column("state", "État", lambda row: Said(STATES[row.progress.state], TONES.get(row.progress.state, "waiting"))),
    ],
    filters=[
        Filter(
            "kind",
            "Payeurs",
            partial(Choice, PAYER_KINDS),
            lambda q, v: q.filter(Payer.kind == v),
            lambda: list(PAYER_KINDS.items()),
            every="Tous",
        ),
        Filter("age", "Reste dû depuis", partial(Choice, CLAIM_AGES), of_age, lambda: list(CLAIM_AGES.items()), every="Toutes"),
        *period_filters(PayerInvoice.issued_at, "Émise depuis le"),
    ],
    sort="-number",
    tie=PayerInvoice.id,
    read=read_invoice,
)
