"""A joint decision from the command line, and figures as JSON wherever figures are printed."""

import json
import re

import pytest

from primacy.rooms.readiness.facade import LeadEntry
from tests.cli.conftest import Outcome, Run
from tests.conftest import Board, passing

FINDING = "accountability.no_grave_finding"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def id_in(done: Outcome) -> str:
    """The id that a command printed."""
    assert done.code == 0, done.err
    found = ID.search(done.out)
    assert found, done.out
    return found.group()


def test_evidence_to_signature_by_commands_alone(board: Board, run: Run) -> None:
    def acts(label: str, *arguments: str) -> Outcome:
        return run("assess", *arguments, "--as", board.accounts[label].email)

    acts(
        "planner", "lead", "District 1", "patrol_presence", "joint",
        "--since", "2026-01-15", "--source", "Handover order 12",
    )  # fmt: skip
    for row in board.standard.criteria.all():
        values = passing(row.unit, row.comparison, row.threshold)
        method = next(m for m in ("field", "survey", "records") if m in row.methods)
        given = (
            ("--value", str(values["value"]))
            if "value" in values
            else ("--count", str(values["numerator"]), "--of", str(values["denominator"]))
        )
        id_in(
            acts(
                "human_rights" if row.code == FINDING else "adviser",
                "observe", "a1", row.indicator,
                "--method", method, "--source", "Joint field visit", *given,
            )
        )  # fmt: skip
    one = id_in(acts("adviser", "open", "a1", "patrol_presence", "--to", "local_supported"))
    refused = acts("adviser", "freeze", one)
    for label in ("adviser", "commander", "official"):
        acts(label, "seat", one)
    frozen = acts("adviser", "freeze", one)
    shown = json.loads(run("assess", "show", one, "--json").out)
    decision = id_in(acts("adviser", "propose", one))
    signed = [acts(label, "sign", decision) for label in ("adviser", "commander", "official")]

    assert refused.code == 2
    assert refused.err.count(" on the team not taken") == 3
    assert frozen.code == 0
    assert (shown["state"], shown["readiness"]) == ("frozen", "ready")
    assert all(criterion["result"] == "met" for criterion in shown["criteria"])
    assert [done.code for done in signed] == [0, 0, 0]
    assert "Signed by all parties" in signed[-1].out
    lines = json.loads(run("assess", "list", "--json").out)
    assert [(line["id"], line["state"], line["result"]) for line in lines] == [
        (one, "decided", "ready")
    ]
    assert list(LeadEntry.objects.order_by("recorded_at").values_list("lead", flat=True)) == [
        "joint",
        "local_supported",
    ]


def test_nobody_signs_for_a_party_by_being_at_the_keyboard(board: Board, run: Run) -> None:
    done = run("assess", "seat", str(board.open().pk), "--as", "")

    assert done.code == 2
    assert "only a person with an account takes a seat" in done.err


def test_a_source_left_empty_is_refused_without_a_traceback(board: Board, run: Run) -> None:
    done = run(
        "assess", "lead", "a1", "patrol_presence", "joint", "--since", "2026-01-15",
        "--source", " ",
    )  # fmt: skip

    assert (done.code, LeadEntry.objects.count()) == (2, 0)
    assert done.err.startswith("primacy: Say where this comes from")


@pytest.mark.parametrize(
    "arguments",
    [
        ("mission", "list"),
        ("account", "list"),
        ("assess", "list"),
        ("audit", "list"),
        ("audit", "verify"),
        ("board",),
        ("case",),
    ],
)
def test_figures_come_as_json_everywhere(
    board: Board, run: Run, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments, "--json")

    assert done.code == 0, done.err
    assert isinstance(json.loads(done.out), dict | list)


def test_a_mission_of_ones_own_starts_with_ten_responsibilities(run: Run) -> None:
    made = run("mission", "new", "United Nations Mission in Carana", "--country", "Carana")
    again = run("mission", "new", "United Nations Mission in Carana", "--country", "Carana")
    listed = json.loads(run("mission", "list", "--json").out)

    assert (made.code, again.code) == (0, 2)
    assert "exists already" in again.err
    assert [line["country"] for line in listed] == ["Carana"]
    assert json.loads(run("board", "--json").out)["areas"] == []


def test_a_head_noted_earlier_must_still_be_in_the_chain(board: Board, run: Run) -> None:
    head = json.loads(run("audit", "verify", "--json").out)["head"]

    assert run("audit", "verify", "--expect", head).code == 0
    gone = run("audit", "verify", "--expect", "0" * 64)
    assert gone.code == 1
    assert "is not in the chain" in gone.out
