"""Measurements: each module prints its figures and writes them into docs/performance.md."""
