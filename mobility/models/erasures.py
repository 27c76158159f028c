"""Who was erased, by their number alone."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class Erasure(PlatformRow, Base):
    """A person's erasure: why, by whom, and to which day the law has their books kept (None without any).

    Until `sealed_at`, which comes at the end of the same transaction, the guards let the few columns of append-only tables be emptied
    that are about this person, and nothing else (docs/adr/0027).
    """

    __tablename__ = "erasure"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "beneficiary_id"),
        points_to("beneficiary_id", "beneficiary"),
        CheckConstraint("why IN ('asked', 'due', 'told')", name="why"),
        CheckConstraint("sealed_at >= erased_at", name="order"),
    )

    beneficiary_id: Mapped[int]
    why: Mapped[str] = mapped_column(String(10))
    erased_at: Mapped[datetime]
    erased_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    kept_until: Mapped[date | None]
    sealed_at: Mapped[datetime | None]
