"""What fleet reads."""
