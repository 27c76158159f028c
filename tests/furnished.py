"""What addresses name and the demonstration never made, each added through its action: no page is tried on a row that is not there."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from sqlalchemy import func, select, update

from assessments.actions import answer, start_assessment
from assessments.booklet.actions import share_booklet
from assessments.models import Assessment
from assessments.queries import paper_of
from billing.actions import accounts, bank, card_holds, cards, deposits, fuel, refunds, saved_cards, tariffs
from billing.models import BillingAccount, CardDispute, CardHold, GatewayDifference, GatewayPayout, Payment, SavedCard
from billing.scales import Scale
from fleet.actions import contracts, takeovers, vehicle_imports, work_orders
from fleet.actions.calendars import make_calendar
from fleet.calendars import SITE
from fleet.models import Booking, Vehicle, WorkOrder
from mobility.actions.api_tokens import make_api_token
from mobility.actions.attachments import keep_attachment
from mobility.actions.imports import open_folder, take_lines
from mobility.actions.liaison_drafts import keep_draft
from mobility.actions.links import Purpose, make_link
from mobility.actions.paths import start_action
from mobility.actions.people import register_beneficiary
from mobility.crypto import hash_token
from mobility.db import db, platform_scope
from mobility.models import Account, Beneficiary, Grant, GroupWorkshop, Link, WorkshopSeat
from mobility.periods import paris_day
from mobility.rights import STAFF, Role
from mobility.web.workshop_codes import code_of
from tests.actions.test_import_folder import sheets
from tests.actors import SPARE
from tests.asked import asked_by_pages
from tests.house import House
from tests.money import deliver, open_page, pay
from tests.prescribed import send_papers
from tests.rules.test_uploads import make_picture

MARK = "Zibeline-Marquise"  # every person's name and every vehicle's: no refusal may hold it
TABLE = b"Nom;Type;P\xc3\xb4le\nV\xc3\xa9lo 31;v\xc3\xa9lo;P\xc3\xb4le du Port\n"
STATEMENT = b"Date;Libelle;Montant\n02/01/2020;VIREMENT;12,50\n"
LIVE, DEAD = "live", ("expired", "used")


@dataclass(frozen=True, kw_only=True)
class Furnished:
    """An account that nobody uses, what addresses say beside numbers, and a token a purpose and state."""

    spare_id: int
    words: dict[str, dict[str, str]]
    asked: dict[str, str]
    tokens: dict[tuple[Purpose, str], str]


def furnish(house: House) -> Furnished:
    """Add it all, then give everybody and everything a marked name."""
    with house.writing():
        _follow_people(house)
        _keep_the_workshop(house)
        _send_files(house)
    with house.app.app_context(), platform_scope(house.platform_id):
        by = house.viewer(Role.MANAGER)
        take_lines(open_folder(sheets(), source="essai", by=by, now=house.clock()), by=by, now=house.clock())
    payment_id, tokens = _pay_by_card(house)
    tokens |= _leave_cards(house)
    tokens |= _ask_holds(house)
    tokens |= _show_booklets(house)
    with house.writing():
        spare_id = _spare_account(house)
        tokens |= _make_links(house)
        words, asked = _words(payment_id), asked_by_pages(house, person_named("Octave"))
        db.session.execute(update(Beneficiary).values(first_name=MARK, last_name=MARK))
        db.session.execute(update(Vehicle).values(label=f"{MARK} " + Vehicle.label))
    _let_die(house, tokens)
    return Furnished(spare_id=spare_id, words=words, asked=asked, tokens=tokens)


def person_named(first_name: str) -> Beneficiary:
    """Somebody of the demonstration."""
    return db.session.scalars(select(Beneficiary).filter(Beneficiary.first_name == first_name)).one()


def _account_of(first_name: str) -> BillingAccount:
    return db.session.scalars(select(BillingAccount).filter(BillingAccount.beneficiary_id == person_named(first_name).id)).one()


def _follow_people(house: House) -> None:
    """An action that runs, an assessment half answered, two files that may be one, a contract signed before the keys."""
    by, now = house.viewer(Role.ADVISER), house.clock()
    start_action(person_named("Wassila").id, kind="workshop", started_on=paris_day(now), by=by, now=now)
    draft = start_assessment(person_named("Djenna").id, kind="entry", by=by, now=now)
    answer(draft.id, {"current_trips": 2}, by=by, now=now)
    register_beneficiary(first_name="Octav", last_name="Lumerian", phone=person_named("Octave").phone, by=by, now=now)
    booking = db.session.scalars(select(Booking).filter(Booking.beneficiary_id == person_named("Soumaya").id)).one()
    contract = contracts.make_contract(booking.id, by=by, now=now)
    contracts.sign_contract(booking.id, contract.number, signer_name="Soumaya Grandlieu", agreed=True, how="paper", by=by, now=now)
    for role in (Role.PRESCRIBER, Role.ADVISER, Role.MANAGER):
        keep_draft(key="une-fiche-en-cours", typed={"first_name": MARK}, by=house.viewer(role), now=now)
    send_papers(house, MARK)
    for role in STAFF:
        make_calendar(what=SITE, site_id=house.site_id, by=house.viewer(role), now=now)


def _keep_the_workshop(house: House) -> None:
    """A line on an order that is still open, prices to come, and fuel paid to somebody of the programme that covers it."""
    by, now = house.viewer(Role.MECHANIC), house.clock()
    order = db.session.scalars(select(WorkOrder).filter(WorkOrder.status == "planned").order_by(WorkOrder.id)).first()
    assert order is not None
    later = {"car": Scale(step_cents=(650,), week_cents=3000, least_cents=1200)}
    hours = {"handover_hour": time(17), "return_hour": time(10)}
    tariffs.add_version(
        label="L’an prochain",
        from_on=paris_day(now) + timedelta(days=300),
        day_cents={"car": 600},
        scales=later,
        membership_cents=500,
        **hours,
        by=by,
        now=now,
    )
    work_orders.add_part(order.id, label="Pneu", quantity=1, unit_cents=4_500, by=by, now=now)
    account = _account_of("Noémie")
    assert account.started_at is not None
    spent_on, adviser = paris_day(account.started_at) + timedelta(days=9), house.viewer(Role.ADVISER)
    fuel.record_fuel(account.id, spent_on=spent_on, cents=3_000, paid="cash", for_work=True, by=adviser, now=now)


def _send_files(house: House) -> None:
    """A picture of each kind, a fleet and a spreadsheet that wait for somebody's yes."""
    now, person_id = house.clock(), person_named("Elouan").id
    for kind, role in (("condition", Role.MECHANIC), ("vehicle_bill", Role.TREASURER), ("accident", Role.ADVISER)):
        keep_attachment(make_picture(), kind=kind, by=house.viewer(role), now=now)
    for kind in ("odometer", "defect"):
        keep_attachment(make_picture(), kind=kind, beneficiary_id=person_id, by=house.viewer(Role.ADVISER), now=now)
    manager = house.viewer(Role.MANAGER)
    bank.keep_statement("releve.csv", STATEMENT, by=manager, now=now)
    vehicle_imports.keep_file("parc.csv", TABLE, by=manager, now=now)
    kept = takeovers.keep_file("parc.csv", TABLE, by=manager, now=now)
    columns = [
        {"sheet": sheet["title"], "heading": heading, "field": field}
        for sheet, matching in zip(kept.sheets, kept.matching, strict=True)
        for heading, field in matching.items()
    ]
    takeovers.match_columns(kept.id, columns=columns, site_id=house.site_id, by=manager, now=now)


def _pay_by_card(house: House) -> tuple[int, dict[tuple[Purpose, str], str]]:
    """A card payment made by its link, part of it asked back; and one whose page is open. The first one's id and links."""
    with house.reading():
        owing_id = _account_of("Fatou").id
    payment_id = open_page(house, owing_id, cents=1_750)
    links = {}
    with house.writing():
        for state in (LIVE, *DEAD):
            links[Purpose.PAY, state] = cards.make_pay_link(payment_id, by=house.viewer(Role.ADVISER), now=house.clock())
    for delivery in pay(house, payment_id).deliveries:
        deliver(house, delivery)
    with house.writing():
        refunds.refund_payment(payment_id, cents=250, reason="Trop payé.", by=house.viewer(Role.TREASURER), now=house.clock())
    open_page(house, owing_id, cents=1_000)
    with house.writing():
        _differ(house, payment_id)
    return payment_id, links


def _leave_cards(house: House) -> dict[tuple[Purpose, str], str]:
    """The links of a card asked and not left yet."""
    now = house.clock()
    with house.writing():
        by, card_id = house.viewer(Role.ADVISER), db.session.scalars(select(SavedCard.id).filter(SavedCard.status == "asked")).first() or 0
        return {(Purpose.SAVE_CARD, state): saved_cards.make_card_link(card_id, by=by, now=now) for state in (LIVE, *DEAD)}


def _ask_holds(house: House) -> dict[tuple[Purpose, str], str]:
    """The links of a sum to be set aside, for a rental of a few days."""
    with house.writing():
        by, now, today = house.viewer(Role.ADVISER), house.clock(), paris_day(house.clock())
        told = {"reference": "booking:short", "label": MARK, "kind": "bike", "programme": "daily", "qpv": False}
        span = {"first_on": today, "last_on": today + timedelta(days=2)}
        account = accounts.open_account(beneficiary_id=person_named("Octave").id, **told, **span, by=by, now=now)
        deposit = deposits.open_deposit(account.id, kind="card_hold", due_cents=4_000, by=by, now=now)
        db.session.flush()
        card_holds.ask_hold(deposit.id, by=by, now=now)
        db.session.flush()
        return {(Purpose.HOLD_CARD, state): card_holds.make_hold_link(deposit.id, by=by, now=now) for state in (LIVE, *DEAD)}


def _show_booklets(house: House) -> dict[tuple[Purpose, str], str]:
    """The links of a booklet, two of which will die."""
    with house.writing():
        by, now, person = house.viewer(Role.BENEFICIARY), house.clock(), person_named("Octave")
        shown = {"pages": ["competences"], "lasts": "week", "by": by, "now": now}
        return {(Purpose.BOOKLET, state): share_booklet(person.id, **shown)[1] for state in (LIVE, *DEAD)}


def _differ(house: House, payment_id: int) -> None:
    """What the gateway's list says otherwise than the books, of this payment."""
    now = house.clock()
    for kind in ("amount", "refunded_there", "contested"):
        told = {"kind": kind, "subject": f"essai-{kind}", "cents": 250, "sentence": "Le prestataire dit autre chose."}
        db.session.add(GatewayDifference(**told, payment_id=payment_id, first_seen_at=now, last_seen_at=now))
    dispute = CardDispute(reference="dp_essai", payment_id=payment_id, cents=250, status="lost", opened_at=now)
    db.session.add_all([dispute, GatewayPayout(reference="po_essai", cents=900, status="paid", made_at=now, entry_number=1)])


def _spare_account(house: House) -> int:
    """An account that is shut, opened and stripped of its roles while the others are at work."""
    account = Account(name=SPARE, email="spare@example.org", created_at=house.clock())
    db.session.add(account)
    db.session.flush()
    db.session.add(Grant(account_id=account.id, platform_id=house.platform_id, role=Role.MECHANIC))
    db.session.flush()
    make_api_token(account.id, role=Role.MECHANIC, label="essai", days=30, by=house.viewer(Role.MANAGER), now=house.clock())
    return account.id


def _make_links(house: House) -> dict[tuple[Purpose, str], str]:
    """One that stays alive and two that will not, of each purpose but the card's."""
    garage_id = db.session.scalars(select(WorkOrder.garage_id).filter(WorkOrder.garage_id.is_not(None)).order_by(WorkOrder.id)).first()
    subjects: dict[Purpose, dict[str, Any]] = {
        Purpose.ENTER: {"account_id": house.accounts[Role.PRESCRIBER]},
        Purpose.GARAGE: {"subject_id": garage_id},
        Purpose.CALENDAR_OWN: {"account_id": house.accounts[Role.MANAGER]},
        Purpose.WORKSHOP: {"subject_id": db.session.scalar(select(func.max(WorkshopSeat.id)))},
    }
    by, now = house.viewer(Role.MANAGER), house.clock()
    return {
        (purpose, state): make_link(purpose=purpose, lasts=timedelta(days=1), **subject, by=by, now=now)
        for purpose, subject in subjects.items()
        for state in (LIVE, *DEAD)
    }


def _let_die(house: House, tokens: dict[tuple[Purpose, str], str]) -> None:
    """The time of some links goes by, others are used up."""
    past = house.clock() - timedelta(seconds=1)
    with house.writing():
        for (_, state), token in tokens.items():
            gone = {"expired": {"expires_at": past}, "used": {"used_at": past}}.get(state)
            if gone:
                db.session.execute(update(Link).where(Link.token_hash == hash_token(token)).values(**gone))


def _words(payment_id: int) -> dict[str, dict[str, str]]:
    """What stands in addresses beside numbers, by endpoint."""
    key = db.session.scalars(select(Payment.key).filter(Payment.id == payment_id)).one()
    code = db.session.scalars(select(Vehicle.code).filter(Vehicle.code.is_not(None)).order_by(Vehicle.id)).first()
    dimension, rule, month = {"code": "practice"}, {"key": "fleet.excess_cents"}, {"month": "1"}
    printed = db.session.scalars(select(Assessment).filter(Assessment.finished_at.is_not(None)).order_by(Assessment.id)).first()
    assert printed is not None
    number, proof = paper_of(printed).proof.split("/")[-2:]
    scanned = {"code": code_of(db.session.scalars(select(func.max(GroupWorkshop.id))).one())}
    return {
        "workshop_doors.come": scanned,
        "workshop_doors.here": scanned,
        "genuine.show": {"number": number, "code": proof},
        "genuine_api.show_genuine": {"number": number, "code": proof},
        "offer_api.gbfs": {"feed": "vehicle_availability"},
        "api_docs.asset": {"name": "swagger-ui.css"},
        "assessments.keep": dimension,
        "assessments.questions": dimension,
        "assessments_api.grid": {"version": "2026.1"},
        "card.back": {"key": key or ""},
        "card_holds.back": {"key": db.session.scalars(select(CardHold.key).order_by(CardHold.id)).first() or ""},
        "saved_cards.back": {"key": db.session.scalars(select(SavedCard.key).order_by(SavedCard.id)).first() or ""},
        "gathered_api.change": rule,
        "labels.scan": {"code": code or ""},
        "money.ledger": {"code": "411"},
        "money_api.list_lines": {"code": "411"},
        "reviews.hold": month,
        "reviews.preview": month,
        "reviews.show": month,
        "reviews_api.hold": month,
        "settings.change": rule,
        "settings.show": rule,
    }
