"""Paper: A4 PDFs that screen readers can read (PDF/UA-1); each package keeps its own templates and says what goes on them."""
