"""What may be done to people, forms, paths and meetings: one use case a function; none of them commits."""
