"""Reading JSON for the API as it is written: a decimal stays exact, and whatever is no JSON is refused in words, never a fault."""

import json
from decimal import Decimal
from typing import Any

from flask import Request
from flask_smorest import Blueprint as SmorestBlueprint
from webargs.core import missing
from webargs.flaskparser import FlaskParser, abort, is_json_request


class ExactParser(FlaskParser):
    """Numbers with a point become Decimal; NaN and the infinities too, for the field that meets them to refuse by name."""

    def _raw_load_json(self, req: Request) -> Any:
        if not is_json_request(req):
            return missing
        try:
            return json.loads(req.get_data(cache=True), parse_float=Decimal, parse_constant=Decimal)
        except (ValueError, RecursionError) as error:  # broken UTF-8, broken JSON, thousands of digits, thousands of brackets
            abort(400, exc=error, messages={"json": ["Le corps de la demande n’est pas du JSON lisible."]})


class Blueprint(SmorestBlueprint):
    """A blueprint of the API, its bodies read exactly."""

    ARGUMENTS_PARSER = ExactParser()
