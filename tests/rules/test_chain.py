"""Any changed byte, any cut, any swap in the ledger's chain is found (promises, Money)."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.chain import GENESIS, Anchor, Link, anchor, canonical_bytes, entry_hash, verify_chain
from billing.entries import charge_posted

KEY, BOOKS = b"a key for tests", "la-ciotat"


def chain(cents: list[int]) -> list[Link]:
    links, previous = [], GENESIS
    for number, amount in enumerate(cents, start=1):
        payload = canonical_bytes(number, charge_posted("P7", "rental", amount, on=date(2026, 3, 2), label="Semaine à 5 €"))
        previous = entry_hash(previous, payload)
        links.append(Link(number=number, payload=payload, hash=previous))
    return links


GOOD = chain([500, 1000, 1500, 2000])
SEALED = anchor(KEY, BOOKS, 4, GOOD[-1].hash)


def check(links: list[Link], anchored: Anchor = SEALED, key: bytes = KEY, books: str = BOOKS) -> int | None:
    return verify_chain(links, anchored=anchored, key=key, books=books)


def test_the_canonical_bytes_never_change() -> None:
    """Written out, because old books must verify for ten years."""
    assert GOOD[0].payload.decode() == (
        '{"journal":"VE","label":"Semaine à 5 €","lines":['
        '{"account":"411","credit_cents":0,"debit_cents":500,"party":"P7"},'
        '{"account":"706","credit_cents":500,"debit_cents":0,"party":null}],'
        '"number":1,"on":"2026-03-02","reverses":null}'
    )


CASES = [
    (GOOD, SEALED, None, "untouched"),
    (GOOD, anchor(KEY, BOOKS, 2, GOOD[1].hash), None, "entries younger than the anchor"),
    ([], anchor(KEY, BOOKS, 0, GENESIS), None, "books just opened"),
    ([replace(GOOD[0], payload=GOOD[0].payload.replace(b"500", b"501")), *GOOD[1:]], SEALED, 1, "an amount changed"),
    ([*GOOD[:2], replace(GOOD[2], hash=GENESIS), GOOD[3]], SEALED, 3, "a hash changed"),
    ([GOOD[0], GOOD[2], GOOD[3]], SEALED, 2, "an entry taken out"),
    ([GOOD[0], replace(GOOD[1], number=7), *GOOD[2:]], SEALED, 2, "an entry renumbered, its bytes left alone"),
    ([GOOD[1], GOOD[0], *GOOD[2:]], SEALED, 1, "two entries swapped"),
    (GOOD[:3], SEALED, 4, "the tail cut by one"),
    ([], SEALED, 1, "everything cut"),
    (chain([500, 1000, 1500, 2001]), SEALED, 4, "the last entry rewritten with its hash"),
    (chain([1, 1000, 1500, 2000]), SEALED, 4, "the whole chain recomputed"),
    (GOOD, Anchor(number=0, seal="0" * 64), 0, "a forged anchor of empty books"),
    (GOOD, replace(SEALED, number=3), 3, "an anchor moved back"),
]


@pytest.mark.parametrize(("links", "anchored", "broken", "why"), CASES, ids=[case[3] for case in CASES])
def test_verify(links: list[Link], anchored: Anchor, broken: int | None, why: str) -> None:
    assert check(links, anchored) == broken, why


def test_an_anchor_belongs_to_its_key_and_its_books() -> None:
    assert (check(GOOD, key=b"another"), check(GOOD, books="sedan")) == (4, 4)


@given(st.integers(0, 3), st.data())
def test_any_changed_byte_is_found(place: int, data: st.DataObject) -> None:
    payload = bytearray(GOOD[place].payload)
    payload[data.draw(st.integers(0, len(payload) - 1))] ^= data.draw(st.integers(1, 255))
    assert check([*GOOD[:place], replace(GOOD[place], payload=bytes(payload)), *GOOD[place + 1 :]]) == place + 1


def test_1000_tampers_and_every_cut_tail_are_found() -> None:
    """By a hand that does not choose well: any byte of any entry, its hash, its place; and any number of entries off the end."""
    chance, links = random.Random(7), chain([500] * 40)
    sealed = anchor(KEY, BOOKS, 40, links[-1].hash)
    found = [check(tampered(links, place, chance), sealed) for place in chance.choices(range(40), k=1000)]
    cut = [check(links[:length], sealed) for length in range(40)]
    print(f"{len(found)} tampers, {sum(each is not None for each in found)} found; {len(cut)} cut tails, each found where it was cut")
    assert None not in found and cut == list(range(1, 41))


def tampered(links: list[Link], place: int, chance: random.Random) -> list[Link]:
    link, other = links[place], links[place - 1]
    payload = bytearray(link.payload)
    payload[chance.randrange(len(payload))] ^= chance.randrange(1, 256)
    changed = [replace(link, payload=bytes(payload)), replace(link, hash=other.hash), replace(other, number=link.number)]
    return [*links[:place], chance.choice(changed), *links[place + 1 :]]
