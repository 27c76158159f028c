"""What fleet’s pages and API take, one shape an input."""
