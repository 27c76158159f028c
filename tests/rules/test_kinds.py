import pytest

from billing.deposits import DEFAULT_DEPOSIT_CENTS
from billing.tariffs import KIND_LABELS
from fleet.kinds import KIND_CODES, KINDS, get_kind
from mobility.errors import RuleBroken


def test_the_kinds_are_those_of_the_domain() -> None:
    assert KIND_CODES == ("bike", "ebike", "cargo_bike", "moped", "scooter", "scooter125", "quadricycle", "car")


@pytest.mark.parametrize(
    ("code", "a", "the", "this", "of_the"),
    [
        ("ebike", "un vélo électrique", "le vélo électrique", "ce vélo électrique", "du vélo électrique"),
        ("car", "une voiture", "la voiture", "cette voiture", "de la voiture"),
    ],
)
def test_french_speaks_of_a_kind_by_its_gender(code: str, a: str, the: str, this: str, of_the: str) -> None:
    kind = get_kind(code)
    assert (kind.a, kind.the, kind.this, kind.of_the) == (a, the, this, of_the)


def test_an_unknown_kind_is_refused_beside_its_field() -> None:
    with pytest.raises(RuleBroken) as refused:
        get_kind("van")
    assert refused.value.field == "kind"


def test_every_kind_has_zones_told_apart() -> None:
    for kind in KINDS:
        codes = [code for code, _ in kind.zones]
        assert len(codes) == len(set(codes)) >= 5, kind.code


def test_every_kind_has_a_deposit_within_what_usage_asks() -> None:
    asked = DEFAULT_DEPOSIT_CENTS
    assert asked["bike"] == 4_000, "domain.md §9: a bike 40 €"
    assert all(15_000 <= asked[kind] <= 40_000 for kind in KIND_CODES if kind != "bike"), "domain.md §9: 150 to 400 €"


def test_billing_names_the_kinds_alike() -> None:
    assert {kind.code: kind.name.capitalize() for kind in KINDS} == KIND_LABELS
