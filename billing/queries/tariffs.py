"""Tariffs and tiers in force, and what a rental would cost somebody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

from sqlalchemy import select

from billing import tiers
from billing.districts import perimeter_of
from billing.models import TariffVersion, Tier, TierProof
from billing.schedule import AMIE_2008, Programme
from billing.tariffs import REFERENCE_TARIFF, Tariff
from billing.terms import AMIE, BY_THE_HOUR, DAILY, Terms, gift_key
from billing.tiers import QPV, RSA, STANDARD_TIERS, Price, TierSpan, price_days
from mobility import practice
from mobility.dated import in_force
from mobility.db import db, read_once
from mobility.errors import NotFound
from mobility.models import Beneficiary
from mobility.periods import ONE_DAY, days_between
from mobility.rights import FILE_READERS, Viewer

PROVEN = (QPV.code, RSA.code)  # standard tiers that a person proves; the days of QPV are those of the account that froze it


def list_versions() -> list[TariffVersion]:
    """The platform's own versions, the latest first; before the first one the reference tariff holds."""
    query = select(TariffVersion).order_by(TariffVersion.from_on.desc())
    return read_once(TariffVersion, "all", lambda: list(db.session.scalars(query)))


def version_on(day: date) -> TariffVersion | None:
    """The platform's own version in force on a day, None while it follows the reference tariff."""
    return next((version for version in list_versions() if version.from_on <= day), None)


def tariff_on(day: date) -> Tariff:
    """The tariff in force on a day. Raises RuleBroken before the first one."""
    own = [Tariff(label=v.label, from_on=v.from_on, day_cents=v.day_cents) for v in list_versions()]
    return in_force([REFERENCE_TARIFF, *own], day)


def terms_on(day: date, programme: str = DAILY) -> Terms:
    """What an account of a programme, opened for a day, would freeze; for some hours that the platform gives, a tariff of nothing."""
    hour = time.fromisoformat(practice.value_on("billing.return_hour", day))
    tariff = tariff_on(day)
    if programme in BY_THE_HOUR and practice.value_on(gift_key(programme), day):
        tariff = replace(tariff, day_cents=dict.fromkeys(tariff.day_cents, 0))
    return Terms(tariff=tariff, return_hour=hour, programme=programme_on(day) if programme == AMIE else None)


def programme_on(day: date) -> Programme:
    """The platform's schedule in force on a day: 0 / 46 / 104 / 162 / 220 unless it set another (domain.md §3.3)."""
    own = {name: practice.value_on(f"billing.{name}", day) for name in ("first_rent_cents", "second_rent_cents", "target_cents")}
    return replace(AMIE_2008, **own)


def list_tiers() -> list[Tier]:
    """The platform's own tiers, by code, the latest version of each first."""
    query = select(Tier).order_by(Tier.code, Tier.from_on.desc())
    return read_once(Tier, "all", lambda: list(db.session.scalars(query)))


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


def list_proofs(beneficiary_id: int) -> list[TierProof]:
    """A person's rights to a tier, the latest first."""
    query = select(TierProof).filter(TierProof.beneficiary_id == beneficiary_id).order_by(TierProof.from_on.desc(), TierProof.id.desc())
    return read_once(TierProof, beneficiary_id, lambda: list(db.session.scalars(query)))


def district_on(beneficiary_id: int, day: date) -> TierProof | None:
    """The proof, the latest recorded, that somebody lives in a priority district on a day, by the perimeter in force then."""
    proofs = [proof for proof in list_proofs(beneficiary_id) if proof.tier_code == QPV.code]
    return max((proof for proof in proofs if _names_district_on(proof, day)), key=lambda proof: proof.id, default=None)


def tier_spans(beneficiary_id: int, *, qpv: bool) -> list[TierSpan]:
    """The days on which each tier holds for somebody: QPV always when frozen and never else, the others as their proofs say."""
    spans = [TierSpan(tier=QPV, from_on=date.min)] if qpv else []
    for proof in list_proofs(beneficiary_id):
        if proof.tier_code == QPV.code:
            continue
        if proof.tier_code in STANDARD_TIERS:
            spans.append(TierSpan(tier=STANDARD_TIERS[proof.tier_code], from_on=proof.from_on, to_on=proof.to_on))
        else:
            spans.extend(_own_spans(proof, [tier for tier in list_tiers() if tier.code == proof.tier_code]))
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


def _names_district_on(proof: TierProof, day: date) -> bool:
    assert proof.district_code
    holds = proof.from_on <= day and (proof.to_on is None or day <= proof.to_on)
    return holds and perimeter_of(proof.district_code).holds_on(day)


def _own_spans(proof: TierProof, versions: list[Tier]) -> Iterator[TierSpan]:
    """A proof's days under each dated version of its tier (given the latest first): a newer version takes over from the older."""
    after = date.max
    for version in versions:
        first = max(proof.from_on, version.from_on)
        last = min(proof.to_on or date.max, version.to_on or date.max, after)
        if first <= last:
            yield TierSpan(tier=_pure(version), from_on=first, to_on=last)
        after = version.from_on - ONE_DAY


def _pure(tier: Tier) -> tiers.Tier:
    if tier.price_cents is not None:
        return tiers.Tier(code=tier.code, reason=tier.label, day_cents=tier.price_cents)
    return tiers.Tier(code=tier.code, reason=tier.label, numerator=tier.share_numerator or 0, denominator=tier.share_denominator or 1)
