"""The life of a deposit (domain.md §2.4, §9)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.deposit_papers import check_paper, check_valid_until, paper_expires_on
from billing.deposits import (
    DEFAULT_DEPOSIT_CENTS,
    DEPOSIT_KIND_LABELS,
    STATE_LABELS,
    Deposit,
    Instalment,
    allowed_steps,
    defer,
    give_back_on,
    instalment_plan,
    keep,
    parts_to_come,
    receive,
    reduce,
    release,
    shortened,
)
from billing.tariffs import KINDS
from mobility.errors import RuleBroken

TODAY = date(2026, 3, 2)
ASKED = Deposit(kind="cash", due_cents=30_000)
PARTLY = receive(ASKED, 10_000)
HELD = receive(PARTLY, 20_000)
DEFERRED = defer(PARTLY, "Prise de poste lundi", instalment_plan(20_000, 2, TODAY))
BACK = give_back_on(HELD, TODAY, days=0)

LIVES = [
    (ASKED, "due", False, ("receive", "defer"), "nothing in hand: no keys"),
    (PARTLY, "partly_held", False, ("receive", "defer", "keep"), "a third in hand: no keys yet"),
    (DEFERRED, "deferred", True, ("receive", "defer", "keep"), "put off with a plan: no job start is blocked"),
    (receive(DEFERRED, 20_000), "held", True, ("keep",), "the plan came in"),
    (HELD, "held", True, ("keep",), "the vehicle is still out: nothing to release"),
    (replace(HELD, received_cents=45_000), "held", True, ("keep",), "two card pages paid the same part: more than whole is whole"),
    (give_back_on(HELD, TODAY, days=1), "held", True, ("keep",), "the day before its release"),
    (BACK, "held", True, ("keep", "release"), "on its release day"),
    (give_back_on(PARTLY, TODAY, days=0), "partly_held", False, ("keep", "release"), "after the return no more is asked"),
    (give_back_on(ASKED, TODAY, days=0), "dropped", False, (), "nothing came in and nothing is awaited any more"),
    (release(BACK, TODAY), "released", False, (), "given back whole"),
    (keep(BACK, 10_000, "Phare cassé"), "held", True, ("keep", "release"), "a part is kept, the rest still held"),
    (release(keep(BACK, 10_000, "Phare cassé"), TODAY), "kept", False, (), "a part kept, the rest given back"),
    (keep(BACK, 30_000, "Loyers impayés"), "kept", False, (), "kept whole"),
    (Deposit(kind="cash", due_cents=0), "held", True, (), "no deposit asked: nothing missing"),
]


@pytest.mark.parametrize(("deposit", "state", "keys", "steps", "why"), LIVES, ids=[case[4] for case in LIVES])
def test_states_and_steps(deposit: Deposit, state: str, keys: bool, steps: tuple[str, ...], why: str) -> None:
    assert (deposit.state, deposit.may_hand_over, allowed_steps(deposit, TODAY)) == (state, keys, steps), why
    assert state in STATE_LABELS


REFUSALS = [
    (lambda: receive(HELD, 1), None, "déjà entière", "already whole"),
    (lambda: receive(PARTLY, 20_001), "cents", "200 €", "more than is missing"),
    (lambda: receive(ASKED, 0), "cents", "supérieur à zéro", "nothing"),
    (lambda: receive(give_back_on(PARTLY, TODAY), 1), None, "revenu", "after the return"),
    (lambda: defer(ASKED, " ", instalment_plan(30_000, 3, TODAY)), "reason", "pourquoi", "a deferral without a reason"),
    (lambda: defer(ASKED, "Emploi", []), "plan", "300 €", "a deferral without a plan"),
    (lambda: defer(PARTLY, "Emploi", instalment_plan(30_000, 3, TODAY)), "plan", "200 €", "a plan that forgets what came in"),
    (
        lambda: defer(ASKED, "Emploi", [Instalment(due_on=TODAY, cents=30_001), Instalment(due_on=TODAY, cents=-1)]),
        "plan",
        "",
        "a negative part",
    ),
    (lambda: defer(HELD, "Emploi", []), None, "déjà entière", "nothing to defer"),
    (lambda: keep(HELD, 30_001, "Choc"), "cents", "300 €", "more than is held"),
    (lambda: keep(HELD, -1, "Choc"), "cents", "zéro", "a negative part"),
    (lambda: keep(HELD, 100, ""), "reason", "pourquoi", "without a reason"),
    (lambda: release(HELD, TODAY), None, "après le retour", "the vehicle is out"),
    (lambda: release(give_back_on(HELD, TODAY, days=45), TODAY), None, "16 avril 2026", "before the day, which is told"),
    (lambda: release(release(BACK, TODAY), TODAY), None, "Aucune caution", "twice"),
    (lambda: give_back_on(HELD, TODAY, days=-1), "days", "négatif", "a delay below nothing"),
    (lambda: reduce(ASKED, 100), None, "pas plus basse", "a solidarity amount that is the whole"),
    (lambda: reduce(HELD, 50), None, "déjà entière", "nothing is asked any more"),
    (lambda: reduce(give_back_on(PARTLY, TODAY), 50), None, "revenu", "after the return nothing is asked"),
    (lambda: check_paper("cash", "Banque d’Essai", None, TODAY), "issuer", "chèque", "cash has no bank"),
    (lambda: check_paper("cash", None, TODAY, TODAY), "dated_on", "lettre", "cash has no day"),
    (lambda: check_valid_until("uncashed_cheque", TODAY, TODAY), "valid_until", "depuis sa date", "a cheque's last day is the law's"),
    (lambda: check_valid_until("guarantee_fund", TODAY - timedelta(days=1), TODAY), "valid_until", "plus valable", "a letter that is over"),
    (lambda: check_paper("uncashed_cheque", None, TODAY + timedelta(days=1), TODAY), "dated_on", "à venir", "a cheque of tomorrow"),
    (lambda: instalment_plan(100, 0, TODAY), "count", "", "no part"),
    (lambda: instalment_plan(2, 3, TODAY), "count", "", "parts of nothing"),
    (lambda: Deposit(kind="gold", due_cents=1), "kind", "", "a kind that is none"),
    (lambda: Deposit(kind="card", due_cents=-1), "due_cents", "", "a negative deposit"),
]


@pytest.mark.parametrize(("act", "field", "words", "why"), REFUSALS, ids=[case[3] for case in REFUSALS])
def test_refusals(act, field: str | None, words: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert refusal.value.field == field, why
    assert words in refusal.value.sentence


@given(st.integers(1, 40_000), st.integers(0, 40_000), st.integers(0, 100), st.integers(1, 12))
def test_the_solidarity_amount_is_never_above_nor_under_what_came_in(due: int, received: int, percent: int, count: int) -> None:
    """And its plan still sums to what is asked, its first parts as they were."""
    deposit = Deposit(kind="cash", due_cents=due, received_cents=min(received, due))
    plan = instalment_plan(due, min(count, due), TODAY)
    try:
        reduced = reduce(deposit, percent)
    except RuleBroken:
        return
    assert deposit.received_cents <= reduced.due_cents < due
    shorter = shortened(plan, due - reduced.due_cents)
    assert sum(part.cents for part in shorter) == reduced.due_cents
    assert shorter[:-1] == plan[: max(len(shorter) - 1, 0)]


def test_a_plan_is_monthly_and_sums_to_the_deposit() -> None:
    assert instalment_plan(10_000, 3, date(2026, 1, 31)) == (
        Instalment(due_on=date(2026, 1, 31), cents=3334),
        Instalment(due_on=date(2026, 2, 28), cents=3333),
        Instalment(due_on=date(2026, 3, 31), cents=3333),
    )


def test_a_deposit_waits_for_fines_unless_told_otherwise() -> None:
    assert give_back_on(HELD, TODAY).release_on == TODAY + timedelta(days=45)


def test_every_kind_of_vehicle_has_a_default_deposit() -> None:
    assert set(DEFAULT_DEPOSIT_CENTS) == set(KINDS)


@given(st.sampled_from(list(DEPOSIT_KIND_LABELS)), st.lists(st.integers(-10, 500), max_size=8), st.lists(st.integers(-10, 500), max_size=8))
def test_what_came_in_is_held_kept_or_given_back(kind: str, parts: list[int], kept: list[int]) -> None:
    """Whatever is tried, refused steps change nothing and no cent is lost or made."""
    deposit = Deposit(kind=kind, due_cents=1000)
    for act, amounts in ((receive, parts), (lambda held, cents: keep(held, cents, "Choc"), kept)):
        for cents in amounts:
            try:
                deposit = act(deposit, cents)
            except RuleBroken:
                continue
    deposit = replace(deposit, release_on=TODAY)
    settled = release(deposit, TODAY) if "release" in allowed_steps(deposit, TODAY) else deposit
    assert settled.held_cents == 0
    assert 0 <= settled.received_cents == settled.kept_cents + settled.released_cents <= 1000


TO_COME = [
    (30_000, [10_000, 10_000, 10_000], "nothing came in"),
    (20_000, [10_000, 10_000], "the first part came in"),
    (15_000, [5_000, 10_000], "half of the second part too"),
    (0, [], "whole"),
]


@pytest.mark.parametrize(("missing_cents", "parts", "why"), TO_COME, ids=[case[2] for case in TO_COME])
def test_what_came_in_is_awaited_no_more(missing_cents: int, parts: list[int], why: str) -> None:
    plan = instalment_plan(30_000, 3, TODAY)
    left = parts_to_come(plan, missing_cents)
    assert [part.cents for part in left] == parts, why
    assert [part.due_on for part in left] == [part.due_on for part in plan][len(plan) - len(left) :]


@pytest.mark.parametrize(
    ("kind", "dated_on", "valid_until", "expires_on"),
    [
        ("uncashed_cheque", date(2024, 2, 29), None, date(2025, 3, 8)),  # a year, then eight days
        ("uncashed_cheque", None, None, None),
        ("guarantee_fund", TODAY, date(2027, 1, 31), date(2027, 1, 31)),
        ("guarantee_fund", TODAY, None, None),
        ("cash", None, None, None),
    ],
)
def test_a_paper_is_good_until_its_last_day(kind: str, dated_on: date | None, valid_until: date | None, expires_on: date | None) -> None:
    assert paper_expires_on(kind, dated_on, valid_until) == expires_on
