"""What a vehicle has to have: what is missing of it in words, and what no vehicle of a kind can have is not waited for."""

import pytest

from fleet.kinds import get_kind
from fleet.needs import check_need, need_for
from mobility.errors import RuleBroken


@pytest.mark.parametrize(
    ("codes", "adaptation", "lacking", "reason"),
    [
        ((), None, [], "nothing is asked"),
        (("child_seat", "automatic"), None, ["siège enfant"], "one of two, the gearbox there"),
        (("helmet_m", "double_controls"), None, ["doubles commandes", "casque, taille M"], "in the order of the list"),
        (("adapted",), None, [], "any adaptation"),
        (("adapted",), "Boule volant", [], "this one, in its words, any case"),
        (("adapted",), "accélérateur à gauche", ["aménagement « accélérateur à gauche »"], "another one, said once"),
    ],
)
def test_what_a_vehicle_lacks_is_said(codes: tuple[str, ...], adaptation: str | None, lacking: list[str], reason: str) -> None:
    assert need_for(codes, adaptation).lacking({"automatic", "adapted", "charger"}, "Boule au volant") == lacking, reason


@pytest.mark.parametrize(
    ("kind", "codes", "adaptation", "field"),
    [
        ("bike", ("charger",), None, "needs"),
        ("scooter", ("double_controls",), None, "needs"),
        ("ebike", (), "boule au volant", "adaptation"),
        ("car", ("child_seat", "automatic", "double_controls", "charger"), "boule au volant", None),
    ],
)
def test_nobody_waits_for_what_no_kind_has(kind: str, codes: tuple[str, ...], adaptation: str | None, field: str | None) -> None:
    if field is None:
        check_need(need_for(codes, adaptation), get_kind(kind))
        return
    with pytest.raises(RuleBroken) as refused:
        check_need(need_for(codes, adaptation), get_kind(kind))
    assert refused.value.field == field
