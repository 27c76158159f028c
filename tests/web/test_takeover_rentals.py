"""What a running rental brings from a spreadsheet: its programme’s month, a dated right, the last point-étape, a deposit by card."""

from datetime import date

import pytest
from sqlalchemy import select

from billing.actions.charge_runs import post_due_charges
from billing.models import BillingAccount, Charge, Deposit, TierProof
from billing.queries import balance_cents
from billing.queries.statement import forecast
from fleet.actions import bookings, changes
from fleet.actions.vehicles import change_vehicle
from fleet.availability import INSURANCE
from fleet.models import Booking, PointEtape, Vehicle
from mobility.db import db
from mobility.errors import RuleBroken
from mobility.models import Beneficiary
from mobility.periods import instant_of, paris_day
from mobility.rights import Role
from tests.garage import at, clear_person
from tests.house import House
from tests.invariants import check_all
from tests.web.test_takeovers import Wizard, csv, plain
from tests.web.test_unknown_papers import say

HEADING = "Immat;Type;Emprunteur;Début;Fin prévue;Programme;Dernier point;RSA depuis;Fin RSA;Attestation RSA;Caution;Type caution;Reste dû"
LINES = (
    "EE-1-AA;voiture;MARTEL Ysoline;10/12/2025;;AMIE;27/02/2026;;;;300;CB;104",
    "EE-2-AA;voiture;SOREL Adama;16/02/2026;16/04/2026;à la journée;01/01/2026;01/02/2026;30/06/2026;05/02/2026;;;",
    "EE-3-AA;voiture;VRAI Lou;16/02/2026;16/04/2026;troc;;oui;;;;;",
    "EE-4-AA;voiture;VITE Tom;01/09/2025;;amie;;;;;;;",
    "EE-5-AA;voiture;PRET Ana;16/02/2026;16/04/2026;;;01/03/2026;01/02/2026;;;;",
    "EE-6-AA;voiture;BIS Zoe;10/12/2025;10/07/2026;AMIE;;non;;;;;",
    "EE-7-AA;voiture;SEUL Eve;;;;;oui;;;;;",
)
SAID = (
    "location à reprendre, AMIE mois 3",
    "programme AMIE, mois 3 sur 5 : dû en entier à sa fin",
    "caution par carte : tenue ici, mais elle se rembourse là où elle a été prise",
    "le 1er janvier 2026 n’est pas dans la location",
    "« troc » n’est pas un programme connu : reprise à la journée",
    "droit au RSA sans date de début : noté depuis la remise des clés, le 16 février 2026",
    "le programme AMIE a fini le 31 janvier 2026",
    "la fin du droit au RSA vient avant son début",
    "le programme AMIE finit le 9 mai 2026 : retour noté ce jour-là",
    "droit au RSA non repris : il y faut une location en cours",
)


def rental_of(first_name: str) -> Booking:
    mine = select(Booking).join(Beneficiary, Beneficiary.id == Booking.beneficiary_id)
    return db.session.scalars(mine.filter(Beneficiary.first_name == first_name)).one()


def test_a_running_rental_brings_its_month_its_right_its_rhythm_and_its_card(house: House) -> None:
    wizard = Wizard(house)
    text, address = wizard.preview(csv(*LINES, heading=HEADING))
    for words in SAID:
        assert words in text, (words, text[text.find("<table") : text.find("</table")])
    assert wizard.act(address, "take") == 303
    with house.reading():
        amie = rental_of("Ysoline")
        account = db.session.get_one(BillingAccount, amie.account_id)
        assert (amie.programme, amie.cap_applies, paris_day(amie.ends_at)) == ("amie", False, date(2026, 5, 9))
        assert account.started_at == instant_of(date(2025, 12, 10)), "its months count from the keys"
        charges = db.session.scalars(select(Charge).filter(Charge.account_id == account.id).order_by(Charge.id)).all()
        assert [(c.key, c.cents) for c in charges] == [("month-1", 0), ("month-2", 0), ("opening", 10_400)]
        assert charges[0].sentence == "Mois 1, du 10 décembre 2025 au 9 janvier 2026 : compté avant la reprise"
        ahead = forecast(account)
        assert ahead is not None and ahead.cents == 10_400 + 16_200 + 22_000
        met = db.session.scalars(select(PointEtape).filter(PointEtape.booking_id == amie.id)).one()
        assert paris_day(met.planned_at) == date(2026, 3, 6), "a week after the last one"
        deposit = db.session.scalars(select(Deposit)).one()
        assert (deposit.kind, deposit.held_cents, deposit.status) == ("card_elsewhere", 30_000, "held")
        rights = db.session.scalars(select(TierProof).order_by(TierProof.from_on)).all()
        assert [(r.from_on, r.to_on, r.paper_issued_on) for r in rights] == [
            (date(2026, 2, 1), date(2026, 6, 30), date(2026, 2, 5)),
            (date(2026, 2, 16), None, None),
        ]
        assert "RSA" in rental_of("Adama").price_sentence
        deposit_id, free_account = deposit.id, rental_of("Adama").account_id
    page = plain(house.client(Role.TREASURER).get(house.page(f"deposits/{deposit_id}")).text)
    assert "Point-Étape ne peut pas la rembourser" in page
    check_all(house, {})
    house.clock.forward(days=9)
    with house.writing():
        post_due_charges(now=house.clock())
        assert balance_cents(account.id) == 10_400 + 10_400, "the month that ran is due at its end, beside what was owed"
        assert free_account is not None and balance_cents(free_account) == 0


def test_what_it_brought_is_taken_back(house: House) -> None:
    wizard = Wizard(house)
    _, address = wizard.preview(csv(*LINES[:2], heading=HEADING))
    assert wizard.act(address, "take") == 303 and wizard.act(address, "undo") == 303
    with house.reading():
        assert not db.session.scalars(select(TierProof)).all() and not db.session.scalars(select(Charge)).all()
        assert not db.session.scalars(select(Booking)).all()
    check_all(house, {})


def test_cars_of_unknown_insurance_are_taken_over_their_rentals_go_on_and_nobody_else_is_offered_them(house: House) -> None:
    say(house, **{INSURANCE: False})  # as a platform has it that has said nothing
    wizard = Wizard(house)
    _, address = wizard.preview(csv(LINES[1], "EE-8-AA;voiture;;;;;;;;;;;", heading=HEADING))
    assert wizard.act(address, "take") == 303
    with house.writing():
        adama = db.session.scalars(select(Beneficiary).filter_by(first_name="Adama")).one()
        adama.birth_on = date(1991, 4, 12)  # nobody's licence is judged without it
        for id_ in (house.beneficiary_id, adama.id):
            clear_person(house, id_)
        running, by = rental_of("Adama").id, {"by": house.viewer(Role.MANAGER), "now": house.clock()}
        assert changes.extend(running, ends_at=at(18, month=4), **by).ends_at == at(18, month=4)
        spare = db.session.scalars(select(Vehicle).filter_by(plate="EE-8-AA")).one().id

    def offered() -> list[int]:
        asked = {"kind": "car", "starts_at": at(3).isoformat(), "ends_at": at(9).isoformat(), "beneficiary_id": house.beneficiary_id}
        answer = house.client(None).get(house.api("free-vehicles"), query_string=asked, headers=house.bearer(Role.ADVISER))
        return [one["vehicle_id"] for one in answer.get_json() if one["fits"]]

    assert offered() == []
    with house.writing(), pytest.raises(RuleBroken, match="assurance inconnue"):
        bookings.book(house.beneficiary_id, spare, starts_at=at(3), ends_at=at(9), **by)
    with house.writing():
        change_vehicle(spare, insured_until=date(2027, 1, 1), **by)
    assert offered() == [spare]
