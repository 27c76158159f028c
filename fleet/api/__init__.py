"""Fleet as JSON."""
