"""What a platform publishes of its vehicles: kinds, prices, conditions, whole free days; no person, no plate (domain.md §8). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from billing.price_sentence import join_and
from fleet.availability import Occupied, free_windows
from fleet.kinds import Kind
from mobility.money import euros
from mobility.periods import ONE_DAY, Period, instant_of, paris_day, say_day

PUBLISHED = "fleet.offer_published"  # the dated setting by which a platform shows its offer, or does not
HORIZON = timedelta(days=28)  # how far free days are published

Span = tuple[date, date]  # a first and a last day, both included


def free_days(now: datetime, busy: Iterable[Occupied], *, from_on: date, until_on: date) -> list[Span]:
    """The whole days, in Paris, on which nothing holds a vehicle; today counts while nothing holds what is left of it.

    Whole days and no hours: the hour at which somebody comes for their keys is nobody else's matter.
    """
    today = paris_day(now)
    if until_on < max(from_on, today):
        return []
    starts_at = now if from_on <= today else instant_of(from_on)
    spans = []
    for window in free_windows(Period(starts_at=starts_at, ends_at=instant_of(until_on + ONE_DAY)), busy):
        first_on = paris_day(window.starts_at)
        if window.starts_at not in (now, instant_of(first_on)):
            first_on += ONE_DAY
        last_on = paris_day(window.ends_at) - ONE_DAY
        if first_on <= last_on:
            spans.append((first_on, last_on))
    return spans


@dataclass(frozen=True, kw_only=True)
class Published:
    """A vehicle of the offer without what would tell it: a name that changes every day, its kind and energy, its pole, its free days."""

    name: str
    kind: str
    energy: str
    site_id: int
    spans: Sequence[Span]

    def is_free_from(self, day: date) -> bool:
        """Whether it could leave on that day, for a day at least."""
        return any(first_on <= day <= last_on for first_on, last_on in self.spans)


@dataclass(frozen=True, kw_only=True)
class KindOffer:
    """A kind as it is offered today: cents a day and of the usual deposit, what is asked, and how many are free at each pole."""

    kind: Kind
    day_cents: int
    deposit_cents: int
    least_age: int
    licence_years: int
    papers: Sequence[str]
    count: int
    free_now: Mapping[int, int]
    next_free_on: date | None

    @property
    def conditions(self) -> list[str]:
        """What is asked of whoever borrows it, in short French phrases."""
        licence = f"permis {self.kind.needs_licence}" if self.kind.needs_licence else None
        if licence and self.licence_years:
            licence += f" depuis {self.licence_years} an{'s' if self.licence_years > 1 else ''}"
        age = f"{self.least_age} ans" if self.least_age else None
        return [said for said in (licence, age, *self.papers) if said]

    @property
    def price(self) -> str:
        """As in "5 € par jour, caution 300 €"."""
        day = f"{euros(self.day_cents)} par jour" if self.day_cents else "gratuit"
        return f"{day}, caution {euros(self.deposit_cents)}" if self.deposit_cents else day

    def say_free(self, today: date) -> str:
        """How many can leave today, or from when the next one can."""
        count, plural = sum(self.free_now.values()), "s" if sum(self.free_now.values()) > 1 else ""
        if count:
            return f"{count} libre{plural} aujourd’hui"
        if self.next_free_on is None:
            return f"aucun{'e' if self.kind.feminine else ''} libre avant le {say_day(today + HORIZON)}"
        return f"{'la première' if self.kind.feminine else 'le premier'} libre le {say_day(self.next_free_on)}"


@dataclass(frozen=True, kw_only=True)
class OfferSheet:
    """The whole offer on a day: its kinds, who pays less, the longest rental in days, and each vehicle's free days."""

    kinds: Sequence[KindOffer]
    reductions: Sequence[str]
    longest_days: int
    vehicles: Sequence[Published]

    @property
    def lead(self) -> str:
        """The offer in one sentence, as a directory shows it."""
        kinds = join_and([f"{offer.kind.plural} ({offer.price})" for offer in self.kinds])
        return f"{kinds[:1].upper()}{kinds[1:]}, jusqu’à {self.longest_days} jours, pour aller travailler ou se former."
