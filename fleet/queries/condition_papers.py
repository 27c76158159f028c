"""A condition report as its paper prints it, compared with what was known before (issue 2 step 5)."""

from fleet.checks import CHECK_IN, FUEL_NAMES
from fleet.documents.condition_report import Checked, ConditionReportPaper
from fleet.models import ConditionReport
from fleet.odometer import list_standing
from fleet.queries.contracts import find_contract, paper_of, vehicle_of
from fleet.queries.readings import list_readings, plain
from fleet.queries.rentals import Rental, compared
from mobility.db import db
from mobility.documents.papers import Signature
from mobility.errors import NotFound
from mobility.models import Account
from mobility.queries.letterhead import letterhead, person_of


def get_report(report_id: int, rental: Rental) -> ConditionReport:
    """A report of this rental. Raises NotFound."""
    found = db.session.get(ConditionReport, report_id)
    if found is None or found.booking_id != rental.booking.id:
        raise NotFound
    return found


def report_paper(report: ConditionReport, rental: Rental) -> ConditionReportPaper:
    """The report with its kilometres, zone by zone, to be signed on paper."""
    standing = list_standing(plain(row for row in list_readings(booking_id=rental.booking.id) if row.vehicle_id == report.vehicle_id))
    until = [reading for reading in standing if reading.at <= report.at]
    is_return = report.moment == CHECK_IN
    contract = find_contract(rental.booking.id)
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
        driven_km=until[-1].km - until[0].km if is_return and until else None,
        energy=f"réservoir {FUEL_NAMES[report.fuel]}" if report.fuel else "sans objet",
        checks=tuple(Checked(part=zone.name, state=zone.words, is_new=zone.is_new) for zone in compared(report, rental.vehicle)),
        remark=report.note,
        signatures=(
            Signature(capacity="Pour la plateforme", full_name=adviser.name if adviser else ""),
            Signature(capacity="Bénéficiaire", full_name=person_of(rental.person).full_name),
        ),
    )
