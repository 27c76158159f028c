"""What fleet hangs on the ground's slots."""
