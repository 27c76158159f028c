"""The radar of the dimensions that count, as SVG: this assessment in a full line, the entry in dashes; its table stands beside it."""

import pygal
from pygal.style import Style

from assessments.sheets import Line
from mobility.web.charts import LOOK, PLAIN

# The inside stays light, so that the entry's dashes are seen through it.
_LOOK = Style(
    **LOOK.to_dict()
    | {
        "opacity": ".18",
        "stroke_width": "4",
        "label_font_size": 22,
        "major_label_font_size": 22,
        "guide_stroke_color": "#B9B3A4",
        "major_guide_stroke_color": "#B9B3A4",
    }
)
_DASHES = {"width": 4, "dasharray": "10, 7"}


def draw_radar(lines: tuple[Line, ...]) -> bytes:
    """The picture, 0 at the heart and 100 at the rim."""
    chart = pygal.Radar(**(PLAIN | {"style": _LOOK}), width=680, height=680, range=(0, 100), truncate_label=40, dots_size=5)
    chart.y_labels = [0, 25, 50, 75, 100]
    chart.x_labels = [line.label for line in lines]
    chart.add("Ce bilan", [line.percent for line in lines], fill=True)
    if any(line.entry_percent is not None for line in lines):
        chart.add("À l’entrée", [line.entry_percent for line in lines], stroke_style=_DASHES)
    drawn: bytes = chart.render()
    return drawn
