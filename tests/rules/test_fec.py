"""The accountant's entries: written in the 18 fields, and a checker that finds each of 25 planted faults (promises, Money)."""

from collections.abc import Callable
from datetime import date
from itertools import chain

import pytest

from billing.fec import FIELDS, HEADING, LedgerRow, carried_over, file_name, in_layout, written
from billing.fec_books import Finding
from billing.fec_check import LONGEST, check

NAME = file_name("123456789", 2026)
TUESDAY, MONDAY = date(2026, 3, 3), date(2026, 3, 9)


def entry(number: int, journal: str, debit: str, credit: str, cents: int, on: date = TUESDAY) -> list[LedgerRow]:
    sides = [(debit, cents, 0), (credit, 0, cents)]
    return [
        LedgerRow(number, on, on, journal, "Semaine à 5 € — d’été", f"w{number}", code, "P-00001" if code == "411" else None, d, c)
        for code, d, c in sides
    ]


ENTRIES = [
    *entry(1, "VE", "411", "706", 3500),
    *entry(2, "CA", "530", "411", 1750),
    *entry(5, "VE", "411", "756", 500, MONDAY),  # 3 and 4 stand off the balance sheet
    *entry(6, "BQ", "512", "5112", 123_456_789, MONDAY),
    *entry(7, "VE", "411", "706", 5, MONDAY),
]
CLEAN = [HEADING, *map(written, in_layout(ENTRIES))]


def found(lines: list[bytes], name: str = NAME) -> list[Finding]:
    return list(check(name, lines))


def test_the_file_is_written_as_the_law_has_it() -> None:
    assert NAME == "123456789FEC20261231.txt" and HEADING.decode().split() == list(FIELDS) and len(FIELDS) == 18
    assert CLEAN[1].decode("iso-8859-15") == (
        "VE\tVentes\t1\t20260303\t411\tBénéficiaires\tP-00001\tBénéficiaire P-00001\tPE1 w1\t20260303\t"
        "Semaine à 5 € - d'été\t35,00\t0,00\t\t\t20260303\t\t\r\n"
    )
    assert [row.number for row in in_layout(ENTRIES)] == [1, 1, 1, 1, 2, 2, 1, 1, 3, 3], "each journal from 1, without hole"
    late = ENTRIES[0]._replace(valid_on=MONDAY)
    assert [next(in_layout([row])).valid_on for row in (ENTRIES[0], late)] == [TUESDAY, MONDAY]


@pytest.mark.parametrize(
    ("label", "seen", "why"),
    [
        ("a\tb\r\nc", "a b c", "nothing breaks the line or the field"),
        ("Zoë Łódź 🚲", "Zoë ódz", "what the letters lack becomes its nearest, or nothing"),
        ("l’œuf\u202f: «\u00a05\u00a0€\u00a0»", "l'œuf : « 5 € »", "the euro and the joined letters stay"),
        ("x\x00\x85\u200b", "x", "what nobody sees is left out"),
    ],
)
def test_a_text_is_told_in_the_letters_of_the_file(label: str, seen: str, why: str) -> None:
    (row,) = in_layout([ENTRIES[1]._replace(label=label)])
    assert written(row).decode("iso-8859-15").split("\t")[10] == seen, why


def test_a_year_of_all_the_books_begins_with_what_was_carried_over() -> None:
    stood = [("411", "P-00001", 1200), ("411", "P-00002", 0), ("512", None, 4300), ("706", None, -6000), ("6571", None, 500)]
    carried = list(carried_over(stood, 2026))
    assert [(row.account, row.debit_cents, row.credit_cents) for row in carried] == [("411", 1200, 0), ("512", 4300, 0), ("120", 0, 5500)]
    assert found([HEADING, *map(written, in_layout(chain(carried, ENTRIES)))]) == []
    assert [row.account for row in carried_over([("512", None, -7), ("6571", None, 7)], 2026)] == ["512", "129"], "a loss"


def put(name: str, value: str, line: int = 2) -> Callable[[list[bytes]], list[bytes]]:
    """Another value in a field of a line, counted as the file counts them."""

    def change(lines: list[bytes]) -> list[bytes]:
        values = lines[line - 1].rstrip(b"\r\n").split(b"\t")
        values[FIELDS.index(name)] = value.encode("iso-8859-15")
        return [*lines[: line - 1], b"\t".join(values) + b"\r\n", *lines[line:]]

    return change


def both(*changes: Callable[[list[bytes]], list[bytes]]) -> Callable[[list[bytes]], list[bytes]]:
    def change(lines: list[bytes]) -> list[bytes]:
        for each in changes:
            lines = each(lines)
        return lines

    return change


def heading(old: bytes, new: bytes) -> Callable[[list[bytes]], list[bytes]]:
    return lambda lines: [lines[0].replace(old, new), *lines[1:]]


# What is planted: the rule that finds it, at which line, whether the tester would refuse the file, and why it is a fault.
FAULTS = [
    (heading(b"PieceRef", b"Piece"), "missing", 1, True, "a field that the heading lacks"),
    (heading(b"Debit\tCredit", b"Credit\tDebit"), "heading_order", 1, True, "18 fields, in another order"),
    (lambda lines: [line.replace(b"\t", b";") for line in lines], "separator", 1, True, "neither tabs nor bars"),
    (lambda lines: [*lines[:3], b"\r\n", *lines[3:]], "blank", 4, True, "a line of nothing"),
    (lambda lines: [*lines[:2], lines[2].replace(b"\t\t", b"\t", 1), *lines[3:]], "width", 3, True, "17 fields in a line"),
    (lambda lines: lines[:1], "empty", None, True, "a heading alone"),
    (put("EcritureNum", ""), "required", 2, True, "an entry without number"),
    (put("CompteNum", "", 3), "required", 3, True, "a line without account"),
    (put("EcritureLib", ""), "expected", 2, False, "the law asks for a label, the tester lets it pass"),
    (put("Debit", "1 035,00"), "thousands", 2, True, "a space between thousands"),
    (put("Debit", "1e3"), "amount", 2, True, "no number of an accountant"),
    (both(put("Debit", "35.00")), "point", 2, False, "a point for a comma"),
    (put("EcritureDate", "hier"), "day", 2, True, "no date"),
    (put("PieceDate", "20260231"), "calendar", 2, True, "a 31st of February"),
    (put("PieceDate", "03/03/2026"), "day_manner", 2, False, "a date in another manner"),
    (put("PieceDate", "18990303"), "period", 2, False, "a day of another century"),
    (put("CompteNum", "CLIENT"), "account", 2, False, "an account that is no number"),
    (both(put("Credit", "1,00"), put("Debit", "36,00")), "side", 2, False, "debit and credit on one line"),
    (put("Debit", "35,01"), "balance", 2, True, "an entry a cent out"),
    (lambda lines: lines[:-1], "file_balance", None, True, "the last line cut off"),
    (lambda lines: [*lines[:5], *lines[7:]], "hole", 8, True, "an entry taken out of its journal"),
    (both(put("EcritureDate", "20260302", 9), put("EcritureDate", "20260302", 10)), "order", 9, True, "March 2nd after the 9th"),
    (put("EcritureDate", "20260304", 3), "one_day", 3, True, "an entry of two days"),
    (both(put("EcritureNum", "9", 8), put("EcritureNum", "9", 9), put("JournalCode", "CB", 9)), "one_journal", 9, True, "two journals"),
    (both(put("ValidDate", "20260302"), put("ValidDate", "20260302", 3)), "validation", 2, True, "valid before it was entered"),
    (put("EcritureDate", "20270103", 2), "after", 2, False, "after the year's end"),
    (put("DateLet", "20260310"), "together", 2, False, "a day of matching without its letters"),
    (both(put("EcritureLet", "AA"), put("DateLet", "20260310")), "lettering", 2, False, "a letter whose lines do not come to zero"),
    (heading(b"Idevise", b"Idevise\tNatOp"), "extra", 1, False, "a field of another regime"),
    (lambda lines: [lines[0], *(line.decode("iso-8859-15").encode("utf-16-le") for line in lines[1:])], "encoding", 2, True, "UTF-16"),
    (lambda lines: [*lines[:2], lines[2].decode("iso-8859-15").encode(), *lines[3:]], "mixed", 3, True, "two encodings"),
    (put("EcritureLib", "10 \x80"), "letters", 2, True, "a euro as Windows has it"),
    (lambda lines: [b"x" * (LONGEST + 1)], "longest", 1, True, "no file of entries at all"),
]


@pytest.mark.parametrize(("plant", "rule", "line", "is_blocking", "why"), FAULTS, ids=[case[4] for case in FAULTS])
def test_a_planted_fault_is_found(
    plant: Callable[[list[bytes]], list[bytes]], rule: str, line: int | None, is_blocking: bool, why: str
) -> None:
    said = {(each.rule, each.line, each.is_blocking) for each in found(plant(CLEAN))}
    assert (rule, line, is_blocking) in said, (why, said)
    assert all(each.sentence.endswith((".", ".txt.")) for each in found(plant(CLEAN)))


def test_each_rule_is_planted_once_and_the_twin_without_fault_shows_none() -> None:
    assert found(CLEAN) == [] and len(FAULTS) >= 25
    print(f"{len(FAULTS)} planted faults of {len({case[1] for case in FAULTS})} rules, all found; none in the file without fault")


LETTER = (("EcritureLet", "AA"), ("DateLet", "20260310"))
SOUND = [
    (lambda lines: [line.decode("iso-8859-15").encode() for line in lines], "UTF-8"),
    (lambda lines: [b"\xef\xbb\xbf" + lines[0], *(line.decode("iso-8859-15").encode() for line in lines[1:])], "UTF-8 with its mark"),
    (lambda lines: [line.replace(b"\t", b"|").replace(b"\r\n", b"\r") for line in lines], "bars, and an old Mac's line ends"),
    (heading(b"JournalCode", b"JOURNALCODE"), "capitals"),
    (lambda lines: [line.replace(b"\t0,00", b"\t") for line in lines], "a blank for zero"),
    (
        both(
            *(put(name, value, at) for at in (4, 5) for name, value in LETTER),
            *(put("CompteNum", "411", at) for at in (4, 5)),
            put("CompAuxNum", "P-00001", 4),
            put("CompAuxLib", "P-00001", 4),
        ),
        "a letter whose lines come to zero",
    ),
    (
        lambda lines: both(*(put("EcritureNum", str(11 + (at - 2) // 2), at) for at in range(2, 12)))(lines),
        "one sequence over all the journals, from 11 on",
    ),
]


@pytest.mark.parametrize(("write", "why"), SOUND, ids=[case[1] for case in SOUND])
def test_what_the_law_lets_be_written_otherwise_is_no_fault(write: Callable[[list[bytes]], list[bytes]], why: str) -> None:
    assert found(write(CLEAN)) == [], why


@pytest.mark.parametrize("name", ["ecritures.txt", "12345678FEC20261231.txt", "123456789FEC20261331.txt", ""])
def test_a_name_that_the_law_does_not_have_is_told(name: str) -> None:
    assert [(each.rule, each.is_blocking) for each in found(CLEAN, name)] == [("name", True)]
    assert [each.rule for each in found([], name)] == ["name", "empty"]
