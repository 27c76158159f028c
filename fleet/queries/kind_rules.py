"""What the platform's dated data ask for a kind of vehicle: as the rules of eligibility read it, and as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from billing.deposits import BY_CARD
from billing.queries.means import takes_cards
from billing.queries.tariffs import tariff_on
from billing.terms import DAILY
from fleet.hours import is_by_the_hour
from fleet.kind_rules import AGE, KIND_RULES, LICENCE_YEARS, PAPERS, KindRule, deposit_kind_key, rule_key, set_for
from fleet.kinds import KINDS, USUAL_DEPOSIT, Kind, get_kind
from fleet.marks import sketch_of
from fleet.requirements import Requirements, requirements_on
from mobility import practice
from mobility.dated import DatedSetting

DEPOSIT = "billing.deposit_cents.{}"


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    """A rule of a kind: its words beside its kind, what holds today, and the values the platform gave it, the latest day first."""

    words: str
    setting: DatedSetting
    today: Any
    values: Sequence[practice.Value]

    @property
    def key(self) -> str:
        """The setting's key."""
        return self.setting.key


@dataclass(frozen=True, kw_only=True)
class KindSheet:
    """A kind with the law's licence, today's price of a day (None: the tariff does not lend it), its sketch, and its rules."""

    kind: Kind
    day_cents: int | None
    sketch: str
    rules: Sequence[RuleLine]


def rules_on(programme: str, kind: str, day: date) -> Requirements:
    """What a programme asks for a kind on a day, as the platform set it. Raises RuleBroken on fields `programme` and `kind`.

    Some hours ask the age and the years of a loan by the day, for it is the same insurer; their few papers are their own.
    """
    usual, found, hourly = requirements_on(programme, day), get_kind(kind), is_by_the_hour(programme)

    def said(rule: str) -> Any:
        return practice.value_on(rule_key(rule, DAILY if hourly else programme, kind), day)

    years = said(LICENCE_YEARS) if found.needs_licence else 0
    papers = usual.papers[kind] if hourly else tuple(said(PAPERS))
    return set_for(usual, found, least_age=said(AGE), licence_years=years, papers=papers)


def usual_deposit_kind(kind: str, day: date) -> str:
    """How a kind's deposit is foreseen until somebody says otherwise: as the platform set it, if it can come so here."""
    said = practice.value_on(deposit_kind_key(kind), day)
    return said if said not in BY_CARD or takes_cards() else USUAL_DEPOSIT


def keys_of(kind: str) -> list[str]:
    """The settings that a kind's rules are kept in, in the order they are shown."""
    return [DEPOSIT.format(kind), *(rule.setting.key for rule in KIND_RULES[kind])]


def list_kinds(today: date) -> list[KindSheet]:
    """Every kind of vehicle with its rules as they hold today, and what is set from a later day on."""
    prices = tariff_on(today).day_cents
    return [
        KindSheet(kind=kind, day_cents=prices.get(kind.code), sketch=sketch_of(kind.code), rules=_lines(kind.code, today)) for kind in KINDS
    ]


def _lines(kind: str, today: date) -> list[RuleLine]:
    deposit = KindRule(words="caution habituelle", setting=practice.get_setting(DEPOSIT.format(kind)))
    return [
        RuleLine(
            words=rule.words,
            setting=rule.setting,
            today=practice.value_on(rule.setting.key, today),
            values=practice.list_values(rule.setting.key),
        )
        for rule in (deposit, *KIND_RULES[kind])
    ]
