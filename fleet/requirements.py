"""What a platform's programme asks of a person before the keys, as dated data with defaults (domain.md §3.1, §9, §10.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from billing.terms import INTERVIEW, TRIAL
from mobility.dated import in_force
from mobility.errors import RuleBroken
from mobility.papers import HOME, IDENTITY, JOB, LICENCE, RSA


@dataclass(frozen=True, kw_only=True)
class Requirements:
    """What is asked from a day on, beyond the law and the assessment: job, followed, membership; ages, years and papers by kind of vehicle.

    A work contract must last more than `contract_months`; 0 takes any job or training.
    """

    from_on: date
    asked: frozenset[str]
    papers: Mapping[str, tuple[str, ...]]
    least_age: Mapping[str, int] = field(default_factory=dict)
    least_licence_years: Mapping[str, int] = field(default_factory=dict)
    contract_months: int = 0
    tier_papers: Mapping[str, str] = field(default_factory=lambda: {"rsa": RSA})


_CYCLE_PAPERS = (IDENTITY, HOME)
_MOTOR_PAPERS = (IDENTITY, LICENCE, HOME)
_PAPERS = MappingProxyType(
    {
        "bike": _CYCLE_PAPERS,
        "ebike": _CYCLE_PAPERS,
        "cargo_bike": _CYCLE_PAPERS,
        "moped": _MOTOR_PAPERS,
        "scooter": _MOTOR_PAPERS,
        "scooter125": _MOTOR_PAPERS,
        "quadricycle": _MOTOR_PAPERS,
        "car": (*_MOTOR_PAPERS, JOB),
    }
)
_ADULTS = MappingProxyType(dict.fromkeys(("moped", "scooter", "scooter125", "quadricycle", "car"), 18))

# Some hours, often before there is a job, a membership or a settled home: who the person is, and that they may drive.
_SOME_HOURS = (
    Requirements(
        from_on=date(2000, 1, 1),
        asked=frozenset(),
        papers=MappingProxyType({kind: tuple(code for code in papers if code in (IDENTITY, LICENCE)) for kind, papers in _PAPERS.items()}),
        least_age=_ADULTS,
        tier_papers=MappingProxyType({}),
    ),
)

DEFAULTS = MappingProxyType(
    {
        # "Bougez vers l'emploi !" (domain.md §2): membership, and help that may come before a job exists.
        "daily": (Requirements(from_on=date(2000, 1, 1), asked=frozenset({"membership"}), papers=_PAPERS, least_age=_ADULTS),),
        # AMIE (domain.md §3.1): over 18, licence B for a year, a contract of more than a month, followed by a structure.
        "amie": (
            Requirements(
                from_on=date(2000, 1, 1),
                asked=frozenset({"job", "followed"}),
                papers=MappingProxyType({kind: (*papers, JOB) if JOB not in papers else papers for kind, papers in _PAPERS.items()}),
                least_age=MappingProxyType(dict.fromkeys(_PAPERS, 18)),
                least_licence_years=MappingProxyType({"car": 1}),
                contract_months=1,
            ),
        ),
        TRIAL: _SOME_HOURS,
        INTERVIEW: _SOME_HOURS,
    }
)


def requirements_on(programme: str, day: date) -> Requirements:
    """The default requirements of a programme on a day. Raises RuleBroken on field `programme` for an unknown one."""
    if programme not in DEFAULTS:
        raise RuleBroken("Choisissez un des programmes proposés.", field="programme")
    return in_force(DEFAULTS[programme], day)
