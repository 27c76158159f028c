"""Signatures made where there was no network: kept only when what was signed is, line by line, what the platform writes. Pure."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mobility.errors import RuleBroken


@dataclass(frozen=True, kw_only=True)
class OnDevice:
    """What was read and signed on a device: `said` is the report as it stood on its screen, one statement a line.

    `at` is by the device's clock, which nobody vouches for. Drawings are paths in a box of 400 × 160, or None where the tick suffices.
    """

    said: str
    at: datetime
    signer_name: str
    agreed: bool
    signature: str | None = None
    adviser_agreed: bool
    adviser_signature: str | None = None


def check_same(signed: str, written: Iterable[str]) -> None:
    """Whether two people signed what is written: each line as often, in any order. Raises RuleBroken that says what differs."""
    read, kept = Counter(map(plain, filter(str.strip, signed.split("\n")))), Counter(map(plain, written))
    only_signed, only_written = list((read - kept).elements()), list((kept - read).elements())
    if not (only_signed or only_written):
        return
    parts = []
    if only_signed:
        parts.append(f"vous avez signé {_quoted(only_signed)}")
    if only_written:
        parts.append(f"la plateforme a noté {_quoted(only_written)}")
    raise RuleBroken(f"Ce qui a été signé hors connexion n’est pas ce qui est écrit ici : {', et '.join(parts)}.")


def plain(line: str) -> str:
    """A line as it is compared: composed letters, one plain space between words."""
    return " ".join(unicodedata.normalize("NFC", line).split())


_SHOWN, _LONGEST = 2, 100


def _quoted(lines: list[str]) -> str:
    """The first lines, short, and how many more."""
    shown = ", ".join(f"« {line if len(line) <= _LONGEST else line[:_LONGEST] + '…'} »" for line in lines[:_SHOWN])
    left = len(lines) - _SHOWN
    return f"{shown} et {left} autre{'s' if left > 1 else ''}" if left > 0 else shown
