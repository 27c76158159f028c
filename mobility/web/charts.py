"""Pictures of figures by pygal, always beside their table: one look, and an address that the content policy allows to images alone."""

import sys
from typing import Any
from urllib.parse import quote

import pygal
from pygal.style import Style

# pygal leaves a finder of Python 2 behind, which makes every later import that fails warn.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]

# A picture is an <img>, so the page's own colours do not reach it: they are said again (static/css/tokens.css), on paper in both schemes.
LOOK = Style(
    background="#FFFFFF",
    plot_background="#FFFFFF",
    foreground="#14213D",
    foreground_strong="#14213D",
    foreground_subtle="#D9D4C7",
    colors=("#0B5D5E", "#9A5B00", "#A63A24"),
    value_colors=("#14213D",) * 3,
    font_family="sans-serif",
    label_font_size=18,
    value_font_size=20,
)
PLAIN: dict[str, Any] = {"style": LOOK, "js": (), "disable_xml_declaration": True, "show_legend": False, "margin": 12}


def as_address(chart: Any) -> str:
    """The chart as an SVG in a data address, for the `src` of an image."""
    return "data:image/svg+xml," + quote(chart.render(is_unicode=True))
