"""What a platform asks besides at a check-out: from a day on, in its own words; a report keeps what was asked on its own day."""

from datetime import date, timedelta

from fleet.checklists import own_items, own_key
from fleet.checks import CHECK_OUT
from mobility.actions.settings import set_setting
from mobility.periods import paris_day
from mobility.rights import Role
from tests.browsing import post
from tests.house import House
from tests.rental import FINE_CAR, RentalDesk


def ask(house: House, text: str, on: date) -> None:
    with house.writing():
        set_setting(own_key("car", CHECK_OUT), text, from_on=on, by=house.viewer(Role.MANAGER), now=house.clock())


def test_a_report_keeps_the_items_of_its_day(house: House) -> None:
    desk = RentalDesk(house).ready()
    today, browser = paris_day(house.clock()), house.client(Role.ADVISER)
    ask(house, "badge du parking ; tapis de sol", today)
    ask(house, "tapis de sol ; carte de carburant", today + timedelta(days=1))
    page, compared = (house.page(f"bookings/{desk.booking_id}/{name}") for name in ("check-out", "condition"))
    badge, _ = own_items("badge du parking ; tapis de sol")
    shown = browser.get(page).text
    assert shown.index("Numéro d’assistance") < shown.index("Badge du parking") < shown.index("Tapis de sol")
    assert "Carte de carburant" not in shown
    typed = {"odometer_km": "48000", "fuel": "full", f"check_{badge}": "missing"} | {f"zone_{code}": "fine" for code in FINE_CAR}
    wrong = post(browser, page, typed | {f"check_{badge}": "splendid"})
    assert (wrong.status_code, f'id="f-check_{badge}-error"' in wrong.text) == (422, True)
    assert post(browser, page, typed).status_code == 303
    told = [browser.get(compared).text.replace("\xa0", " ")]
    house.clock.forward(days=1)
    told.append(browser.get(compared).text.replace("\xa0", " "))
    for text in told:
        assert "badge du parking" in text.lower() and "tapis de sol" in text.lower() and "carte de carburant" not in text.lower()
