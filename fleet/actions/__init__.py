"""What fleet does: one use case a function."""
