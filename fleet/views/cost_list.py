"""The list of what vehicles cost."""

from functools import partial

from fleet.costs import COST_NAMES
from fleet.lists import SITE_COLUMN, by_kind, by_site, vehicle_column
from fleet.models import Vehicle, VehicleCost
from fleet.queries.vehicles import matching
from mobility.cells import Euros
from mobility.listing import Column, Filter, Listing
from mobility.web.fields import Choice, Day, Text

COSTS = Listing(
    name="couts",
    title="Coûts des véhicules",
    columns=[
        vehicle_column("costs.of_vehicle"),
        SITE_COLUMN,
        Column("on", "Jour", lambda row: row[0].on, [VehicleCost.on]),
        Column("kind", "Coût", lambda row: COST_NAMES[row[0].kind].capitalize(), [VehicleCost.kind]),
        Column("document", "Pièce", lambda row: row[0].document_number, short=True),
        Column("note", "Note", lambda row: row[0].note),
        Column("cents", "Montant", lambda row: Euros(row[0].cents), [VehicleCost.cents], number=True),
    ],
    filters=[
        Filter("q", "Nom ou plaque", partial(Text, longest=80), matching),
        Filter("cost", "Coût", partial(Choice, COST_NAMES), lambda q, v: q.filter(VehicleCost.kind == v), lambda: list(COST_NAMES.items())),
        by_kind(Vehicle.kind),
        by_site(Vehicle.site_id),
        Filter("since", "Depuis le", Day, lambda q, day: q.filter(VehicleCost.on >= day)),
        Filter("until", "Jusqu’au", Day, lambda q, day: q.filter(VehicleCost.on <= day)),
    ],
    sort="-on",
    tie=VehicleCost.id,
    amount=VehicleCost.cents,
)
