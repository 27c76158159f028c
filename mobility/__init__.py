"""The ground: people, structures, liaison forms, places, accounts and rights, and the common ground under every package."""

import gc

_SERVING = (100_000, 10, 10)

# Nearly all that a start makes stays for good: looking through it all for what does not, again and again, was a fifth of its time.
gc.set_threshold(1_000_000, 10, 10)


def started() -> None:
    """What stands by now stays: it is never looked through again, and workers made of this process go on sharing its memory."""
    if not gc.get_freeze_count():
        gc.freeze()
    gc.set_threshold(*_SERVING)
