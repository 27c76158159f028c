"""The web edge: pages, forms, filters and what the browser is sent."""
