"""Rentals of the programme from before this software."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class PastRental(PlatformRow, Base):
    """A file (*dossier*) taken in from the platform's own table: no vehicle, its days on the action, its schedule frozen in `programme`.

    Nothing is charged for it. `waivers` are those of conditions that were not met; the conditions themselves are told anew each time.
    """

    __tablename__ = "past_rental"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "import_key"),
        points_to("beneficiary_id", "beneficiary"),
        points_to("action_id", "action"),
        points_to("job_id", "job"),
        points_to("outcome_id", "outcome"),
        Index("ix_past_rental_beneficiary", "platform_id", "beneficiary_id"),
    )

    import_key: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(String(20))
    beneficiary_id: Mapped[int]
    action_id: Mapped[int]
    job_id: Mapped[int | None]
    outcome_id: Mapped[int | None]
    licence_on: Mapped[date | None]
    programme: Mapped[dict[str, Any]]
    waivers: Mapped[list[Any]]
    taken_at: Mapped[datetime]
