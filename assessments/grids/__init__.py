"""Every version of the grid, kept for ever: an exit assessment is made on the version of its entry."""

from datetime import date

from assessments.grid import Grid
from assessments.grids.v2026_1 import GRID_2026_1
from mobility.dated import in_force
from mobility.errors import NotFound

GRIDS = (GRID_2026_1,)


def find_grid(version: str) -> Grid | None:
    """The grid of this version, or None when it is not held any more."""
    return next((grid for grid in GRIDS if grid.version == version), None)


def get_grid(version: str) -> Grid:
    """The grid of this version. Raises NotFound."""
    found = find_grid(version)
    if found is None:
        raise NotFound("Cette version de la grille n’existe pas.", field="version")
    return found


def grid_on(day: date) -> Grid:
    """The grid with which an entry assessment begins on this day. Raises RuleBroken before the first."""
    return in_force(GRIDS, day)
