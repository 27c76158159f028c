"""Our own input fields: the stock ones take 0.5 as 0, "1_000", other scripts' digits and NUL."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from marshmallow import Schema, ValidationError, fields, pre_load

from mobility.channels import LONGEST_MAIL, MAIL_PATTERN
from mobility.money import MAX_CENTS, euros
from mobility.periods import instant_of

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_FRENCH_MOMENT = re.compile(_FRENCH_DAY.pattern + r" +([0-9]{1,2})[:h]([0-9]{2})")
_EUROS = re.compile(r"(-?)(\d{1,9})(?:[.,](\d{1,2}))?")
_KM = re.compile(r"(\d{1,7})(?:[.,](\d))?")
_REQUIRED: dict[str, Any] = {"required": "Cette réponse est nécessaire.", "null": "Cette réponse est nécessaire."}


class InputSchema(Schema):
    """The base of every input: a field that nobody declared is refused by name."""

    error_messages = {  # noqa: RUF012 — marshmallow reads it
        "unknown": "Ce champ n’est pas attendu ici.",
        "type": "Un objet est attendu.",
    }


class QueryInput(InputSchema):
    """What an address asks (`?year=2008`): each text read as a form's would be."""

    @pre_load
    def _read_texts(self, data: Any, **kwargs: Any) -> dict[str, Any]:
        declared = {name: field for name, field in self.fields.items() if isinstance(field, _Field)}
        asked = {name: data[name] for name in data if data[name] != ""}
        return {name: declared[name].typed(v) if name in declared and isinstance(v, str) else v for name, v in asked.items()}


class _Field(fields.Field[Any]):
    default_error_messages = dict(_REQUIRED)  # noqa: RUF012 — marshmallow reads it

    def __init__(self, *, metadata: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(metadata=self.shape() | dict(metadata or {}), **kwargs)

    def shape(self) -> dict[str, Any]:
        """What the API's description says of it (JSON Schema); read while the field is made, after its own bounds are set."""
        return {}

    def typed(self, text: str) -> Any:
        """What a typed text means in JSON's words; the text itself when it means nothing, for the field to refuse."""
        return text


class Whole(_Field):
    """An integer in [minimum, maximum]; a float, a boolean or a text is refused."""

    def __init__(self, *, minimum: int = 0, maximum: int = 10**9, **kwargs: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        super().__init__(**kwargs)

    def shape(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Un nombre entier est attendu, en chiffres.")
        if not self.minimum <= value <= self.maximum:
            raise ValidationError(f"Un nombre entre {self.minimum} et {self.maximum} est attendu.")
        return value

    def typed(self, text: str) -> Any:
        return int(text) if re.fullmatch(r"-?[0-9]{1,12}", text) else text


class Cents(Whole):
    """An amount in integer cents; typed in a form, it is euros with a decimal comma ("17,50")."""

    def __init__(self, *, minimum: int = 0, maximum: int = MAX_CENTS, **kwargs: Any) -> None:
        super().__init__(minimum=minimum, maximum=maximum, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, str):
            raise ValidationError(_no_amount(value))
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Un montant en centimes entiers est attendu.")
        if value > self.maximum:
            raise ValidationError(f"Ce montant est trop grand : {euros(self.maximum)} au plus.")
        if value < self.minimum:
            raise ValidationError(f"Ce montant est trop petit : {euros(self.minimum)} au moins.")
        return value

    def typed(self, text: str) -> Any:
        found = _EUROS.fullmatch(re.sub(r"[\s\u00a0\u202f€]", "", text))
        if found is None or (not text.isascii() and not re.sub(r"[\u00a0\u202f€]", "", text).isascii()):
            return text
        sign, whole, rest = found.groups()
        cents = int(whole) * 100 + int((rest or "0").ljust(2, "0"))
        return -cents if sign else cents


def _no_amount(text: str) -> str:
    """Why a typed text is no amount, so that whoever typed it sees which key to press."""
    if re.search(r"[$£¥]|\b(usd|gbp|chf|dollars?|livres?|francs?)\b", text, re.IGNORECASE):
        return "Une somme en euros est attendue, sans autre monnaie."
    bare = re.sub(r"[\s\u00a0\u202f€]", "", text)
    if re.fullmatch(r"-?[0-9]{10,}([.,][0-9]+)?", bare):
        return "Ce montant est trop grand : vérifiez le nombre de chiffres."
    if re.fullmatch(r"-?[0-9]{1,9}[.,][0-9]{3,}", bare):
        return "Deux chiffres au plus sont attendus après la virgule, par exemple 17,50."
    return "Un montant en euros est attendu, par exemple 17,50."


class Km(Whole):
    """Whole kilometres on an odometer."""

    def __init__(self, *, minimum: int = 0, maximum: int = 2_000_000, **kwargs: Any) -> None:
        super().__init__(minimum=minimum, maximum=maximum, **kwargs)

    def typed(self, text: str) -> Any:
        return super().typed(re.sub(r"[\s\u00a0\u202f]", "", text))


class Tenths(Whole):
    """A distance in tenths of a kilometre; typed in a form, it is kilometres ("26,4")."""

    def typed(self, text: str) -> Any:
        found = _KM.fullmatch(text) if text.isascii() else None
        return int(found[1]) * 10 + int(found[2] or 0) if found else text


class Day(_Field):
    """A date "2026-03-31" between 1900 and 2100; a form may also type 31/03/2026. A two-digit year is refused."""

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        found = _DAY.fullmatch(value) if isinstance(value, str) and value.isascii() else None
        if found is None:
            raise ValidationError("Une date est attendue, par exemple 31/03/2026, avec l’année en quatre chiffres.")
        year, month, day = map(int, found.groups())
        try:
            parsed = date(year, month, day)
        except ValueError:
            raise ValidationError("Cette date n’existe pas.") from None
        if not 1900 <= year <= 2100:
            raise ValidationError("Cette année n’est pas possible ici.")
        return parsed

    def typed(self, text: str) -> Any:
        found = _FRENCH_DAY.fullmatch(text) if text.isascii() else None
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}" if found else text


class Moment(_Field):
    """An instant: "2026-03-31T08:00" is a wall-clock time in Paris, one with an offset is itself; a form may also type 31/03/2026 08:00.

    Returned in UTC.
    """

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "examples": ["2026-03-31T08:00", "2026-03-31T08:00:00+02:00"]}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        sentence = "Une date et une heure sont attendues, par exemple 31/03/2026 08:00."
        if not isinstance(value, str) or not re.fullmatch(r"[0-9T:.+Z-]{16,32}", value):
            raise ValidationError(sentence)
        try:
            parsed = datetime.fromisoformat(value)
        except ValueError:
            raise ValidationError(sentence) from None
        if not 1900 <= parsed.year <= 2100:
            raise ValidationError("Cette année n’est pas possible ici.")
        return parsed if parsed.tzinfo else instant_of(parsed.date(), parsed.time())

    def typed(self, text: str) -> Any:
        found = _FRENCH_MOMENT.fullmatch(text) if text.isascii() else None
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}T{int(found[4]):02d}:{found[5]}" if found else text


class Hour(_Field):
    """A wall-clock time "08:30"."""

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> time:
        found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", value) if isinstance(value, str) else None
        if found is None:
            raise ValidationError("Une heure est attendue, par exemple 08:30.")
        return time(int(found[1]), int(found[2]))


class Text(_Field):
    """A text of 1 to `longest` characters, trimmed, NFC, with no control character; one line unless `lines`."""

    def __init__(self, *, longest: int = 120, lines: bool = False, pattern: str | None = None, hint: str = "", **kwargs: Any) -> None:
        self.longest, self.lines, self.pattern, self.hint = longest, lines, pattern, hint
        super().__init__(**kwargs)

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": self.longest} | ({"pattern": f"^{self.pattern}$"} if self.pattern else {})

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str):
            raise ValidationError("Un texte est attendu.")
        clean = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip()
        if any(unicodedata.category(c) in ("Cc", "Cs") and not (self.lines and c == "\n") for c in clean):
            raise ValidationError("Ce texte contient un caractère invisible qui ne peut pas être gardé.")
        if not clean:
            raise ValidationError("Cette réponse est nécessaire.")
        if len(clean) > self.longest:
            raise ValidationError(f"Au plus {self.longest} caractères : il y en a {len(clean)}.")
        if self.pattern and not re.fullmatch(self.pattern, clean):
            raise ValidationError(self.hint or "Cette réponse n’a pas la forme attendue.")
        return clean


class Mail(Text):
    """A mail address, folded to lower case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            longest=LONGEST_MAIL,
            pattern=MAIL_PATTERN,
            hint="Une adresse comme nom@example.org est attendue.",
            **kwargs,
        )

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return super()._deserialize(value, attr, data, **kwargs).lower()


class Choice(_Field):
    """One of the given codes; what else was sent is refused."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        self.choices = tuple(choices)
        super().__init__(**kwargs)
        if self.allow_none:
            self.metadata["enum"].append(None)

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.choices)}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise ValidationError("Choisissez une des réponses proposées.")
        return value


class YesNo(_Field):
    """True or false; in a form, a ticked box or "yes"/"no"."""

    def shape(self) -> dict[str, Any]:
        return {"type": "boolean"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Oui ou non est attendu.")
        return value

    def typed(self, text: str) -> Any:
        return {"yes": True, "on": True, "1": True, "no": False, "0": False}.get(text, text)
