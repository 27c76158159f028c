"""Which payout of the card gateway a credit of the bank's statement may be, each guess with its reason in words. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from billing.matching import Proposal, Seen
from mobility.money import euros
from mobility.names import fold
from mobility.periods import say_day

PAYOUT = "payout"
NAMES = ("stripe", "prestataire de cartes", "remise cb", "remise carte")  # how banks name who sends it
EARLIEST, LATEST = timedelta(days=0), timedelta(days=10)  # of the day the gateway foresees: banks rest on Sundays and feasts
WHO = "Versement du prestataire de cartes"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A payout that no statement has shown yet."""

    payout_id: int
    reference: str
    cents: int
    made_on: date
    arrives_on: date | None


def propose_payouts(seen: Sequence[Seen], sent: Sequence[Sent]) -> dict[int, tuple[Proposal, ...]]:
    """The guesses of each line by its number; sure where one line alone fits one payout alone, to the cent, and names its sender."""
    found = {line.line_id: [guess for one in sent if (guess := _guess(line, one))] for line in seen}
    wanted = Counter(guess.code for guesses in found.values() for guess in guesses if guess.is_sure)
    told = {}
    for line_id, guesses in found.items():
        alone = sum(guess.is_sure for guess in guesses) == 1
        told[line_id] = tuple(replace(guess, is_sure=guess.is_sure and alone and wanted[guess.code] == 1) for guess in guesses)
    return told


def _guess(line: Seen, one: Sent) -> Proposal | None:
    said = f" {fold(f'{line.payer} {line.label}')} "
    by_reference, by_name = f" {fold(one.reference)} " in said, any(f" {fold(name)} " in said for name in NAMES)
    in_time = line.on is None or one.made_on + EARLIEST <= line.on <= (one.arrives_on or one.made_on) + LATEST
    if not in_time or line.cents > one.cents or not (by_reference or by_name or line.cents == one.cents):
        return None
    awaited = f"attendu le {say_day(one.arrives_on)}" if one.arrives_on else f"parti le {say_day(one.made_on)}"
    if line.cents == one.cents:
        return Proposal(
            kind=PAYOUT, target=one.payout_id, who=WHO, reason=f"Exactement son montant, {awaited}.", is_sure=by_reference or by_name
        )
    if not by_reference and line.cents * 10 < one.cents * 9:
        return None  # no bank keeps a tenth
    reason = f"Versement {awaited}. Mais {euros(one.cents)} étaient attendus : {euros(one.cents - line.cents)} manquent."
    return Proposal(kind=PAYOUT, target=one.payout_id, who=WHO, reason=reason)
