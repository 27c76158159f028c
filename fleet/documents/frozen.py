"""A paper kept as JSON and read back as it was: a contract is frozen as printed, whatever the settings say later (domain.md §9)."""

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

P = TypeVar("P")


def freeze(value: Any) -> Any:
    """A paper as plain JSON: instants and days in ISO, tuples as lists, fields by name."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: freeze(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [freeze(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def thaw(kind: type[P], frozen: Any) -> P:
    """The paper back from its JSON, by the types its fields declare; a field added since keeps its default."""
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: _thaw(hints[name], value) for name, value in frozen.items() if name in known})


def _thaw(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        return _thaw(next(kind for kind in get_args(hint) if kind is not type(None)), value)
    if get_origin(hint) is tuple:
        return tuple(_thaw(get_args(hint)[0], each) for each in value)
    if is_dataclass(hint):
        return thaw(hint, value)  # type: ignore[arg-type]
    return hint.fromisoformat(value) if hint in (date, datetime) else value
