"""Which means of payment the dated rules allow for a debt, with the reason of each refusal (domain.md §9)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from mobility.dated import in_force
from mobility.errors import RuleBroken
from mobility.money import euros

MEANS_LABELS = {
    "cash": "Espèces",
    "cheque": "Chèque",
    "card": "Carte bancaire",
    "transfer": "Virement",
    "guarantee_fund": "Fonds de garantie",
}
DEBT_LABELS = {"rental": "location", "deposit": "caution", "damage": "réparation", "membership": "adhésion"}
OTHER_DEBTS = {code: DEBT_LABELS[code] for code in ("damage", "membership")}  # put on an account by hand


@dataclass(frozen=True, kw_only=True)
class MeansLimit:
    """One rule against a means: refused above `ceiling_cents` (0: at any amount) for these debts and vehicle kinds.

    Empty `debt_kinds` or `kinds` means all. The whole debt counts, so that paying in parts dodges nothing.
    """

    means: str
    debt_kinds: Collection[str] = ()
    kinds: Collection[str] = ()
    ceiling_cents: int = 0
    spares_without_bank: bool = False
    sentence: str

    def refuses(self, debt: "Debt", declared_without_bank: bool) -> bool:
        """Whether this rule stands against the debt."""
        spared = self.spares_without_bank and declared_without_bank
        return not spared and self._concerns(debt) and debt.cents > self.ceiling_cents

    def _concerns(self, debt: "Debt") -> bool:
        return (not self.debt_kinds or debt.debt_kind in self.debt_kinds) and (not self.kinds or debt.kind in self.kinds)


@dataclass(frozen=True, kw_only=True)
class Debt:
    """What is paid: the vehicle's kind (None when none is concerned), the kind of debt, and its whole amount in cents."""

    kind: str | None
    debt_kind: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class Means:
    """A means of payment and, when it is refused, the reason in one sentence."""

    code: str
    label: str
    refused: str | None

    @property
    def is_allowed(self) -> bool:
        """Whether the debt may be paid so."""
        return self.refused is None


@dataclass(frozen=True, kw_only=True)
class NoteRule:
    """From which amount, in cents, a detailed note is due before payment."""

    from_on: date
    from_cents: int


UNLESS_WITHOUT_BANK = "sauf si la personne déclare n’avoir ni compte bancaire ni autre moyen de paiement."
NO_CASH_FOR_CARS = MeansLimit(
    means="cash",
    debt_kinds=("rental",),
    kinds=("car",),
    spares_without_bank=True,
    sentence=f"Depuis le 15 juin 2025, la location d’une voiture ne se paie plus en espèces, {UNLESS_WITHOUT_BANK}",
)
NOTE_RULES = (NoteRule(from_on=date(2007, 1, 1), from_cents=2500),)


def limits(*, cash_for_cars: bool, cash_ceiling_cents: int) -> tuple[MeansLimit, ...]:
    """The rules that hold on a day, from what the law or the platform says of cash on it."""
    always = (
        MeansLimit(
            means="cash",
            ceiling_cents=cash_ceiling_cents,
            spares_without_bank=True,
            sentence=f"Une dette de plus de {euros(cash_ceiling_cents)} ne se paie pas en espèces, {UNLESS_WITHOUT_BANK}",
        ),
        MeansLimit(
            means="guarantee_fund",
            debt_kinds=("rental", "membership"),
            sentence="Le fonds de garantie couvre la caution et les réparations, pas ce que la personne paie pour rouler ou adhérer.",
        ),
    )
    return always if cash_for_cars else (NO_CASH_FOR_CARS, *always)


def allowed_means(debt: Debt, *, limits: Iterable[MeansLimit], declared_without_bank: bool = False) -> list[Means]:
    """Every means in a fixed order, the refused ones with their reason. Raises RuleBroken for an unknown kind of debt."""
    if debt.debt_kind not in DEBT_LABELS:
        raise RuleBroken("Ce type de dette n’existe pas.", field="debt_kind")
    against = [limit for limit in limits if limit.refuses(debt, declared_without_bank)]
    first = {limit.means: limit.sentence for limit in reversed(against)}
    return [Means(code=code, label=label, refused=first.get(code)) for code, label in MEANS_LABELS.items()]


def check_means(means: str, debt: Debt, *, limits: Iterable[MeansLimit], declared_without_bank: bool = False) -> None:
    """Raises RuleBroken beside `means` when it is unknown, or refused for this debt by these rules."""
    found = {each.code: each for each in allowed_means(debt, limits=limits, declared_without_bank=declared_without_bank)}
    if means not in found:
        raise RuleBroken("Ce moyen de paiement n’existe pas.", field="means")
    if refused := found[means].refused:
        raise RuleBroken(refused, field="means")


def is_note_due(cents: int, *, on: date, rules: Iterable[NoteRule] = NOTE_RULES) -> bool:
    """Whether a detailed note must be given before this amount is paid."""
    return cents >= in_force(rules, on).from_cents
