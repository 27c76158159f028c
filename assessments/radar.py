"""The radar of the dimensions that count, as SVG: this assessment in a full line, the entry in dashes; its table stands beside it."""

import pygal

from assessments.sheets import Line
from mobility.web.charts import PLAIN


def draw_radar(lines: tuple[Line, ...]) -> bytes:
    """The picture, 0 at the heart and 100 at the rim; the same lines give the same bytes."""
    chart = pygal.Radar(**PLAIN, width=760, height=600, range=(0, 100), y_labels=[0, 25, 50, 75, 100], fill=True, show_y_labels=False)
    chart.uuid = "radar"  # pygal draws one at random
    chart.x_labels = [_in_two(line.label) for line in lines]
    chart.add("Ce bilan", [line.percent for line in lines], stroke_style={"width": 4})
    if any(line.entry_percent is not None for line in lines):
        chart.add("À l’entrée", [line.entry_percent for line in lines], fill=False, stroke_style={"width": 3, "dasharray": "8, 6"})
    drawn: bytes = chart.render()
    return drawn


def _in_two(label: str) -> str:
    return label
