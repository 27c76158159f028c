"""The tongues' sentences, read from tongues/*.po when one is first asked for, and how each writes days and amounts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel import dates, numbers

from mobility.later import later
from mobility.periods import PARIS
from mobility.tongues import EASY, FRENCH, TONGUES

if TYPE_CHECKING:
    from babel.messages import pofile
else:
    pofile = later("babel.messages.pofile")

FOLDER = Path(__file__).resolve().parent.parent / "tongues"
_STYLES = {"day": "d MMMM y", "weekday": "EEEE d MMMM y", "hour": "HH:mm"}
_MOMENT = "{}, {}"  # a day with its weekday, then the hour: no tongue needs a word between


@dataclass(frozen=True)
class PoCatalogue:
    """A file of sentences, as Babel reads it; `sentences` are by their French form."""

    locale: str
    sentences: Mapping[str, str]

    def form(self, french: str) -> str:
        """The sentence in this tongue; the French where the file has none."""
        return self.sentences.get(french) or french

    def instant(self, value: date | datetime, style: str) -> str:
        """A day, or an instant of Paris, by the locale's own order and names."""
        if not isinstance(value, datetime):
            return str(dates.format_date(value, _STYLES[style], locale=self.locale))
        local = value.astimezone(PARIS)
        hour = dates.format_datetime(local, _STYLES["hour"], locale=self.locale)
        return _MOMENT.format(dates.format_date(local.date(), _STYLES["weekday"], locale=self.locale), hour) if style == "moment" else hour

    def euros(self, cents: int) -> str:
        """An amount, without cents when it has none."""
        digits = cents % 100 != 0
        return str(numbers.format_currency(cents / 100, "EUR", None if digits else "#,##0 ¤", locale=self.locale, currency_digits=digits))


@cache
def catalogue_of(tongue: str) -> PoCatalogue | None:
    """Of one of the tongues; None for French, which needs none, and for one that nobody knows."""
    if tongue == FRENCH or tongue not in TONGUES:
        return None
    locale = FRENCH if tongue == EASY else tongue
    with (FOLDER / f"{tongue}.po").open("rb") as file:
        kept = pofile.read_po(file, locale=locale, domain="point-etape")
    return PoCatalogue(locale=locale, sentences={str(message.id): str(message.string) for message in kept if message.id})
