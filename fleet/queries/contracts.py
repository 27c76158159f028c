"""Contracts: the versions made, and the whole text as it would be made now (domain.md §9 "Contracts")."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, select

from billing import schedule
from billing.deposits import DEFERRAL_REASONS, DEPOSIT_KIND_LABELS, parts_to_come
from billing.documents.deposit_receipt import Due
from billing.documents.schedule import Month
from billing.means import Debt
from billing.models import BillingAccount
from billing.queries import deposit_of, tier_spans
from billing.queries.deposits import plan_of
from billing.queries.districts import residence_of
from billing.queries.means import means_here
from billing.tax import TAX_SENTENCES
from billing.terms import DAILY, say_terms
from billing.terms import thaw as thaw_terms
from billing.tiers import price_days
from fleet.documents.contract import ContractPaper, Deposit, Hirer, Price, Vehicle, Waiver
from fleet.documents.frozen import thaw
from fleet.eligibility import KEPT_REASONS
from fleet.mileage import say_km
from fleet.models import Booking, Contract
from fleet.models import Vehicle as FleetVehicle
from fleet.queries.chain import chain_of, earlier_of
from fleet.queries.hired import hirer_of
from fleet.queries.insurance import insurance_of
from fleet.queries.mileage import cap_rule, commutes_of
from fleet.queries.parts import second_part
from fleet.queries.prices import planned_days
from fleet.queries.readings import last_km
from fleet.queries.rentals import Rental, find_open_point_etape
from fleet.vehicle_sheet import ELECTRIC, NO_ENERGY
from mobility import practice
from mobility.db import Kept, db, look_once
from mobility.documents.papers import Person, Signature
from mobility.errors import NotFound
from mobility.models import Account
from mobility.periods import paris_day, say_moment
from mobility.queries.letterhead import letterhead, person_of
from mobility.tongues import capital

COVERS = {"rental": "location", "fuel": "carburant pour aller travailler", "insurance": "assurance"}


_VERSIONS = Kept(select(Contract).filter(Contract.booking_id == bindparam("booking_id")).order_by(Contract.id.desc()))


def list_contracts(booking_id: int) -> Sequence[Contract]:
    """The versions of a booking's contract, the latest first: it is the one that counts. An erased person's have no text left."""
    return look_once(Contract, booking_id, lambda: [one for one in _VERSIONS(booking_id=booking_id).scalars() if one.terms])


def find_contract(booking_id: int) -> Contract | None:
    """The contract that counts."""
    return next(iter(list_contracts(booking_id)), None)


def get_contract(booking_id: int, number: str | None = None) -> Contract:
    """The contract that counts, or the version of this number. Raises NotFound while none was made, and for a number of none."""
    found = next((each for each in list_contracts(booking_id) if number in (None, each.number)), None)
    if found is None:
        raise NotFound("Cette version du contrat n’existe pas ici." if number else "Le contrat n’est pas encore fait.")
    return found


def contract_at(booking_id: int, at: datetime) -> Contract | None:
    """The version in force at an instant: the last one signed by then."""
    return next((each for each in list_contracts(booking_id) if each.signed_at and each.signed_at <= at), None)


def stem_of_chain(booking: Booking) -> str | None:
    """The number that the contracts of a booking's chain begin with; None while none was made."""
    ids = [one.id for one in earlier_of([booking])[booking.id]] + [booking.id]
    number = db.session.scalar(select(Contract.number).filter(Contract.booking_id.in_(ids)).order_by(Contract.id.desc()).limit(1))
    return None if number is None else "-".join(number.split("-")[:3])


def count_of_stem(stem: str) -> int:
    """How many contracts begin with a number, each its own: none is ever deleted."""
    counted = select(func.count()).select_from(Contract).filter(or_(Contract.number == stem, Contract.number.like(f"{stem}-%")))
    return db.session.execute(counted).scalar_one()


def names(contract: Contract, vehicle: FleetVehicle) -> bool:
    """Whether the contract is about this vehicle, from its beginning or from its cut on."""
    return vehicle.plate in [plate for _, plate in _named(thaw(ContractPaper, contract.terms))]


def paper_of(contract: Contract) -> ContractPaper:
    """The contract as it was made, with the signature it received since."""
    paper = thaw(ContractPaper, contract.terms)
    if contract.signed_how != "screen":
        return paper
    house, signer = paper.signatures
    signed = Signature(
        capacity=signer.capacity, full_name=contract.signer_name or "", signed_at=contract.signed_at, path=contract.signature
    )
    if paper.hirer is None:
        house = Signature(capacity=house.capacity, full_name=house.full_name, signed_at=contract.signed_at)
    return ContractPaper(**{**paper.__dict__, "signatures": (house, signed)})


def is_current(contract: Contract, rental: Rental) -> bool:
    """Whether the contract still says the vehicles, the dates and the programme's rents of the booking."""
    paper, booking = thaw(ContractPaper, contract.terms), rental.booking
    said = (paper.ends_at, _rents(paper.price.months))
    return (
        paper.starts_at in (booking.starts_at, booking.handed_over_at)
        and said == (booking.ends_at, _rents(_months(booking)))
        and _names_its_vehicles(paper, rental)
    )


def _names_its_vehicles(paper: ContractPaper, rental: Rental) -> bool:
    """The one held, and the one it goes on with; once exchanged as agreed, the second one alone."""
    then, from_at = _then(rental)
    now_held, named = (rental.vehicle.label, rental.vehicle.plate), _named(paper)
    if then is None:
        return named[-1] == now_held
    return named == [now_held, (then.label, then.plate)] and paper.then_from_at == from_at


def _named(paper: ContractPaper) -> list[tuple[str, str | None]]:
    return [(each.label, each.plate) for each in (paper.vehicle, paper.then_vehicle) if each]


def is_ready(rental: Rental) -> bool:
    """Whether the booking's own contract is signed, so that the keys may go."""
    contract = find_contract(rental.booking.id)
    return contract is not None and contract.signed_at is not None and is_current(contract, rental)


def waits_for_signature(rental: Rental) -> bool:
    """Whether a contract was made, and what it says of the booking now is not signed; a rental taken over has none."""
    return find_contract(rental.booking.id) is not None and not is_ready(rental)


def draft(rental: Rental, *, number: str, adviser: str, now: datetime) -> ContractPaper:
    """Everything the contract would say if it were made now."""
    booking, on = rental.booking, paris_day(now)
    person = person_of(rental.person)
    then, then_from_at = _then(rental)
    hirer = hirer_of(rental.booking, rental.vehicle, on)
    return ContractPaper(
        platform=letterhead(),
        number=number,
        dated_at=now,
        person=person,
        hirer=hirer,
        vehicle=vehicle_of(rental),
        then_vehicle=then,
        then_from_at=then_from_at,
        starts_at=booking.handed_over_at or booking.starts_at,
        ends_at=booking.ends_at,
        hours=rental.hours,
        longest_on=_longest_on(booking, now) if booking.programme == DAILY else None,
        price=_price(rental, on),
        insurance=insurance_of(rental.vehicle, on),
        drivers=(person.full_name,),
        fuel=practice.value_on("fleet.fuel_sentence", on) if rental.vehicle.energy != NO_ENERGY else None,
        charges=rental.vehicle.energy == ELECTRIC,
        cap_sentence=say_cap(booking, on),
        deposit=_deposit(booking),
        rhythm=None if rental.is_by_the_hour else _rhythm(on),
        first_meeting=_first_meeting(booking),
        waivers=tuple(_waiver(booking, waiver) for waiver in booking.waivers),
        signatures=_boxes(person, hirer, adviser),
    )


def vehicle_of(rental: Rental, odometer_km: int | None = None) -> Vehicle:
    """The vehicle as papers name it."""
    vehicle, name = rental.vehicle, rental.kind.name
    km = odometer_km if odometer_km is not None else last_km(vehicle.id)
    return Vehicle(kind=capital(name), label=vehicle.label, plate=vehicle.plate, odometer_km=km)


def _then(rental: Rental) -> tuple[Vehicle, datetime] | tuple[None, None]:
    """The vehicle of the second part of a booking cut in two, and from when."""
    second = second_part(rental.booking)
    if second is None:
        return None, None
    other = db.session.get_one(FleetVehicle, second.vehicle_id)
    return vehicle_of(Rental(booking=rental.booking, person=rental.person, vehicle=other)), second.starts_at


def say_cap(booking: Booking, on: date) -> str | None:
    """As in "216 km par semaine de 5 jours travaillés, soit 120 % du trajet domicile–travail"; None where no cap applies."""
    commutes = commutes_of(booking)
    if not booking.cap_applies or not commutes:
        return None
    commute, factor = commutes[0], cap_rule(on).factor
    days = len(commute.weekdays)
    week_km = say_km(factor * commute.daily_km * days)
    worked = f"{days} jour{'s' if days > 1 else ''} travaillé{'s' if days > 1 else ''}"
    return f"{week_km} km par semaine de {worked}, soit {say_km(factor * 100)} % du trajet domicile–travail"


def _longest_on(booking: Booking, now: datetime) -> date:
    return max(chain_of(booking, now).last_on, paris_day(booking.ends_at))


def _price(rental: Rental, on: date) -> Price:
    booking = rental.booking
    debt = Debt(kind=rental.vehicle.kind, debt_kind="rental", cents=1)
    means = means_here(debt, on=on, declared_without_bank=rental.person.without_bank_declared_on is not None)
    months = _months(booking)
    account = db.session.get_one(BillingAccount, booking.account_id)
    residence = residence_of(account)
    return Price(
        sentence=f"{booking.price_sentence}.",
        rule=say_terms(thaw_terms(account.terms)),
        tier=f"programme de {len(months)} mois" if months else _say_tiers(rental),
        district=residence.sentence if residence else None,
        months=months,
        means=tuple(each.label.lower() for each in means if each.is_allowed),
        tax_sentence=TAX_SENTENCES[practice.value_on("billing.tax_regime", on)],
    )


def _months(booking: Booking) -> tuple[Month, ...]:
    account = db.session.get_one(BillingAccount, booking.account_id)
    programme = thaw_terms(account.terms).programme
    if programme is None:
        return ()
    return tuple(
        Month(
            number=m.month, first_on=m.first_on, last_on=m.last_on, rent_cents=m.rent_cents, covers=tuple(COVERS[code] for code in m.covers)
        )
        for m in schedule.plan(programme, paris_day(booking.handed_over_at or booking.starts_at))
    )


def _rents(months: tuple[Month, ...]) -> tuple[int, ...]:
    return tuple(month.rent_cents for month in months)


def _say_tiers(rental: Rental) -> str:
    booking = rental.booking
    account = db.session.get_one(BillingAccount, booking.account_id)
    spans = tier_spans(booking.beneficiary_id, qpv=account.qpv)
    days = planned_days(booking.starts_at, booking.ends_at, booking.pattern)
    price = price_days(rental.vehicle.kind, thaw_terms(account.terms).tariff, days, spans)
    return ", puis ".join(dict.fromkeys(day.tier.reason for day in price.days))


def _deposit(booking: Booking) -> Deposit:
    row = deposit_of(booking.account_id) if booking.account_id else None
    if row is None:
        return Deposit(kind="aucune caution demandée", amount_cents=0)
    to_come = parts_to_come(plan_of(row), row.due_cents - row.held_cents)
    carried = ", celle de la location précédente" if row.account_id != booking.account_id else ""
    return Deposit(
        kind=DEPOSIT_KIND_LABELS[row.kind].lower() + carried,
        amount_cents=row.due_cents,
        received_cents=row.held_cents,
        plan=tuple(Due(due_on=part.due_on, amount_cents=part.cents) for part in to_come),
        deferral=DEFERRAL_REASONS.get(row.deferred_reason) if row.deferred_reason else None,
        release_on=row.release_on,
    )


def _rhythm(on: date) -> str:
    days = practice.value_on("fleet.point_etape_days", on)
    return "chaque semaine" if days == 7 else f"tous les {days} jours"


def _first_meeting(booking: Booking) -> str | None:
    planned = find_open_point_etape(booking.id)
    return say_moment(planned.planned_at) if planned else None


def _waiver(booking: Booking, waiver: dict[str, str]) -> Waiver:
    labels = {condition["code"]: condition["label"] for condition in booking.eligibility}
    account = db.session.get(Account, waiver["by"]) if waiver["by"] else None
    return Waiver(
        condition=labels.get(waiver["code"], waiver["code"]),
        reason=KEPT_REASONS.get(waiver["reason"]) or f"accord écrit, référence {waiver['reference']}",
        granted_by=account.name if account else "la plateforme",
        granted_on=paris_day(datetime.fromisoformat(waiver["at"])),
    )


def _boxes(person: Person, hirer: Hirer | None, adviser: str) -> tuple[Signature, ...]:
    house = Signature(capacity="Le loueur", full_name=hirer.name) if hirer else Signature(capacity="Pour la plateforme", full_name=adviser)
    return (house, Signature(capacity="Bénéficiaire", full_name=person.full_name))
