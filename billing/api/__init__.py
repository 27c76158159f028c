"""Billing in JSON: the same actions, the same schemas as the pages."""
