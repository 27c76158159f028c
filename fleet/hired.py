"""Which way a vehicle goes: a company's through the hirer, one of ours or leased or lent the short way (domain.md §3.5). Pure."""

HIRED = "hired"
SHORT_WAY = {
    "owned": "Véhicule de la plateforme : location directe, sans loueur.",
    "leased": "Véhicule en crédit-bail : location directe, sans loueur.",
    "lent": "Véhicule prêté par un partenaire : location directe, sans loueur.",
}
BY_HIRER = "Véhicule d’une société : il se commande au loueur, qui fait le contrat avec la personne ; l’association se porte garante."


def goes_by_hirer(ownership: str | None) -> bool:
    """Whether a vehicle of this ownership is ordered of its hirer."""
    return ownership == HIRED


def say_way(ownership: str | None) -> str:
    """The way, in words."""
    return BY_HIRER if goes_by_hirer(ownership) else SHORT_WAY[ownership or "owned"]
