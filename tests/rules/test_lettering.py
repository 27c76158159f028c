"""Lettering: what settles each other gets one letter, for good, and nothing else gets any."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.lettering import Group, PartyLine, letter_at, letter_groups

MONDAY = date(2026, 3, 2)


def line(number: int, cents: int, *, rental: int | None = 1, party: str = "P-1", reverses: int | None = None) -> PartyLine:
    account = "4112" if party.startswith("TP-") else "411"
    return PartyLine(number, 1, MONDAY + timedelta(days=number), account, party, rental, cents, reverses)


def told(*lines: PartyLine) -> list[tuple[str, list[int]]]:
    return [(group.letter, [each.number for each in group.lines]) for group in letter_groups(lines)]


@pytest.mark.parametrize(
    ("lines", "groups", "why"),
    [
        ([line(1, 500), line(2, -500)], [("AA", [1, 2])], "a charge paid"),
        ([line(1, 500), line(2, -300)], [], "paid in part"),
        ([line(1, 500), line(2, -300), line(3, -200), line(4, 7)], [("AA", [1, 2, 3])], "paid in two times, and the next week open"),
        ([line(1, 500), line(2, 9), line(3, -500), line(4, -9)], [("AA", [1, 2, 3, 4])], "two weeks that cross"),
        ([line(1, 500), line(2, 9), line(3, -9, reverses=2)], [("AA", [2, 3])], "an entry undone, the debt before it stays open"),
        ([line(1, 5), line(2, 9), line(3, -9), line(4, -5, reverses=1)], [("AA", [1, 4]), ("AB", [2, 3])], "undone, and the rest settled"),
        ([line(1, 5), line(2, -5), line(3, 5, reverses=2)], [("AA", [1, 2])], "a cheque come back: its letter stands"),
        ([line(1, 5), line(2, -9, reverses=1)], [], "undone by another sum"),
        ([line(1, 5), line(2, -5, rental=2)], [], "another rental's money"),
        ([line(1, 5), line(2, -5, party="P-2")], [], "another person's money"),
        ([line(1, 5, party="TP-1"), line(2, -5, rental=None, party="TP-1")], [("AA", [1, 2])], "a payer"),
        ([line(1, 5), line(2, -5), line(3, 6, rental=2), line(4, -6, rental=2)], [("AA", [1, 2]), ("AB", [3, 4])], "one letter each"),
        ([line(1, 5), line(2, -5), line(3, 6, party="P-2"), line(4, -6, party="P-2")], [("AA", [1, 2]), ("AA", [3, 4])], "each its own"),
    ],
)  # fmt: skip
def test_what_settles_each_other_is_lettered(lines: list[PartyLine], groups: list[tuple[str, list[int]]], why: str) -> None:
    assert told(*lines) == groups, why


def test_a_group_is_dated_by_its_last_entry() -> None:
    (group,) = letter_groups([line(1, 500), line(4, -500)])
    assert (group.first_on, group.settled_on) == (MONDAY + timedelta(days=1), MONDAY + timedelta(days=4))


def test_letters_run_from_aa_to_zz_and_on_without_a_double() -> None:
    assert [letter_at(place) for place in (0, 1, 25, 26, 675, 676, 677, 676 + 26**3)] == [
        "AA", "AB", "AZ", "BA", "ZZ", "AAA", "AAB", "AAAA",
    ]  # fmt: skip
    assert len({letter_at(place) for place in range(20_000)}) == 20_000


@st.composite
def ledgers(draw: st.DrawFn) -> list[PartyLine]:
    """Entries of one or two lines on few accounts, in small sums so that they often meet; some undo one before."""
    lines: list[PartyLine] = []
    for number in range(1, draw(st.integers(1, 25)) + 1):
        undone = draw(st.sampled_from([None, None, *{each.number for each in lines}]))
        if undone is not None:
            lines += [each._replace(number=number, cents=-each.cents, reverses=undone) for each in lines if each.number == undone]
            continue
        for position in range(1, draw(st.integers(1, 2)) + 1):
            cents = draw(st.integers(-4, 4).filter(bool))
            party, rental = draw(st.sampled_from(["P-1", "P-2", "TP-1"])), draw(st.integers(1, 2))
            lines.append(line(number, cents, rental=rental, party=party)._replace(position=position))
    return lines


@given(ledgers())
def test_each_group_comes_to_zero_in_one_account_of_one_party_and_no_line_has_two_letters(lines: list[PartyLine]) -> None:
    groups = list(letter_groups(lines))
    for group in groups:
        assert sum(each.cents for each in group.lines) == 0 and len({(each.account, each.party) for each in group.lines}) == 1
        assert group.lines[0].account == "4112" or len({each.rental for each in group.lines}) == 1
    lettered = [(each.number, each.position) for group in groups for each in group.lines]
    assert len(lettered) == len(set(lettered))
    names = [(group.lines[0].account, group.lines[0].party, group.letter) for group in groups]
    assert len(names) == len(set(names)), "a letter stands for one group of an account"


@given(ledgers(), st.data())
def test_what_comes_later_never_moves_a_letter_given(lines: list[PartyLine], data: st.DataObject) -> None:
    until = data.draw(st.integers(0, lines[-1].number))
    before = list(letter_groups([each for each in lines if each.number <= until]))
    assert list(letter_groups(lines))[: len(before)] == before


@given(ledgers())
def test_an_account_that_comes_to_zero_at_its_last_entry_has_nothing_left_open(lines: list[PartyLine]) -> None:
    groups: list[Group] = list(letter_groups(lines))
    lettered = {(each.number, each.position) for group in groups for each in group.lines}
    for person in ("P-1", "P-2"):
        for rental in (1, 2):
            own = [each for each in lines if each.party == person and each.rental == rental]
            left = [each for each in own if (each.number, each.position) not in lettered]
            assert sum(each.cents for each in own) == sum(each.cents for each in left)
            assert not left or sum(each.cents for each in left)
