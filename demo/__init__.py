"""The demonstration: two invented platforms, lived through the product's own actions, and the command that shows them."""
