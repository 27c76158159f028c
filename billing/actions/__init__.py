"""Writes of money: one use case per function, never a commit."""
