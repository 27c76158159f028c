"""Writes a measurement into docs/performance.md with its machine and date, in place of the one before."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
HEAD = """# How fast it is

Written by `python3 dev.py bench`, never by hand: each bench writes its own section anew. Times are CPU milliseconds unless said
otherwise, so that a busy machine changes them little; "raw" is the same statements with the same values on a bare driver, in the same run.
"""


def record(name: str, title: str, lines: list[str]) -> None:
    """Print a section and put it into the page."""
    text = "\n".join([f"## {title}", "", f"`bench {name}`, {_today()}, {_machine()}.", "", *lines, ""])
    print(text)
    sections = _sections() | {title: text}
    PAGE.write_text("\n".join([HEAD, *(sections[known] for known in sorted(sections))]).rstrip() + "\n", encoding="utf-8")


def table(*rows: tuple[object, ...]) -> list[str]:
    """Rows as a Markdown table, the first one its head."""
    head, *body = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return [head, "|---" * len(rows[0]) + "|", *body]


def _sections() -> dict[str, str]:
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = re.split(r"^(?=## )", written, flags=re.M)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _machine() -> str:
    """What it ran on, and how many others wanted its cores at that moment."""
    cores = f"{os.cpu_count()} cores {platform.machine()}, load {os.getloadavg()[0]:.1f}"
    return f"{cores}, {platform.system()}, Python {platform.python_version()}"
