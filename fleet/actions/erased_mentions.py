"""What of a person stands in a vehicle's life: fleet's part of an erasure (mobility/erasing.py)."""

from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from mobility.db import Base
from mobility.erasing import Case


def claim_photos(connection: Connection, case: Case) -> None:
    """Photos of their vehicles, of what was marked on them and of their accidents are theirs: they go with their other files."""
    tables = Base.metadata.tables
    report, mark, reading = tables["condition_report"], tables["vehicle_mark"], tables["odometer_reading"]
    accident, look, scene, attachment = tables["accident"], tables["look_photo"], tables["accident_photo"], tables["attachment"]
    booking = tables["booking"]
    bookings = select(booking.c.id).where(booking.c.platform_id == case.platform_id, booking.c.beneficiary_id == case.beneficiary_id)
    reports = select(report.c.id).where(report.c.booking_id.in_(bookings))
    of_look = or_(
        look.c.report_id.in_(reports),
        look.c.mark_id.in_(select(mark.c.id).where(mark.c.report_id.in_(reports))),
        look.c.reading_id.in_(select(reading.c.id).where(reading.c.booking_id.in_(bookings))),
    )
    accidents = select(accident.c.id).where(accident.c.platform_id == case.platform_id, accident.c.beneficiary_id == case.beneficiary_id)
    for photo, which in ((look, of_look), (scene, scene.c.accident_id.in_(accidents))):
        ids = connection.scalars(select(photo.c.attachment_id).where(photo.c.platform_id == case.platform_id, which)).all()
        connection.execute(delete(photo).where(photo.c.platform_id == case.platform_id, which))
        connection.execute(update(attachment).where(attachment.c.id.in_(ids)).values(beneficiary_id=case.beneficiary_id))


def erase_from_takeovers(connection: Connection, case: Case) -> None:
    """Lines of spreadsheets sent to start from, still waiting to be taken, and what was doubtful in those that were."""
    takeover = Base.metadata.tables["takeover"]
    asked = select(takeover.c.id, takeover.c.sheets, takeover.c.doubts).where(takeover.c.platform_id == case.platform_id)
    for id_, sheets, doubts in connection.execute(asked).all():
        left = _without(sheets, case), _without(doubts, case)
        if left != (sheets, doubts):
            connection.execute(update(takeover).where(takeover.c.id == id_).values(sheets=left[0], doubts=left[1]))


def _without(value: Any, case: Case) -> Any:
    """The same, each innermost row that names the person emptied: places of others are not moved."""
    if isinstance(value, list) and all(not isinstance(one, list | dict) for one in value):
        return [""] * len(value) if case.is_told_in(" ".join(map(str, value))) else value
    if isinstance(value, list):
        return [_without(one, case) for one in value]
    return {name: _without(one, case) for name, one in value.items()} if isinstance(value, dict) else value


MORE = (claim_photos, erase_from_takeovers)
