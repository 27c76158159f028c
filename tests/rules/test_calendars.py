from datetime import UTC, datetime

import pytest

from fleet.calendars import OWN, SITE, VEHICLE, check_reader, initials, window_at
from mobility.errors import RuleBroken
from mobility.rights import Role


@pytest.mark.parametrize(
    ("first", "last", "said", "why"),
    [
        ("Léa", "Bonnefoy", "L. B.", "a letter of each"),
        ("élodie", "d’Arcy", "É. D.", "written large, accents kept"),
        ("Jean-Marc", "Le Goff", "J. L.", "one letter a name, however long"),
        ("", "Traoré", "T.", "a name that was never given"),
    ],
)
def test_a_calendar_says_initials(first: str, last: str, said: str, why: str) -> None:
    assert initials(first, last) == said, why


@pytest.mark.parametrize(
    ("what", "role", "reads"),
    [
        (OWN, Role.ADVISER, True),
        (OWN, Role.MANAGER, True),
        (OWN, Role.MECHANIC, False),  # comes to the vehicles, reads nobody's file
        (OWN, Role.TREASURER, False),
        (SITE, Role.MECHANIC, True),
        (VEHICLE, Role.TREASURER, True),  # the planning board's own readers
        (SITE, Role.PRESCRIBER, False),
        (VEHICLE, Role.BENEFICIARY, False),
    ],
)
def test_whose_calendar_who_reads(what: str, role: Role, reads: bool) -> None:
    if reads:
        return check_reader(what, {role})
    with pytest.raises(RuleBroken) as refused:
        check_reader(what, {role})
    assert refused.value.field == "what"


def test_a_calendar_shows_the_past_month_and_the_coming_six() -> None:
    window = window_at(datetime(2026, 3, 2, 8, tzinfo=UTC))
    assert (window.starts_at, window.ends_at) == (datetime(2026, 1, 31, 8, tzinfo=UTC), datetime(2026, 9, 1, 8, tzinfo=UTC))
