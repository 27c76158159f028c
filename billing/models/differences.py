"""What our books and the card gateway do not say alike, night after night."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from mobility.db import Base, PlatformRow, keys, points_to


class GatewayDifference(PlatformRow, Base):
    """A difference with the gateway, once for its kind and what it is about; open until it was mended, seen, or gone by itself.

    `sentence` names sums and references, never a person. `mended_by` is None for what went by itself.
    """

    __tablename__ = "gateway_difference"
    __table_args__ = keys(
        UniqueConstraint("platform_id", "kind", "subject"),
        points_to("payment_id", "payment"),
        Index("ix_gateway_difference_mended", "platform_id", "mended_at"),
        CheckConstraint("(mended_at IS NULL) = (mended_how IS NULL)", name="mended"),
    )

    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(120))
    payment_id: Mapped[int | None]
    charge_reference: Mapped[str | None] = mapped_column(String(120))
    cents: Mapped[int]
    sentence: Mapped[str] = mapped_column(String(300))
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    mended_at: Mapped[datetime | None]
    mended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    mended_how: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(String(200))
