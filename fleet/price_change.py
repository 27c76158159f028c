"""What a change of a booking does to its price, in one sentence each (domain.md §10.2): before, after, the difference, what stays."""

from dataclasses import dataclass

from mobility.money import euros


@dataclass(frozen=True, kw_only=True)
class Total:
    """What a booking comes to: cents charged already, cents still to come, and the sentence of what is to come."""

    charged_cents: int = 0
    ahead_cents: int
    ahead: str

    @property
    def cents(self) -> int:
        """All of it."""
        return self.charged_cents + self.ahead_cents


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    """The total as it is and as it would be; what was charged is in both."""

    before: Total
    after: Total

    @property
    def difference_cents(self) -> int:
        """Above zero when it costs more."""
        return self.after.cents - self.before.cents

    @property
    def sentences(self) -> tuple[str, ...]:
        """One sentence for each thing to know."""
        charged = self.before.charged_cents
        said = (
            f"Aujourd’hui : {euros(self.before.cents)} en tout.",
            f"Après : {euros(self.after.cents)} en tout.",
            _say_difference(self.difference_cents),
            f"Déjà compté, et qui le reste : {euros(charged)}." if charged else "",
            f"À venir : {self.after.ahead[0].lower()}{self.after.ahead[1:].rstrip('.')}.",
        )
        return tuple(sentence for sentence in said if sentence)


def _say_difference(cents: int) -> str:
    if cents == 0:
        return "Le prix ne change pas."
    return f"Cela fait {euros(abs(cents))} de {'plus' if cents > 0 else 'moins'}."
