"""The mobility booklet: what a person knows how to do and where they did it, theirs to keep and to share (domain.md §7)."""
