"""What may be read, scoped by who asks."""
