"""The assessments on paper."""
