"""Taking in a platform's own spreadsheets: pure reading here, writing in mobility/actions/imports.py."""
