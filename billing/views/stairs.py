"""A schedule as stairs: a picture for those who would rather look."""

from collections.abc import Iterable

import pygal

from mobility.money import euros
from mobility.web.charts import PLAIN, as_address


def stairs(rents_cents: Iterable[int]) -> str:
    """The rents month by month, for the `src` of an image 640 by 320."""
    chart = pygal.Bar(
        **PLAIN,
        width=640,
        height=320,
        spacing=4,
        show_y_labels=False,
        show_y_guides=False,
        print_values=True,
        print_values_position="top",
        formatter=euros,
    )
    rents_cents = list(rents_cents)
    chart.x_labels = [f"Mois {number}" for number in range(1, len(rents_cents) + 1)]
    chart.add("Loyer", rents_cents)
    return as_address(chart)
