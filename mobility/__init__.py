"""The ground: people, structures, liaison forms, places, accounts and rights, and the common ground under every package."""
