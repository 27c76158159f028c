"""Payers' invoices, as pages and the API take and show them."""

from marshmallow import Schema, fields

from billing.schemas.arrears import AgedSchema
from mobility.web.fields import Cents, Day, InputSchema, Text, Whole


class InvoiceSchema(InputSchema):
    """The month to invoice, by a day of it."""

    month_on = Day(required=True)


class InvoicePaidSchema(InputSchema):
    """What a payer paid, and when it came."""

    cents = Cents(required=True, minimum=1)
    received_on = Day(required=True)


class ReasonSchema(InputSchema):
    """Why an invoice is disputed, or given up."""

    reason = Text(required=True, longest=200)


class CreditSchema(ReasonSchema):
    """What is given up of an invoice: lines by place from 1, `cents` of the one named, or all that is left."""

    lines = fields.List(Whole(minimum=1), load_default=list, error_messages={"invalid": "Choisissez parmi les lignes de la facture."})
    cents = Cents(minimum=1)


class InvoiceContentLineSchema(Schema):
    """What is asked under one agreement; of a credit note, what is given up of the invoice's `line`."""

    line = fields.Integer()

    agreement = fields.Integer()
    person = fields.String()
    reference = fields.String()
    kind = fields.String()
    by_day = fields.Dict(keys=fields.String(), values=fields.Integer())
    cents = fields.Integer()


class ClaimsSchema(AgedSchema):
    """What payers owe by the age of the invoices that ask it; `back`, below zero: what invoices give back; and what is not asked yet."""

    back = fields.Integer()
    not_invoiced = fields.Integer()


class InvoiceOutSchema(Schema):
    """An invoice, or a credit note below zero, and how it fares."""

    number = fields.Integer(attribute="invoice.number")
    payer_id = fields.Integer(attribute="payer.id")
    payer = fields.String(attribute="payer.name")
    first_on = fields.Date(attribute="invoice.first_on")
    last_on = fields.Date(attribute="invoice.last_on")
    issued_at = fields.AwareDateTime(attribute="invoice.issued_at")
    cents = fields.Integer(attribute="progress.cents")
    paid_cents = fields.Integer(attribute="progress.paid_cents")
    left_cents = fields.Integer(attribute="progress.left_cents")
    state = fields.String(attribute="progress.state")
    lines = fields.List(fields.Nested(InvoiceContentLineSchema), attribute="invoice.content.lines")
