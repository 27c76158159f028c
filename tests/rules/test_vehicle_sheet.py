"""A vehicle's sheet: what its kind has and no more, whose it is, and the steps of its life."""

from datetime import date, timedelta
from typing import Any

import pytest

from fleet.kinds import KIND_CODES, get_kind
from fleet.vehicle_life import check_step, spells_away, stage_on, stages_lent
from fleet.vehicle_sheet import ENERGIES, EQUIPMENT, Sheet, check_sheet, energies_of, equipment_of, fields_of, in_order
from mobility.errors import RuleBroken

DAY = date(2026, 3, 2)


def make_sheet(**more: Any) -> Sheet:
    plain: dict[str, Any] = {"kind": "car", "energy": "petrol", "in_service_on": DAY}
    return Sheet(**(plain | more))


@pytest.mark.parametrize("code", KIND_CODES)
def test_what_each_kind_is_offered_passes_its_own_check(code: str) -> None:
    kind = get_kind(code)
    for energy in energies_of(kind):
        check_sheet(make_sheet(kind=code, energy=energy, equipment=equipment_of(kind)))
    foreign = (set(ENERGIES) - set(energies_of(kind))).pop()
    with pytest.raises(RuleBroken) as refused:
        check_sheet(make_sheet(kind=code, energy=foreign))
    assert refused.value.field == "energy"


@pytest.mark.parametrize(
    ("code", "has", "has_not"),
    [
        ("bike", set(), {"plate", "keeper", "gearbox", "energy", "level", "co2_g_km", "inspection_until"}),
        ("ebike", {"level"}, {"plate", "energy", "gearbox"}),
        ("scooter", {"plate", "inspection_until", "energy", "keeper"}, {"gearbox", "double_controls"}),
        ("car", {"plate", "gearbox", "double_controls", "adaptations", "energy", "level"}, set()),
    ],
)
def test_no_more_fields_than_the_kind_has(code: str, has: set[str], has_not: set[str]) -> None:
    found = fields_of(get_kind(code))
    assert has <= found and not has_not & found


@pytest.mark.parametrize(
    ("more", "field", "reason"),
    [
        ({"equipment": ("basket",)}, "equipment", "a basket on a car"),
        ({"ownership": "hired"}, "lessor", "hired from nobody"),
        ({"lessor": "Loueur d’essai"}, "lessor", "owned, and yet somebody's"),
        ({"lease_cents": 100}, "lease_cents", "a rent for one's own vehicle"),
        ({"ownership": "lent", "lessor": "Ville", "lease_until": date(2026, 3, 1)}, "lease_until", "given back before it came"),
        ({"out_of_service_on": date(2026, 3, 1)}, "out_of_service_on", "gone before it came"),
    ],
)
def test_what_does_not_hold_together_is_refused_beside_its_field(more: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_sheet(make_sheet(**more))
    assert refused.value.field == field, reason


def test_equipment_is_kept_once_and_in_one_order() -> None:
    assert in_order(["charger", "lock", "charger"]) == [code for code in EQUIPMENT if code in ("lock", "charger")]


@pytest.mark.parametrize(
    ("stage", "to", "allowed"),
    [
        ("ordered", "in_service", True),
        ("ordered", "workshop", False),
        ("in_service", "workshop", True),
        ("in_service", "ordered", False),
        ("in_service", "in_service", False),
        ("workshop", "in_service", True),
        ("workshop", "out", True),
        ("out", "in_service", True),
        ("out", "workshop", False),
    ],
)
def test_which_step_follows_which(stage: str, to: str, allowed: bool) -> None:
    if allowed:
        return check_step(stage, to, on=DAY, last_on=DAY, today=DAY)
    with pytest.raises(RuleBroken) as refused:
        check_step(stage, to, on=DAY, last_on=DAY, today=DAY)
    assert refused.value.field == "to"


@pytest.mark.parametrize(("on", "reason"), [(date(2026, 3, 3), "a day ahead"), (date(2026, 2, 28), "before the last step")])
def test_a_step_is_noted_when_it_happened_and_in_order(on: date, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_step("in_service", "workshop", on=on, last_on=date(2026, 3, 1), today=DAY)
    assert refused.value.field == "on", reason


def test_it_is_out_from_the_day_foreseen() -> None:
    assert stage_on(date(2026, 3, 1), stage="in_service", out_of_service_on=DAY) == "in_service"
    assert stage_on(DAY, stage="workshop", out_of_service_on=DAY) == "out"


def test_what_is_in_the_workshop_is_lent_from_the_next_day() -> None:
    assert stages_lent(first_on=DAY, today=DAY) == ("in_service",)
    assert stages_lent(first_on=date(2026, 3, 3), today=DAY) == ("in_service", "workshop")


@pytest.mark.parametrize(
    ("stage", "came_on", "leaves_on", "spells"),
    [
        ("in_service", -9, None, []),  # there
        ("ordered", 3, None, [(-1, 14, "commandé")]),  # whenever it is hoped for
        ("in_service", 3, None, [(-1, 3, "commandé")]),  # not yet come
        ("in_service", 20, None, [(-1, 14, "commandé")]),  # after what is looked at
        ("workshop", -9, None, [(0, 1, "à l’atelier")]),  # today; its block says the rest
        ("workshop", -9, 5, [(0, 1, "à l’atelier"), (5, 14, "sorti du parc")]),
        ("out", -9, -4, [(-1, 14, "sorti du parc")]),  # gone before
        ("in_service", -9, 14, []),  # leaves after what is looked at
    ],
)
def test_the_days_it_is_not_there(stage: str, came_on: int, leaves_on: int | None, spells: list[tuple[int, int, str]]) -> None:
    def day(ahead: int) -> date:
        return DAY + timedelta(days=ahead)

    found = spells_away(stage, day(came_on), None if leaves_on is None else day(leaves_on), first_on=day(-1), after_on=day(14), today=DAY)
    assert list(found) == [(day(first), day(after), word) for first, after, word in spells]
