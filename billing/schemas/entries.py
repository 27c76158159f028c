"""The accountant's entries: what is asked, what is answered."""

from marshmallow import Schema, fields

from mobility.schemas.reports import YearSchema
from mobility.web.fields import Choice

FORMATS = {
    "txt": "Fichier à importer",
    "xlsx": "Tableur",
    "analytic": "Fichier avec analytique",
    "analytic_xlsx": "Tableur avec analytique",
}


class EntriesSchema(YearSchema):
    """Which year, and as which file; its sums without one."""

    format = Choice(FORMATS, load_default=None)


class JournalSumSchema(Schema):
    """What the year's entries of one journal come to."""

    journal = fields.String()
    label = fields.String()
    debit_cents = fields.Integer()
    credit_cents = fields.Integer()


class EntriesOfYearSchema(Schema):
    """What a year's file holds."""

    year = fields.Integer()
    title = fields.String(metadata={"description": "« Écritures à importer », ou FEC si toute la comptabilité est tenue ici."})
    file_name = fields.String(allow_none=True, metadata={"description": "Vide tant que le SIREN de l’association n’est pas noté."})
    journals = fields.List(fields.Nested(JournalSumSchema))
    total_cents = fields.Integer()
