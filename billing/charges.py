"""When priced days become charges: by calendar week in arrears, the rest at return; credits only ever lower (domain.md §10.1)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mobility.periods import monday_of


@dataclass(frozen=True, kw_only=True)
class WeekCharge:
    """What one calendar week of a rental costs; `week` ("2026-W14") is posted once per rental. A free week is a charge of 0."""

    week: str
    first_on: date
    last_on: date
    days: int
    cents: int


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Cents given back, by day already charged."""

    cents_by_day: Mapping[date, int]

    @property
    def total_cents(self) -> int:
        """What the person's account is credited with."""
        return sum(self.cents_by_day.values())


def week_key(day: date) -> str:
    """The ISO week of a day: "2026-W14"; 1 January may belong to the year before."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def due_weeks(cents_by_day: Mapping[date, int], *, today: date, posted: Collection[str] = (), returned: bool = False) -> list[WeekCharge]:
    """The weeks to post: complete ones strictly before today, or after the return every one that is left; never a key in `posted`.

    Dates, not hours, decide: a summer-time week is seven days like the others.
    """
    weeks = [_charge(list(days), cents_by_day) for _, days in groupby(sorted(cents_by_day), key=week_key)]
    return [week for week in weeks if week.week not in posted and (returned or monday_of(week.last_on) < monday_of(today))]


def credit_for(charged: Mapping[date, int], prices_now: Mapping[date, int]) -> Credit:
    """What a backdated proof, or a day found out of service, gives back on days already charged (cents net of earlier credits).

    A day that now would cost more stays as charged: a missing paper or a later proof never raises a price (domain.md §9).
    """
    lowered = {day: cents - prices_now.get(day, 0) for day, cents in charged.items()}
    return Credit(cents_by_day={day: cents for day, cents in sorted(lowered.items()) if cents > 0})


def _charge(days: list[date], cents_by_day: Mapping[date, int]) -> WeekCharge:
    cents = sum(cents_by_day[day] for day in days)
    return WeekCharge(week=week_key(days[0]), first_on=days[0], last_on=days[-1], days=len(days), cents=cents)
