"""How amounts, days and distances are written on screen: pure functions, and `register(app)` that gives them to templates."""

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from flask import Flask
from jinja2.utils import urlize
from markupsafe import Markup, escape

from mobility import money, names, periods, phones
from mobility.catalogues import catalogue_of
from mobility.rights import ROLE_NAMES, Role
from mobility.tongues import capital, into
from mobility.web.tongue import catalogue, here, told

WIDE, NARROW = "\u00a0", "\u202f"  # the no-break spaces of French print

_NARROW = re.compile(r" (?=[;!?])")
_WIDE = re.compile(
    r" (?:(?=[:»%€])|(?<=« )|(?<=\b1er )|(?<=\bn° )|(?<=\d )(?=\d|(?:km|h|min)\b)|(?<=\d[ \u00a0]h )(?=\d)"
    r"|(?<=\d )(?=(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b))"
)


def nb(text: str) -> Markup:
    """A sentence in the page's tongue, escaped, its spaces bound: before ; : ! ? » € %, after «, in numbers, before a unit or a month."""
    return _bind(str(told(text)))


def _bind(escaped: str) -> Markup:
    return Markup(_WIDE.sub(WIDE, _NARROW.sub(NARROW, escaped)) if " " in escaped else escaped)


def bare(text: str) -> Markup:
    """A sentence in the page's tongue, escaped, for what holds no marks: an attribute, an option."""
    return escape(into(catalogue(), text))


def french(text: str) -> Markup:
    """The French of a sentence, in whatever page: where that alone binds."""
    return _bind(str(escape(str(text))))


def beside(text: str, tongue: str) -> Markup | None:
    """The same in another tongue than the page's, to read beside it; None where nothing is to be read."""
    if (read := catalogue_of(tongue)) is None:
        return None
    return Markup('<bdi lang="{}">{}</bdi>').format(read.locale, into(read, text))


_CODE = re.compile(r"\b(?=[A-Z-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)+\b")


def whole(text: str) -> Markup:
    """Plain words, escaped, each plate and each number ("AB-123-CD", "B-2026-0012") on one line: a hyphen would part them."""
    plain = escape(text)
    if "-" not in plain:
        return plain
    kept, codes = _CODE.subn(r'<span class="nowrap">\g<0></span>', str(plain))
    return Markup(f"<span>{kept}</span>") if codes else plain  # one piece still, where a row sets its pieces apart


_TAG_OR_CODE = re.compile(rf"<[^>]*>|{_CODE.pattern}")


def all_whole(markup: Markup) -> Markup:
    """The same for a piece of a page, whose tags stay as they are."""
    return Markup(_TAG_OR_CODE.sub(lambda met: met[0] if met[0][0] == "<" else f'<span class="nowrap">{met[0]}</span>', str(markup)))


_LINK = re.compile(r"(?<!\S)\S*(?:@|://|\.\w)\S*")


def links(text: str) -> Markup:
    """Words as they were written, their addresses to follow: jinja's `urlize`, which looks at every word, is asked of those alone."""
    return Markup(_LINK.sub(lambda met: urlize(Markup(met[0]), rel="noopener"), str(escape(text))))


def euros(cents: int) -> Markup:
    """1750 → "17,50 €"."""
    return nb(money.euros(cents))


def day(value: date) -> Markup:
    """A date: "14 janvier 2026". An instant is refused: say which day it is with `periods.paris_day` first."""
    if isinstance(value, datetime):
        raise TypeError("an instant is not a day")
    return nb(periods.say_day(value))


def weekday(value: date) -> Markup:
    """A date with its weekday: "lundi 2 mars 2026"."""
    return nb(periods.say_weekday(value))


def moment(value: datetime) -> Markup:
    """An aware instant, in Paris: "lundi 2 mars 2026 à 9 h 05"."""
    return nb(periods.say_moment(value))


def km(value: int | Decimal) -> Markup:
    """Kilometres, to the tenth when they have one: 12480 → "12 480 km", Decimal("26.42") → "26,4 km"."""
    rounded = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
    whole = rounded == rounded.to_integral_value()
    return _bind(f"{rounded:,.{0 if whole else 1}f} km".replace(",", " ").replace(".", ",").replace("-", "−"))


def km_tenths(tenths: int) -> Markup:
    """Tenths of a kilometre: 264 → "26,4 km"."""
    return km(Decimal(tenths) / 10)


def phone(number: str) -> Markup:
    """A kept number as read aloud: "+33661385435" → "06 61 38 54 35"."""
    return _bind(phones.say_phone(number))


def role_name(role: str) -> str:
    """A role in French: "adviser" → "conseiller mobilité"."""
    return ROLE_NAMES[Role(role)]


def register(app: Flask) -> None:
    """Give templates `_` and these functions as filters, each by its name."""
    for function in (
        euros,
        day,
        weekday,
        moment,
        nb,
        bare,
        french,
        beside,
        capital,
        whole,
        all_whole,
        links,
        km,
        km_tenths,
        phone,
        role_name,
        names.of,
    ):
        app.add_template_filter(function)
    app.jinja_env.globals["_"] = here
