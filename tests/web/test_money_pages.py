"""The staff's money pages: take, list, show, give back; deposits; the reconciliation."""

from billing.models import Payment
from mobility.db import db
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.money import deliver, give_keys, make_deposit, make_rental, open_page, pay, return_vehicle


def test_the_page_says_what_is_due_and_why_and_which_means_are_refused(house: House) -> None:
    account_id = make_rental(house)
    page = house.client(Role.ADVISER).get(house.page(f"accounts/{account_id}/pay")).text.replace("\u00a0", " ")
    assert "70 €" in page and "7 jours : 35 €" in page
    assert "ne se paie plus en espèces" in page


def test_from_25_euros_the_note_comes_first(house: House) -> None:
    account_id = make_rental(house)
    client, path = house.client(Role.ADVISER), house.page(f"accounts/{account_id}/pay")
    refused = post(client, path, {"means": "cheque", "cents": "35", "reference": "1234567"})
    assert refused.status_code == 422 and "note détaillée" in refused.text and 'value="1234567"' in refused.text
    taken = post(client, path, {"means": "cheque", "cents": "35", "note_given": "yes"})
    assert taken.status_code == 303
    assert "Reçu n° 1" in client.get(taken.location).text.replace("\u00a0", " ")
    assert client.get(taken.location + ".pdf").data.startswith(b"%PDF")
    assert client.get(house.page(f"accounts/{account_id}/note.pdf")).data.startswith(b"%PDF")


def test_a_double_click_is_one_payment(house: House) -> None:
    account_id = make_rental(house)
    client, path = house.client(Role.ADVISER), house.page(f"accounts/{account_id}/pay")
    sent = {"means": "cheque", "cents": "17,50", "once": "a-page"}
    assert post(client, path, sent).location == post(client, path, sent).location
    with house.reading():
        assert db.session.query(Payment).count() == 1


def test_a_transfer_is_announced_then_seen(house: House) -> None:
    account_id = make_rental(house)
    client = house.client(Role.TREASURER)
    announced = post(client, house.page(f"accounts/{account_id}/pay"), {"means": "transfer", "cents": "20"}).location
    assert "PE-000001-" in client.get(announced).text
    assert "PE-000001-" in client.get(house.page("reconciliation")).text
    assert post(client, announced + "/seen", {"voucher": "VIR ESSAI"}).status_code == 303
    assert "PE-000001-" in client.get(house.page("payments?status=settled&means=transfer")).text
    assert "PE-000001-" not in client.get(house.page("payments?status=failed")).text


def test_a_card_refund_is_sent_once_however_often_it_is_clicked(house: House) -> None:
    give_keys(house)
    payment_id = open_page(house, make_rental(house))
    _settled(house, payment_id)
    client, path = house.client(Role.TREASURER), house.page(f"payments/{payment_id}/refund")
    sent = {"cents": "10", "reason": "Trop perçu", "once": "a-page"}
    assert [post(client, path, sent).status_code for _ in range(2)] == [303, 303]
    assert post(client, path, sent | {"once": "another", "cents": "7,51"}).status_code == 422
    with house.reading():
        assert db.session.get_one(Payment, payment_id).refunded_cents == 1000


def test_a_deposit_goes_through_its_page(house: House) -> None:
    account_id = make_rental(house)
    client = house.client(Role.MANAGER)
    shown = post(client, house.page(f"accounts/{account_id}/deposit"), {"kind": "cash", "due_cents": "300", "instalments": "3"}).location
    assert post(client, shown + "/defer", {"reason": "job_start", "instalments": "2"}).status_code == 303
    refused = post(client, shown + "/receive", {"cents": "300,01"})
    assert refused.status_code == 422 and 'value="300,01"' in refused.text
    assert post(client, shown + "/receive", {"cents": "300"}).status_code == 303
    page = client.get(shown).text
    assert "C-1" in page
    assert client.get(house.page("deposits/receipts/2.pdf")).data.startswith(b"%PDF")
    assert post(client, shown + "/keep", {"cents": "70", "why": "unpaid", "reason": "Loyers impayés"}).status_code == 303
    return_vehicle(house, int(shown.rsplit("/", 1)[-1]))
    assert "230" in client.get(house.page("deposits")).text
    assert "Cautions à rendre" in client.get(house.page("desk")).text
    assert post(client, shown + "/release").status_code == 303


def test_the_json_twins_take_and_show(house: House) -> None:
    account_id = make_rental(house)
    client, headers = house.app.test_client(), house.bearer(Role.ADVISER)
    body = {"means": "cheque", "cents": 3500, "note_given": True}
    made = client.post(house.api(f"accounts/{account_id}/payments"), json=body, headers=headers)
    assert made.status_code == 201 and made.json["receipt_number"] == 1
    receipt = client.get(house.api("receipts/1"), headers=headers).json
    assert receipt["lines"][0]["cents"] == 3500
    asked = client.post(house.api(f"accounts/{account_id}/deposits"), json={"kind": "cash", "due_cents": 30000}, headers=headers)
    path = house.api(f"deposits/{asked.json['id']}")
    assert client.post(path + "/receive", json={"cents": 30000}, headers=headers).json["status"] == "held"
    assert client.post(path + "/receive", json={"cents": 1}, headers=headers).status_code == 422
    assert client.get(house.api("deposits?status=held"), headers=headers).json["rows"][0]["held_cents"] == 30000


def test_the_gathered_pages_show_money(house: House) -> None:
    account_id = make_rental(house)
    make_deposit(house, account_id)
    adviser = house.client(Role.ADVISER)
    post(adviser, house.page(f"accounts/{account_id}/pay"), {"means": "cheque", "cents": "20"})
    assert "Encaisser" in adviser.get(house.page(f"people/{house.beneficiary_id}")).text
    assert "50" in house.client(Role.BENEFICIARY).get(house.page("me")).text
    assert "Reçu" in adviser.get(house.page("search?q=1")).text
    assert "PE-000001" in adviser.get(house.page("search?q=PE-000001")).text


def _settled(house: House, payment_id: int) -> None:
    paid = pay(house, payment_id)
    for delivery in paid.deliveries:
        deliver(house, delivery)
