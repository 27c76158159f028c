"""The database's own refusal of two holders of one vehicle: the last line, behind the lock (architecture.md "What holds a vehicle")."""

from mobility.db.guards import Guard

_OVERLAP = (
    "EXISTS (SELECT 1 FROM occupancy AS other WHERE other.platform_id = NEW.platform_id AND other.vehicle_id = NEW.vehicle_id"
    " AND other.status <> 'released' AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at{apart})"
)
# SQLite would keep a text in an integer column, and every text is greater than every integer: it would slip between the comparisons.
_TYPED = "typeof(NEW.starts_at) = 'integer' AND typeof(NEW.ends_at) = 'integer'"


def _trigger(act: str, apart: str) -> tuple[str, ...]:
    name = f"occupancy_no_overlap_{act.lower()}"
    return (
        f"DROP TRIGGER IF EXISTS {name}",
        f"CREATE TRIGGER {name} BEFORE {act} ON occupancy BEGIN"
        f" SELECT RAISE(ABORT, 'occupancy takes instants in microseconds') WHERE NOT ({_TYPED});"
        f" SELECT RAISE(ABORT, 'the vehicle is held') WHERE NEW.status <> 'released' AND {_OVERLAP.format(apart=apart)}; END",
    )


_EXCLUDE = "ALTER TABLE occupancy ADD CONSTRAINT occupancy_no_overlap EXCLUDE USING gist ({same}, tstzrange(starts_at, ends_at) WITH &&)"
_WHERE = " WHERE (status <> 'released')"
_BY_EXTENSION = _EXCLUDE.format(same="platform_id WITH =, vehicle_id WITH =") + _WHERE
BY_RANGES = (
    _EXCLUDE.format(same="int8range(platform_id, platform_id, '[]') WITH &&, int8range(vehicle_id, vehicle_id, '[]') WITH &&") + _WHERE
)
# btree_gist is not on every server, and not everybody may create it: ranges of one number say the same without it.
_POSTGRESQL = f"""DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_constraint WHERE conname = 'occupancy_no_overlap' AND conrelid = 'occupancy'::regclass) THEN
    RETURN;
  END IF;
  BEGIN
    CREATE EXTENSION IF NOT EXISTS btree_gist;
    {_BY_EXTENSION};
  EXCEPTION WHEN OTHERS THEN
    {BY_RANGES};
  END;
END $$"""

_OURS = "nullif(current_setting('app.platform_id', true), '')::bigint IN (lender_id, borrower_id)"
# A loan has two platforms and is seen by both, by no third; SQLite's readers ask for their own (fleet/queries/loans.py).
two_platforms = Guard(
    name="a loan is seen by its two platforms",
    sqlite=(),
    postgresql=(
        "ALTER TABLE vehicle_loan ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE vehicle_loan FORCE ROW LEVEL SECURITY",
        "DROP POLICY IF EXISTS two_platforms ON vehicle_loan",
        f"CREATE POLICY two_platforms ON vehicle_loan USING ({_OURS}) WITH CHECK ({_OURS})",
    ),
)

no_overlap = Guard(
    name="a vehicle is held once at a time",
    sqlite=(*_trigger("INSERT", ""), *_trigger("UPDATE", " AND other.id <> OLD.id")),
    postgresql=(_POSTGRESQL,),
)
