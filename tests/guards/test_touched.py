"""Each act in the code has a decision: what it bears on, or that it makes a board be read anew."""

import ast
from pathlib import Path

import primacy
from primacy.platform.audit.actions import READ
from primacy.rooms.readiness.touched import (
    BY_SUBJECT,
    ON_FINDINGS,
    ON_INCIDENTS,
    ON_STRENGTH,
    WITHOUT_BEARING,
)

SOURCE = Path(primacy.__file__).parent
ANEW = (
    # Loading and undoing bring many records at once.
    "imports.batch.",
    # What stands on every board: its rows, its columns, its rule.
    "forces.claim.",
    "forces.lineage.",
    "forces.unit.create",
    "forces.unit.present",
    "places.area.create",
    "places.boundary.add",
    "places.mission.create",
    "places.population.add",
    "readiness.observation.round",
    "readiness.responsibilities.define",
    "readiness.standard.",
    # Another site's records, or this one's at an earlier moment.
    "site.arrive",
    "site.move",
    "site.restore",
    "site.stays",
)
"""Acts that may change any row, by the beginning of their name."""

DECIDED = (
    READ, *WITHOUT_BEARING, *ON_FINDINGS, *ON_INCIDENTS, *ON_STRENGTH, *BY_SUBJECT, *ANEW,
)  # fmt: skip


def _text(node: ast.expr, constants: dict[str, str]) -> str | None:
    """The act an argument names; of an f-string what stands before the first brace."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        return constants.get(node.id)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return str(node.values[0].value)
    return None


def _acts() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCE.rglob("*.py")]
    constants = {
        node.targets[0].id: node.value.value
        for tree in trees
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }
    calls = [
        node
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    ]
    named = [
        call
        for call in calls
        if (call.func.id if isinstance(call.func, ast.Name) else call.func.attr) == "record"
        and len(call.args) > 1
    ]
    found = [(call, _text(call.args[1], constants)) for call in named]
    # `record_read` hands the name on; every other call names its act where it stands.
    unread = [ast.unparse(call.args[1]) for call, act in found if act is None]
    assert not unread, f"acts whose name cannot be read from the code: {unread}"
    return {act for _, act in found if act is not None}


def test_each_act_has_a_decision_what_it_bears_on() -> None:
    acts = _acts()
    assert len(acts) > 60
    undecided = sorted(act for act in acts if not act.startswith(DECIDED))
    assert not undecided, (
        f"say in rooms/readiness/touched.py what these acts change on a board, or here that they "
        f"make it be read anew: {undecided}"
    )


def test_each_decision_is_about_an_act_that_exists() -> None:
    acts = _acts()
    unused = [name for name in DECIDED if not any(act.startswith(name) for act in acts)]
    assert not unused
