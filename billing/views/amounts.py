"""An amount as somebody would type it, for forms that propose one."""

from mobility.web.forms import Form


def typed(cents: int) -> str:
    """1750 → "17,50", 500 → "5"."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}" if rest else str(whole)


def proposing(cents: int, *, prefix: str, refused: Form | None = None) -> Form:
    """A form of one amount, or the one just refused; its own prefix keeps it apart from others on the page."""
    if refused is None:
        return Form(values={"cents": typed(cents)}, prefix=prefix)
    return Form(values=refused.values, errors=refused.errors, sentence=refused.sentence, prefix=prefix)
