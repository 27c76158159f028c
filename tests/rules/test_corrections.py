"""Until when a correction is answered, and what an answer needs."""

from datetime import date

import pytest

from mobility.corrections import DONE, REFUSED, SUBJECTS, answer_due_on, check_answer, say_answer
from mobility.errors import RuleBroken


@pytest.mark.parametrize(
    ("asked", "due"),
    [(date(2026, 3, 2), date(2026, 4, 2)), (date(2026, 1, 31), date(2026, 2, 28)), (date(2026, 12, 15), date(2027, 1, 15))],
)
def test_an_answer_is_due_in_a_month(asked: date, due: date) -> None:
    assert answer_due_on(asked) == due


def test_a_refusal_says_why_and_where_to_turn() -> None:
    with pytest.raises(RuleBroken) as refused:
        check_answer("job", REFUSED, None)
    assert refused.value.field == "reason"
    check_answer("job", REFUSED, "Le contrat est signé.")
    check_answer("job", DONE, None)
    with pytest.raises(RuleBroken, match="Effacer le dossier") as refused:
        check_answer("erasure", DONE, None)
    assert refused.value.field == "outcome"
    for subject, name in SUBJECTS.items():
        assert name in say_answer(subject, DONE, None) and "CNIL" not in say_answer(subject, DONE, None)
        assert "Le contrat est signé." in say_answer(subject, REFUSED, "Le contrat est signé.") and "CNIL" in say_answer(
            subject, REFUSED, "x"
        )
