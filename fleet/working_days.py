"""Working days in France: Monday to Friday, public holidays left out (code du travail, art. L3133-1)."""

from datetime import date, timedelta

from mobility.periods import ONE_DAY

_FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
_AFTER_EASTER = (1, 39, 50)  # Easter Monday, Ascension, Whit Monday


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, "Astronomical Algorithms", ch. 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, leap_rest = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - shift + 15) % 30
    quarter, rest = divmod(of_century, 4)
    weekday = (32 + 2 * leap_rest + 2 * quarter - epact - rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def is_working(day: date) -> bool:
    """Whether offices are open."""
    holidays = {easter(day.year) + timedelta(days=after) for after in _AFTER_EASTER}
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED and day not in holidays


def working_days_after(day: date, count: int) -> date:
    """The day that is `count` working days later; the day itself does not count."""
    while count:
        day += ONE_DAY
        count -= is_working(day)
    return day
