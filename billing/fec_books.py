"""What the lines of a file of entries make together: entries that balance, numbered without hole, in the order of their days. Pure.

The tax administration's tester looks at each line by itself; these rules are ours.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from mobility.periods import say_day

_NUMBERED = re.compile(r"(.*?)([0-9]+)")


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What is wrong, as a sentence; at which line of the file (None: the file itself), and whether it would be refused for it."""

    rule: str
    sentence: str
    line: int | None = None
    is_blocking: bool = True


@dataclass(frozen=True, kw_only=True)
class Posted:
    """A line whose fields are sound; the amount is debit less credit."""

    line: int
    journal: str
    number: str
    on: date
    valid_on: date | None
    amount: Decimal
    lettered: tuple[str, str, str] | None = None  # account, party, letter


class FileBooks:
    """The entries of one file, gathered as its lines come."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], tuple[int, date]] = {}
        self._open: dict[tuple[str, str], Decimal] = defaultdict(Decimal)  # those that do not balance so far: few at any time
        self._last_on: dict[str, date] = {}
        self._total = Decimal()
        self._letters: dict[tuple[str, str, str], tuple[int, Decimal]] = {}

    def add(self, posted: Posted) -> Iterator[Finding]:
        """Take a line in, and say what it alone shows."""
        key = (posted.journal, posted.number)
        _, on = self._entries.setdefault(key, (posted.line, posted.on))
        self._total += posted.amount
        self._open[key] += posted.amount
        if not self._open[key]:
            del self._open[key]
        if posted.lettered is not None:
            line, amount = self._letters.get(posted.lettered, (posted.line, Decimal()))
            self._letters[posted.lettered] = line, amount + posted.amount
        if on != posted.on:
            yield _found("one_day", posted.line, f"L’écriture {_name(key)} a deux dates : {say_day(on)} et {say_day(posted.on)}.")
        if posted.valid_on is not None and posted.valid_on < posted.on:
            yield _found("validation", posted.line, f"L’écriture {_name(key)} est validée avant sa date.")
        last = self._last_on.get(posted.journal, posted.on)
        if posted.on < last:
            yield _found("order", posted.line, f"Le {say_day(posted.on)} vient après le {say_day(last)} dans le journal {posted.journal}.")
        self._last_on[posted.journal] = max(last, posted.on)

    def close(self) -> Iterator[Finding]:
        """What shows once every line is in."""
        yield from self._split_over_journals()
        for key, amount in self._open.items():
            yield _found("balance", self._entries[key][0], f"L’écriture {_name(key)} n’est pas équilibrée : il y a {_side(amount)}.")
        if self._total:
            sentence = f"Le fichier n’est pas équilibré : il y a {_side(self._total)}."
            yield Finding(rule="file_balance", sentence=sentence)
        yield from self._unsettled()
        yield from self._holes()

    def _unsettled(self) -> Iterator[Finding]:
        """Letters whose lines do not come to zero here; the tester reads no letters, so no file is refused for one."""
        for (account, party, letter), (line, amount) in self._letters.items():
            if amount:
                whose = f"{account} {party}".rstrip()
                sentence = f"Le lettrage {letter} du compte {whose} n’est pas soldé dans ce fichier : il y a {_side(amount)}."
                yield _found("lettering", line, sentence, is_blocking=False)

    def _split_over_journals(self) -> Iterator[Finding]:
        """Halves of one number in several journals that balance only together; they are not told again one by one."""
        halves: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in self._open:
            halves[key[1]].append(key)
        for number, keys in halves.items():
            if len(keys) > 1 and not sum(self._open[key] for key in keys):
                journals = " et ".join(key[0] for key in keys)
                yield _found("one_journal", self._entries[keys[-1]][0], f"L’écriture {number} est à cheval sur les journaux {journals}.")
                for key in keys:
                    del self._open[key]

    def _holes(self) -> Iterator[Finding]:
        """Numbers that miss in a journal, unless the journals share one sequence that has them all."""
        taken: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        for (journal, number), (line, _) in self._entries.items():
            found = _NUMBERED.fullmatch(number)
            if found is None:
                yield _found("number", line, f"« {number} » n’est pas un numéro d’écriture : il finit par des chiffres.")
            else:
                taken[journal, found[1]].setdefault(int(found[2]), line)
        if _is_one_sequence(taken.values()):
            return
        for (journal, prefix), lines in taken.items():
            after = sorted(lines)
            for before, next_one in pairwise(after):
                if next_one > before + 1:
                    missing = f"{prefix}{before + 1}" + (f" à {prefix}{next_one - 1}" if next_one > before + 2 else "")
                    yield _found("hole", lines[next_one], f"Il manque {missing} dans le journal {journal}.")


def _is_one_sequence(taken: Iterable[dict[int, int]]) -> bool:
    numbers = {number for lines in taken for number in lines}
    return bool(numbers) and max(numbers) - min(numbers) + 1 == len(numbers)


def _found(rule: str, line: int, sentence: str, *, is_blocking: bool = True) -> Finding:
    return Finding(rule=rule, line=line, sentence=sentence, is_blocking=is_blocking)


def _name(key: tuple[str, str]) -> str:
    return " ".join(key)


def _side(amount: Decimal) -> str:
    return f"{abs(amount)} de trop au {'débit' if amount > 0 else 'crédit'}".replace(".", ",")
