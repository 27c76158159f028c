"""Grid 2026.1: ten dimensions of three items; gestures and confidence are declared needs and weigh nothing."""

from datetime import date

from assessments.grid import Grid
from assessments.grids.v2026_1.living import BUDGET, CONFIDENCE, CONSTRAINTS, DIGITAL, LANGUAGE
from assessments.grids.v2026_1.moving import LICENCES, ORIENTATION, PRACTICE, PSYCHOMOTOR, ROAD

GRID_2026_1 = Grid(
    version="2026.1",
    label="Bilan de compétences mobilité 2026",
    # Earlier than the product, so that a file taken over from another tool can be assessed at its own date.
    from_on=date(2000, 1, 1),
    dimensions=(PRACTICE, LICENCES, ORIENTATION, ROAD, PSYCHOMOTOR, LANGUAGE, DIGITAL, BUDGET, CONFIDENCE, CONSTRAINTS),
)
