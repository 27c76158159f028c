"""What was signed without network against what is written: the same lines in any order, or a sentence that says what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fleet.device_signing import check_same
from mobility.errors import RuleBroken

LINES = st.lists(st.sampled_from(["Avant : usé", "Arrière : usé", "Photos : 2", "Compteur : 48000 km"]), max_size=8)


@given(LINES, st.randoms())
def test_the_order_of_lines_and_the_width_of_blanks_change_nothing(lines: list[str], chance: object) -> None:
    shuffled = sorted(lines, key=lambda _: chance.random())  # type: ignore[attr-defined]
    check_same("\n".join(line.replace(" ", "\u202f ") for line in shuffled), lines)


@given(LINES, LINES)
def test_any_line_more_less_or_other_is_refused(signed: list[str], written: list[str]) -> None:
    if sorted(signed) == sorted(written):
        check_same("\n".join(signed), written)
    else:
        with pytest.raises(RuleBroken, match="n’est pas ce qui est écrit"):
            check_same("\n".join(signed), written)


def test_the_sentence_says_what_was_signed_and_what_is_written_and_stays_short() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_same("Compteur : 48000 km", ["Compteur : 48500 km"])
    assert "signé « Compteur : 48000 km », et la plateforme a noté « Compteur : 48500 km »" in refused.value.sentence
    with pytest.raises(RuleBroken) as refused:
        check_same("\n".join(f"{n} {'x' * 400}" for n in range(30)), [f"{n} {'y' * 400}" for n in range(30)])
    assert len(refused.value.sentence) <= 600 and "et 28 autres" in refused.value.sentence
