"""Shapes of billing's inputs and answers, the same for pages and for the API."""
