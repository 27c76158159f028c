"""The API against its own description: whatever is sent, no fault of ours and no answer outside its shape."""

import re
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from sqlalchemy import update

from mobility.db import db
from mobility.models import Account, ApiToken
from mobility.rights import Role
from tests.house import House
from tests.logs import logged
from tests.money import give_keys
from tests.rental import RentalDesk

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SIZES = [25, pytest.param(5_600, marks=pytest.mark.proof)]  # on each engine, some come to nothing: 10,000 in all
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
SEED = 20260302
PERSONAL = ("Camille Essai", "camille.essai", "33600000001")


class Fuzz:
    """A house with a car on the road, a token a role, and what went wrong."""

    def __init__(self, house: House) -> None:
        self.house = house
        give_keys(house)
        RentalDesk(house).out()
        self.tokens = {role: house.bearer(role) for role in Role}
        described = house.app.test_client().get("/api/v1/openapi.json").get_json()
        del described["security"]  # else half the cases stop at the door, which has its own tests
        self.api = schemathesis.openapi.from_dict(described)
        self.api.app = house.app
        self.views = {
            (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method): house.app.view_functions[rule.endpoint]
            for rule in house.app.url_map.iter_rules()
            for method in rule.methods or ()
        }
        self.answers: Counter[int] = Counter()
        self.faults: dict[str, str] = {}

    def run(self, cases: int) -> None:
        """Generated cases, as many for each operation, or one for some of them; the acts that shut a door come last."""
        operations = sorted((found.ok() for found in self.api.get_all_operations()), key=lambda o: o.method.upper() == "DELETE")
        operations = operations[:: max(len(operations) // cases, 1)]
        each = -(-cases // len(operations))
        for turn, operation in enumerate(operations):
            for mode in MODES if each > 10 else MODES[turn % 2 :][:1]:
                self._operation(operation, mode, each // 2 if each > 10 else each)

    def _operation(self, operation: Any, mode: GenerationMode, cases: int) -> None:
        allowed = getattr(self.views[operation.path, operation.method.upper()], "allowed", None) or {Role.MANAGER}

        @seed(SEED)
        @settings(max_examples=cases, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy(generation_mode=mode), st.sampled_from(sorted(allowed)), st.sampled_from((1, 1, 1, 2, 3, None)))
        def one(case: Any, role: Role, id_: int | None) -> None:
            self._send(case, role, id_)

        self._open_the_doors()
        try:
            one()
        except Exception as unable:  # nothing that breaks this operation's description can be generated
            if type(unable).__name__ not in ("Unsatisfiable", "InvalidArgument"):
                raise

    def _send(self, case: Any, role: Role, id_: int | None) -> None:
        for name in case.path_parameters or {}:
            if name == "slug":
                case.path_parameters[name] = self.house.slug
            elif id_ is not None:  # somebody's, so that cases reach behind the 404
                case.path_parameters[name] = id_
        try:
            answer = case.call(headers=self.tokens[role] | {"Accept-Encoding": "identity"})
            self.answers[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            self._note(case, "; ".join(f"{type(f).__name__} {f.message}" for f in group.exceptions), answer.text)
        except Exception as error:
            self._note(case, f"{type(error).__name__}: {error}", "")

    def _note(self, case: Any, what: str, more: str) -> None:
        self.faults.setdefault(f"{case.operation.label}: {what[:200]}", f"{case.path_parameters} {case.query} {case.body!r} {more}"[:700])

    def _open_the_doors(self) -> None:
        with self.house.writing():
            db.session.execute(update(Account).values(disabled_at=None))
            db.session.execute(update(ApiToken).values(ended_at=None))


@pytest.mark.parametrize("cases", SIZES)
def test_no_generated_case_finds_a_fault_or_an_answer_outside_its_shape(house: House, cases: int) -> None:
    with logged() as lines:
        fuzz = Fuzz(house)
        fuzz.run(cases)
    engine = house.app.extensions["settings"].database_url.partition(":")[0]
    counted = ", ".join(f"{count} × {status}" for status, count in sorted(fuzz.answers.items()))
    print(f"API on {engine}: {fuzz.answers.total()} generated cases ({counted}), {len(fuzz.faults)} faults, {len(lines)} log lines")
    assert not fuzz.faults, "\n".join(f"{what}\n    {how}" for what, how in fuzz.faults.items())
    assert fuzz.answers.total() >= cases * 0.8
    assert not [line for line in lines if any(word in line for word in PERSONAL)]
