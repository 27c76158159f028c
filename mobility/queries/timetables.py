"""The timetable of the platform in force, if somebody loaded one (`flask --app wsgi import timetable`)."""

from pathlib import Path

from flask import current_app

from mobility.geo.timetables import Timetable
from mobility.queries.letterhead import platform_here


def timetable_file(slug: str) -> Path:
    """Where a platform's is kept: beside the data, since it can be loaded again."""
    folder: Path = current_app.extensions["settings"].data_dir
    return folder / "timetables" / f"{slug}.sqlite3"


def find_timetable() -> Timetable | None:
    """That of the platform in force; None where none was loaded."""
    file = timetable_file(platform_here().slug)
    return Timetable(file) if file.is_file() else None
