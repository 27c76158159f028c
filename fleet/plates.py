"""Number plates however they are typed, and the question "who had it" as the search box takes it."""

import re
from dataclasses import dataclass
from datetime import date, time

# AB-123-CD since 2009, 1234 AB 56 before it.
_PLATE = r"[A-Z]{2}[ -]?[0-9]{3}[ -]?[A-Z]{2}|[0-9]{2,4}[ -]?[A-Z]{2,3}[ -]?[0-9][0-9AB]"
_QUESTION = re.compile(
    rf"({_PLATE})(?:,? +(?:le +)?([0-9]{{1,2}})[/.]([0-9]{{1,2}})[/.]([0-9]{{4}})(?:,? +(?:à +)?([0-9]{{1,2}})(?: ?h ?|:)([0-9]{{2}})?)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Question:
    """A plate, and the day and hour when they were typed behind it."""

    plate: str
    on: date | None = None
    hour: time | None = None


def plain(plate: str) -> str:
    """A plate without what people put between its parts: "ab-123 cd" → "AB123CD"."""
    return re.sub(r"[\s\u00a0\u202f-]", "", plate).upper()


def written(plate: str) -> str:
    """A plate as it is kept, however it was typed, so that no vehicle stands twice in a fleet: "ab123cd" → "AB-123-CD"."""
    if re.fullmatch(r"[A-Z]{2}[0-9]{3}[A-Z]{2}", bare := plain(plate)):
        return f"{bare[:2]}-{bare[2:5]}-{bare[5:]}"
    return "-".join(plate.upper().replace("-", " ").split())


def read_question(words: str) -> Question | None:
    """ "AB-123-CD 12/03/2026 14:30", its day and hour optional; None for words that ask something else."""
    found = _QUESTION.fullmatch(words.strip())
    if found is None:
        return None
    plate, day, month, year, hour, minute = found.groups()
    try:
        on = date(int(year), int(month), int(day)) if day else None
        at = time(int(hour), int(minute or 0)) if hour else None
    except ValueError:  # no such day or hour: the page asks for them
        on, at = None, None
    return Question(plate=plate.upper(), on=on, hour=at)
