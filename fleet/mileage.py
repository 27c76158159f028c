"""The mileage cap between two readings: exact decimals in, a state and a French sentence out; it warns and never cuts (domain.md §10.4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from mobility.dated import find_in_force
from mobility.errors import RuleBroken
from mobility.periods import ONE_DAY, days_between
from mobility.tongues import say, words

FINE, NEAR, OVER = "fine", "near", "over"
STATES = (FINE, NEAR, OVER)
STATE_NAMES = words({FINE: "dans le plafond", NEAR: "proche du plafond", OVER: "au-delà du plafond"})

MONDAY_TO_FRIDAY = frozenset(range(5))
ONE_TENTH = Decimal("0.1")
ONE_METRE = Decimal("0.001")
ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class CapRule:
    """A platform's choice from a day on: the factor on the commute and the share of the cap from which it is near."""

    from_on: date
    factor: Decimal = Decimal("1.2")
    near_share: Decimal = Decimal("0.8")


DEFAULT_RULE = CapRule(from_on=date(2000, 1, 1))


@dataclass(frozen=True, kw_only=True)
class Commute:
    """The way to work from a day on: one way in km, declared stops of the whole day in km, weekdays worked (Monday = 0), days off."""

    from_on: date
    one_way_km: Decimal
    stops_km: Decimal = ZERO
    weekdays: frozenset[int] = MONDAY_TO_FRIDAY
    days_off: frozenset[date] = frozenset()

    @property
    def daily_km(self) -> Decimal:
        """Home, work and home again, with the declared stops."""
        return 2 * self.one_way_km + self.stops_km

    def is_worked(self, day: date) -> bool:
        """Whether the pattern says work on this day."""
        return day.weekday() in self.weekdays and day not in self.days_off


@dataclass(frozen=True, kw_only=True)
class GrantedTrip:
    """A trip outside work that an adviser granted, in km, with its reason."""

    on: date
    km: Decimal
    reason: str


@dataclass(frozen=True, kw_only=True)
class MileageState:
    """Kilometres against a cap: `cap_km` None is no cap, `ratio` is None when there is no kilometre to divide by."""

    driven_km: Decimal
    cap_km: Decimal | None
    ratio: Decimal | None
    state: str
    sentence: str


def worked_days(commutes: Iterable[Commute], first: date, second: date) -> int:
    """Days worked in [first, second), by the commute in force on each."""
    return len(_worked_commutes(tuple(commutes), first, second))


def cap_km(
    commutes: Iterable[Commute], first: date, second: date, *, trips: Iterable[GrantedTrip] = (), rule: CapRule = DEFAULT_RULE
) -> Decimal:
    """The cap between readings on two days, `first` counted and `second` not: factor × commute × days worked + granted trips (§10.4)."""
    commuting = sum((commute.daily_km for commute in _worked_commutes(tuple(commutes), first, second)), ZERO)
    granted = sum((trip.km for trip in trips if first <= trip.on < second), ZERO)
    return rule.factor * commuting + granted


def _worked_commutes(commutes: tuple[Commute, ...], first: date, second: date) -> list[Commute]:
    """The commute of each day worked: people move house and change hours between two readings."""
    by_day = ((find_in_force(commutes, day), day) for day in days_between(first, second - ONE_DAY))
    return [commute for commute, day in by_day if commute is not None and commute.is_worked(day)]


def judge_mileage(driven_km: Decimal, cap: Decimal | None, *, rule: CapRule = DEFAULT_RULE) -> MileageState:
    """Where the kilometres stand against the cap; `None` is no cap at all, as in the AMIE programme (domain.md §3.4)."""
    if cap is None:
        return MileageState(
            driven_km=driven_km, cap_km=None, ratio=None, state=FINE, sentence=say("%(km)s km, sans plafond.", km=say_km(driven_km))
        )
    state = _state(driven_km, cap, rule)
    ratio = driven_km / cap if cap else None
    return MileageState(driven_km=driven_km, cap_km=cap, ratio=ratio, state=state, sentence=_sentence(driven_km, cap, state))


def _state(driven_km: Decimal, cap: Decimal, rule: CapRule) -> str:
    if driven_km > cap:
        return OVER
    # A vehicle that may not move and did not move is fine, though 0 is also 80 % of 0.
    return NEAR if cap and driven_km >= rule.near_share * cap else FINE


def _sentence(driven_km: Decimal, cap: Decimal, state: str) -> str:
    if not cap:
        return _sentence_without_allowance(driven_km)
    against = {"km": say_km(driven_km), "cap": say_km(cap), "left": _at_least_a_tenth(abs(cap - driven_km))}
    if state == OVER:
        return say("%(km)s km sur %(cap)s autorisés : %(left)s km de trop. Parlons-en à votre point-étape.", **against)
    if driven_km == cap:
        return say("%(km)s km sur %(cap)s autorisés : le plafond est atteint.", **against)
    return say("%(km)s km sur %(cap)s autorisés : il reste %(left)s km.", **against)


def _sentence_without_allowance(driven_km: Decimal) -> str:
    if driven_km:
        return say("%(km)s km, alors qu’aucun kilomètre n’était autorisé. Parlons-en à votre point-étape.", km=say_km(driven_km))
    return say("0 km : aucun kilomètre n’était autorisé, aucun n’a été fait.")


def say_km(km: Decimal) -> str:
    """Kilometres as a French reader writes them, to one decimal, halves up: 216 → "216", 43.92 → "43,9", 1200 → "1 200"."""
    shown = f"{km.quantize(ONE_TENTH, rounding=ROUND_HALF_UP):,}".removesuffix(".0")
    return shown.replace(",", " ").replace(".", ",")


def _at_least_a_tenth(km: Decimal) -> str:
    # "il reste 0 km" beside a state that says otherwise would read as a fault.
    return say_km(km) if km >= ONE_TENTH / 2 else say("moins de 0,1")


CONTINUE, ADJUST, WARN, STOP = "continue", "adjust", "warn", "stop"
DECISION_NAMES = {
    CONTINUE: "on continue ainsi",
    ADJUST: "on ajuste le plafond",
    WARN: "on avertit",
    STOP: "on arrête la mise à disposition",
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an adviser decided after the conversation; `added_km` belongs to an adjustment."""

    code: str
    reason: str = ""
    added_km: Decimal = ZERO


def check_decision(state: str, decision: Decision) -> None:
    """Raises RuleBroken unless the cap is passed and the decision is whole: an adjustment needs kilometres and a reason (§10.4)."""
    if decision.code not in DECISION_NAMES:
        raise RuleBroken("Choisissez : continuer, ajuster, avertir ou arrêter.", field="decision")
    if state != OVER:
        raise RuleBroken("Le plafond n’est pas dépassé : il n’y a rien à décider.", field="decision")
    if decision.code != ADJUST:
        return
    if not decision.reason.strip():
        raise RuleBroken("Dites pourquoi le plafond est ajusté.", field="reason")
    if decision.added_km <= 0:
        raise RuleBroken("Indiquez combien de kilomètres vous ajoutez.", field="added_km")


MAX_ONE_WAY_KM = 500
MAX_WORKED_DAYS = 366
MAX_KM = 1_000_000  # more than any odometer in the fleet: above is a typing error


def simulate_mileage(
    *, one_way_km: Decimal | float, worked_days: int, granted_km: Decimal | float = 0, driven_km: Decimal | float = 0
) -> MileageState:
    """The cap and its state for anybody, with the reference rule. Raises RuleBroken naming the field."""
    one_way = checked_km(one_way_km, field="one_way_km", most=MAX_ONE_WAY_KM)
    if type(worked_days) is not int or not 0 <= worked_days <= MAX_WORKED_DAYS:
        raise RuleBroken(f"Indiquez un nombre entier de jours travaillés, de 0 à {MAX_WORKED_DAYS}.", field="worked_days")
    granted = checked_km(granted_km, field="granted_km", most=MAX_KM)
    driven = checked_km(driven_km, field="driven_km", most=MAX_KM)
    return judge_mileage(driven, DEFAULT_RULE.factor * 2 * one_way * worked_days + granted)


def checked_km(value: Decimal | float, *, field: str, most: int) -> Decimal:
    """Kilometres as a decimal read as written, to the metre (18.1 is 18.1). Raises RuleBroken when not finite, negative or above `most`."""
    sentence = f"Indiquez un nombre de kilomètres de 0 à {say_km(Decimal(most))}."
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise RuleBroken(sentence, field=field)
    km = Decimal(str(value))
    if not km.is_finite() or not 0 <= km <= most:
        raise RuleBroken(sentence, field=field)
    return abs(km.quantize(ONE_METRE, rounding=ROUND_HALF_UP))
