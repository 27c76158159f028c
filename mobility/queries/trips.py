"""How far a job is: the ports asked, outside any writing transaction."""

from flask import current_app

from mobility.errors import RuleBroken
from mobility.geo.places import RoadDistance


def measure_trip(start: str, end: str) -> RoadDistance:
    """One way by road between two typed addresses. Raises RuleBroken on `start` or `end`, with what the address search says."""
    places = {}
    for field, typed in (("start", start), ("end", end)):
        found = current_app.extensions["geocoder"].find(typed, limit=1)
        if not found.places:
            raise RuleBroken(found.reason, field=field)
        places[field] = found.places[0]
    distance: RoadDistance | None = current_app.extensions["router"].road_km(places["start"], places["end"])
    if distance is None:
        raise RuleBroken("Les deux adresses sont dans la même commune : mesurez le trajet et notez les kilomètres.", field="end")
    return distance
