"""What a liaison form may say of a person's situation, beside the RSA and the district, as a right to a rate follows from it. Pure."""

from collections.abc import Collection

# Codes are those of the papers that prove them (mobility/liaison_papers.py).
CEJ, AAH, ASS, TEMP_WORK = "cej", "aah", "ass", "temp_work"
SITUATIONS = {
    CEJ: "contrat d’engagement jeune ou PACEA",
    AAH: "allocation aux adultes handicapés (AAH)",
    ASS: "allocation de solidarité spécifique (ASS)",
    TEMP_WORK: "en mission d’intérim",
}


def in_order(declared: Collection[str]) -> list[str]:
    """Each situation once, as the form lists them."""
    return [code for code in SITUATIONS if code in declared]


def say_situations(declared: Collection[str] | None) -> str:
    """In words; "aucune dite" where the form says none."""
    return ", ".join(SITUATIONS[code] for code in in_order(declared or ())) or "aucune dite"
