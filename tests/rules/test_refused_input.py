"""What the head of a refused form says: one answer is one, several are several."""

import pytest

from mobility.errors import InputRefused


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("cents",), "Une réponse est à revoir."),
        (("cents", "means"), "Certaines réponses sont à revoir."),
    ],
)
def test_a_refusal_counts_its_answers(fields: tuple[str, ...], said: str) -> None:
    assert InputRefused(dict.fromkeys(fields, "Cette réponse est nécessaire.")).sentence == said
