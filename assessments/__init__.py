"""Grids, scoring, entry and exit assessments, orientation, clearances, the mobility booklet."""
