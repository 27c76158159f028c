"""What our books and the card gateway do not say alike: pure."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.card_gateway import Charge
from billing.differences import ACT_LABELS, KIND_LABELS, Difference, Held, Listed, find_differences

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=3)


def held(number: int = 1, **changes: Any) -> Held:
    base: dict[str, Any] = {"payment_id": number, "reference": f"PE-{number}", "status": "settled", "cents": 1000}
    return Held(**base | {"charge_reference": f"pi_{number}", "session_reference": f"cs_{number}"} | changes)


def charge(number: int = 1, **changes: Any) -> Charge:
    base: dict[str, Any] = {"charge_reference": f"pi_{number}", "platform_slug": "essai", "payment_reference": f"PE-{number}"}
    said = {"cents": 1000, "refunded_cents": 0, "currency": "eur", "is_contested": False, "taken_at": LONG_AGO}
    return Charge(**base | said | changes)


def found(ours: list[Held], charges: list[Charge], pages: frozenset[str] = frozenset()) -> list[Difference]:
    return find_differences(ours, Listed(charges=charges, open_pages=pages), platform_slug="essai", now=NOW)


OPEN = held(status="started", charge_reference=None)


@pytest.mark.parametrize(
    ("ours", "charges", "pages", "kinds", "cents"),
    [
        ([held()], [charge()], (), [], 0),
        ([OPEN], [], ("cs_1",), [], 0),
        ([], [charge()], (), ["unknown"], 1000),
        ([], [charge(refunded_cents=1000)], (), [], 0),  # went back: nobody is owed
        ([], [charge(platform_slug=None, payment_reference=None)], (), [], 0),  # the association's own shop
        ([held()], [charge(), charge(charge_reference="pi_x", platform_slug="autre")], (), ["other_platform"], 1000),
        ([held()], [charge(currency="usd")], (), ["currency"], 1000),
        ([held()], [charge(cents=900)], (), ["amount"], 900),
        ([held()], [charge(charge_reference="pi_0"), charge()], (), ["paid_twice"], 1000),
        ([OPEN], [charge(cents=900), charge(charge_reference="pi_9")], (), ["paid_twice", "paid_there"], 900),
        ([OPEN], [charge()], (), ["paid_there"], 1000),
        ([held(status="cancelled")], [charge()], (), ["paid_there"], 1000),
        ([held()], [], (), ["paid_here"], 1000),
        ([held(is_reached=False)], [], (), [], 0),
        ([held()], [charge(refunded_cents=300)], (), ["refunded_there"], 300),
        ([held(asked_cents=300)], [charge(refunded_cents=300)], (), [], 0),  # the hour settles it
        ([held(refunded_cents=300)], [charge(refunded_cents=100)], (), ["refunded_here"], 200),
        ([held()], [charge(is_contested=True)], (), ["contested"], 1000),
        ([OPEN], [], (), ["closed_there"], 1000),
        ([held(status="expired")], [], ("cs_1",), ["open_there"], 1000),
        ([held(is_fresh=True)], [], (), [], 0),
        ([held(is_fresh=True)], [charge(refunded_cents=5)], (), [], 0),
        ([], [charge(taken_at=NOW - timedelta(minutes=5))], (), [], 0),
    ],
)
def test_each_kind_and_its_neighbours(
    ours: list[Held], charges: list[Charge], pages: tuple[str, ...], kinds: list[str], cents: int
) -> None:
    said = found(ours, charges, frozenset(pages))
    assert [one.kind for one in said] == kinds
    assert not said or said[0].cents == cents


def test_there_are_sixteen_kinds_and_each_act_is_of_one() -> None:
    assert len(KIND_LABELS) == 16
    assert ACT_LABELS.keys() < KIND_LABELS.keys()


amounts = st.integers(1, 10_000)


@given(st.lists(st.tuples(amounts, st.integers(0, 10_000)), max_size=8))
def test_books_that_say_what_the_gateway_says_have_no_difference(paid: list[tuple[int, int]]) -> None:
    told = [(number, cents, min(back, cents)) for number, (cents, back) in enumerate(paid)]
    ours = [held(number, cents=cents, refunded_cents=back) for number, cents, back in told]
    assert found(ours, [charge(number, cents=cents, refunded_cents=back) for number, cents, back in told]) == []


@given(st.lists(st.builds(charge, st.integers(1, 4), cents=amounts, currency=st.sampled_from(["eur", "usd"])), max_size=8))
def test_a_difference_is_told_once_with_a_sum_and_a_sentence_that_fits(charges: list[Charge]) -> None:
    once = {one.charge_reference + str(at): one for at, one in enumerate(charges)}
    charges = [charge(int((one.payment_reference or "")[3:]), charge_reference=name, cents=one.cents) for name, one in once.items()]
    said = found([held(1), held(2, status="cancelled"), held(3, status="started")], charges)
    assert len({(one.kind, one.subject) for one in said}) == len(said)
    assert all(one.cents > 0 and 0 < len(one.sentence) <= 300 and one.kind in KIND_LABELS for one in said)
