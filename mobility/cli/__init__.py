"""The command line of the ground: `flask --app wsgi …`, one file a noun."""
