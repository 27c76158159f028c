"""The ground: people, structures, liaison forms, places, accounts and rights, and the common ground under every package."""

import gc

# Nearly all that a start makes stays for good: looking through it all for what does not, again and again, was a fifth of its time.
gc.set_threshold(100_000, 10, 10)
