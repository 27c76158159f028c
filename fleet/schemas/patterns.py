"""The hours of who shares a vehicle: in their one written form, or asked one by one."""

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from fleet.patterns import MISWRITTEN, WRITTEN, Hours, Pattern, read, write
from mobility.errors import RuleBroken
from mobility.periods import monday_of
from mobility.schemas.people import Weekdays, weekdays_of
from mobility.web.fields import Choice, Day, Hour, QueryInput, Text

EVERY, OTHERWISE, ONE_IN_TWO = "every", "otherwise", "one_in_two"
WEEKS = {
    EVERY: "Chaque semaine, les mêmes heures",
    OTHERWISE: "Une semaine sur deux, d’autres heures ou d’autres jours",
    ONE_IN_TWO: "Une semaine sur deux seulement",
}


class SharedHours(Text):
    """Days and hours as fleet/patterns.py writes them: "12345 05:00-14:00"."""

    def __init__(self, **kwargs: Any) -> None:
        examples = [
            "12345 05:00-14:00",
            "12345 05:00-14:00 14:00-23:00 2026-03-02",
            "123 05:00-14:00 45 14:00-23:00 2026-03-02",
            "12345 05:00-14:00 - 2026-03-02",
        ]
        super().__init__(longest=60, pattern=WRITTEN, hint=MISWRITTEN, metadata={"examples": examples}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        try:
            return write(read(super()._deserialize(value, attr, data, **kwargs)))
        except RuleBroken as fault:
            raise ValidationError(fault.sentence) from None


class SharedHoursSchema(QueryInput):
    """The days, the hours, and how the weeks go: answers the `pattern`."""

    weekdays = Weekdays(required=True, error_messages={"required": "Cochez au moins un jour."})
    from_time = Hour(required=True)
    to_time = Hour(required=True)
    weeks = Choice(WEEKS, load_default=EVERY)
    week_on = Day()
    other_weekdays = Weekdays(load_default=0)
    other_from_time = Hour()
    other_to_time = Hour()

    @validates_schema
    def _check_weeks(self, data: dict[str, Any], **kwargs: Any) -> None:
        needed = {EVERY: (), OTHERWISE: ("week_on", "other_from_time", "other_to_time"), ONE_IN_TWO: ("week_on",)}[data["weeks"]]
        if missing := [name for name in needed if name not in data]:
            raise ValidationError({name: "Cette réponse est nécessaire." for name in missing})

    @post_load
    def _written(self, data: dict[str, Any], **kwargs: Any) -> dict[str, str]:
        weeks = data["weeks"]
        other = Hours(from_time=data["other_from_time"], to_time=data["other_to_time"]) if weeks == OTHERWISE else None
        try:
            pattern = Pattern(
                weekdays=frozenset(weekdays_of(data["weekdays"])),
                hours=Hours(from_time=data["from_time"], to_time=data["to_time"]),
                other_hours=other,
                first_week_on=None if weeks == EVERY else monday_of(data["week_on"]),
                own_days=(frozenset(weekdays_of(data["other_weekdays"])) or None) if other else None,
            )
        except RuleBroken as fault:
            raise ValidationError({"weekdays": fault.sentence}) from None
        return {"pattern": write(pattern)}
