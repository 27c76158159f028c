"""What a platform asks for each kind of vehicle, as its dated data: the settings, by kind, that the page "Types de véhicule" shows.

The law's part (which licence) is no setting; whatever a platform sets, it stays (fleet/licences.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from billing.card_holds import ON_HOLD
from billing.deposits import ASKED_KIND_LABELS
from fleet.checklists import ITEMS, LIST_NAMES, items_of, list_key, own_key, usual_items
from fleet.kinds import KINDS, USUAL_DEPOSIT, Kind
from fleet.marks import ZONE_NAMES, zones_key, zones_of
from fleet.requirements import DEFAULTS, Requirements
from fleet.turnaround import MOST_MINUTES, key_of
from fleet.upkeep import ITEM_NAMES, USUAL, setting_key
from mobility.dated import DatedSetting
from mobility.papers import DRIVING_RIGHTS, HOME, IDENTITY, JOB, LICENCE, PAPER_KINDS

PROGRAMME_NAMES = {"daily": "tarif à la journée", "amie": "programme AMIE"}
_ASKABLE = (IDENTITY, HOME, JOB)  # the licence is the law's; the attestation of driving rights belongs to it
_UNITS = {"km": "kilomètres", "days": "jours"}
AGE, LICENCE_YEARS, PAPERS = "least_age", "licence_years", "papers"


@dataclass(frozen=True, kw_only=True)
class KindRule:
    """One rule of a kind: what it is called beside its kind, and the setting that holds it."""

    words: str
    setting: DatedSetting


def rule_key(rule: str, programme: str, kind: str) -> str:
    """Where a platform keeps what a programme asks for a kind (mobility/practice.py)."""
    return f"fleet.{rule}.{programme}.{kind}"


def set_for(usual: Requirements, kind: Kind, *, least_age: int, licence_years: int, papers: tuple[str, ...]) -> Requirements:
    """A programme's requirements with what the platform set for a kind; 0 asks nothing, the law's licence stays (domain.md §10.6)."""
    asked = tuple(code for code in PAPER_KINDS if code in papers or (code == LICENCE and kind.needs_licence))
    return replace(
        usual,
        papers={kind.code: asked},
        least_age={kind.code: least_age} if least_age else {},
        least_licence_years={kind.code: licence_years} if licence_years else {},
    )


def _of_programme(kind: Kind, programme: str) -> list[KindRule]:
    usual, later = DEFAULTS[programme][0], DEFAULTS[programme][1:]
    rules = [_age(kind, programme, usual, later)]
    rules += [_years(kind, programme, usual, later)] if kind.needs_licence else []
    return [*rules, _papers(kind, programme, usual, later)]


def _age(kind: Kind, programme: str, usual: Requirements, later: tuple[Requirements, ...]) -> KindRule:
    return _rule(
        kind,
        f"âge, en années ({PROGRAMME_NAMES[programme]})",
        key=rule_key(AGE, programme, kind.code),
        source="domain.md §3.1, §10.6",
        default=usual.least_age.get(kind.code, 0),
        since=tuple((version.from_on, version.least_age.get(kind.code, 0)) for version in later),
        value="int",
        most=99,
        help="0 : aucun âge n’est demandé. Une dispense passe par l’accord écrit du loueur ou de l’assureur.",
    )


def _years(kind: Kind, programme: str, usual: Requirements, later: tuple[Requirements, ...]) -> KindRule:
    return _rule(
        kind,
        f"permis depuis, en années ({PROGRAMME_NAMES[programme]})",
        key=rule_key(LICENCE_YEARS, programme, kind.code),
        source="domain.md §3.1, §10.6",
        default=usual.least_licence_years.get(kind.code, 0),
        since=tuple((version.from_on, version.least_licence_years.get(kind.code, 0)) for version in later),
        value="int",
        most=50,
        help="0 : le permis suffit. La loi dit quel permis il faut.",
    )


def _papers(kind: Kind, programme: str, usual: Requirements, later: tuple[Requirements, ...]) -> KindRule:
    return _rule(
        kind,
        f"documents à montrer ({PROGRAMME_NAMES[programme]})",
        key=rule_key(PAPERS, programme, kind.code),
        source="domain.md §3.1, §10.6",
        default=_askable(usual, kind),
        since=tuple((version.from_on, _askable(version, kind)) for version in later),
        value="codes",
        choices=tuple((code, PAPER_KINDS[code].name) for code in (*_ASKABLE, *((DRIVING_RIGHTS,) if kind.needs_licence else ()))),
        help="Le permis de conduire n’est pas dans cette liste : là où la loi le demande, il est toujours à montrer.",
    )


def _askable(version: Requirements, kind: Kind) -> tuple[str, ...]:
    return tuple(code for code in version.papers.get(kind.code, ()) if code != LICENCE)


def _lists(kind: Kind) -> list[KindRule]:
    return [
        _rule(
            kind,
            words,
            key=list_key(kind.code, moment),
            default=usual_items(kind, moment),
            value="codes",
            choices=tuple((code, ITEMS[code]) for code in items_of(kind)),
            help="Demandée sur la page de l’état des lieux, et imprimée avec lui.",
        )
        for moment, words in LIST_NAMES.items()
    ] + [
        _rule(
            kind,
            f"{words}, nos points à nous",
            key=own_key(kind.code, moment),
            default="",
            value="text",
            help="Séparés par des points-virgules : « tapis de sol ; badge du parking ». Demandés après les autres, dans cet ordre.",
        )
        for moment, words in LIST_NAMES.items()
    ]


def deposit_kind_key(kind: str) -> str:
    """Where a platform keeps how the deposit of a kind usually comes."""
    return f"fleet.deposit_kind.{kind}"


def _deposit_kind(kind: Kind) -> KindRule:
    return _rule(
        kind,
        "forme habituelle de la caution",
        key=deposit_kind_key(kind.code),
        source="domain.md §9",
        default=USUAL_DEPOSIT,
        value="choice",
        choices=tuple((code, label) for code, label in ASKED_KIND_LABELS.items() if code != ON_HOLD),  # only some rentals are short
        help="Proposée d’abord à la réservation ; chaque caution peut venir autrement.",
    )


def _zones(kind: Kind) -> KindRule:
    return _rule(
        kind,
        "parties du dessin où situer une marque",
        key=zones_key(kind.code),
        default=zones_of(kind.code),
        value="codes",
        choices=tuple((zone, ZONE_NAMES[zone]) for zone in zones_of(kind.code)),
        help="Une marque posée ailleurs se lit « autre ». Celles déjà notées gardent leur place.",
    )


def _turnaround(kind: Kind) -> KindRule:
    return _rule(
        kind,
        "remise en état après chaque retour, en minutes",
        key=key_of(kind.code),
        default=0,
        value="int",
        most=MOST_MINUTES,
        help="Le véhicule n’est proposé qu’ensuite. Le prix et le contrat n’en changent pas. 0 : il peut repartir aussitôt.",
    )


def _rhythms(kind: Kind) -> list[KindRule]:
    return [
        _rule(
            kind,
            f"{ITEM_NAMES[item]}, tous les combien de {_UNITS[unit]}",
            key=setting_key(kind.code, item, unit),
            default=every,
            value="int",
            help="0 : jamais. Un véhicule peut garder un rythme à lui, sur sa page « À prévoir ».",
        )
        for item, usual in USUAL[kind.code].items()
        for unit, every in zip(_UNITS, usual, strict=True)
        if every
    ]


def _rule(kind: Kind, words: str, *, value: str, source: str = "usage", **more: Any) -> KindRule:
    label = f"{kind.name.capitalize()} : {words}"
    return KindRule(words=words, setting=DatedSetting(label=label, kind=value, source=source, **more))


KIND_RULES: Mapping[str, tuple[KindRule, ...]] = {
    kind.code: (
        _deposit_kind(kind),
        *(rule for programme in PROGRAMME_NAMES for rule in _of_programme(kind, programme)),
        *_lists(kind),
        _zones(kind),
        _turnaround(kind),
        *_rhythms(kind),
    )
    for kind in KINDS
}
