"""Told beforehand, once: a paper that runs out, which raises no price, and a price that rises, with its day and its new amount."""

from datetime import date, timedelta

from sqlalchemy import select

from billing.actions import charge_runs, tiers
from billing.actions.notices import tell_beforehand
from billing.models import BillingAccount, Charge, TierProof
from billing.notices import find_rise, say_rise
from billing.scales import Scale
from billing.tariffs import Tariff
from billing.tiers import QPV, RSA, TierSpan, price_days
from fleet.actions import point_etape
from mobility.db import db
from mobility.models import Beneficiary, Message
from mobility.periods import days_between
from mobility.rights import Role
from tests.actions.test_billing_accounts import ADVISER, MONDAY, make_account
from tests.house import House
from tests.rental import RentalDesk

SUNDAY = MONDAY + timedelta(days=6)


def test_a_rise_is_the_days_own_never_a_weeks_or_a_least_amounts() -> None:
    scale = Scale(step_cents=(600,), week_cents=2000, least_cents=1500)
    tariff = Tariff(label="x", from_on=MONDAY, day_cents={"car": 500}, scales={"car": scale}, step_days=14)
    held = list(days_between(MONDAY, MONDAY + timedelta(days=20)))
    for spans, on, said in [
        ([], 14, "À partir du 16 mars 2026, votre location coûtera 6 € par jour au lieu de 5 €."),
        ([TierSpan(tier=QPV, from_on=MONDAY)], 14, "3 € par jour au lieu de 2,50 €"),
        (
            [TierSpan(tier=RSA, from_on=MONDAY, to_on=SUNDAY)],
            7,
            "5 € par jour au lieu de 0 € : votre palier « RSA » change après le 8 mars",
        ),
    ]:
        rise = find_rise(price_days("car", tariff, held, spans), after=MONDAY)
        assert rise is not None and rise.on == MONDAY + timedelta(days=on)
        assert said in say_rise(rise)
    assert find_rise(price_days("car", tariff, held[:14]), after=MONDAY) is None


def messages() -> list[tuple[str, str]]:
    return [(row.subject, row.body) for row in db.session.scalars(select(Message).order_by(Message.id))]


def tell(house: House) -> int:
    with house.writing():
        return tell_beforehand(now=house.clock())


def test_a_paper_and_a_rise_are_told_once_and_only_the_end_of_the_right_raises_the_price(house: House) -> None:
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.email, person.contact_by = "camille@example.org", "mail"
        account_id = make_account(house, last_on=MONDAY + timedelta(days=60))
        given = {"tier": "rsa", "from_on": date(2026, 1, 1), "by": ADVISER}
        older = tiers.record_tier_proof(house.beneficiary_id, paper_valid_until=MONDAY - timedelta(days=1), now=house.clock(), **given).id
    assert tell(house) == 0  # it ran out before anybody was told: the desk asks
    assert "périmée" in house.client(Role.ADVISER).get(house.page("desk")).text
    with house.writing():
        runs_out = MONDAY + timedelta(days=16)
        proof = tiers.record_tier_proof(house.beneficiary_id, paper_valid_until=runs_out, now=house.clock(), **given).id
    assert tell(house) == 0  # sixteen days before
    house.clock.forward(days=1)
    assert [tell(house), tell(house)] == [1, 0]
    with house.reading():
        ((subject, body),) = messages()
        assert subject == "Une attestation à renouveler" and "valable jusqu’au 18 mars 2026" in body and "votre prix ne change pas" in body
    assert "Attestations à renouveler" in house.client(Role.ADVISER).get(house.page("desk")).text
    house.clock.forward(days=20)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        assert set(db.session.scalars(select(Charge.cents).filter(Charge.account_id == account_id))) == {0}  # the paper is long out
    last_on = date(2026, 3, 31)
    with house.writing():
        for each in (older, proof):
            tiers.end_tier_right(each, last_on=last_on, told_on=date(2026, 3, 23), by=ADVISER, now=house.clock())
        subject, body = messages()[-1]
        assert subject == "Le prix de votre location change"
        assert "À partir du 1er avril 2026, votre location coûtera 5 € par jour au lieu de 0 €" in body and "31 mars 2026" in body
    assert tell(house) == 0  # known already
    with house.writing():
        tiers.end_tier_right(proof, last_on=date(2026, 4, 20), told_on=date(2026, 3, 23), by=ADVISER, now=house.clock())
    assert tell(house) == 0  # twenty-nine days before
    house.clock.forward(days=14)
    assert [tell(house), tell(house)] == [1, 0]
    with house.reading():
        assert "À partir du 21 avril 2026" in messages()[-1][1]


def told_of(house: House) -> list[date]:
    """The rises that count as told; no paper of theirs does."""
    with house.reading():
        assert set(db.session.scalars(select(TierProof.renewal_told_at))) == {None}
        return [day for day in db.session.scalars(select(BillingAccount.rise_told_on)) if day]


def test_who_is_out_of_reach_is_told_of_a_rise_at_the_point_etape(house: House) -> None:
    desk = RentalDesk(house).out()
    with house.writing():
        person = db.session.get_one(Beneficiary, house.beneficiary_id)
        person.contact_by, person.phone, person.email = "phone", None, None
        given = {"tier": "rsa", "from_on": date(2026, 1, 1), "paper_valid_until": house.clock().date() + timedelta(days=10)}
        proof = tiers.record_tier_proof(person.id, **given, by=desk.by, now=house.clock()).id
        last_on = house.clock().date() + timedelta(days=9)
        tiers.end_tier_right(proof, last_on=last_on, told_on=house.clock().date(), by=desk.by, now=house.clock())
    assert tell(house) == 0 and not told_of(house), "nobody wrote to them: neither the rise nor the paper counts as told"
    page = " ".join(house.client(Role.ADVISER).get(house.page(f"bookings/{desk.booking_id}/point-etape")).text.split())
    assert "coûtera 5 € par jour au lieu de 0 €" in page and "Je l’ai dit à la personne" in page
    desk.on(point_etape.hold_point_etape, mode="pole")
    assert not told_of(house)
    desk.on(point_etape.hold_point_etape, mode="pole", rise_said=True)
    assert told_of(house) == [last_on + timedelta(days=1)]
    assert "Je l’ai dit" not in house.client(Role.ADVISER).get(house.page(f"bookings/{desk.booking_id}/point-etape")).text
