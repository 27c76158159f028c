"""The test cards, and what the bank answers to each. Pure. Any other number is refused unread: nobody types a real card here."""

from dataclasses import dataclass
from enum import StrEnum

SUCCEEDS = "4242424242424242"
DECLINED = "4000000000000002"
UNFUNDED = "4000000000009995"
AUTHENTICATED = "4000002760003184"
DECLINED_LATER = "4000000000000341"
UNFUNDED_LATER = "4000000000000127"
LOST_LATER = "4000000000009987"


class Answer(StrEnum):
    """What the bank says to a card."""

    YES = "yes"
    NO = "no"
    ASK = "ask"  # the holder must confirm first (3-D Secure)


@dataclass(frozen=True, kw_only=True)
class DemoCard:
    """A card of the demo: its number, the bank's answer, and both in French."""

    number: str
    answer: Answer
    meaning: str
    refusal: str = ""
    away: Answer | None = None  # to a charge without its holder, once it was left here; None: it is not taken at all
    why: str = "bank"  # it says no to that charge

    @property
    def spaced(self) -> str:
        """The number as it is printed on a card."""
        return " ".join(self.number[at : at + 4] for at in range(0, len(self.number), 4))


TEST_CARDS = (
    DemoCard(number=SUCCEEDS, answer=Answer.YES, meaning="le paiement réussit", away=Answer.YES),
    DemoCard(number=AUTHENTICATED, answer=Answer.ASK, meaning="la banque demande une confirmation", away=Answer.ASK),
    DemoCard(number=DECLINED, answer=Answer.NO, meaning="la banque refuse", refusal="La banque a refusé cette carte. Rien n’a été débité."),
    DemoCard(
        number=DECLINED_LATER,
        answer=Answer.NO,
        meaning="s’enregistre, puis la banque refuse le débit",
        refusal="La banque a refusé cette carte. Rien n’a été débité.",
        away=Answer.NO,
    ),
    DemoCard(
        number=UNFUNDED_LATER,
        answer=Answer.NO,
        meaning="s’enregistre, puis la provision manque",
        refusal="La provision est insuffisante. Rien n’a été débité.",
        away=Answer.NO,
        why="funds",
    ),
    DemoCard(
        number=LOST_LATER,
        answer=Answer.NO,
        meaning="s’enregistre, puis est déclarée perdue",
        refusal="La banque n’accepte plus cette carte. Rien n’a été débité.",
        away=Answer.NO,
        why="lost",
    ),
    DemoCard(
        number=UNFUNDED, answer=Answer.NO, meaning="provision insuffisante", refusal="La provision est insuffisante. Rien n’a été débité."
    ),
)


def find_card(typed: str) -> DemoCard | None:
    """The test card typed, spaces or not; None for any other number."""
    number = typed.replace(" ", "").replace("\u00a0", "")
    return next((card for card in TEST_CARDS if card.number == number), None)
