"""Whatever a client sends within the description, the API answers as described."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, settings

from primacy.platform.accounts.models import Account
from primacy.rooms.places.facade import Mission
from tests.contract.callers import Caller
from tests.contract.test_openapi import PINNED

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

SCHEMA = schemathesis.openapi.from_dict(json.loads(PINNED.read_text(encoding="utf-8")))
SCHEMA.config.phases.coverage.enabled = False
EXAMPLES = 4
SERVER = "http://testserver"


@pytest.fixture
def planner(timor_leste: Mission, make_account: Callable[..., Account]) -> Caller:
    """Somebody who may do most things, in a mission with something to read and to act on."""
    return Caller(make_account("planner"))


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_names(
    case: "schemathesis.Case", planner: Caller, timor_leste: Mission
) -> None:
    assessment = timor_leste.assessments.first()
    known = {"code": timor_leste.code, "area": "Dili"}
    if assessment is not None and "/assessments/" in case.path:
        known["pk"] = str(assessment.pk)
    for name in case.path_parameters.keys() & known.keys():
        case.path_parameters[name] = known[name]
    sent = case.as_transport_kwargs(base_url=SERVER)
    query = urlencode(sent.get("params") or {}, doseq=True)
    body = json.dumps(sent["json"]) if "json" in sent else sent.get("data") or ""

    answer = planner.client.generic(
        case.method,
        f"{sent['url'].removeprefix(SERVER)}?{query}",
        body,
        content_type="application/json",
    )

    declared = {int(status) for status in case.operation.definition.raw["responses"]}
    assert answer.status_code in declared, answer.content
    json.loads(answer.content)
