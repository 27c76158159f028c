"""Money on paper: receipts, notes, schedules, deposits."""
