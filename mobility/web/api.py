"""The API's manners: JSON is read as it is written, whatever is no JSON is refused in words, and the description says what is answered."""

import json
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from threading import Lock
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask, Request
from flask_smorest import Api
from flask_smorest import Blueprint as SmorestBlueprint
from flask_smorest.utils import resolve_schema_instance
from marshmallow import Schema, fields
from webargs.core import missing
from webargs.flaskparser import FlaskParser, abort, is_json_request


class ProblemSchema(Schema):
    """A no: its sentence (title and detail, RFC 9457), and a sentence for each field that is wrong."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.String())


_describing = Lock()


class DescribedApi(Api):
    """The API, its errors described as the problems they are."""

    ERROR_SCHEMA = ProblemSchema

    def _init_spec(self, **options: Any) -> None:
        super()._init_spec(**options)
        self._undescribed: list[Callable[[], None]] = []
        self.spec.to_dict = partial(self._described, self.spec.to_dict)

    def describe_later(self, describe: Callable[[], None]) -> None:
        """Have something described when the description is first read: few ever read it, and it was a third of making the application."""
        self._undescribed.append(describe)

    def _described(self, to_dict: Callable[[], Any]) -> Any:
        with _describing:
            while self._undescribed:
                self._undescribed.pop(0)()
            return to_dict()

    def _register_responses(self) -> None:
        # Upstream knows one content type for answers and errors alike.
        usual: str = Api.DEFAULT_RESPONSE_CONTENT_TYPE
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"
        super()._register_responses()
        self.DEFAULT_RESPONSE_CONTENT_TYPE = usual


def make_api(app: Flask) -> Api:
    """The API of this application, still without its blueprints."""
    return DescribedApi(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_schema_name)})


def _schema_name(schema: Any) -> str:
    """A schema's name in the API's description: its floor's, then its own, so that two floors may each have an Account."""
    found = resolve_schema_cls(schema)
    assert isinstance(found, type)
    return f"{found.__module__.partition('.')[0]}.{found.__name__.removesuffix('Schema')}"


class _ToldTwice(ValueError):
    """A key stands twice in one object: which of the two was meant, nobody can say."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _told_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in pairs:
        if key in told:
            raise _ToldTwice(key)
        told[key] = value
    return told


class ExactParser(FlaskParser):
    """Numbers with a point become Decimal; NaN and the infinities too, for the field that meets them to refuse by name."""

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            return missing
        try:
            return json.loads(req.get_data(cache=True), parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=_told_once)
        except _ToldTwice as error:
            abort(400, exc=error, messages={"json": {error.key: ["Ce champ est donné deux fois."]}})
        except (ValueError, RecursionError) as error:  # broken UTF-8, broken JSON, thousands of digits, thousands of brackets
            abort(400, exc=error, messages={"json": ["Le corps de la demande n’est pas du JSON lisible."]})


class Blueprint(SmorestBlueprint):
    """A blueprint of the API, its bodies read exactly."""

    ARGUMENTS_PARSER = ExactParser()

    def register_views_in_doc(self, api: DescribedApi, *where: Any, **named: Any) -> None:
        """Its routes hang already; what they take and answer is said when it is asked for."""
        api.describe_later(partial(super().register_views_in_doc, api, *where, **named))

    def arguments(self, schema: Any, **kwargs: Any) -> Any:
        """The shape of what is asked, made once: a schema copies all its fields when it is made."""
        return super().arguments(_one(schema), **kwargs)

    def response(self, status_code: int, schema: Any = None, **kwargs: Any) -> Any:
        """The shape of what is answered, made once too."""
        return super().response(status_code, None if schema is None else _one(schema), **kwargs)


def _one(schema: Any) -> Any:
    """An instance that is never copied: each decorator of a view keeps a deep copy of all that those under it said."""
    made = resolve_schema_instance(schema)
    made.__deepcopy__ = lambda memo: made
    return made
