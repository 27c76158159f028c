"""Payouts on the pages: the bank's statement finds them, a figure of the treasurer opens its entries, a dispute lost is decided there."""

from io import BytesIO

import pytest
from sqlalchemy import select

from billing.models import BankLine, CardDispute, GatewayPayout
from mobility.db import db
from mobility.periods import paris_day
from mobility.rights import Role
from tests.browsing import post
from tests.gateway_balance import answered, balances, contested, dispute_ids, night, paid_card
from tests.house import House
from tests.money import give_keys


@pytest.fixture
def sent(house: House) -> House:
    """A payout of 16,99 € that the bank is to show today."""
    give_keys(house)
    paid_card(house)
    house.clock.forward(days=3)
    night(house)
    house.clock.forward(days=2)
    night(house)
    return house


def statement(house: House, euros: str) -> str:
    """What the bank's page proposes of a credit of the gateway."""
    treasurer, on = house.client(Role.TREASURER), paris_day(house.clock())
    file = f"Date;Libellé;Crédit\n{on:%d/%m/%Y};VIR STRIPE TECHNOLOGY EUROPE;{euros}\n"
    path = house.page("money/bank")
    post(treasurer, path, {"file": (BytesIO(file.encode()), "releve.csv")}, content_type="multipart/form-data")
    return treasurer.get(path).text


def record(house: House) -> None:
    with house.reading():
        line, payout = db.session.scalars(select(BankLine.id)).one(), db.session.scalars(select(GatewayPayout.id)).one()
    sent = post(house.client(Role.TREASURER), house.page("money/bank/record"), {"accepted": f"{line}=payout-{payout}"})
    assert sent.status_code == 303


def test_the_bank_s_credit_of_a_payout_finds_it_and_is_ticked(sent: House) -> None:
    page = statement(sent, "16,99")
    assert "Versement du prestataire de cartes" in page and "Exactement son montant" in page and "checked" in page
    record(sent)
    assert balances(sent, "581", "512") == (0, 1699)
    lines = sent.client(Role.TREASURER).get(sent.page("money/bank/lines")).text
    assert "Versement du prestataire de cartes" in lines and "money/payouts" in lines
    with sent.reading():
        assert db.session.scalars(select(BankLine.state)).one() == "recorded"


def test_a_credit_short_of_its_payout_is_a_difference_whose_act_enters_the_bank_s_fee(sent: House) -> None:
    assert "16,99\u202f€ étaient attendus" in statement(sent, "15,99").replace("\u00a0", "\u202f")
    record(sent)
    assert balances(sent, "581", "512") == (100, 1599)
    sent.clock.forward(hours=3)
    treasurer = sent.client(Role.TREASURER)
    post(treasurer, sent.page("reconciliation/differences"))
    page = treasurer.get(sent.page("reconciliation/differences")).text
    assert "Versement arrivé incomplet à la banque" in page
    mend = page.split("/mend")[0].rpartition("/")[2]
    assert post(treasurer, sent.page(f"reconciliation/differences/{mend}/mend")).status_code == 303
    assert balances(sent, "581", "512", "627") == (0, 1599, 51 + 100)


def test_a_payout_is_said_to_be_there_by_hand_once(sent: House) -> None:
    treasurer = sent.client(Role.TREASURER)
    with sent.reading():
        payout_id = db.session.scalars(select(GatewayPayout.id)).one()
    path, day = sent.page(f"money/payouts/{payout_id}/banked"), paris_day(sent.clock())
    assert post(treasurer, path, {"banked_on": "2020-01-01"}).status_code == 422
    assert post(treasurer, path, {"banked_on": f"{day:%Y-%m-%d}"}).status_code == 303
    assert post(treasurer, path, {"banked_on": f"{day:%Y-%m-%d}"}).status_code == 409
    assert balances(sent, "581", "512") == (0, 1699)


def test_each_figure_of_the_treasurer_opens_its_entries(sent: House) -> None:
    treasurer = sent.client(Role.TREASURER)
    page = treasurer.get(sent.page("money")).text
    for code in ("5115", "581", "627", "4161"):
        assert f"money/ledger/{code}" in page
    assert "Frais du prestataire de cartes" in treasurer.get(sent.page("money/ledger/627")).text


def test_a_dispute_lost_is_decided_on_its_page(sent: House) -> None:
    payment_id = paid_card(sent, number=2)
    reference = contested(sent, payment_id)
    night(sent)
    treasurer = sent.client(Role.TREASURER)
    (dispute_id,) = dispute_ids(sent)
    path = sent.page(f"money/disputes/{dispute_id}")
    assert "aucun rappel ne part" in treasurer.get(path).text
    assert f"money/disputes/{dispute_id}" in treasurer.get(sent.page(f"payments/{payment_id}")).text
    answered(sent, payment_id, reference, is_won=False)
    assert post(treasurer, sent.page("money/payouts")).status_code == 303
    assert "Que devient cette somme" in treasurer.get(path).text
    assert post(treasurer, path, {"decision": "again"}).status_code == 303
    assert "due de nouveau" in treasurer.get(path).text
    with sent.reading():
        assert db.session.scalars(select(CardDispute.decided)).one() == "again"
