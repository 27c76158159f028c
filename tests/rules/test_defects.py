"""A defect told: what the person reads of it."""

import pytest

from fleet.defects import NEW, NONE, NOTICE, OUT, STATE_NAMES, STATE_TONES, VERDICTS, say_state


@pytest.mark.parametrize(
    ("state", "answer", "words"),
    [
        (NEW, None, "l’atelier le regarde"),
        (NOTICE, "Plaquettes mardi.", "vous pouvez rouler. Plaquettes mardi."),  # warned only: they go on
        (OUT, None, "Ne roulez plus"),  # never understated
        (NONE, None, "ce n’est pas un défaut"),
    ],
)
def test_the_person_reads_what_became_of_it(state: str, answer: str | None, words: str) -> None:
    assert words in say_state(state, answer)
    assert state in STATE_NAMES and state in STATE_TONES and (state in VERDICTS or state == NEW)
