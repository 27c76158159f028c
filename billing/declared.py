"""A right to a rate that a liaison form declares, and the platform's tier that it may open: proposed, never applied by itself. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from billing.tiers import QPV, RSA
from mobility.criteria import AAH, ASS, CEJ, TEMP_WORK
from mobility.names import fold
from mobility.periods import say_day

NAMES = {
    RSA.code: "RSA",
    QPV.code: "quartier prioritaire",
    CEJ: "contrat d’engagement jeune ou PACEA",
    AAH: "AAH",
    ASS: "ASS",
    TEMP_WORK: "intérim",
}
# Words by which a tier of the platform's own says whom it is for, folded.
_WORDS = {
    CEJ: {"cej", "pacea", "jeune", "jeunes"},
    AAH: {"aah"},
    ASS: {"ass"},
    TEMP_WORK: {"interim", "interimaire", "interimaires"},
}


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What a form says, whether its sender or the platform saw the paper and when, and the tier it may open, None without one."""

    code: str
    form_number: str
    received_on: date
    seen_on: date | None
    tier: str | None

    def say(self) -> str:
        """In one sentence, with what is left to do."""
        told = f"la fiche de liaison {self.form_number} du {say_day(self.received_on)} le dit"
        proof = f"pièce vue le {say_day(self.seen_on)}" if self.seen_on else "le justificatif reste à voir"
        return f"{NAMES[self.code][0].upper()}{NAMES[self.code][1:]} : {told}, {proof}."


def tier_for(code: str, tiers: Mapping[str, str]) -> str | None:
    """The tier that a situation may open, of the platform's (code to label): the one of its name, else the first whose words name it."""
    if code in tiers:
        return code
    named = (tier for tier, label in tiers.items() if _WORDS.get(code, set()) & set(re.findall(r"\w+", fold(label))))
    return next(named, None)
