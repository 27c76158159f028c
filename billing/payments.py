"""What a payment may be, and what the card gateway's word makes of it: the same in whatever order it comes (promises.md "Money")."""

from dataclasses import dataclass

from billing.card_gateway import CURRENCY, PROOFS_OF_PAYMENT, ChargeState, ChargeStatus, EventKind, GatewayEvent
from mobility.money import euros
from mobility.tongues import words

# A status only ever climbs this list, so the order in which news arrive cannot matter.
STATUS_LABELS = words(
    {
        "started": "à payer par carte",
        "announced": "virement attendu",
        "charging": "débit demandé à la banque",
        "pending": "en cours",
        "failed": "refusé par la banque",
        "expired": "page de paiement fermée",
        "cancelled": "annulé",
        "disputed": "à vérifier",
        "settled": "reçu",
        "returned": "chèque revenu impayé",
    }
)
WAITING_LABEL = "en attente"
STATUS_TONES = {"failed": "over", "disputed": "over", "returned": "over", "settled": "fine", "expired": "neutral", "cancelled": "neutral"}
RANK = {status: rank for rank, status in enumerate(STATUS_LABELS)}
CHARGING = "charging"  # a card on file, its holder away: nobody can type another meanwhile
WAITING = ("started", "announced", CHARGING, "pending")  # asked or announced, and nothing said against it
OPEN_CARD = ("started", "pending", "failed")  # somebody may still type a card
STILL_ASKED = (*OPEN_CARD, "announced")  # its person has still to act, or the bank to tell
PURPOSE_LABELS = {"rental": "Location", "deposit": "Caution", "damage": "Réparation", "membership": "Adhésion"}
MEANS_WORDS = {
    "cash": "en espèces",
    "cheque": "par chèque",
    "card": "par carte bancaire",
    "transfer": "par virement",
    "guarantee_fund": "par le fonds de garantie",
}
PAID_TWICE = "Une page déjà remplacée a été payée : la somme est reçue. Si le compte est d’avance, remboursez-la depuis le paiement."
CHECK_LETTERS = "34679ACDEFGHJKMNPQRTVWX"  # 23, a prime: every mistyped or swapped digit shows


def reference_of(number: int) -> str:
    """What the person writes on a transfer, and the gateway carries: "PE-000123-7K"; its two letters catch a slip of the pen."""
    high, low = divmod(number * 211 % len(CHECK_LETTERS) ** 2, len(CHECK_LETTERS))
    return f"PE-{number:06d}-{CHECK_LETTERS[high]}{CHECK_LETTERS[low]}"


@dataclass(frozen=True, kw_only=True)
class News:
    """What the gateway says of a card payment, told by an event or asked for; `says` is paid, failed, expired, refunded or nothing.

    Of a refund, `cents` is all that was given back so far.
    """

    says: str
    platform_slug: str | None
    cents: int | None
    currency: str | None
    charge_reference: str | None


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """Our own side of the payment; `refunded_cents` counts what was asked back and not yet answered."""

    platform_slug: str
    cents: int
    status: str
    charge_reference: str | None
    refunded_cents: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The payment's next status, what became of the news (applied, noted, disputed) and, when disputed, why."""

    status: str
    outcome: str
    reason: str | None = None


_SAYS = dict.fromkeys(PROOFS_OF_PAYMENT, "paid")
_SAYS |= {EventKind.FAILED: "failed", EventKind.EXPIRED: "expired", EventKind.REFUNDED: "refunded"}


def news_of_event(event: GatewayEvent) -> News:
    """A webhook's event as news."""
    return News(
        says=_SAYS.get(event.kind, "nothing"),
        platform_slug=event.platform_slug,
        cents=event.cents,
        currency=event.currency,
        charge_reference=event.charge_reference,
    )


def news_of_state(state: ChargeState, platform_slug: str) -> list[News]:
    """What asking the platform's own account told, as the events that were missed."""
    told: list[tuple[str, int]] = []
    if state.status in (ChargeStatus.PAID, ChargeStatus.REFUNDED):
        told.append(("paid", state.cents))
    if state.refunded_cents:
        told.append(("refunded", state.refunded_cents))
    if state.status in (ChargeStatus.FAILED, ChargeStatus.EXPIRED):
        told.append((str(state.status), state.cents))
    return [
        News(says=says, platform_slug=platform_slug, cents=cents, currency=state.currency, charge_reference=state.charge_reference)
        for says, cents in told
    ]


def judge(news: News, ordered: Ordered) -> Verdict:
    """What the news make of the payment. Money that does not fit the order is disputed: kept, shown, never taken for paid."""
    if news.says == "nothing":
        return Verdict(status=ordered.status, outcome="noted")
    if news.says == "paid" and ordered.status == "cancelled" and not _misfit(news, ordered):
        return _climb(ordered, "settled", "disputed", PAID_TWICE)
    reason = _misfit(news, ordered)
    if reason and news.says in ("paid", "refunded"):
        return _climb(ordered, "disputed" if news.says == "paid" else ordered.status, "disputed", reason)
    if reason or news.says == "refunded":
        return Verdict(status=ordered.status, outcome="noted")
    return _climb(ordered, "settled" if news.says == "paid" else news.says, "applied")


def dispute_unknown(news: News) -> Verdict:
    """The verdict on a payment that is none of ours: money taken is shown, the rest is noted."""
    if news.says == "paid":
        return Verdict(status="", outcome="disputed", reason="Aucun paiement de la plateforme ne porte cette référence.")
    return Verdict(status="", outcome="noted")


def _climb(ordered: Ordered, status: str, outcome: str, reason: str | None = None) -> Verdict:
    if RANK[status] <= RANK[ordered.status]:
        return Verdict(status=ordered.status, outcome="noted" if outcome == "applied" else outcome, reason=reason)
    return Verdict(status=status, outcome=outcome, reason=reason)


def _misfit(news: News, ordered: Ordered) -> str | None:
    if news.platform_slug != ordered.platform_slug:
        return "Cet avis vise une autre plateforme."
    if news.currency != CURRENCY:
        return f"La monnaie annoncée n’est pas l’euro ({news.currency or 'aucune'})."
    if news.says == "refunded":
        return _refund_misfit(news.cents or 0, ordered)
    if news.says == "paid" and news.cents != ordered.cents:
        return f"Le montant annoncé est de {euros(news.cents or 0)}, {euros(ordered.cents)} étaient attendus."
    if news.says == "paid" and ordered.status == "settled" and news.charge_reference != ordered.charge_reference:
        return "Un second débit a eu lieu pour ce paiement déjà reçu."
    return None


def _refund_misfit(cents: int, ordered: Ordered) -> str | None:
    if cents <= ordered.refunded_cents:
        return None
    return f"Le prestataire a rendu {euros(cents)} en tout, les comptes n’en connaissent que {euros(ordered.refunded_cents)}."
