"""A microcredit's file, from the lines a person lets in to the lasting solution: the page, its paper, and JSON."""

import re
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from billing.documents.note import note_pdf
from fleet.actions.point_etape import hold_point_etape
from fleet.models import Microcredit
from mobility.models import AuditEntry
from mobility.rights import Role
from tests.browsing import picture, post
from tests.house import House
from tests.ports.make_papers import make_note
from tests.ports.read_pdf import accessibility_part, root, tags, words
from tests.rental import RentalDesk

TYPED = {
    "principal_cents": "4 500",
    "yearly_rate": "4",
    "months": "36",
    "vehicle": "Clio de 2016",
    "seller": "Garage solidaire",
    "price_cents": "4 700",
    "lines": ["jobs", "point_etapes", "quote"],
    "agreed": "yes",
}
ASKED = TYPED | {"principal_cents": 450_000, "yearly_rate": 0.04, "months": 36, "price_cents": 470_000, "agreed": True}


@pytest.fixture
def desk(house: House) -> RentalDesk:
    """A car out, and one point-étape held."""
    desk = RentalDesk(house).out()
    desk.on(hold_point_etape, mode="pole", odometer_km=48_100, job_state="working", next_step="microcredit")
    return desk


def paper_words(client: Any, house: House, row: Microcredit) -> str:
    return words(client.get(house.page(f"microcredits/{row.id}.pdf")).data)


def test_from_the_lines_chosen_to_the_solution_proposed(house: House, desk: RentalDesk) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/microcredit")
    first = client.get(path).text
    assert " checked" not in first, "all off until the person chooses"
    ids = re.findall(r' id="([^"]+)"', first)
    assert len(ids) == len(set(ids)), "each box has its own label"
    refused = post(client, path, TYPED | {"lines": [], "agreed": ""})
    assert refused.status_code == 422 and 'value="Garage solidaire"' in refused.text
    assert post(client, path, TYPED).status_code == 303
    (row,) = desk.rows(Microcredit)
    told = paper_words(client, house, row)
    for said in ("4 500 € sur 36 mois à 4 %", "CDD de 6 mois ou plus", "Points-étapes tenus 1", "Clio de 2016", "4 700 €"):
        assert said in told, said
    for unchosen in ("Date de naissance", "Contrat", "Loyer", "Échéance", "Budget"):
        assert unchosen not in told, unchosen
    assert post(client, path, TYPED | {"lines": ["quote"]}).status_code == 303, "she may change her mind until it is sent"
    assert "CDD" not in paper_words(client, house, desk.rows(Microcredit)[0])
    day = house.clock().date().isoformat()
    assert post(client, f"{path}/paid", {"on": day}).status_code == 409, "nothing was sent yet"
    assert post(client, f"{path}/send", {"lender": "Crédit municipal", "on": day}).status_code == 303
    sent = paper_words(client, house, row)
    assert post(client, path, TYPED).status_code == 409, "what was sent does not change"
    assert post(client, f"{path}/answer", {"accepted": "no", "on": day}).status_code == 422, "a refusal has its reason"
    assert post(client, f"{path}/answer", {"accepted": "yes", "on": day}).status_code == 303
    assert post(client, f"{path}/paid", {"on": day}).status_code == 303
    desk.later(days=3)
    desk.take_back(48_300)
    outcome = client.get(house.page(f"bookings/{desk.booking_id}/outcome")).text
    assert 'value="own_car" checked' in outcome and row.number in outcome
    mine = house.client(Role.BENEFICIARY)
    assert paper_words(mine, house, row) == sent, "to its person, as it was sent"
    assert row.number in mine.get(house.page("me")).text
    verbs = [entry.verb for entry in desk.rows(AuditEntry) if entry.table_name == "microcredit"]
    assert verbs == ["prepare", "prepare", "send", "accept", "pay_out"]


def test_the_api_refuses_keeps_the_reason_and_begins_another(house: House, desk: RentalDesk) -> None:
    tokens, headers, api = house.app.test_client(), house.bearer(Role.ADVISER), house.api(f"bookings/{desk.booking_id}/microcredit")

    def act(path: str, asked: dict[str, Any] | None = None) -> Any:
        return tokens.post(f"{api}{path}", json=asked or {}, headers=headers)

    day = house.clock().date().isoformat()
    made = act("", ASKED)
    assert (made.status_code, made.json["lines"], made.json["status"]) == (201, ["jobs", "quote", "point_etapes"], "prepared"), made.text
    assert act("/send", {"lender": "ADIE", "on": "2026-01-01"}).status_code == 422, "before it was prepared"
    assert act("/send", {"lender": "ADIE", "on": day}).json["status"] == "sent"
    refused = act("/answer", {"accepted": False, "on": day, "reason": "budget"})
    assert (refused.json["status"], refused.json["refused_reason"]) == ("refused", "budget")
    assert act("/drop").status_code == 404, "nothing is awaited any more"
    assert act("", ASKED | {"lines": ["rent"]}).json["number"] != made.json["number"]
    assert act("/drop").json["status"] == "dropped"
    mine = house.bearer(Role.BENEFICIARY)
    assert [each["status"] for each in tokens.get(f"{api}s", headers=mine).json] == ["dropped", "refused"]
    assert tokens.get(house.api(f"microcredits/{made.json['id']}/pdf"), headers=mine).data.startswith(b"%PDF")


def test_the_quote_travels_within_the_file_where_its_line_is_chosen(house: House, desk: RentalDesk) -> None:
    client, path = house.client(Role.ADVISER), house.page(f"bookings/{desk.booking_id}/microcredit")
    refused = post(client, path, TYPED | {"quote": (BytesIO(b"4 700 euros, merci"), "devis.pdf")})
    assert refused.status_code == 422 and 'id="f-quote-error"' in refused.text and not desk.rows(Microcredit), "no picture, no PDF"
    assert post(client, path, TYPED | {"lines": ["jobs"], "quote": picture("devis.jpg")}).status_code == 303
    (row,) = desk.rows(Microcredit)
    here = house.page(f"microcredits/{row.id}.pdf")
    assert not PdfReader(BytesIO(client.get(here).data)).attachments, "its line is not chosen"
    assert post(client, path, TYPED).status_code == 303
    whole, mine = client.get(here).data, house.client(Role.BENEFICIARY).get(here).data
    for pdf in (whole, mine):
        ((name, (kept,)),) = PdfReader(BytesIO(pdf)).attachments.items()
        assert name == "devis.jpg" and kept.startswith(b"\xff\xd8") and "en pièce jointe" in words(pdf)
    (carried,) = root(whole)["/AF"]
    told = carried.get_object()
    assert (told["/F"], told["/UF"], told["/AFRelationship"]) == ("devis.jpg", "devis.jpg", "/Supplement")
    assert told["/EF"]["/F"]["/Subtype"] == "/image/jpeg" and told["/Desc"] == "Devis du véhicule à acheter"
    assert accessibility_part(whole) == "1" and root(whole)["/Lang"].startswith("fr") and root(whole)["/MarkInfo"]["/Marked"]
    assert whole.startswith(b"%PDF-1.7") and "H1" in {tag.lstrip("/") for tag in tags(whole)}, "its tags stand"
    plain = note_pdf(make_note())
    assert post(client, path, TYPED | {"quote": (BytesIO(plain), "devis.pdf")}).status_code == 303
    assert list(PdfReader(BytesIO(client.get(here).data)).attachments) == ["devis.pdf"]
