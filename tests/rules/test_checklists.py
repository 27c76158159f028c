import pytest

from fleet.checklists import ITEMS, LIST_NAMES, check_found, items_of, own_items, say_found, usual_items
from fleet.kinds import KINDS
from mobility.errors import RuleBroken


def test_what_is_asked_of_a_kind_is_among_what_may_be_asked_in_the_order_of_the_list() -> None:
    order = list(ITEMS)
    for kind in KINDS:
        for moment in LIST_NAMES:
            asked = usual_items(kind, moment)
            assert asked and set(asked) <= set(items_of(kind)), kind.code
            assert list(asked) == sorted(asked, key=order.index)


def test_what_was_found_is_kept_in_order_and_what_nobody_looked_at_is_said() -> None:
    found = check_found("car", {"papers": "missing", "keys": "done"})
    assert list(found.items()) == [("keys", "done"), ("papers", "missing")]
    assert say_found(("papers", "clean"), found, {}) == {
        "clés": "fait",
        "certificat d’immatriculation et assurance": "manquant",
        "véhicule propre": "non vérifié",
    }


@pytest.mark.parametrize(
    ("kind", "found", "field", "why"),
    [
        ("bike", {"papers": "done"}, "check_papers", "a bicycle has no registration"),
        ("car", {"wings": "done"}, "check_wings", "no such item"),
        ("car", {"keys": "splendid"}, "check_keys", "no such state"),
    ],
)
def test_what_cannot_be_found_is_refused_beside_its_item(kind: str, found: dict[str, str], field: str, why: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check_found(kind, found)
    assert refused.value.field == field, why


def test_a_platform_asks_besides_in_its_own_words_and_order() -> None:
    own = own_items(" Tapis de sol;; badge  du parking ; tapis de SOL ;")
    assert list(own.values()) == ["tapis de SOL", "badge du parking"], "each once"
    mat, badge = own
    assert own_items("badge du parking")[badge] == "badge du parking", "the same code wherever it stands"
    assert list(check_found("car", {badge: "done", "keys": "done"}, own)) == ["keys", badge]
    assert say_found(["keys", badge], {mat: "missing"}, own) == {
        "clés": "non vérifié",
        "tapis de SOL": "manquant",
        "badge du parking": "non vérifié",
    }
    with pytest.raises(RuleBroken):
        check_found("car", {badge: "done"})
