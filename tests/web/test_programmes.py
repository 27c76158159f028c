"""The programme's page and its JSON: a version from a day on, followed by what is booked then, and by nothing that stands."""

from datetime import date, timedelta

from flask.testing import FlaskClient

from billing.models import BillingAccount
from billing.schemas.programmes import ProgrammeSchema
from mobility.db import db
from mobility.periods import paris_day
from mobility.rights import Role
from tests.actions.test_billing_accounts import make_account
from tests.browsing import post
from tests.house import House

TYPED = {
    "label": "Court",
    "months": "3",
    "first_rent_1_cents": "0",
    "ceiling_1_cents": "900",
    "first_rent_2_cents": "15",
    "second_rent_cents": "40",
    "loan.principal_cents": "5000",
    "loan.yearly_rate": "5",
    "loan.months": "24",
    "rounding": "euro",
    "covers_1": ["rental", "fuel"],
    "covers_2": "insurance",
}


def frozen(house: House, reference: str) -> dict[str, object]:
    """What an account of the programme opened now would keep."""
    with house.writing():
        account = db.session.get_one(BillingAccount, make_account(house, programme="amie", reference=reference))
        return dict(account.terms)


def test_a_version_holds_from_its_day_on_and_never_behind(house: House, client: FlaskClient) -> None:
    before = frozen(house, "booking:1")
    assert before["programme"]["target_cents"] == 22_000
    manager, today = house.client(Role.MANAGER), paris_day(house.clock())
    assert 'value="220"' in manager.get(house.page("money/programmes/new?preset=amie-2008")).text
    late = post(manager, house.page("money/programmes"), TYPED | {"from_on": str(today - timedelta(days=1))})
    assert late.status_code == 422 and "le passé reste" in late.text and 'value="900"' in late.text
    done = post(manager, house.page("money/programmes"), TYPED | {"from_on": str(today)})
    assert done.status_code == 303, done.text
    page = manager.get(done.location).text
    assert "Court" in page and "jusqu’à" in page and "219" in page
    after = frozen(house, "booking:2")
    programme = after["programme"]
    assert (programme["months"], programme["rounding_cents"], programme["covers"]) == (3, 100, [["rental", "fuel"], ["insurance"], []])
    assert after["loan"] == {"principal_cents": 500_000, "yearly_rate": "0.05", "months": 24}
    with house.reading():
        assert db.session.query(BillingAccount.terms).filter_by(reference="booking:1").scalar() == before
    assert post(manager, house.page("money/programmes"), TYPED | {"from_on": str(today)}).status_code == 409, "it serves already"
    by_json(house, client, today)


def by_json(house: House, client: FlaskClient, today: date) -> None:
    """The same by the API; a version for a day to come is given again while nothing was priced by it."""
    headers = house.bearer(Role.MANAGER)
    asked = {"label": "Plus tard", "from_on": str(today + timedelta(days=60)), "months": 5, "first_rent_1_cents": 0, "second_rent_cents": 1}
    assert set(asked) < set(ProgrammeSchema().fields)
    for target in (100, 200):
        assert client.post(house.api("money/programmes"), json=asked | {"target_cents": target}, headers=headers).status_code == 201
    told = client.get(house.api("money/programmes"), headers=headers).json
    assert [(each["label"], each["target_cents"]) for each in told] == [("Plus tard", 200), ("Court", 21_936), ("AMIE 2008", 22_000)]
    assert client.post(house.api("money/programmes"), json=asked | {"months": 6, "target_cents": 2}, headers=headers).status_code == 422
