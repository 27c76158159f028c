"""The money pages and their JSON: who reads what, what stands there, what is refused beside its field."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from billing.actions import accounts, charge_runs, ledger
from billing.entries import payment_received
from billing.models import BillingAccount, Tier, TierProof
from billing.tariffs import REFERENCE_TARIFF
from mobility.db import db, platform_scope
from mobility.models import FileLook, Grant
from mobility.rights import Role
from mobility.slots import Slot, gather
from tests.actions.test_billing_accounts import ADVISER, make_account
from tests.browsing import post as send
from tests.house import House, make_beneficiary, make_house

NB = "\u00a0"


@pytest.fixture
def owing(house: House) -> House:
    """Two weeks of car charged, 20 € of 70 paid in cash."""
    with house.writing():
        house.account_id = make_account(house, reference="booking:9", last_on=date(2026, 3, 31))  # type: ignore[attr-defined]
    house.clock.forward(days=14)
    with house.writing():
        charge_runs.post_due_charges(now=house.clock())
        paid = payment_received("P-00001", "cash", 2000, on=date(2026, 3, 16), label="Paiement en espèces")
        ledger.post(paid, now=house.clock(), account_id=account_of(house))
    return house


def account_of(house: House) -> int:
    return int(house.account_id)  # type: ignore[attr-defined]


def test_who_owes_is_counted_beyond_the_lines_shown(owing: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("billing.views.gathered.DESK_MOST", 1)
    with owing.writing():
        make_account(owing, reference="booking:10", last_on=date(2026, 3, 31))
    owing.clock.forward(days=7)
    with owing.writing():
        charge_runs.post_due_charges(now=owing.clock())
    assert "À recevoir (2)" in owing.client(Role.TREASURER).get(owing.page("desk")).text


def test_whoever_owes_pays_from_their_statement(owing: House) -> None:
    page = f"money/accounts/{account_of(owing)}/statement"
    assert owing.page("me/pay") in owing.client(Role.BENEFICIARY).get(owing.page(page)).text.split("<main")[1]
    assert owing.page("me/pay") not in owing.client(Role.TREASURER).get(owing.page(page)).text


PAGES = ["money", "money/accounts", "money/ledger/411", "money/books", "money/tariffs", "money/accounts/{}", "money/accounts/{}/statement"]


@pytest.mark.parametrize("page", PAGES)
def test_the_treasurer_reads_every_money_page(owing: House, page: str) -> None:
    assert owing.client(Role.TREASURER).get(owing.page(page.format(account_of(owing)))).status_code == 200


@pytest.mark.parametrize("page", [*PAGES, "people/1/rights", "money/tariffs/new"])
def test_a_mechanic_and_a_prescriber_read_none(owing: House, page: str) -> None:
    for role in (Role.MECHANIC, Role.PRESCRIBER):
        assert owing.client(role).get(owing.page(page.format(account_of(owing)))).status_code == 403


def test_the_first_money_page_says_what_is_due_and_in_the_drawer(owing: House) -> None:
    page = owing.client(Role.TREASURER).get(owing.page("money")).text
    assert f"50{NB}€" in page
    assert "/money/ledger/530" in page
    assert f"20{NB}€" in page


def test_an_account_says_its_sentence_its_payments_and_what_lies_ahead(owing: House) -> None:
    page = owing.client(Role.ADVISER).get(owing.page(f"money/accounts/{account_of(owing)}")).text
    assert f"50{NB}€ à payer pour 2 périodes" in page
    assert f"Du 2 au 8{NB}mars 2026, voiture à 5{NB}€, 7 jours{NB}: 35{NB}€" in page
    assert "Paiement en espèces" in page
    assert f"Jusqu’au 31{NB}mars 2026{NB}: voiture à 5{NB}€, 16 jours{NB}: 80{NB}€" in page


def test_a_look_at_an_account_leaves_a_trace(owing: House) -> None:
    owing.client(Role.ADVISER).get(owing.page(f"money/accounts/{account_of(owing)}"))
    owing.client(Role.BENEFICIARY).get(owing.page(f"money/accounts/{account_of(owing)}/statement"))
    with owing.reading():
        assert [look.page for look in db.session.scalars(select(FileLook))] == ["money"]


def test_people_read_their_own_statement_only(owing: House) -> None:
    own = owing.client(Role.BENEFICIARY).get(owing.page(f"money/accounts/{account_of(owing)}/statement"))
    assert (own.status_code, "Ce que vous devez et pourquoi" in own.text) == (200, True)
    other = make_house(owing.app, owing.clock, "autre")
    assert other.client(Role.TREASURER).get(other.page(f"money/accounts/{account_of(owing)}")).status_code == 404


def test_the_gathered_pages_show_money(owing: House) -> None:
    assert "Droits et paliers" in owing.client(Role.ADVISER).get(owing.page(f"people/{owing.beneficiary_id}")).text
    assert f"50{NB}€ à payer" in owing.client(Role.BENEFICIARY).get(owing.page("me")).text
    assert "Citadine AB-123-CD" in owing.client(Role.ADVISER).get(owing.page("desk")).text
    with owing.reading():
        lines = {line.key: line.value for line in gather(Slot.REPORT, 2026)}
        assert {line.key: line.value for line in gather(Slot.REPORT, 2025)}["charged_cents"] == 0
    assert (lines["charged_cents"], lines["paid_cents"]) == (7000, 2000)


def post(house: House, role: Role, path: str, **typed: str) -> Any:
    return send(house.client(role), house.page(path), typed)


def test_the_manager_adds_a_tier_and_an_adviser_proves_and_ends_it(owing: House) -> None:
    tier = {"label": "Contrat d’engagement", "from_on": "2026-03-02", "share_numerator": "1", "share_denominator": "2"}
    assert post(owing, Role.MANAGER, "money/tiers", **tier).status_code == 303
    with owing.reading():
        code = db.session.scalars(select(Tier.code)).one()
    rights = f"people/{owing.beneficiary_id}/rights"
    assert post(owing, Role.ADVISER, rights, tier=code, from_on="2026-03-02").status_code == 303
    page = owing.client(Role.ADVISER).get(owing.page(f"money/accounts/{account_of(owing)}")).text
    assert f"14 jours déjà comptés, 35{NB}€ en moins" in page
    with owing.reading():
        proof_id = db.session.scalars(select(TierProof.id)).one()
    past = post(owing, Role.ADVISER, f"money/rights/{proof_id}/end", last_on="2026-03-10", told_on="2026-03-16")
    assert (past.status_code, 'id="f-last_on-error"' in past.text) == (422, True)
    assert post(owing, Role.ADVISER, f"money/rights/{proof_id}/end", last_on="2026-03-20", told_on="2026-03-16").status_code == 303
    assert f"20{NB}mars 2026" in owing.client(Role.ADVISER).get(owing.page(rights)).text


def test_the_same_in_json(owing: House) -> None:
    client, manager, adviser = owing.app.test_client(), owing.bearer(Role.MANAGER), owing.bearer(Role.ADVISER)
    assert client.get(owing.api("money"), headers=manager).json["due_cents"] == 5000
    (line,) = client.get(owing.api("money/accounts?state=due&page=1"), headers=adviser).json["rows"]
    assert (line["id"], line["balance_cents"], line["beneficiary_number"]) == (account_of(owing), 5000, "P-00001")
    account = client.get(owing.api(f"money/accounts/{account_of(owing)}"), headers=owing.bearer(Role.BENEFICIARY)).json
    assert (account["due"]["cents"], account["forecast"]["cents"], len(account["charges"])) == (5000, 8000, 2)
    tariff = client.post(owing.api("money/tariffs"), json={"label": "Voté", "from_on": "2026-04-01", "car": 550}, headers=manager)
    assert (tariff.status_code, tariff.json["day_cents"]) == (201, {"car": 550})
    assert len(client.get(owing.api("money/tariffs"), headers=manager).json) == 1
    tier = client.post(owing.api("money/tiers"), json={"label": "Jeunes", "from_on": "2026-03-02", "car": 100}, headers=manager)
    assert (tier.status_code, tier.json["code"]) == (201, "jeunes")
    assert len(client.get(owing.api("money/tiers"), headers=manager).json) == 1
    rights = owing.api(f"people/{owing.beneficiary_id}/rights")
    proof = client.post(rights, json={"tier": "rsa", "from_on": "2026-03-09"}, headers=adviser)
    assert (proof.status_code, proof.json["tier"]) == (201, "rsa")
    ended = client.post(
        owing.api(f"money/rights/{proof.json['id']}/end"), json={"last_on": "2026-03-20", "told_on": "2026-03-16"}, headers=adviser
    )
    assert ended.json["to_on"] == client.get(rights, headers=adviser).json[0]["to_on"] == "2026-03-20"
    asked = f"people/{owing.beneficiary_id}/quote?kind=car&first_on=2026-03-20&last_on=2026-03-21"
    quoted = client.get(owing.api(asked), headers=adviser).json
    assert quoted["total_cents"] == sum(day["cents"] for day in quoted["days"]) == 500
    assert quoted["sentence"] == "Voiture à 5 € : 1 jour gratuit (RSA) et 1 jour au plein tarif, 2 jours : 5 €"
    told = {"kind": "car", "full_cents": 500, "share": "0/1", "own_price": 0, "holding": "full rsa"}
    rule = {"rule": "domain.md §10.1", "tariff": "Tarif de référence", "tariff_from_on": "2007-01-01"}
    assert quoted["days"][0] == {"day": "2026-03-20", "tier": "rsa", "cents": 0, "why": rule | {"tier": "rsa", "inputs": told}}
    assert account["terms"]["tariff"] == {"label": rule["tariff"], "from_on": "2007-01-01", "day_cents": dict(REFERENCE_TARIFF.day_cents)}
    charged = [day for charge in account["charges"] for day in charge["days"]]
    assert [day["cents"] for day in charged] == [500] * 14 and charged[0]["why"]["inputs"]["full_cents"] == 500


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("money/tariffs", {"label": "x", "from_on": "2026-04-01", "car": 5.5}, "car"),  # float cents
        ("money/tariffs", {"label": "x", "from_on": "2026-04-01", "car": True}, "car"),  # a boolean
        ("money/tariffs", {"label": "x", "from_on": "2026-04-01", "tank": 5}, "tank"),  # not a vehicle
        ("money/tiers", {"label": "x", "from_on": "2026-04-01"}, "share_numerator"),  # neither share nor price
        ("people/{}/rights", {"tier": "gold", "from_on": "2026-04-01"}, "tier"),  # an unknown tier
        ("people/{}/rights", {"tier": "rsa", "from_on": "2026-04-02", "to_on": "2026-04-01"}, "to_on"),  # ends before it begins
    ],
)
def test_wrong_json_is_422_with_its_field(house: House, path: str, body: dict[str, Any], field: str) -> None:
    client = house.app.test_client()
    answer = client.post(house.api(path.format(house.beneficiary_id)), json=body, headers=house.bearer(Role.MANAGER))
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_the_daily_job_posts_the_weeks_of_every_platform(owing: House) -> None:
    job = next(job for job in owing.app.extensions["jobs"] if job.name == "charges")
    owing.clock.forward(days=7)
    for written in (1, 0):
        with owing.app.app_context(), platform_scope(owing.platform_id):
            assert job.act(now=owing.clock()).charges == written


@pytest.fixture
def monthly(house: House) -> House:
    """A scooter booked in the programme, its keys not yet handed over."""
    with house.writing():
        house.account_id = make_account(house, programme="amie", kind="scooter", started_at=None)  # type: ignore[attr-defined]
    return house


TO_A_LOAN = {"first_rent_cents": "0", "second_rent_cents": "46"}
LOAN = {"loan.principal_cents": "5000", "loan.yearly_rate": "5", "loan.months": "24"}


def test_a_schedule_aims_at_a_loan_before_the_keys(monthly: House) -> None:
    path = f"money/accounts/{account_of(monthly)}/schedule"
    assert f"220{NB}€" in monthly.client(Role.ADVISER).get(monthly.page(path)).text
    assert post(monthly, Role.ADVISER, path, **TO_A_LOAN, **LOAN).status_code == 303
    assert f"219,36{NB}€" in monthly.client(Role.ADVISER).get(monthly.page(path)).text
    with monthly.writing():
        accounts.start_account(account_of(monthly), handed_over_at=monthly.clock(), by=ADVISER, now=monthly.clock())
    late = post(monthly, Role.ADVISER, path, **TO_A_LOAN, **LOAN)
    assert (late.status_code, "ne change plus" in late.text) == (409, True)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "target_cents"),  # nowhere to go
        (LOAN | {"target_cents": "220"}, "target_cents"),  # two ways to go
        (LOAN | {"loan.months": "85"}, "loan.months"),  # longer than a microcredit
        (LOAN | {"loan.yearly_rate": "cinq"}, "loan.yearly_rate"),  # words
    ],
    ids=str,
)
def test_a_wrong_schedule_is_said_beside_its_field(monthly: House, typed: dict[str, str], field: str) -> None:
    answer = post(monthly, Role.ADVISER, f"money/accounts/{account_of(monthly)}/schedule", **TO_A_LOAN, **typed)
    assert (answer.status_code, f'id="f-{field}-error"' in answer.text) == (422, True)


def test_a_schedule_in_json(monthly: House) -> None:
    address, client = monthly.api(f"money/accounts/{account_of(monthly)}/schedule"), monthly.app.test_client()
    body = {"first_rent_cents": 1000, "second_rent_cents": 2000, "target_cents": 5000}
    answer = client.post(address, json=body, headers=monthly.bearer(Role.ADVISER))
    assert [month["rent_cents"] for month in answer.json["months"]] == [1000, 2000, 3000, 4000, 5000]


def test_the_schedule_prints(monthly: House, owing: House) -> None:
    client = monthly.client(Role.BENEFICIARY)
    with monthly.reading():
        by_month, by_day = db.session.scalars(select(BillingAccount.id).order_by(BillingAccount.programme))
    answer = client.get(monthly.page(f"money/accounts/{by_month}/schedule.pdf"))
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    assert client.get(monthly.page(f"money/accounts/{by_day}/schedule.pdf")).status_code == 404  # paid by the day


@pytest.mark.parametrize("page", ["money/accounts/{}/statement", "accounts/{}/note.pdf"])
def test_a_mechanic_with_an_own_space_reads_only_their_own_money(owing: House, page: str) -> None:
    """The space opens the page, being of the staff must not open everybody's behind it."""
    with owing.writing():
        other = make_beneficiary(owing.clock, number="P-00900", identity_key="essai|autre")
        db.session.add(other)
        db.session.flush()
        db.session.add(
            Grant(account_id=owing.accounts[Role.MECHANIC], platform_id=owing.platform_id, role=Role.BENEFICIARY, beneficiary_id=other.id)
        )
    assert owing.client(Role.MECHANIC).get(owing.page(page.format(account_of(owing)))).status_code == 404
