"""Which way a vehicle goes: a company's through the hirer, one of ours or leased or lent the short way (domain.md §3.5). Pure."""

HIRED = "hired"
SHORT_WAY = {
    "owned": "Véhicule de la plateforme : location directe, sans loueur.",
    "leased": "Véhicule en crédit-bail : location directe, sans loueur.",
    "lent": "Véhicule prêté par un partenaire : location directe, sans loueur.",
}
BY_HIRER = "Par le loueur : il fait le contrat avec la personne, et l’association se porte garante."
NOT_ORDERED = "Véhicule d’une société : il peut se commander au loueur, qui fait alors le contrat. Sans commande, location directe."


def goes_by_hirer(ownership: str | None) -> bool:
    """Whether a vehicle of this ownership may be ordered of its hirer."""
    return ownership == HIRED


def say_way(ownership: str | None, *, is_ordered: bool = False) -> str:
    """The way, in words; a company's vehicle goes the short way too until it is ordered."""
    if goes_by_hirer(ownership):
        return BY_HIRER if is_ordered else NOT_ORDERED
    return SHORT_WAY[ownership or "owned"]
