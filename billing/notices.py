"""What a person is told before it happens: a paper to renew, which raises no price, and a price that rises (domain.md §9 "RSA")."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from billing.price_sentence import join_and
from billing.tiers import FULL, Price, Tier
from mobility.money import euros
from mobility.periods import ONE_DAY, say_day
from mobility.tongues import say

NOTICE = timedelta(days=15)


@dataclass(frozen=True, kw_only=True)
class Rise:
    """The first day from which a day costs the person more than the one before, its cents, theirs, and the tier or the payers that end."""

    on: date
    before_cents: int
    after_cents: int
    ended: Tier
    payers: tuple[str, ...] = ()


def find_rise(price: Price, *, after: date) -> Rise | None:
    """The first rise after a day. Days of a week, or of a least amount, that are cheaper or dearer by themselves are no rise."""
    plain = [day for day in price.days if not day.full.limit and day.day >= after]
    for before, day in pairwise(plain):
        if day.own_cents > before.own_cents:
            ended = before.tier if day.cents > before.cents else FULL
            payers = () if day.cents > before.cents else tuple(dict.fromkeys(share.agreement.payer for share in before.shares))
            return Rise(on=day.day, before_cents=before.own_cents, after_cents=day.own_cents, ended=ended, payers=payers)
    return None


def say_rise(rise: Rise) -> str:
    """The day, the price from then on, the price until then, and the tier or the payers that change, when some do."""
    told = {
        "day": say_day(rise.on),
        "after": euros(rise.after_cents),
        "before": euros(rise.before_cents),
        "last": say_day(rise.on - ONE_DAY),
    }
    if rise.payers:
        return say(
            "À partir du %(day)s, votre location coûtera %(after)s par jour au lieu de %(before)s : "
            "la prise en charge (%(payers)s) change après le %(last)s.",
            payers=join_and(list(rise.payers)),
            **told,
        )
    if rise.ended.code == FULL.code:
        return say("À partir du %(day)s, votre location coûtera %(after)s par jour au lieu de %(before)s.", **told)
    return say(
        "À partir du %(day)s, votre location coûtera %(after)s par jour au lieu de %(before)s : "
        "votre palier « %(tier)s » change après le %(last)s.",
        tier=rise.ended.reason,
        **told,
    )


def say_renewal(label: str, valid_until: date) -> str:
    """The paper, its last day, and that the price does not move for it."""
    return say(
        "Votre attestation « %(label)s » est valable jusqu’au %(day)s. Apportez-en une nouvelle dès que vous l’avez : "
        "en attendant, votre prix ne change pas.",
        label=label,
        day=say_day(valid_until),
    )
