"""The offer as JSON: our own shape, data·inclusion's and GBFS's."""

from marshmallow import Schema, fields


class KindOfferSchema(Schema):
    """A kind of vehicle: cents a day and of the usual deposit, what is asked, how many there are and how many can leave today by pole."""

    kind = fields.String(attribute="kind.code")
    day_cents = fields.Integer()
    deposit_cents = fields.Integer()
    least_age = fields.Integer()
    licence = fields.String(attribute="kind.needs_licence", allow_none=True)
    licence_years = fields.Integer()
    papers = fields.List(fields.String())
    count = fields.Integer()
    free_now = fields.Dict(keys=fields.String(), values=fields.Integer())
    next_free_on = fields.Date(allow_none=True)
    sentence = fields.String(attribute="price")


class PoleSchema(Schema):
    """A pole by its name and town."""

    id = fields.Integer()
    name = fields.String()
    postcode = fields.String(allow_none=True)
    commune = fields.String(allow_none=True)


class OfferSchema(Schema):
    """The offer of today; `longest_days` is the longest rental, renewals included."""

    sentence = fields.String(attribute="lead")
    kinds = fields.List(fields.Nested(KindOfferSchema))
    reductions = fields.List(fields.String())
    longest_days = fields.Integer()
    poles = fields.List(fields.Nested(PoleSchema))


class _Place(Schema):
    """What data·inclusion says of both."""

    id = fields.String(required=True)
    source = fields.String(required=True)
    nom = fields.String(required=True)
    description = fields.String(required=True)
    date_maj = fields.String(required=True)
    commune = fields.String(allow_none=True)
    code_postal = fields.String(allow_none=True)
    telephone = fields.String(allow_none=True)
    courriel = fields.String(allow_none=True)


class InclusionStructureSchema(_Place):
    """A structure of data·inclusion."""

    site_web = fields.String()


class InclusionServiceSchema(_Place):
    """A service of data·inclusion."""

    structure_id = fields.String(required=True)
    thematiques = fields.List(fields.String())
    frais = fields.String()
    frais_precisions = fields.String()
    conditions_acces = fields.String()
    modes_accueil = fields.List(fields.String())
    mobilisable_par = fields.List(fields.String())
    modes_mobilisation = fields.List(fields.String())
    lien_mobilisation = fields.String()


class GbfsSchema(Schema):
    """A GBFS file: when it was made, for how many seconds it may be kept, its version, its data."""

    last_updated = fields.String(required=True)
    ttl = fields.Integer(required=True)
    version = fields.String(required=True)
    data = fields.Dict(keys=fields.String(), values=fields.Raw(), required=True)
