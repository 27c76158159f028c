import pytest

from assessments import orientation
from billing.deposits import DEFAULT_DEPOSIT_CENTS
from billing.schemas.tariffs import PricesSchema
from billing.tariffs import KIND_LABELS
from fleet import requirements, upkeep
from fleet.kinds import KIND_CODES, KINDS, Kind, get_kind
from mobility.codes import ACTION_KINDS, RENTALS, WISHES
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


NO_VEHICLE = {"advice", "transport", "licence"}  # wishes beside the kinds
# Every floor that speaks of kinds has a list of its own, as none may look up at fleet's: a kind that one forgot is refused far from there.
LISTS = [
    (set(KIND_LABELS), set(KIND_CODES), "billing prices them"),
    (set(PricesSchema().fields), set(KIND_CODES), "a tariff is typed with a field each"),
    (set(orientation.VEHICLES), set(KIND_CODES), "an assessment opens them"),
    (set(WISHES), {*KIND_CODES, *NO_VEHICLE}, "a liaison form wishes for them"),
    (set(RENTALS), {f"rental_{kind}" for kind in KIND_CODES}, "a rental is an action of its kind"),
    (set(requirements.DEFAULTS["daily"][0].papers), set(KIND_CODES), "papers are asked for them"),
    (set(upkeep.USUAL), set(KIND_CODES), "the workshop looks after them"),
]


@pytest.mark.parametrize(("told", "there_are", "why"), LISTS, ids=[case[2] for case in LISTS])
def test_every_list_holds_every_kind(told: set[str], there_are: set[str], why: str) -> None:
    assert told == there_are, why


@pytest.mark.parametrize("kind", KINDS, ids=KIND_CODES)
def test_every_floor_names_a_kind_alike(kind: Kind) -> None:
    assert KIND_LABELS[kind.code] == orientation.WAY_NAMES[kind.code] == kind.name.capitalize()
    assert (WISHES[kind.code], ACTION_KINDS[f"rental_{kind.code}"]) == (kind.a, f"location de {kind.name}")
