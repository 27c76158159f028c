"""Ready to buy: payments read from the books, a budget kept and erased, a loan beside the rent, on the page and by JSON."""

from billing.models import Budget
from mobility.db import db
from mobility.models import AuditEntry
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import make_rental

TYPED = {"wages": "1 380", "benefits": "215,50", "home": "610", "living": "420"}
LOAN = {"principal_cents": "5 000", "yearly_rate": "5", "months": "24"}


def test_payments_a_budget_and_a_loan_beside_the_rent(house: House) -> None:
    account_id = make_rental(house)
    client, path = house.client(Role.ADVISER), house.page(f"money/accounts/{account_id}/ready-to-buy")
    first = client.get(path).text.replace("\u00a0", " ")
    assert "Sur 2 échéances" in first and "Mensualité par mensualité" not in first
    assert post(client, path, TYPED).status_code == 303
    told = client.get(path, query_string=LOAN).text.replace("\u00a0", " ")
    for said in (
        "219,36 € par mois",
        "votre location revient à 150 € par mois",
        "69,36 € de plus par mois",
        "Il reste 565,50 € par mois",
        "il resterait 346,14 € par mois",
    ):
        assert said in told
    api, tokens = house.api(f"money/accounts/{account_id}/ready-to-buy"), house.app.test_client()
    mine = tokens.get(api, headers=house.bearer(Role.BENEFICIARY)).json
    assert (mine["budget"]["left_cents"], mine["repayment"], mine["rent_cents"]) == (56_550, None, 15_000)
    assert [line["cents"] for line in mine["record"]["lines"]] == [3500, 3500]
    loan = {"principal_cents": 500_000, "yearly_rate": 0.05, "months": 24}
    staff = house.bearer(Role.ADVISER)
    beside = tokens.post(f"{api}/loan", json=loan, headers=staff).json
    assert (beside["repayment"]["instalment_cents"], len(beside["repayment"]["instalments"])) == (21_936, 24)
    assert tokens.post(f"{api}/budget", json={"wages": 140_000}, headers=staff).json["budget"]["lines"] == {"wages": 140_000}
    with house.reading():
        assert db.session.query(Budget).count() == 1, "the next one takes its place"
    assert tokens.post(f"{api}/budget/erase", headers=staff).status_code == 204
    assert post(client, f"{path}/erase").status_code == 404
    with house.reading():
        assert db.session.query(Budget).count() == 0
        verbs = [row.verb for row in db.session.query(AuditEntry).filter(AuditEntry.table_name == "budget").order_by(AuditEntry.id)]
    assert verbs == ["keep_budget", "keep_budget", "erase_budget"]


def test_what_is_refused_is_said_beside_its_field(house: House) -> None:
    path = house.page(f"money/accounts/{make_rental(house)}/ready-to-buy")
    client = house.client(Role.MANAGER)
    too_much = client.get(path, query_string=LOAN | {"principal_cents": "8000,01", "months": "1e1"})
    assert too_much.status_code == 422
    assert 'id="loan-principal_cents-error"' in too_much.text and 'id="loan-months-error"' in too_much.text
    refused = post(client, path, {"home": "610"})
    assert refused.status_code == 422 and 'id="f-wages-error"' in refused.text and 'value="610"' in refused.text
    with house.reading():
        assert db.session.query(Budget).count() == 0
