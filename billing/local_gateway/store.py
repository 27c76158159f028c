"""The gateway's own SQLite file: accounts, checkouts, cards left, holds, keys already seen, webhooks to deliver. Never our database."""

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (id TEXT PRIMARY KEY, webhook_secret TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS checkout (
    reference TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), intent TEXT NOT NULL UNIQUE, charge TEXT NOT NULL,
    platform TEXT NOT NULL, payment TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents > 0), label TEXT NOT NULL,
    success_url TEXT NOT NULL, cancel_url TEXT NOT NULL, opened_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'asked', 'paid', 'expired')),
    is_tried INTEGER NOT NULL DEFAULT 0, refunded_cents INTEGER NOT NULL DEFAULT 0 CHECK (refunded_cents BETWEEN 0 AND cents)
) STRICT;
CREATE INDEX IF NOT EXISTS checkout_payment ON checkout (account, payment);
CREATE TABLE IF NOT EXISTS setup (
    reference TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), platform TEXT NOT NULL, asked TEXT NOT NULL,
    label TEXT NOT NULL, success_url TEXT NOT NULL, cancel_url TEXT NOT NULL, expires_at INTEGER NOT NULL,
    holder TEXT UNIQUE, card TEXT, number TEXT, ends TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS hold (
    reference TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), intent TEXT NOT NULL UNIQUE, platform TEXT NOT NULL,
    payment TEXT NOT NULL, cents INTEGER NOT NULL CHECK (cents > 0), label TEXT NOT NULL, success_url TEXT NOT NULL,
    cancel_url TEXT NOT NULL, expires_at INTEGER NOT NULL, status TEXT NOT NULL DEFAULT 'open', number TEXT, capture_before INTEGER,
    captured_cents INTEGER NOT NULL DEFAULT 0 CHECK (captured_cents BETWEEN 0 AND cents)
) STRICT;
CREATE TABLE IF NOT EXISTS move (
    reference TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), kind TEXT NOT NULL, cents INTEGER NOT NULL,
    fee_cents INTEGER NOT NULL, at INTEGER NOT NULL, charge TEXT, payment TEXT, source TEXT, payout TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS move_at ON move (account, at);
CREATE TABLE IF NOT EXISTS payout (
    reference TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), cents INTEGER NOT NULL, made_at INTEGER NOT NULL,
    arrives_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS dispute (
    reference TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), charge TEXT NOT NULL, cents INTEGER NOT NULL,
    opened_at INTEGER NOT NULL, status TEXT NOT NULL DEFAULT 'open'
) STRICT;
CREATE TABLE IF NOT EXISTS answer (
    account TEXT NOT NULL, key TEXT NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (account, key)
) STRICT;
CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES account (id), platform TEXT NOT NULL, event TEXT NOT NULL,
    event_type TEXT NOT NULL, raw BLOB NOT NULL, due_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, delivered_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (due_at) WHERE delivered_at IS NULL;
"""


class Store:
    """One connection behind a lock, shared by the threads of a process; other processes wait their turn at the file."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._db.close)  # a store that nobody holds lets its file go
        self._db.row_factory = sqlite3.Row
        self._db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; {SCHEMA}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; the write lock is taken at the start, so that what was read still holds when writing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            self._db.close()
