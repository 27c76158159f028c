from datetime import date
from typing import Any

import pytest

from fleet.papers import Paper, look_for

ON = date(2026, 3, 2)


def make_paper(code: str, **changes: Any) -> Paper:
    return Paper(**{"code": code, "seen_on": date(2026, 2, 20), **changes})


@pytest.mark.parametrize(
    ("code", "papers", "good", "reason"),
    [
        ("identity", [], False, "never shown"),
        ("identity", [make_paper("identity")], True, "seen, no end noted"),
        ("identity", [make_paper("identity", valid_until_on=ON)], True, "valid on its last day"),
        ("identity", [make_paper("identity", valid_until_on=date(2026, 3, 1))], False, "ended the day before"),
        ("identity", [make_paper("licence")], False, "another paper proves nothing"),
        ("home", [make_paper("home", dated_on=date(2025, 9, 3))], True, "a day under six months"),
        ("home", [make_paper("home", dated_on=date(2025, 9, 2))], False, "six months to the day is not under six"),
        ("home", [make_paper("home")], False, "its date was not noted"),
        ("rsa", [make_paper("rsa", dated_on=date(2025, 12, 3))], True, "under three months"),
        ("rsa", [make_paper("rsa", dated_on=date(2025, 12, 2))], False, "three months"),
        ("driving_rights", [make_paper("driving_rights", dated_on=date(2025, 11, 3))], True, "under four months"),
        (
            "home",
            [make_paper("home", dated_on=date(2025, 1, 1)), make_paper("home", dated_on=date(2026, 2, 1))],
            True,
            "one good one is enough",
        ),
    ],
)
def test_a_paper_is_seen_and_in_date(code: str, papers: list[Paper], good: bool, reason: str) -> None:
    assert look_for(code, papers, ON).good is good, reason


@pytest.mark.parametrize(
    ("code", "papers", "sentence"),
    [
        ("home", [], "À voir : le justificatif de domicile, de moins de 6 mois."),
        ("identity", [make_paper("identity")], "Vu le 20 février 2026."),
        (
            "rsa",
            [make_paper("rsa", dated_on=date(2025, 11, 1))],
            "L’attestation RSA du 1er novembre 2025 aura 3 mois ou plus. Demandez-en un exemplaire plus récent.",
        ),
    ],
)
def test_the_sentence_says_what_to_ask_for(code: str, papers: list[Paper], sentence: str) -> None:
    assert look_for(code, papers, ON).sentence == sentence
