"""A return or a point-étape noted in a car park without network: it waits on the device, leaves once by itself, and nothing stays behind.

Walked after the other tests of this folder, for it changes the demonstration.
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from billing.models import Payment
from demo.platforms import VALBRUME
from fleet.actions.handover import take_back
from fleet.actions.point_etape import hold_point_etape
from fleet.kinds import get_kind
from fleet.models import Booking, ConditionReport, LookPhoto, OdometerReading, PointEtape, Vehicle
from mobility.clock import now
from mobility.db import db, platform_scope, transaction
from mobility.models import Platform
from mobility.rights import house
from tests.browser.chromium import open_context
from tests.browser.rows import HOME, booking_of
from tests.browser.served import Served
from tests.rules.test_uploads import make_picture

# What the device keeps: entries of the queue, and check pages.
_LEFT = """async () => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open("point-etape", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("checks", { keyPath: "once" });
    asked.onsuccess = () => done(asked.result);
  });
  const entries = await new Promise((done) => {
    const asked = base.transaction("checks").objectStore("checks").getAll();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  const kept = await (await caches.open("checks")).keys();
  return [entries.length, kept.filter((one) => one.url.includes("/check-") || one.url.endsWith("/point-etape")).length];
}"""


@pytest.fixture
def page(demo: Served, chromium: Browser) -> Iterator[Page]:
    with open_context(chromium, demo, demo.people["adviser"]) as context:
        yield context.new_page()


def _reports(demo: Served, booking_id: int) -> tuple[str, int, int]:
    """The booking's status, its reports of return, and its pictures."""
    with demo.app.app_context():
        platform = db.session.scalars(select(Platform).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform.id):
            reports = select(ConditionReport.id).filter(ConditionReport.booking_id == booking_id, ConditionReport.moment == "check_in")
            photos = db.session.scalars(select(LookPhoto.id).filter(LookPhoto.report_id.in_(reports))).all()
            found = (db.session.get_one(Booking, booking_id).status, len(db.session.scalars(reports).all()), len(photos))
        db.session.close()
    return found


def _open(page: Page, booking_id: int, path: str = "check-in") -> None:
    """The page, kept on the device."""
    page.goto(f"{HOME}/bookings/{booking_id}/{path}")
    page.wait_for_function("() => navigator.serviceWorker.controller?.state === 'activated'")
    for _ in range(200):  # wait_for_function takes a promise for a yes
        if page.evaluate("async () => Boolean(await (await caches.open('checks')).match(location.pathname))"):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page was never kept")


def _fill(page: Page, km: int = 99_000) -> None:
    meter = page.get_by_label("Compteur", exact=True)
    if meter.count():
        meter.fill(str(km))
    if page.get_by_role("radio", name="À moitié").count():
        page.get_by_text("À moitié").click()
    page.locator("svg.sketch").click(position={"x": 30, "y": 30})
    page.get_by_label("Ce que c’est").first.select_option("dent")
    page.get_by_label("Photos du véhicule").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": make_picture()})


def _likely(page: Page) -> int:
    """A few kilometres past the last reading, which raises no doubt."""
    said = re.search(r"Dernier\s+relevé\s*:\s*([0-9\s]+)km", page.locator("#check").inner_text())
    assert said
    return int("".join(said[1].split())) + 100


def _sign_here(page: Page, km: int) -> None:
    """Both read what the form says and sign it; what lacks is said, and the form may be put right before."""
    signing = page.locator("#signing")
    expect(signing.get_by_text(f"Compteur : {km} km")).to_be_visible(timeout=10_000)
    expect(signing.get_by_text("Photos : 1")).to_be_visible()
    signing.get_by_role("button", name="Corriger").click()
    page.get_by_label("Remarque", exact=False).last.fill("Siège taché,\nvu ensemble.")
    page.get_by_role("button", name="Reprendre les clés").click()
    expect(signing.get_by_text("Remarque : Siège taché, vu ensemble.")).to_be_visible(timeout=10_000)
    signing.get_by_role("button", name="Signer et garder").click()
    expect(signing.get_by_text("Il manque l’accord de la personne")).to_be_visible()
    signing.get_by_label("J’ai lu l’état des lieux").check()
    signing.get_by_label("Je signe cet état des lieux").check()
    box = signing.get_by_label("Cadre de signature de la personne")
    box.hover()
    page.mouse.down()
    page.mouse.move(200, 200)
    page.mouse.up()
    signing.get_by_role("button", name="Signer et garder").click()


def _signed(demo: Served, booking_id: int) -> tuple[bool, str | None]:
    """Whether the return's report holds signatures made without network, and why not."""
    with demo.app.app_context():
        platform = db.session.scalars(select(Platform).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform.id):
            asked = select(ConditionReport).filter(ConditionReport.booking_id == booking_id, ConditionReport.moment == "check_in")
            report = db.session.scalars(asked).one()
            found = (bool(report.signed_on_device_at and report.signature), report.device_refusal)
        db.session.close()
    return found


def test_a_return_without_network_waits_and_is_sent_once(demo: Served, page: Page) -> None:
    booking_id = booking_of(demo, "Fatou")
    _open(page, booking_id)
    page.context.set_offline(True)
    assert page.evaluate(_LEFT) == [0, 1], "the page is kept"
    page.reload()  # the worker answers
    km = _likely(page)
    _fill(page, km)
    page.get_by_role("button", name="Reprendre les clés").click()
    _sign_here(page, km)
    expect(page.get_by_text("En attente sur cet appareil")).to_be_visible(timeout=10_000)
    assert _reports(demo, booking_id)[1] == 0
    assert page.evaluate(_LEFT) == [1, 1]
    sent: list[str] = []
    page.on("request", lambda asked: asked.method == "POST" and sent.append(asked.url))
    page.context.set_offline(False)
    expect(page.get_by_text("Envoyé : État des lieux de retour")).to_be_visible(timeout=15_000)
    assert _reports(demo, booking_id) == ("returned", 1, 1)
    assert sum(url.endswith("/check-in") for url in sent) == 1
    expect(page.get_by_text("signé par les deux")).to_be_visible()
    assert _signed(demo, booking_id) == (True, None), "what both read without network is what is written"
    assert page.evaluate(_LEFT) == [0, 0], "nothing of anybody stays on the device"


def test_what_somebody_did_meanwhile_is_told_and_signing_out_forgets_it(demo: Served, page: Page) -> None:
    booking_id = booking_of(demo, "Leïla")
    _open(page, booking_id)
    page.context.set_offline(True)
    _fill(page)
    page.get_by_role("button", name="Reprendre les clés").click()
    page.get_by_role("button", name="Garder sans signature").click()
    expect(page.get_by_text("En attente du réseau : il partira tout seul.")).to_be_visible(timeout=10_000)
    _bring_back(demo, booking_id)
    page.context.set_offline(False)
    expect(page.get_by_text("Refusé : ")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("link", name="Ouvrir la page et recommencer")).to_be_visible()
    assert _reports(demo, booking_id)[1] == 1, "the one of the other device"
    assert page.evaluate(_LEFT)[0] == 1, "what was typed is not lost"
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Se déconnecter").first.click()
    page.wait_for_url("**/login")
    assert len(asked) == 1 and "attend le réseau" in asked[0]
    assert page.evaluate(_LEFT) == [0, 0], "nothing of anybody stays on the device"


def _bring_back(demo: Served, booking_id: int) -> None:
    """Another adviser takes the keys back on another device."""
    with demo.app.app_context(), transaction():
        platform = db.session.scalars(select(Platform).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform.id):
            vehicle = db.session.get_one(Vehicle, db.session.get_one(Booking, booking_id).vehicle_id)
            zones = {code: "fine" for code, _ in get_kind(vehicle.kind).zones}
            take_back(booking_id, odometer_km=99_000, zones=zones, fuel="half", by=house(platform.id), now=now())


def _held(demo: Served, booking_id: int) -> tuple[list[int], list[str | None], int]:
    """The kilometres read at the point-étapes held on a booking, the job states noted, and how many payments its account knows."""
    with demo.app.app_context():
        platform = db.session.scalars(select(Platform).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform.id):
            steps = select(PointEtape).filter(PointEtape.booking_id == booking_id, PointEtape.held_at.is_not(None)).order_by(PointEtape.id)
            held = db.session.scalars(steps).all()
            km = [db.session.get_one(OdometerReading, step.reading_id).km for step in held if step.reading_id]
            of_account = select(Payment.id).filter(Payment.account_id == db.session.get_one(Booking, booking_id).account_id)
            found = (km, [step.job_state for step in held], len(db.session.scalars(of_account).all()))
        db.session.close()
    return found


def test_a_point_etape_without_network_waits_but_for_its_money(demo: Served, page: Page) -> None:
    booking_id = booking_of(demo, "Gwenaël")
    before = _held(demo, booking_id)
    _open(page, booking_id, "point-etape")
    page.context.set_offline(True)
    page.reload()  # the worker answers
    expect(page.get_by_text("Sans réseau, rien ne s’encaisse ici")).to_be_visible()
    km = int(page.locator("[data-odometer]").get_attribute("data-last") or 0) + 120
    page.get_by_label("Compteur aujourd’hui").fill(str(km))
    page.get_by_role("button", name="Enregistrer ce relevé seul").click()
    expect(page.get_by_text("En attente sur cet appareil")).to_be_visible(timeout=10_000)
    expect(page.get_by_label("Compteur aujourd’hui")).to_be_disabled()
    page.get_by_label("Où en est l’emploi").select_option("changes")
    page.get_by_label("Montant", exact=False).fill("10")
    for button in ("Encaisser seul, avec reçu", "Terminer le point-étape"):
        page.get_by_role("button", name=button).click()
        expect(page.locator("[data-offline]")).to_be_focused(timeout=10_000)
    assert page.evaluate(_LEFT)[0] == 1, "money is not kept for later, nor does a part of it go without it"
    page.get_by_label("Montant", exact=False).fill("")
    page.get_by_role("button", name="Terminer le point-étape").click()
    expect(page.locator("[data-waiting] li")).to_have_count(2, timeout=10_000)
    page.context.set_offline(False)
    expect(page.get_by_text("Envoyé : Point-étape")).to_have_count(2, timeout=15_000)
    readings, jobs, payments = _held(demo, booking_id)
    assert (readings, jobs, payments) == ([*before[0], km], [*before[1], "changes"], before[2])
    assert page.evaluate(_LEFT) == [0, 0], "nothing of anybody stays on the device"


def test_a_point_etape_held_meanwhile_is_told_and_the_next_one_is_left_alone(demo: Served, page: Page) -> None:
    booking_id = booking_of(demo, "Noémie")
    _open(page, booking_id, "point-etape")
    page.context.set_offline(True)
    page.get_by_role("button", name="Terminer le point-étape").click()
    expect(page.get_by_text("En attente du réseau : il partira tout seul.")).to_be_visible(timeout=10_000)
    with demo.app.app_context(), transaction():
        platform = db.session.scalars(select(Platform).filter(Platform.slug == VALBRUME.slug)).one()
        with platform_scope(platform.id):
            hold_point_etape(booking_id, mode="phone", by=house(platform.id), now=now())
    held = _held(demo, booking_id)
    page.context.set_offline(False)
    expect(page.get_by_text("Ce point-étape a été tenu entre-temps")).to_be_visible(timeout=15_000)
    assert _held(demo, booking_id) == held


def test_where_scripts_are_off_the_same_form_asks_the_same_in_words(demo: Served, chromium: Browser) -> None:
    booking_id = booking_of(demo, "Elouan")
    with open_context(chromium, demo, demo.people["adviser"], java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{HOME}/bookings/{booking_id}/check-in")
        _fill_in_words(page)
        page.get_by_role("button", name="Reprendre les clés").click()
        expect(page.get_by_text("Le véhicule est rendu")).to_be_visible()
    assert _reports(demo, booking_id) == ("returned", 1, 1)


def _fill_in_words(page: Page) -> None:
    meter = page.get_by_label("Compteur", exact=True)
    if meter.count():
        meter.fill("99000")
    if page.get_by_role("radio", name="À moitié").count():
        page.get_by_text("À moitié").click()
    page.get_by_label("Ce que c’est").first.select_option("dent")
    page.get_by_label("Où").first.select_option("top")
    page.locator("[name='marks.0.photo']").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": make_picture()})


def test_what_was_not_signed_is_said_and_signed_again(demo: Served, page: Page) -> None:
    booking_id = booking_of(demo, "Noémie")
    _open(page, booking_id)
    page.context.set_offline(True)
    km = _likely(page)
    _fill(page, km)
    page.get_by_role("button", name="Reprendre les clés").click()
    expect(page.locator("#signing li").first).to_be_visible(timeout=10_000)
    page.get_by_label("J’ai lu l’état des lieux").check()
    page.get_by_label("Je signe cet état des lieux").check()
    # The tampering of a device: what is signed is not what the form says.
    page.locator("[name='odometer_km']").evaluate("(one, km) => { one.value = km }", str(km + 10))
    page.get_by_role("button", name="Signer et garder").click()
    expect(page.get_by_text("En attente du réseau : il partira tout seul.")).to_be_visible(timeout=10_000)
    page.context.set_offline(False)
    expect(page.get_by_text("Envoyé sans les signatures")).to_be_visible(timeout=15_000)
    is_signed, why = _signed(demo, booking_id)
    assert not is_signed and why and f"Compteur : {km + 10} km" in why
    page.get_by_role("link", name="Relire et signer à nouveau").click()
    expect(page.get_by_text("Relisez-le et signez à nouveau")).to_be_visible()
