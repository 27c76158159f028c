"""Money is integer cents; a euro sign appears only when somebody reads it. Pure."""

from mobility.tongues import say_euros

MAX_CENTS = 10**11  # a milliard euros: anything above is a typing error


def round_half_up(numerator: int, denominator: int) -> int:
    """Nearest integer of numerator / denominator, halves up (away from zero). Raises ValueError when denominator ≤ 0 (domain.md §10.1)."""
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    if numerator < 0:
        return -round_half_up(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def euros(cents: int) -> str:
    """Cents as a French reader writes them: 1750 → "17,50 €", 500 → "5 €" (plain spaces; templates bind them)."""
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", " ")
    return say_euros(f"{sign}{grouped},{rest:02d} €" if rest else f"{sign}{grouped} €", cents)


def split(total_cents: int, parts: int) -> list[int]:
    """`parts` instalments in cents that sum to the total exactly, the larger ones first. Raises ValueError when parts < 1."""
    if parts < 1:
        raise ValueError("at least one part")
    base, extra = divmod(total_cents, parts)
    return [base + 1] * extra + [base] * (parts - extra)
