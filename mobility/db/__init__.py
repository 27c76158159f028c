"""The database: tables' base, engines, the platform's scope, the one transaction, and the guards."""

from mobility.db.bulk import Write, among, ready_many, reserve_ids, send, sent_meanwhile
from mobility.db.kept import Kept
from mobility.db.known import Known, columns_of, read_together, this_one
from mobility.db.last import write_last
from mobility.db.memo import look_once, read_once
from mobility.db.plain import Plain
from mobility.db.rows import Base, GlobalRow, PlatformRow, db, keys, points_to
from mobility.db.scope import PlatformNotSet, enter, entering, platform_id, platform_scope, this_platform
from mobility.db.sums import total_of
from mobility.db.transaction import begin_writing, beside, is_writing, transaction, undo

__all__ = [
    "Base",
    "GlobalRow",
    "Kept",
    "Known",
    "Plain",
    "PlatformNotSet",
    "PlatformRow",
    "Write",
    "among",
    "begin_writing",
    "beside",
    "columns_of",
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
    "read_together",
    "ready_many",
    "reserve_ids",
    "send",
    "sent_meanwhile",
    "this_one",
    "this_platform",
    "total_of",
    "transaction",
    "undo",
    "write_last",
]
