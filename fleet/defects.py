"""A defect told by whoever drives: the part it is at, what the workshop makes of it, and what the person reads. Pure."""

from mobility.tongues import joined, words

PARTS = words(
    {
        "brakes": "les freins",
        "tyres": "un pneu ou une roue",
        "lights": "l’éclairage",
        "warning_light": "un voyant allumé",
        "engine": "le moteur ou l’assistance",
        "battery": "la batterie ou la recharge",
        "steering": "la direction ou le guidon",
        "noise": "un bruit",
        "body": "la carrosserie, le cadre, un rétroviseur",
        "seat": "un siège, une ceinture, la selle",
        "lock": "une serrure, l’antivol, les clés",
        "other": "autre chose",
    }
)

NEW, NOTICE, OUT, NONE = "new", "notice", "out", "none"
STATE_NAMES = words({NEW: "à trier", NOTICE: "avis", OUT: "hors service", NONE: "pas un défaut"})
STATE_TONES = {NEW: "waiting", NOTICE: "near", OUT: "over", NONE: "neutral"}
VERDICTS = {
    NOTICE: "Un avis : le véhicule roule, on prévient",
    OUT: "Hors service : le véhicule ne roule plus avant réparation",
    NONE: "Pas un défaut",
}
MOST_WORDS = 300

_TOLD = words(
    {
        NEW: "Nous avons bien reçu votre signalement : l’atelier le regarde.",
        NOTICE: "L’atelier a vu votre signalement : vous pouvez rouler.",
        OUT: "Ne roulez plus avec ce véhicule : l’atelier le prend. Votre conseiller vous propose une solution.",
        NONE: "L’atelier a vu votre signalement : ce n’est pas un défaut, vous pouvez rouler.",
    }
)


def say_state(state: str, answer: str | None) -> str:
    """What became of a report, as the person who told it reads it."""
    return joined(" ", (_TOLD[state], answer))
