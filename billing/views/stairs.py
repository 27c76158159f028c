"""Rents as pictures: for those who would rather look."""

from collections.abc import Iterable

import pygal

from mobility.money import euros
from mobility.web.charts import PLAIN, as_address


def stairs(rents_cents: Iterable[int]) -> str:
    """The rents month by month, for the `src` of an image 640 by 320."""
    return bars((f"Mois {number}", cents) for number, cents in enumerate(rents_cents, start=1))


def bars(named_cents: Iterable[tuple[str, int]]) -> str:
    """Amounts by their names, for the `src` of an image 640 by 320."""
    names, cents = zip(*named_cents, strict=True)
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
    chart.x_labels = names
    chart.add("Loyer", cents)
    return as_address(chart)
