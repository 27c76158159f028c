"""The shape of every input of the ground, the same for a form and for JSON."""
