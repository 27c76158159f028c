"""Rights that a person's liaison forms declare and that nobody has noted yet: a hint, and no proof."""

from collections.abc import Iterator, Mapping
from datetime import date

from sqlalchemy import func, select

from billing.declared import Declared, tier_for
from billing.queries.tariffs import list_proofs, tier_labels, tiers_on
from billing.tiers import QPV, RSA
from mobility.criteria import in_order
from mobility.db import db
from mobility.models import LiaisonForm, LiaisonPaper
from mobility.papers import HOME

_SHOWN_BY = {QPV.code: (QPV.code, HOME)}  # a district is proven by an address


def list_declared(beneficiary_id: int, day: date) -> list[Declared]:
    """What the latest form to say it declares, a situation once; those whose tier is noted already for that day are left out."""
    forms = select(LiaisonForm).filter(LiaisonForm.beneficiary_id == beneficiary_id)
    said = [(form, code) for form in db.session.scalars(forms.order_by(*_LATEST)) for code in codes_of(form)]
    if not said:
        return []
    seen, labels = _seen(beneficiary_id), {code: tier_labels()[code] for code in tiers_on(day)}
    held = {proof.tier_code for proof in list_proofs(beneficiary_id) if proof.to_on is None or proof.to_on >= day}
    found: dict[str, Declared] = {}
    for form, code in said:
        if code not in found and (tier := tier_for(code, labels)) not in held:
            seen_on = _seen_on(form, code, seen)
            found[code] = Declared(code=code, form_number=form.number, received_on=form.received_on, seen_on=seen_on, tier=tier)
    return list(found.values())


def codes_of(form: LiaisonForm) -> Iterator[str]:
    """The situations that a form declares."""
    if form.rsa_declared:
        yield RSA.code
    if form.qpv_declared:
        yield QPV.code
    yield from in_order(form.situations or ())


def _seen(beneficiary_id: int) -> dict[tuple[int, str], date]:
    """The day each kind of paper was last seen, by form, by whoever sent it or here."""
    papers = select(LiaisonPaper.form_id, LiaisonPaper.kind, func.max(LiaisonPaper.seen_on))
    papers = papers.filter(LiaisonPaper.beneficiary_id == beneficiary_id).group_by(LiaisonPaper.form_id, LiaisonPaper.kind)
    return {(form_id, kind): day for form_id, kind, day in db.session.execute(papers)}


def _seen_on(form: LiaisonForm, code: str, seen: Mapping[tuple[int, str], date]) -> date | None:
    days = [seen[form.id, kind] for kind in _SHOWN_BY.get(code, (code,)) if (form.id, kind) in seen]
    if code == RSA.code and form.rsa_seen:
        days.append(form.received_on)
    return max(days, default=None)


_LATEST = (LiaisonForm.received_on.desc(), LiaisonForm.id.desc())
