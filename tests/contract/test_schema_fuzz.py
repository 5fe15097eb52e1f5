"""Whatever a client sends within the description, the API answers as described."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, settings

from tests.conftest import Board
from tests.contract.callers import Caller
from tests.contract.test_openapi import PINNED

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

SCHEMA = schemathesis.openapi.from_dict(json.loads(PINNED.read_text(encoding="utf-8")))
EXAMPLES = 8


@pytest.fixture
def member(board: Board) -> Caller:
    """Somebody who may do most things, in a mission with something to act on."""
    board.open()
    return Caller(board.accounts["planner"])


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_names(
    case: "schemathesis.Case", member: Caller, board: Board
) -> None:
    if "code" in case.path_parameters:
        case.path_parameters["code"] = board.mission.code
    if "pk" in case.path_parameters and "/assessments/" in case.path:
        case.path_parameters["pk"] = str(board.mission.assessments.first().pk)
    if "area" in case.path_parameters:
        case.path_parameters["area"] = board.area.code
    sent = case.as_transport_kwargs(base_url="http://testserver")
    query = urlencode(sent.get("params") or {}, doseq=True)
    body = json.dumps(sent["json"]) if "json" in sent else sent.get("data") or ""

    answer = member.client.generic(
        case.method,
        sent["url"].removeprefix("http://testserver") + (f"?{query}" if query else ""),
        body,
        content_type="application/json",
    )

    declared = {int(status) for status in case.operation.definition.raw["responses"]}
    assert answer.status_code in declared, answer.content
    json.loads(answer.content)
