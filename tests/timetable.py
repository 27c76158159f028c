"""A small GTFS folder: one line between two places of the map, on weekdays, and a night bus after midnight."""

from pathlib import Path

HOME, WORK = (43.2000, 5.6000), (43.3000, 5.7000)
FILES = {
    "stops.txt": (
        "stop_id,stop_name,stop_lat,stop_lon\n"
        "A,Place du Marché,43.2010,5.6010\nB,Zone des Paluds,43.3010,5.7010\nZ,Loin,44.0,6.0\nE,Entrée,,\n"
    ),
    "routes.txt": "route_id,route_short_name,route_long_name\nR12,12,Marché – Paluds\nRN,,Noctambus\n",
    "trips.txt": "route_id,service_id,trip_id\nR12,week,there\nR12,week,late\nR12,week,back\nRN,week,night\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "there,04:10:00,04:10:00,A,1\nthere,,,Z,2\nthere,04:40:00,04:40:00,B,3\n"
        "late,04:50:00,04:50:00,A,1\nlate,05:20:00,05:20:00,B,2\n"
        "back,13:15:00,13:15:00,B,1\nback,13:45:00,13:45:00,A,2\n"
        "night,25:05:00,25:05:00,B,1\nnight,25:30:00,25:30:00,A,2\n"
    ),
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweek,1,1,1,1,1,0,0,20260301,20260630\n"
    ),
    "calendar_dates.txt": "service_id,date,exception_type\nweek,20260406,2\nweek,20260411,1\n",
}


def write_folder(folder: Path, **instead: str | None) -> Path:
    """The folder, some of its files said otherwise (`stops="…"`), or left out (None)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        said = instead.get(name.removesuffix(".txt"), text)
        if said is not None:
            (folder / name).write_text(said, encoding="utf-8-sig")
    return folder
