"""What is owed and why, what lies ahead: the sentences people read."""

from datetime import UTC, date, datetime, time

import pytest

from billing.allocation import Owed
from billing.owing import days_ahead, months_ahead, owing, say_charge
from billing.reckoning import Stay, held_months
from billing.schedule import AMIE_2008
from billing.tariffs import REFERENCE_TARIFF
from billing.terms import Terms, freeze, thaw

WEEK = Owed(label="Voiture à 5 €, 7 jours : 35 €", cents=3500)
CREDIT = Owed(label="Droit RSA : 2 jours déjà comptés, 10 € en moins", cents=-1000)
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

OWINGS = [
    ([], 0, 0, "Rien à payer pour le moment.", "nothing charged yet"),
    ([WEEK], 3500, 0, "Tout est réglé : rien à payer aujourd’hui.", "paid to the cent"),
    ([WEEK], 4000, 0, "Tout est réglé, avec 5 € d’avance.", "paid ahead"),
    ([WEEK], 0, 3500, "35 € à payer. Voiture à 5 €, 7 jours : 35 €.", "one week"),
    ([WEEK], 1000, 2500, "Il reste 25 € à payer sur : voiture à 5 €, 7 jours : 35 €.", "a part paid"),
    ([WEEK, CREDIT], 0, 2500, "Il reste 25 € à payer sur : voiture à 5 €, 7 jours : 35 €.", "a credit counts as paid"),
    ([WEEK, WEEK], 0, 7000, "70 € à payer pour 2 périodes. La dernière : voiture à 5 €, 7 jours : 35 €.", "two weeks"),
]


@pytest.mark.parametrize(("charges", "paid", "cents", "sentence", "why"), OWINGS, ids=[case[4] for case in OWINGS])
def test_what_is_owed_and_why(charges: list[Owed], paid: int, cents: int, sentence: str, why: str) -> None:
    found = owing(charges, paid_cents=paid)
    assert (found.cents, found.sentence) == (cents, sentence), why
    assert sum(part.cents for part in found.parts) == cents


def make_stay(**more: object) -> Stay:
    terms = Terms(tariff=REFERENCE_TARIFF, return_hour=time(12), programme=AMIE_2008 if more.pop("amie", False) else None)
    return Stay(kind="car", terms=thaw(freeze(terms)), handed_over_at=MONDAY, **more)


def test_days_ahead_leave_out_what_was_charged() -> None:
    found = days_ahead(make_stay(), [], charged={date(2026, 3, 2), date(2026, 3, 3)}, last_on=date(2026, 3, 8))
    assert (found.cents, found.sentence) == (2500, "Jusqu’au 8 mars 2026 : voiture à 5 €, 5 jours : 25 €")


def test_months_ahead_say_each_rent() -> None:
    found = months_ahead(held_months(make_stay(amie=True))[3:])
    assert (found.cents, found.sentence) == (38200, "Encore 2 mois, jusqu’au 1er août 2026 : 162 € et 220 €")
    assert months_ahead([]).cents == 0


def test_idle_days_lower_their_month_only() -> None:
    idle = frozenset({date(2026, 4, 2), date(2026, 4, 3), date(2026, 9, 1)})  # two of the thirty days of month 2; one after the end
    assert [month.rent_cents for month in held_months(make_stay(amie=True, idle=idle))] == [0, 4293, 10400, 16200, 22000]


@pytest.mark.parametrize(
    ("key", "last_on", "said"),
    [
        ("2026-W10", date(2026, 3, 8), "Du 2 au 8 mars 2026, voiture à 5 €"),
        ("2026-W10", date(2026, 3, 2), "Le 2 mars 2026, voiture à 5 €"),
        ("2026-W14", date(2026, 4, 5), "Du 2 mars 2026 au 5 avril 2026, voiture à 5 €"),
        ("month-1", date(2026, 4, 1), "Voiture à 5 €"),  # its sentence names its days
    ],
)
def test_a_charge_names_its_days(key: str, last_on: date, said: str) -> None:
    assert say_charge(key, date(2026, 3, 2), last_on, "Voiture à 5 €") == said
