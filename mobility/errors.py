"""What a rule says no with: one small family, each with the sentence the user reads (French) and the field it belongs to. Pure."""

from collections.abc import Callable


class DomainError(Exception):
    """A refusal with its sentence in French; `field` names the input it stands beside, or None for the whole form.

    A `title` heads the page of a refusal that its status alone would name badly.
    """

    status = 422
    title: str | None = None

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotFound(DomainError):
    """Missing, or not for this viewer: the two look the same (404)."""

    status = 404

    def __init__(self, sentence: str = "Cette page n’existe pas, ou n’est pas pour vous.", *, field: str | None = None) -> None:
        super().__init__(sentence, field=field)


class Forbidden(DomainError):
    """Known, but not allowed to this role (403)."""

    status = 403


class Conflict(DomainError):
    """Somebody or something was there first, or the page is stale (409)."""

    status = 409


class RuleBroken(DomainError):
    """A rule of the trade says no to this input (422)."""


class InputRefused(RuleBroken):
    """A form with its faults: `messages` maps each field to its sentence (422)."""

    def __init__(self, messages: dict[str, str], sentence: str | None = None) -> None:
        super().__init__(sentence or ("Une réponse est à revoir." if len(messages) == 1 else "Certaines réponses sont à revoir."))
        self.messages = messages


class TooManyTries(DomainError):
    """Too often in too short a time (429); the sentence says how long to wait."""

    status = 429


def refuse_together(*checks: Callable[[], object]) -> None:
    """Run every check; what they refuse stands beside its fields at once. Raises the only refusal as it is, several as InputRefused."""
    refusals = [refusal for check in checks if (refusal := _refusal(check))]
    if len(refusals) == 1:
        raise refusals[0]
    if refusals:
        said = [refusal.messages if isinstance(refusal, InputRefused) else {refusal.field or "": refusal.sentence} for refusal in refusals]
        raise InputRefused({field: sentence for messages in said for field, sentence in messages.items()})


def _refusal(check: Callable[[], object]) -> RuleBroken | None:
    try:
        check()
    except RuleBroken as refusal:
        return refusal
    return None
