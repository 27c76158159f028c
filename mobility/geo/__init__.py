"""Places, distances, and the outside worlds that know them."""
