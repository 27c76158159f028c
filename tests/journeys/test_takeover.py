"""A platform that lends already starts here: sixty vehicles, their people and their running rentals, by HTTP, in a few pages."""

import io
from datetime import date, timedelta
from time import perf_counter

from sqlalchemy import func, select

from fleet.models import Booking, Vehicle
from mobility.db import db
from mobility.models import Beneficiary
from mobility.rights import Role
from tests.browsing import forgery_token, post
from tests.house import House
from tests.invariants import check_all

SIXTY = 60
LONGEST_SECONDS = 600  # ten minutes: a platform starts within the visit of who helps it start
HEADING = (
    "Immatriculation;Catégorie;Emprunteur;Date de naissance;Date de départ;Retour prévu;Km départ;Kilométrage;Caution;Caution par;Solde"
)


def sixty_lines() -> bytes:
    """A spreadsheet as a platform keeps it: one line a vehicle, with who has it."""
    lines = [HEADING]
    for number in range(SIXTY):
        out_on = date(2026, 2, 28) - timedelta(days=number % 40)
        name = f"Prénom{chr(97 + number % 26)} ESSAI{chr(65 + number // 26)}"
        km = 10_000 + 111 * number
        days = f"{out_on:%d/%m/%Y};{out_on + timedelta(days=90):%d/%m/%Y}"
        lines.append(f"TK-{100 + number}-ZZ;voiture;{name};{1 + number % 28:02d}/05/1990;{days};{km};{km + 20};250;chèque;{number % 3 * 5}")
    return "\n".join(lines).encode("cp1252")


def test_sixty_vehicles_with_their_rentals(house: House) -> None:
    client, begun = house.client(Role.MANAGER), perf_counter()
    data = {"file": (io.BytesIO(sixty_lines()), "parc.csv"), "csrf_token": forgery_token(client)}
    sent = client.post(house.page("takeovers"), data=data, content_type="multipart/form-data")
    assert sent.status_code == 303
    columns = client.get(sent.location)
    told = {
        f"columns.{place}": code for place, code in enumerate(("plate", "kind", "full_name", "birth_on", "handed_over_on", "returns_on"))
    }
    told |= {
        f"columns.{place + 6}": code
        for place, code in enumerate(("handed_over_km", "odometer_km", "deposit_cents", "deposit_kind", "balance_cents"))
    }
    assert all(f'value="{code}" selected' in columns.text for code in told.values()), "every column is guessed"
    matched = post(client, sent.location, told | {"site_id": str(house.site_id)})
    assert matched.status_code == 303, matched.text
    preview = client.get(matched.location)
    assert f"{SIXTY} locations" in preview.text.replace("\xa0", " ")
    assert post(client, f"{matched.location}/take").status_code == 303
    assert client.get(matched.location).status_code == 200
    seconds = perf_counter() - begun
    with house.reading():
        running = db.session.scalar(select(func.count()).select_from(Booking).filter(Booking.status == "out"))
        assert (running, db.session.scalar(select(func.count()).select_from(Vehicle))) == (SIXTY, SIXTY)
        assert db.session.scalar(select(func.count()).select_from(Beneficiary)) == SIXTY + 1
    check_all(house, {})
    print(f"\n{SIXTY} vehicles with their rentals: 3 pages, 3 posts, {seconds:.1f} s of server")
    assert seconds < LONGEST_SECONDS
