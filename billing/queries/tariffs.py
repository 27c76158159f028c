"""Tariffs and tiers in force, and what a rental would cost somebody."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, NamedTuple

from sqlalchemy import select

from billing import tiers
from billing.districts import perimeter_of
from billing.models import TariffVersion, Tier, TierProof
from billing.queries.programmes import dated_programme_on
from billing.tariff_change import TariffChange
from billing.tariffs import REFERENCE_TARIFF, Tariff, thaw_tariff
from billing.terms import AMIE, BY_THE_HOUR, DAILY, Terms, gift_key
from billing.tiers import QPV, RSA, STANDARD_TIERS, Price, TierSpan, price_days
from billing.transitions import Step, step_spans
from mobility import practice
from mobility.dated import find_in_force, in_force
from mobility.db import Known, columns_of, db, this_one, this_platform
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, days_between
from mobility.rights import FILE_READERS, Viewer

PROVEN = (QPV.code, RSA.code)  # standard tiers that a person proves; the days of QPV are those of the account that froze it


class Version(NamedTuple):
    """A tariff of the platform's own."""

    id: int
    label: str
    from_on: date
    day_cents: dict[str, Any]
    rules: dict[str, Any]


class OwnTier(NamedTuple):
    """A tier of the platform's own: a share of the full price, steps of it, or a price in cents by kind."""

    id: int
    code: str
    label: str
    share_numerator: int | None
    share_denominator: int | None
    price_cents: dict[str, Any] | None
    steps: list[list[int]]
    from_on: date
    to_on: date | None


class Proof(NamedTuple):
    """A person's right to a tier, and what it rests on."""

    id: int
    beneficiary_id: int
    tier_code: str
    from_on: date
    to_on: date | None
    paper_issued_on: date | None
    paper_valid_until: date | None
    district_code: str | None
    perimeter: int | None
    seen_how: str | None
    seen_on: date | None
    recorded_at: datetime
    recorded_by: int | None


VERSIONS = Known(
    TariffVersion,
    Version,
    select(*columns_of(TariffVersion, Version)).filter(TariffVersion.platform_id == this_platform()),
    latest_first=lambda version: version.from_on,
)
TIERS = Known(
    Tier,
    OwnTier,
    select(*columns_of(Tier, OwnTier)).filter(Tier.platform_id == this_platform()),
    latest_first=lambda tier: tier.from_on,
)
PROOFS = Known(
    TierProof,
    Proof,
    select(*columns_of(TierProof, Proof)).filter(TierProof.beneficiary_id == this_one(), TierProof.platform_id == this_platform()),
    latest_first=lambda proof: (proof.from_on, proof.id),
)


def list_versions() -> list[Version]:
    """The platform's own versions, the latest first; before the first one the reference tariff holds."""
    return VERSIONS()


def version_on(day: date) -> Version | None:
    """The platform's own version in force on a day, None while it follows the reference tariff."""
    return next((version for version in list_versions() if version.from_on <= day), None)


def tariff_on(day: date) -> Tariff:
    """The tariff in force on a day. Raises RuleBroken before the first one."""
    return in_force([REFERENCE_TARIFF, *map(tariff_of, list_versions())], day)


def tariff_of(version: Version) -> Tariff:
    """A version as the rules read it."""
    return thaw_tariff({"label": version.label, "from_on": version.from_on.isoformat(), "day_cents": version.day_cents} | version.rules)


def change_to(tariff: Tariff) -> TariffChange:
    """What adding a version changes: the tariff it takes over from, and the day the next one begins."""
    before = find_in_force([REFERENCE_TARIFF, *map(tariff_of, list_versions())], tariff.from_on) or tariff
    later = [version.from_on for version in list_versions() if version.from_on > tariff.from_on]
    return TariffChange(before=before, after=tariff, from_on=tariff.from_on, until=min(later, default=None))


def change_back(from_on: date) -> tuple[TariffChange, int | None]:
    """What withdrawing the version of a day changes: its days follow the one before again, and its id (None: the reference tariff)."""
    earlier = next((version for version in list_versions() if version.from_on < from_on), None)
    gone = change_to(tariff_on(from_on))
    before = tariff_of(earlier) if earlier else REFERENCE_TARIFF
    return replace(gone, before=gone.after, after=before), earlier.id if earlier else None


def terms_on(day: date, programme: str = DAILY) -> Terms:
    """What an account of a programme, opened for a day, would freeze; for some hours that the platform gives, a tariff of nothing."""
    return terms_by(tariff_on(day), day, programme)


def terms_by(tariff: Tariff, day: date, programme: str = DAILY) -> Terms:
    """`terms_on` a day on which this tariff would be in force."""
    hour = tariff.return_hour or time.fromisoformat(practice.value_on("billing.return_hour", day))
    if programme in BY_THE_HOUR and practice.value_on(gift_key(programme), day):
        tariff = replace(tariff, day_cents=dict.fromkeys(tariff.day_cents, 0), scales={})
    terms = Terms(tariff=tariff, return_hour=hour)
    if programme != AMIE:
        return terms
    dated = dated_programme_on(day)
    return replace(terms, programme=dated.programme, loan=dated.loan)


def list_tiers() -> list[OwnTier]:
    """The platform's own tiers, by code, the latest version of each first."""
    return sorted(TIERS(), key=lambda tier: tier.code)


def versions_of(code: str) -> list[OwnTier]:
    """The versions of a tier of the platform's own, the latest first."""
    return [tier for tier in list_tiers() if tier.code == code]


def tiers_on(day: date) -> dict[str, str]:
    """Code → label of every tier a proof may give on a day: the standard ones, and the platform's own."""
    own = {tier.code: tier.label for tier in list_tiers() if tier.from_on <= day and (tier.to_on is None or day <= tier.to_on)}
    return {code: STANDARD_TIERS[code].reason for code in PROVEN} | own


def tier_labels() -> dict[str, str]:
    """Code → label of every tier that ever was."""
    return {code: tier.reason for code, tier in STANDARD_TIERS.items()} | {tier.code: tier.label for tier in reversed(list_tiers())}


def get_proof(proof_id: int, viewer: Viewer) -> TierProof:
    """A person's right, for staff and for themselves. Raises NotFound."""
    found = db.session.get(TierProof, proof_id)
    if found is None:
        raise NotFound
    may_read(found.beneficiary_id, viewer)
    return found


def list_proofs(beneficiary_id: int) -> list[Proof]:
    """A person's rights to a tier, the latest first."""
    return PROOFS(beneficiary_id)


def district_on(beneficiary_id: int, day: date) -> Proof | None:
    """The proof, the latest recorded, that somebody lives in a priority district on a day, by the perimeter in force then."""
    proofs = [proof for proof in list_proofs(beneficiary_id) if proof.tier_code == QPV.code]
    return max((proof for proof in proofs if names_district_on(proof, day)), key=lambda proof: proof.id, default=None)


def tier_spans(beneficiary_id: int, *, qpv: bool) -> list[TierSpan]:
    """The days on which each tier holds for somebody: QPV always when frozen and never else, the others as their proofs say."""
    return spans_of(list_proofs(beneficiary_id), qpv=qpv)


def spans_of(proofs: Iterable[Proof], *, qpv: bool) -> list[TierSpan]:
    """The same by proofs already read."""
    spans = [TierSpan(tier=QPV, from_on=date.min)] if qpv else []
    for proof in proofs:
        if proof.tier_code == QPV.code:
            continue
        if proof.tier_code in STANDARD_TIERS:
            spans.append(TierSpan(tier=STANDARD_TIERS[proof.tier_code], from_on=proof.from_on, to_on=proof.to_on))
        else:
            spans.extend(_own_spans(proof, versions_of(proof.tier_code)))
    return spans


def quote(beneficiary_id: int, *, kind: str, first_on: date, last_on: date, qpv: bool, viewer: Viewer) -> Price:
    """What each day from first to last, both included, would cost this person; `say_price` says it. Raises NotFound, RuleBroken.

    `qpv` when they declare to live in a priority district; a proof that holds on the first day says it without.
    """
    may_read(beneficiary_id, viewer)
    qpv = qpv or district_on(beneficiary_id, first_on) is not None
    return price_days(kind, tariff_on(first_on), days_between(first_on, last_on), tier_spans(beneficiary_id, qpv=qpv))


def may_read(beneficiary_id: int, viewer: Viewer) -> Beneficiary:
    """The person, for those who answer for the money and for themselves. Raises NotFound for everybody else."""
    found = db.session.get(Beneficiary, beneficiary_id)
    if found is None or not (viewer.may(*FILE_READERS) or viewer.beneficiary_id == found.id):
        raise NotFound
    return found


def names_district_on(proof: TierProof | Proof, day: date) -> bool:
    """Whether a proof of a district holds on a day, by the perimeter in force then."""
    assert proof.district_code
    holds = proof.from_on <= day and (proof.to_on is None or day <= proof.to_on)
    return holds and perimeter_of(proof.district_code).holds_on(day)


def _own_spans(proof: Proof, versions: list[OwnTier]) -> Iterator[TierSpan]:
    """A proof's days under each dated version of its tier (given the latest first): a newer version takes over from the older.

    Of a transition the version of the first day goes on to its end: who began has been told the steps.
    """
    begun = find_in_force(versions, proof.from_on) or next(reversed(versions), None)
    if begun is not None and begun.steps:
        to_on, since = proof.to_on, begun.from_on
        yield from step_spans(
            begun.code, begun.label, steps_of(begun), begun.share_denominator or 1, from_on=proof.from_on, to_on=to_on, since=since
        )
        return
    after = date.max
    for version in versions:
        first = max(proof.from_on, version.from_on)
        last = min(proof.to_on or date.max, version.to_on or date.max, after)
        if first <= last:
            yield TierSpan(tier=_pure(version), from_on=first, to_on=last)
        after = version.from_on - ONE_DAY


def steps_of(tier: OwnTier) -> list[Step]:
    """The steps of a transition."""
    return [Step(days=days, numerator=numerator) for days, numerator in tier.steps]


def _pure(tier: OwnTier) -> tiers.Tier:
    if tier.price_cents is not None:
        return tiers.Tier(code=tier.code, reason=tier.label, day_cents=tier.price_cents)
    return tiers.Tier(code=tier.code, reason=tier.label, numerator=tier.share_numerator or 0, denominator=tier.share_denominator or 1)
