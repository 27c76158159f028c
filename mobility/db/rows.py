"""The base of every table, and what a platform's table carries: its platform, one id, and keys that begin with the platform."""

from datetime import date, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, BigInteger, Date, ForeignKey, ForeignKeyConstraint, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from mobility.db.types import Id, Instant

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Declarative base: integers are 64 bits, datetimes are UTC instants, dicts and lists are JSON."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING),
        type_annotation_map={
            int: BigInteger(),
            datetime: Instant(),
            date: Date(),
            dict[str, Any]: JSON(),
            list[Any]: JSON(),
        },
    )


class GlobalRow:
    """A table that belongs to the installation, not to a platform; the short list stands in docs/adr."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)


class PlatformRow:
    """A row of one platform. `platform_id` is filled from the scope and never changes (architecture.md "Rows of a platform")."""

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    platform_id: Mapped[int] = mapped_column(ForeignKey("platform.id"))


def keys(*more: Any) -> tuple[Any, ...]:
    """`__table_args__` of a platform's table: the (platform_id, id) that others point at, then its own keys."""
    return (UniqueConstraint("platform_id", "id"), *more)


def points_to(column: str, table: str) -> ForeignKeyConstraint:
    """A composite foreign key, so that a row can only point inside its own platform."""
    return ForeignKeyConstraint(["platform_id", column], [f"{table}.platform_id", f"{table}.id"])


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": True}, disable_autonaming=True)
