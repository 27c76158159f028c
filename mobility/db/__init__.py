"""The database: tables' base, engines, the platform's scope, the one transaction, and the guards."""

from mobility.db.last import write_last
from mobility.db.memo import look_once, read_once
from mobility.db.plain import Plain, this_platform
from mobility.db.rows import Base, GlobalRow, PlatformRow, db, keys, points_to
from mobility.db.scope import PlatformNotSet, enter, entering, platform_id, platform_scope
from mobility.db.sums import total_of
from mobility.db.transaction import begin_writing, is_writing, transaction, undo

__all__ = [
    "Base",
    "GlobalRow",
    "Plain",
    "PlatformNotSet",
    "PlatformRow",
    "begin_writing",
    "db",
    "enter",
    "entering",
    "is_writing",
    "keys",
    "look_once",
    "platform_id",
    "platform_scope",
    "points_to",
    "read_once",
    "this_platform",
    "total_of",
    "transaction",
    "undo",
    "write_last",
]
