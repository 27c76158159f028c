"""Tariffs, tiers, schedules, deposits, the ledger, payments and receipts. Knows money and people, never vehicles."""
