"""The bank's statements: what is asked, what is answered."""

from marshmallow import Schema, fields

from mobility.web.fields import InputSchema, Text, YesNo


class BankStatementSchema(InputSchema):
    """What is said beside a statement's `file`: that its account is the association's too."""

    other_account = YesNo(load_default=False)


class BankAcceptedSchema(InputSchema):
    """The lines to record, each with what it pays: "12=payment-3", "13=account-7", "14=invoice-2", "15=payout-1"."""

    accepted = fields.List(
        Text(longest=40, pattern=r"[0-9]{1,15}=(payment|account|invoice|payout)-[0-9]{1,15}", hint="Choisissez parmi les propositions."),
        load_default=list,
        error_messages={"invalid": "Choisissez parmi les propositions."},
    )


class BankAsideSchema(InputSchema):
    """Why a line pays nothing here."""

    reason = Text(longest=200, required=True)


class BankStatementOutSchema(Schema):
    """How many lines of a file came in, and how many were there already."""

    kept = fields.Integer()
    known = fields.Integer()


class BankGuessSchema(Schema):
    """What a line may pay, and why; post "line=code" to record it."""

    code = fields.String()
    who = fields.String()
    reason = fields.String()
    is_sure = fields.Boolean()


class BankLineOutSchema(Schema):
    """A line of a statement, and what it was recorded on."""

    id = fields.Integer(attribute="line.id")
    on = fields.Date(attribute="line.on")
    cents = fields.Integer(attribute="line.cents")
    label = fields.String(attribute="line.label")
    payer = fields.String(attribute="line.payer")
    iban = fields.String(attribute="line.iban")
    state = fields.String(attribute="line.state")
    reason = fields.String(attribute="line.reason", allow_none=True)
    payment = fields.String(attribute="payment_reference", allow_none=True)
    invoice = fields.Integer(attribute="invoice_number", allow_none=True)
    payout = fields.String(attribute="payout_reference", allow_none=True)


class BankWaitingLineSchema(Schema):
    """A line that waits, with the guesses."""

    id = fields.Integer(attribute="line.id")
    on = fields.Date(attribute="line.on")
    cents = fields.Integer(attribute="line.cents")
    label = fields.String(attribute="line.label")
    payer = fields.String(attribute="line.payer")
    guesses = fields.List(fields.Nested(BankGuessSchema))


class BankWaitingSchema(Schema):
    """What waits: the first lines, how many there are, and for how much."""

    count = fields.Integer()
    cents = fields.Integer()
    lines = fields.List(fields.Nested(BankWaitingLineSchema), attribute="shown")


class BankRecordedSchema(Schema):
    """The lines just recorded."""

    lines = fields.List(fields.Nested(BankLineOutSchema))
