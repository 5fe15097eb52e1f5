"""The description of the API is pinned: what clients rely on does not change unseen."""

import json
from pathlib import Path

import pytest

from primacy.faces.api.contract import description
from primacy.rooms.readiness import exports
from primacy.rooms.readiness.api import board

PINNED = Path(__file__).with_name("openapi.json")
RENEW = "Meant? Run `python -m primacy.faces.api.contract` and read the difference it makes."
ROUTES = [
    (method, path, operation)
    for path, operations in json.loads(PINNED.read_text(encoding="utf-8"))["paths"].items()
    for method, operation in operations.items()
]


def test_the_description_is_the_pinned_one() -> None:
    made, pinned = json.loads(description()), json.loads(PINNED.read_text(encoding="utf-8"))

    changed = sorted(
        f"{method.upper()} {path}"
        for path in made["paths"].keys() | pinned["paths"].keys()
        for method in made["paths"].get(path, {}).keys() | pinned["paths"].get(path, {}).keys()
        if made["paths"].get(path, {}).get(method) != pinned["paths"].get(path, {}).get(method)
    )
    assert not changed, f"These routes changed: {', '.join(changed)}. {RENEW}"
    assert made == pinned, f"Schemas changed. {RENEW}"


@pytest.mark.parametrize(("method", "path", "operation"), ROUTES)
def test_every_route_says_what_it_does_and_how_it_refuses(
    method: str, path: str, operation: dict
) -> None:
    answers = {int(code): answer for code, answer in operation["responses"].items()}
    refusals = {code for code in answers if code >= 400}
    shapes = {answers[code]["content"]["application/json"]["schema"]["$ref"] for code in refusals}

    assert operation["description"]
    assert any(code < 300 for code in answers)
    if not path.endswith("/session"):
        assert {403, 404, 422} <= refusals
        assert shapes == {"#/components/schemas/Refusal"}
    assert (method == "get") or {400, 409} <= refusals


def test_names_of_routes_are_unique() -> None:
    names = [operation["operationId"] for _, _, operation in ROUTES]

    assert len(names) == len(set(names)) > 30


@pytest.mark.parametrize(
    ("data", "schema"),
    [
        (exports.BoardData, board.BoardOut),
        (exports.SubjectData, board.SubjectOut),
        (exports.CellData, board.CellOut),
    ],
)
def test_the_board_leaves_out_nothing_that_the_room_says(data: type, schema: type) -> None:
    assert list(data.__annotations__) == list(schema.__annotations__)
