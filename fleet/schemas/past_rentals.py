"""Files taken in from before, and the rents of the programme, as the API shows them."""

from marshmallow import Schema, fields


class PastConditionOut(Schema):
    """A condition of domain.md §3.1: its class (legal, hirer, association), met, missing or waived, and by which reference."""

    code = fields.String()
    label = fields.String()
    class_ = fields.String(data_key="class")
    state = fields.String()
    sentence = fields.String()
    waiver_reason = fields.String()
    waiver_reference = fields.String()


class PastMonthOut(Schema):
    """A month of the schedule as it was held."""

    month = fields.Integer()
    first_on = fields.Date()
    last_on = fields.Date()
    rent_cents = fields.Integer()


class PastRentalOut(Schema):
    """A file: the person, the days of the vehicle, the conditions, the end (none while it is not known), the rents."""

    id = fields.Integer(attribute="past.id")
    number = fields.String(attribute="past.number")
    beneficiary_id = fields.Integer(attribute="person.id")
    structure_id = fields.Integer(attribute="structure.id")
    handed_on = fields.Date(attribute="action.started_on")
    returned_on = fields.Date(attribute="action.ended_on", allow_none=True)
    licence_on = fields.Date(attribute="past.licence_on", allow_none=True)
    end_reason = fields.String(attribute="outcome.end_reason", allow_none=True)
    lasting_solution = fields.String(attribute="outcome.lasting_solution", allow_none=True)
    conditions = fields.List(fields.Nested(PastConditionOut))
    months = fields.List(fields.Nested(PastMonthOut))


class RentOut(Schema):
    """A month of a file: both days included, its rent in cents, zero too."""

    file = fields.String()
    month = fields.Integer()
    first_day = fields.Date()
    last_day = fields.Date()
    cents = fields.Integer()
