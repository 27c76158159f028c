"""From a typed form to an action's input by the schema the API uses, and back to the page with what is wrong."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import g, make_response, request
from marshmallow import Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from mobility.db import db
from mobility.errors import DomainError, InputRefused
from mobility.web.fields import _Field

OURS = frozenset({"csrf_token", "once"})


@dataclass(frozen=True)
class Form:
    """What a page's form shows: values as typed, a sentence per field, one for the whole; `once` makes a second sending harmless."""

    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    sentence: str | None = None
    prefix: str = "f"  # tells apart the fields of two forms on one page
    labels: dict[str, str] = field(default_factory=dict)  # what each field is called, told by the fields while the page is drawn
    once: str = field(default_factory=lambda: secrets.token_urlsafe(16))


def from_form(schema: Schema) -> dict[str, Any]:
    """This request's form, read by a schema. Raises InputRefused with a sentence per field."""
    return load(schema, as_json(schema, request.form))


def load(schema: Schema, data: Any) -> dict[str, Any]:
    """Data in JSON's words, read by a schema. Raises InputRefused with a sentence per field."""
    try:
        loaded = schema.load(data)
    except ValidationError as refused:
        raise InputRefused(flatten(refused.messages)) from None
    assert isinstance(loaded, dict)
    return loaded


def as_json(schema: Schema, form: "MultiDict[str, str]") -> dict[str, Any]:
    """A typed form in JSON's words: an empty answer is no answer, "17,50" is 1750 cents, a ticked list is a list."""
    data: dict[str, Any] = {}
    for name in form:
        if name in OURS:
            continue
        declared = schema.fields.get(name)
        answers = [a.strip() for a in form.getlist(name) if a.strip()]
        if isinstance(declared, fields.List):
            data[name] = [_typed(declared.inner, a) for a in answers]
        elif answers:
            data[name] = _typed(declared, answers[-1])
    return data


def _typed(declared: Any, text: str) -> Any:
    return declared.typed(text) if isinstance(declared, _Field) else text


def flatten(messages: Any, prefix: str = "") -> dict[str, str]:
    """Marshmallow's nested messages as one sentence per field ("tiers.0.from")."""
    if isinstance(messages, list):
        return {prefix or "_schema": " ".join(str(m) for m in messages)}
    if isinstance(messages, str):
        return {prefix or "_schema": messages}
    found: dict[str, str] = {}
    for key, inner in messages.items():
        found |= flatten(inner, prefix if key == "_schema" else f"{prefix}.{key}" if prefix else str(key))
    return found


def shown(typed: "MultiDict[str, str]") -> dict[str, Any]:
    """What was typed as a form shows it: a list where several were ticked."""
    return {name: typed.getlist(name) if len(typed.getlist(name)) > 1 else typed[name] for name in typed}


def refused(error: DomainError, typed: "MultiDict[str, str] | None" = None) -> Form:
    """The form of this request again (or what its address asked), with what the rule said."""
    typed = request.form if typed is None else typed
    values = shown(typed)
    if isinstance(error, InputRefused):
        return Form(values=values, errors=error.messages, sentence=error.sentence)
    return Form(values=values, errors={error.field: error.sentence} if error.field else {}, sentence=error.sentence)


def or_again(page: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """When the act is refused (409, 422, 429), show `page` again with `form=` holding what was typed; nothing is written."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def act(*args: Any, **kwargs: Any) -> Response:
            try:
                return make_response(view(*args, **kwargs))
            except DomainError as error:
                if error.status not in (409, 422, 429):
                    raise
                db.session.rollback()
                g.refused = refused(error)
                return make_response(page(*args, **kwargs, form=g.refused), error.status)

        return act

    return decorate
