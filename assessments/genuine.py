"""What proves a printed assessment genuine to somebody without an account: a code that only this installation can make. Pure.

An assessment serves as a mobility diagnosis for six months (domain.md §9 "Mobility diagnosis").
"""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date, datetime

from mobility.periods import months_after

VALID_MONTHS = 6
CODE_LENGTH = 32  # hexadecimal: 128 bits


def valid_until(held_on: date) -> date:
    """The last day on which an assessment serves as a diagnosis."""
    return months_after(held_on, VALID_MONTHS)


def code_of(key: str, platform_id: int, number: str, finished_at: datetime) -> str:
    """The code printed on an assessment, by one of the installation's keys."""
    drawn = hashlib.sha256(b"genuine assessments\n" + key.encode()).digest()
    said = f"{platform_id}\n{number}\n{finished_at.timestamp():.6f}"
    return hmac.new(drawn, said.encode(), hashlib.sha256).hexdigest()[:CODE_LENGTH]


def is_genuine(code: str, keys: Iterable[str], platform_id: int, number: str, finished_at: datetime) -> bool:
    """Whether one of the keys made a code: an older one still proves what it printed."""
    made = [code_of(key, platform_id, number, finished_at) for key in keys]
    return any([hmac.compare_digest(code.encode("utf-8", "surrogatepass"), one.encode()) for one in made])
