"""Fleet’s pages."""
