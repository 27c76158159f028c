"""A condition report as its paper prints it, compared with what was known before."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from fleet.checks import CHECK_IN, SCREEN, UNSIGNED, say_level
from fleet.documents.condition_report import Checked, ConditionReportPaper, Marked, Picture
from fleet.marks import say_mark, sketch_of
from fleet.models import Booking, ConditionReport, Vehicle
from fleet.odometer import Reading, list_standing
from fleet.queries.checklists import found_by
from fleet.queries.contracts import contract_at, find_contract, paper_of, vehicle_of
from fleet.queries.marks import compare_looks, photos_of_marks, standing
from fleet.queries.mileage import mileage_of
from fleet.queries.readings import list_readings, plain
from fleet.queries.rentals import Rental, compared
from mobility.db import db
from mobility.documents.papers import Signature
from mobility.errors import NotFound
from mobility.models import Account, Attachment
from mobility.queries.letterhead import letterhead, person_of
from mobility.tongues import capital, say


def get_report(report_id: int, rental: Rental) -> ConditionReport:
    """A report of this rental. Raises NotFound."""
    found = db.session.get(ConditionReport, report_id)
    if found is None or found.booking_id != rental.booking.id:
        raise NotFound
    return found


def as_seen(rental: Rental, report: ConditionReport) -> Rental:
    """The rental with the vehicle that a report saw, also when that was exchanged since."""
    return replace(rental, vehicle=db.session.get_one(Vehicle, report.vehicle_id))


def report_paper(report: ConditionReport, rental: Rental) -> ConditionReportPaper:
    """The report with its kilometres, zone by zone, to be signed on paper."""
    rental = as_seen(rental, report)
    standing = list_standing(plain(row for row in list_readings(booking_id=rental.booking.id) if row.vehicle_id == report.vehicle_id))
    until = [reading for reading in standing if reading.at <= report.at]
    is_return = report.moment == CHECK_IN
    contract = contract_at(rental.booking.id, report.at) or find_contract(rental.booking.id)
    adviser = db.session.get(Account, report.by) if report.by else None
    return ConditionReportPaper(
        platform=letterhead(),
        number=f"E-{rental.booking.number.removeprefix('R-')}-{report.id}",
        done_at=report.at,
        is_return=is_return,
        contract_number=paper_of(contract).number if contract else "–",
        person=person_of(rental.person),
        vehicle=vehicle_of(rental, until[-1].km if until else None),
        left_with_km=until[0].km if is_return and until else None,
        driven_km=_driven_km(rental.booking, until) if is_return and until else None,
        energy=say_level(rental.vehicle.energy, report.fuel),
        checks=tuple(Checked(part=zone.name, state=zone.words, is_new=zone.is_new) for zone in compared(report, rental.vehicle)),
        checklist=tuple((capital(item), found) for item, found in found_by(report, rental.vehicle.kind).items()),
        remark=report.note,
        unsigned=UNSIGNED[report.unsigned_reason] if report.unsigned_reason and report.signed_at is None else None,
        **_marks_and_photos(report, rental),
        signatures=_signatures(report, adviser.name if adviser else "", person_of(rental.person).full_name),
    )


def _driven_km(booking: Booking, readings: list[Reading]) -> int | None:
    """What the odometer says; of a vehicle that is shared, what this person drove of it."""
    if booking.pattern is None:
        return readings[-1].km - readings[0].km
    rental = mileage_of(booking).rental
    return int(rental.driven_km) if rental else None


_MOST_PICTURES = 12  # on paper; the file keeps them all


def _marks_and_photos(report: ConditionReport, rental: Rental) -> dict[str, Any]:
    """What was known of the vehicle at that report, new since it left or not, with small pictures of what this report saw."""
    looks = compare_looks(rental)
    new = {mark.id for mark in looks.new}
    rows = [*standing(report.vehicle_id, report.at)]
    rows.sort(key=lambda mark: mark.id in new)
    pictures = photos_of_marks([mark.id for mark in rows if mark.report_id == report.id])
    captions = {id_: say_mark(mark.kind, mark.zone) for mark in rows for id_ in pictures.get(mark.id, ())}
    captions |= dict.fromkeys(looks.of_reports.get(report.id, []), say("le véhicule"))
    return {
        "sketch": sketch_of(rental.vehicle.kind),
        "marks": tuple(Marked(words=capital(say_mark(m.kind, m.zone)), note=m.note or "", is_new=m.id in new, x=m.x, y=m.y) for m in rows),
        "pictures": tuple(_pictures(captions)),
        "photos": len(captions),
    }


def _pictures(captions: dict[int, str]) -> Iterable[Picture]:
    asked = select(Attachment).filter(Attachment.id.in_(captions), Attachment.small.is_not(None)).options(undefer(Attachment.small))
    for kept in db.session.scalars(asked.order_by(Attachment.id).limit(_MOST_PICTURES)):
        assert kept.small and kept.width and kept.height
        jpeg = b64encode(kept.small).decode()
        yield Picture(caption=capital(captions[kept.id]), jpeg=jpeg, width=kept.width, height=kept.height)


def _signatures(report: ConditionReport, adviser: str, person: str) -> tuple[Signature, Signature]:
    if report.signed_how != SCREEN:
        return Signature(capacity="Pour la plateforme", full_name=adviser), Signature(capacity="Bénéficiaire", full_name=person)
    device_at = report.signed_on_device_at
    return (
        Signature(
            capacity="Pour la plateforme", full_name=adviser, signed_at=report.at, path=report.adviser_signature, on_device_at=device_at
        ),
        Signature(
            capacity="Bénéficiaire",
            full_name=report.signer_name or "",
            signed_at=report.signed_at,
            path=report.signature,
            on_device_at=device_at,
        ),
    )
