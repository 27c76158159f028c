"""What somebody reads in their own tongue: a French sentence remembers what it is made of, and is said anew where it is read. Pure.

French is what is written, kept and compared: whoever wants a string has one. A page alone asks for another tongue (docs/adr/0028).
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any, Protocol

FRENCH, EASY = "fr", "fr-facile"
NAMES = {FRENCH: "Français", EASY: "Français facile", "en": "English", "ar": "العربية", "uk": "Українська"}
TONGUES = tuple(NAMES)
OTHERS = TONGUES[1:]  # beside French
RIGHT_TO_LEFT = frozenset({"ar"})


class Catalogue(Protocol):
    """What one tongue knows: its sentences, and how it writes days and amounts."""

    def form(self, french: str) -> str:
        """The sentence in this tongue, its places still open; the French where it has none."""
        ...

    def instant(self, value: date | datetime, style: str) -> str:
        """A day ("day", "weekday") or an instant in Paris ("moment", "hour")."""
        ...

    def euros(self, cents: int) -> str:
        """An amount."""
        ...


class Spoken(str):
    """A French text that can be said in another tongue."""

    __slots__ = ()

    def into(self, catalogue: Catalogue) -> str:
        """The same in another tongue."""
        raise NotImplementedError


class Said(Spoken):
    """A sentence: its form, with places written %(so)s, and what fills them."""

    __slots__ = ("form", "values")

    form: str
    values: Mapping[str, Any]

    def into(self, catalogue: Catalogue) -> str:
        """The form in that tongue, and so is what fills it."""
        form = catalogue.form(self.form)
        return form % {name: into(catalogue, value) for name, value in self.values.items()} if self.values else form


class SaidInstant(Spoken):
    """A day, or an instant in Paris, and how much of it is told."""

    __slots__ = ("style", "value")

    value: date | datetime
    style: str

    def into(self, catalogue: Catalogue) -> str:
        """As that tongue writes it."""
        return catalogue.instant(self.value, self.style)


class SaidEuros(Spoken):
    """An amount in cents."""

    __slots__ = ("cents",)

    cents: int

    def into(self, catalogue: Catalogue) -> str:
        """As that tongue writes it."""
        return catalogue.euros(self.cents)


def say(form: str, /, **values: Any) -> Said:
    """A French sentence, its places filled: say("Avec %(name)s", name="Noémie"). What fills them may itself be said."""
    said = Said(form % values if values else form)
    said.form, said.values = form, values
    return said


def say_instant(text: str, value: date | datetime, style: str) -> SaidInstant:
    """A day or an instant whose French is known."""
    said = SaidInstant(text)
    said.value, said.style = value, style
    return said


def say_euros(text: str, cents: int) -> SaidEuros:
    """An amount whose French is known."""
    said = SaidEuros(text)
    said.cents = cents
    return said


def into(catalogue: Catalogue | None, text: Any) -> Any:
    """A text in the tongue of a catalogue; without one, or when it is plain, as it stands."""
    return text.into(catalogue) if catalogue is not None and isinstance(text, Spoken) else text


class Changed(Spoken):
    """A text with other letters: a large one first, or none."""

    __slots__ = ("how", "inner")

    how: Callable[[str], str]
    inner: str

    def into(self, catalogue: Catalogue) -> str:
        """The same of what that tongue says."""
        return self.how(into(catalogue, self.inner))


class Joined(Spoken):
    """Several texts one after the other."""

    __slots__ = ("between", "parts")

    between: str
    parts: tuple[str, ...]

    def into(self, catalogue: Catalogue) -> str:
        """Each in that tongue."""
        return self.between.join(into(catalogue, part) for part in self.parts)


def capital(text: str) -> str:
    """A text with its first letter large, and the others as they are."""
    return changed(text, lambda said: f"{said[:1].upper()}{said[1:]}")


def small(text: str) -> str:
    """A text in small letters."""
    return changed(text, str.lower)


def joined(between: str, parts: Iterable[str | None]) -> str:
    """Texts one after the other, those that are there: a list, or sentences in a row."""
    kept = tuple(part for part in parts if part)
    said = Joined(between.join(kept))
    said.between, said.parts = between, kept
    return said


def words(by_code: Mapping[str, str]) -> dict[str, str]:
    """A table of codes whose words are said."""
    return {code: say(text) for code, text in by_code.items()}


def changed(text: str, how: Callable[[str], str]) -> str:
    """A text as `how` makes it of its words, in whatever tongue."""
    if not isinstance(text, Spoken):
        return how(text)
    said = Changed(how(text))
    said.how, said.inner = how, text
    return said
