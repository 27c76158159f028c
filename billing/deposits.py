"""The life of a deposit: taken before the keys or deferred with a plan, given back after a delay or kept in part (domain.md §2.4, §9).

Each step takes a deposit and gives the next one, or raises RuleBroken with its field.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from billing.card_holds import ON_HOLD
from billing.saved_cards import ON_FILE
from mobility.errors import RuleBroken
from mobility.money import euros, round_half_up, split
from mobility.periods import months_after, say_day
from mobility.tongues import words

DEPOSIT_KIND_LABELS = words(
    {
        "cash": "Espèces",
        "uncashed_cheque": "Chèque non encaissé",
        "guarantee_fund": "Fonds de garantie",
        "card": "Carte, débitée puis remboursée",
        ON_FILE: "Carte enregistrée, débitée seulement s’il le faut",
        ON_HOLD: "Empreinte de carte, pour moins de sept jours",
        "card_elsewhere": "Carte, débitée avant la reprise",
    }
)
ELSEWHERE = "card_elsewhere"  # charged before these books began: held, but no gateway of ours can refund it
BY_CARD = ("card", ON_FILE, ON_HOLD)  # on the person's own phone, never in hand
ASKED_KIND_LABELS = {code: label for code, label in DEPOSIT_KIND_LABELS.items() if code != ELSEWHERE}
FOLLOWS = ("due", "deferred", "partly_held", "held")  # what a rental that goes on with another has of its deposit
STEP_WORDS = {
    "received": "reçue",
    "released": "rendue",
    "kept": "gardée",
    "lapsed": "n’est plus en place",
    "called": "demandée à la carte",
    "uncalled": "pas débitée",
    "deferred": "différée",
    "reduced": "réduite, caution solidaire",
    "carried": "suit sur la location suivante",
    "left": "ne suit plus sur la location suivante",
    "raised": "à compléter",
    "lowered": "n’est plus à compléter",
}
STATE_LABELS = words(
    {
        "due": "à recevoir",
        "deferred": "différée",
        "partly_held": "reçue en partie",
        "held": "reçue",
        "released": "rendue",
        "kept": "gardée en tout ou en partie",
        "dropped": "plus demandée",
    }
)
STATE_TONES = {
    "due": "waiting",
    "deferred": "waiting",
    "partly_held": "near",
    "held": "fine",
    "released": "neutral",
    "kept": "neutral",
    "dropped": "neutral",
}
DEFERRAL_REASONS = {
    "job_start": "Prise de poste avant que la somme soit réunie",
    "first_wage": "Premier salaire attendu",
    "aid_awaited": "Aide financière demandée, réponse attendue",
    "no_savings": "Pas d’épargne",
}
SOLIDARITY_REASONS = {
    "no_savings": "Pas d’épargne",
    "low_income": "Ressources faibles",
    "referent": "Demande du référent",
}
SOLIDARITY_PERCENT = 50
SOLIDARITY_KEY = "billing.deposit_solidarity_percent"
DEFAULT_DEPOSIT_CENTS = {
    "bike": 4000,
    "ebike": 15_000,
    "cargo_bike": 20_000,
    "moped": 15_000,
    "scooter": 20_000,
    "scooter125": 25_000,
    "quadricycle": 25_000,
    "car": 30_000,
}
RELEASE_DAYS = 45  # a fine may name the driver until 45 days after its notice was sent


@dataclass(frozen=True, kw_only=True)
class Instalment:
    """A part of a sum and the day it is promised for."""

    due_on: date
    cents: int


@dataclass(frozen=True, kw_only=True)
class Deferral:
    """Why an adviser hands over the keys before the deposit is whole, and how the rest will come."""

    reason: str
    plan: tuple[Instalment, ...]


@dataclass(frozen=True, kw_only=True)
class Deposit:
    """What is asked, and in cents what came in, went back and was kept; `release_on` is known once the vehicle is back."""

    kind: str
    due_cents: int
    received_cents: int = 0
    released_cents: int = 0
    kept_cents: int = 0
    kept_reason: str = ""
    deferral: Deferral | None = None
    release_on: date | None = None

    def __post_init__(self) -> None:
        if self.kind not in DEPOSIT_KIND_LABELS:
            raise RuleBroken("Ce type de caution n’existe pas.", field="kind")
        if self.due_cents < 0:
            raise RuleBroken("Une caution ne peut pas être négative.", field="due_cents")

    @property
    def held_cents(self) -> int:
        """What the platform still holds."""
        return self.received_cents - self.released_cents - self.kept_cents

    @property
    def missing_cents(self) -> int:
        """What is still to come."""
        return self.due_cents - self.received_cents

    @property
    def spare_cents(self) -> int:
        """What two cards paid above what is due, and was not given back yet."""
        return max(self.received_cents - self.released_cents - self.due_cents, 0)

    @property
    def state(self) -> str:
        """One of STATE_LABELS; a deposit is settled when money has left it and nothing is held."""
        if self.released_cents + self.kept_cents and not self.held_cents:
            return "kept" if self.kept_cents else "released"
        if self.missing_cents <= 0:  # below zero when two cards paid the same part
            return "held"
        if self.release_on and not self.received_cents:
            return "dropped"
        if self.deferral:
            return "deferred"
        return "partly_held" if self.received_cents else "due"

    @property
    def may_hand_over(self) -> bool:
        """Whether the keys may go: the deposit is whole, or deferred so that no job start is blocked."""
        return self.state in ("held", "deferred")


def instalment_plan(cents: int, count: int, first_on: date) -> tuple[Instalment, ...]:
    """`count` monthly parts that sum to the amount exactly. Raises RuleBroken when a part would be nothing."""
    if not 1 <= count <= cents:
        raise RuleBroken("Choisissez au moins un versement, et des versements d’un centime au moins.", field="count")
    return tuple(Instalment(due_on=months_after(first_on, number), cents=part) for number, part in enumerate(split(cents, count)))


def parts_to_come(plan: Sequence[Instalment], missing_cents: int) -> tuple[Instalment, ...]:
    """What is left of a plan once its first parts came in: the last parts, up to what is missing."""
    came_cents, left = sum(part.cents for part in plan) - missing_cents, []
    for part in plan:
        came = min(part.cents, max(came_cents, 0))
        came_cents -= came
        left.append(replace(part, cents=part.cents - came))
    return tuple(part for part in left if part.cents)


def is_on_plan(received_cents: int, plan: Sequence[Instalment], today: date) -> bool:
    """Whether something is in hand and every part promised until today came in: a deposit in instalments lets the keys go."""
    return 0 < received_cents >= sum(part.cents for part in plan if part.due_on <= today)


def allowed_steps(deposit: Deposit, today: date) -> tuple[str, ...]:
    """What may be done today, of: receive, defer, keep, release."""
    awaited = deposit.missing_cents > 0 and deposit.release_on is None
    released = deposit.release_on is not None and deposit.release_on <= today
    steps = {"receive": awaited, "defer": awaited, "keep": deposit.held_cents > 0, "release": deposit.held_cents > 0 and released}
    return tuple(step for step, is_allowed in steps.items() if is_allowed)


def receive(deposit: Deposit, cents: int) -> Deposit:
    """The deposit with a part more in hand, at most what is missing."""
    _check_awaited(deposit)
    _check_amount(cents, at_most=deposit.missing_cents, sentence="Il ne manque que {} de caution.")
    return replace(deposit, received_cents=deposit.received_cents + cents)


def defer(deposit: Deposit, reason: str, plan: Sequence[Instalment]) -> Deposit:
    """The deposit put off, with a reason and a plan that sums to what is missing."""
    _check_awaited(deposit)
    _check_reason(reason, "Dites pourquoi la caution est différée.")
    if any(part.cents <= 0 for part in plan) or sum(part.cents for part in plan) != deposit.missing_cents:
        raise RuleBroken(f"Les versements prévus doivent faire {euros(deposit.missing_cents)} en tout.", field="plan")
    return replace(deposit, deferral=Deferral(reason=reason.strip(), plan=tuple(plan)))


def reduce(deposit: Deposit, percent: int) -> Deposit:
    """The deposit brought down to the solidarity amount, but never under what is in hand already. Raises RuleBroken."""
    _check_awaited(deposit)
    due_cents = max(round_half_up(deposit.due_cents * percent, 100), deposit.received_cents)
    if due_cents >= deposit.due_cents:
        raise RuleBroken("La caution solidaire ne serait pas plus basse.")
    return replace(deposit, due_cents=due_cents)


def lacking(deposit: Deposit, usual_cents: int, *, percent: int = 100) -> int:
    """Cents that a deposit lacks for a vehicle which usually asks more, of which a solidarity deposit asks its share."""
    return max(round_half_up(usual_cents * percent, 100) - deposit.due_cents, 0)


def say_raised(label: str, *, due_cents: int, cents: int) -> str:
    """What is asked more, and for which vehicle."""
    return f"{label[:100]} demande {euros(due_cents + cents)} de caution au lieu de {euros(due_cents)} : {euros(cents)} à compléter"


def shortened(plan: Sequence[Instalment], cents: int) -> tuple[Instalment, ...]:
    """A plan that sums to `cents` less: its last parts are asked no more."""
    kept_cents, kept = sum(part.cents for part in plan) - cents, []
    for part in plan:
        kept.append(replace(part, cents=min(part.cents, max(kept_cents, 0))))
        kept_cents -= part.cents
    return tuple(part for part in kept if part.cents)


def give_back_on(deposit: Deposit, returned_on: date, days: int = RELEASE_DAYS) -> Deposit:
    """The deposit with its release date: so many days after the return, the time for fines to arrive."""
    if days < 0:
        raise RuleBroken("Le délai de restitution ne peut pas être négatif.", field="days")
    return replace(deposit, release_on=returned_on + timedelta(days=days))


def keep(deposit: Deposit, cents: int, reason: str) -> Deposit:
    """The deposit less what is kept for a debt: with a reason, and at most what is held."""
    _check_amount(cents, at_most=deposit.held_cents, sentence="La caution détenue est de {} : on ne peut garder plus.")
    _check_reason(reason, "Dites pourquoi une partie de la caution est gardée.")
    return replace(deposit, kept_cents=deposit.kept_cents + cents, kept_reason=reason.strip())


def release(deposit: Deposit, today: date) -> Deposit:
    """The deposit with all that is held given back, from its release date on."""
    if not deposit.held_cents:
        raise RuleBroken("Aucune caution n’est détenue.")
    if deposit.release_on is None:
        raise RuleBroken("La caution se rend après le retour du véhicule.")
    if today < deposit.release_on:
        raise RuleBroken(f"La caution se rend à partir du {say_day(deposit.release_on)}.")
    return replace(deposit, released_cents=deposit.released_cents + deposit.held_cents)


def _check_awaited(deposit: Deposit) -> None:
    if deposit.missing_cents <= 0:
        raise RuleBroken("La caution est déjà entière.")
    if deposit.release_on is not None:
        raise RuleBroken("Le véhicule est revenu : la caution n’est plus demandée.")


def _check_amount(cents: int, *, at_most: int, sentence: str) -> None:
    if cents <= 0:
        raise RuleBroken("Le montant doit être supérieur à zéro.", field="cents")
    if cents > at_most:
        raise RuleBroken(sentence.format(euros(at_most)), field="cents")


def _check_reason(reason: str, sentence: str) -> None:
    if not reason.strip():
        raise RuleBroken(sentence, field="reason")
