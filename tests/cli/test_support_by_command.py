"""Support by commands alone: asked for, answered, decided, handed over, stopped, reported."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from primacy.platform import clock
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Marking
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.support.actions.stops import record_finding
from primacy.rooms.support.models import Delivery, Reconciliation, SupportCase, SupportTask
from tests.cli.conftest import Outcome, Run
from tests.rooms.support.conftest import Desk, desk

__all__ = ["desk"]

ALLOWED, NOT_ALLOWED, UNKNOWN, REFUSED = 0, 3, 4, 2
FUEL = ("--purpose", "fuel")


class Person:
    """Somebody of the desk at the command line."""

    def __init__(self, run: Run, desk: Desk, label: str) -> None:
        self.run, self.email = run, desk.accounts[label].email

    def __call__(self, *words: str) -> Outcome:
        return self.run("support", *words, "--as", self.email)

    def read(self, *words: str, code: int = 0) -> Any:
        """What a command prints as JSON."""
        done = self(*words, "--json")
        assert done.code == code, done.err
        return json.loads(done.out)


@pytest.fixture
def who(run: Run, desk: Desk) -> Any:
    """People of the desk by their label."""
    return lambda label: Person(run, desk, label)


def written(folder: Path, **changed: object) -> str:
    """A file with a whole request for fuel."""
    today = clock.today()
    terms = {
        "title": "Fuel for patrols", "kind": "fuel", "starts_on": today.isoformat(),
        "ends_on": (today + dt.timedelta(days=90)).isoformat(), "asked_for_by": "Police component",
        "place": "District 1", "quantity": 1000, "quantity_unit": "litres", "budget": "5000.50",
        "currency": "USD", "budget_line": "B-1", "objective": "Patrols reach the outposts.",
        "absorption": "Two tanks, one keeper.", "baseline": "Four patrols a week.",
        "sustainment": "The ministry pays from year 2.", "cost_year_3": 6000, "cost_year_5": 7000,
        "units": ["b1-1"],
    }  # fmt: skip
    path = folder / "request.json"
    path.write_text(json.dumps({**terms, **changed}), encoding="utf-8")
    return str(path)


def test_a_request_is_drafted_moved_answered_and_decided(
    desk: Desk, who: Any, tmp_path: Path
) -> None:
    planner, officer, leader = who("planner"), who("human_rights"), who("leader")
    drafted = planner.read("request", written(tmp_path))
    assert (drafted["number"], drafted["state"]) == (1, "draft")
    assert planner.read("move", "1", "submit")["state"] == "submitted"
    early = officer("move", "1", "screen")
    assert (early.code, "cannot do 'screen'" in early.err) == (REFUSED, True)
    case = SupportCase.objects.get(number=1)
    desk.to("screening", case)
    (waiting,) = [one for one in officer.read("show", "1")["acts"] if one["act"] == "consolidate"]
    assert [one.split(" has not")[0] for one in waiting["held_back_by"]] == [
        "Human rights", "UN Police",
    ]  # fmt: skip
    reason = ("--reason", "Searched the register.", "--searched", "register, today")
    for label, office in (("human_rights", "hr"), ("adviser", "police")):
        done = who(label)("answer", "1", "--recipient", "b1-1", "--office", office,
                          "--colour", "green", *reason)  # fmt: skip
        assert done.code == 0, done.err
    assert officer.read("move", "1", "consolidate", "--reason", "All agree")["state"] == (
        "consolidated"
    )
    case.refresh_from_db()
    desk.to("decision", case)
    until = (clock.today() + dt.timedelta(days=30)).isoformat()
    decided = leader.read("decide", "1", "approved", "--reasons", "It helps.",
                          "--valid-until", until)  # fmt: skip
    assert (decided["state"], decided["approved_until"]) == ("approved", until)
    assert officer.read("move", "1", "activate")["state"] == "active"
    queue = planner.read("queue", "--state", "active")
    assert [row["number"] for row in queue] == [1]
    assert planner.read("queue", "--kind", "training") == []
    assert "Fuel for patrols" in planner("queue").out
    whole = planner.read("show", "1")
    assert whole["recipients"][0]["unit"] == "b1-1"
    assert planner("show", "1").out.startswith("1: Fuel for patrols")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"kind": "gold"}, "no kind of support"),
        ({"colour": "green"}, "colour"),
        ({"quantity": "plenty"}, "no number"),
        ({"starts_on": "the war"}, "the war"),
        ({"units": ["nowhere"]}, "nowhere"),
    ],
)
def test_a_file_that_cannot_stand_is_refused_and_nothing_is_drafted(
    who: Any, tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    refused = who("planner")("request", written(tmp_path, **changed))
    assert refused.code == REFUSED
    assert said in refused.err
    assert not SupportCase.objects.exists()


def test_the_gate_answers_by_its_exit_code_and_says_why(desk: Desk, who: Any) -> None:
    planner = who("planner")
    nothing = planner.read("clear", "b1-1", *FUEL, code=UNKNOWN)
    assert (nothing["answer"], nothing["case"]) == ("unknown", None)
    assert "does not mean that nothing stands against it" in nothing["reasons"][0]
    case = desk.active()
    assert planner.read("clear", "b1-1", *FUEL)["case"] == case.number
    later = (case.ends_on + dt.timedelta(days=1)).isoformat()
    assert planner.read("clear", "b1-1", *FUEL, "--day", later, code=NOT_ALLOWED)["reasons"]
    assert planner.read("clear", "b1-1", "--purpose", "money", code=UNKNOWN)["case"] is None
    record_finding(
        actor=desk["human_rights"], mission=desk.mission, unit=desk.brigade, test="gross",
        basis="Five verified incidents", source_title="Summary",
    )  # fmt: skip
    stopped = planner.read("clear", "b1-1", *FUEL, code=NOT_ALLOWED)
    assert "no override" in stopped["reasons"][0]
    assert planner("clear", "nowhere", *FUEL).code == REFUSED
    spoken = planner("clear", "b1-1", *FUEL)
    assert (spoken.code, "Five verified" in spoken.out) == (NOT_ALLOWED, False)
    (row,) = who("human_rights").read("findings")
    assert (row["who"], row["lifted_on"]) == (str(desk.brigade), None)


def handed(quantity: int, source: str = "Note 12") -> tuple[str, ...]:
    """What was handed over, as options."""
    return ("--what", "Diesel", "--quantity", str(quantity), "--counted-in", "litres",
            "--source", source)  # fmt: skip


def test_deliveries_pass_the_gate_or_are_kept_as_around_it(desk: Desk, who: Any) -> None:
    planner, case = who("planner"), desk.active()
    number = str(case.number)
    assert planner.read("deliver", number, *handed(400)) == {"number": 1, "beyond": []}
    over = planner.read("deliver", number, *handed(900))
    assert len(over["beyond"]) == 1
    assert "1,300" in over["beyond"][0] or "1300" in over["beyond"][0]
    assert planner("deliver", number, *handed(0)).code == REFUSED
    assert planner("unassessed", "A company", "--kind", "fuel", *handed(50)).code == 0
    (around,) = Delivery.objects.filter(standing="unassessed")
    assert (around.named, around.case) == ("A company", None)
    whole = planner.read("show", number)
    assert (float(whole["approved"]), float(whole["delivered"])) == (1000, 1300)
    kinds = {task["kind"] for task in who("human_rights").read("tasks")}
    assert kinds == {"outside", "unassessed"}
    assert who("human_rights")("tasks").code == 0


def test_support_is_stopped_with_all_below_and_goes_on_by_another_person(
    desk: Desk, who: Any
) -> None:
    case, planner = desk.active(), who("planner")
    first, second = who("human_rights"), who("human_rights_2")
    told = ("--reason", "A pattern of beatings", "--told-host", "Conduct in detention")
    order = first.read("suspend", "b1", *told)
    assert order["stopped"] == 2
    held = planner("deliver", str(case.number), *handed(10))
    assert (held.code, Delivery.objects.count()) == (REFUSED, 0)
    listed = who("commander").read("stops")
    assert {(one["unit"], one["from_above"]) for one in listed["stopped"]} == {
        ("b1", False), ("b1-1", True),
    }  # fmt: skip
    # What the host state may not read: the order and its reason.
    assert listed["orders"] == []
    assert "beatings" not in who("commander")("stops").out
    again = first("reinstate", order["id"], "--reason", "Charged")
    assert (again.code, "somebody else must lift it" in again.err) == (REFUSED, True)
    ended = second.read("reinstate", order["id"], "--reason", "Charged")
    assert ended == {"in_force": [case.number], "held": []}
    assert second.read("stops")["stopped"] == []
    spared = first.read("suspend", "b1", *told, "--exempt", "b1-1")
    assert spared["stopped"] == 1


def test_who_is_closed_to_a_reader_is_restricted_in_every_list(desk: Desk, who: Any) -> None:
    closed = add_unit(
        actor=desk["planner"], mission=desk.mission, code="night", name="Night watch",
        force="Police", side="local", source=desk.source(),
    )  # fmt: skip
    number = str(desk.draft(recipients=[closed]).number)
    # The register closes the unit after support has named it.
    closed.marking = Marking.STRICT
    closed.save(update_fields=["marking"])
    who("human_rights")("suspend", "night", "--reason", "Beatings", "--told-host", "Conduct")
    assert "Night watch" in who("human_rights")("stops").out
    for words in (("stops",), ("show", number)):
        shown = who("planner")(*words).out
        assert "Night" not in shown
        assert "restricted information: ask" in shown


def test_tasks_are_looked_for_once_and_a_year_is_reported(desk: Desk, who: Any) -> None:
    desk.draft()
    officer = who("human_rights")
    with clock.standing(clock.now() + dt.timedelta(days=60)):
        made = officer.read("look")
        assert [one["kind"] for one in made] == ["clock"]
        assert "0 new tasks" in officer("look").out
    assert SupportTask.objects.count() == 1
    report = officer.read("report", "--year", str(clock.today().year))
    assert all(len(row) == len(one["columns"]) for one in report["tables"] for row in one["rows"])
    assert {one["title"] for one in report["tables"]}
    assert isinstance(report["open_questions"], list)


def test_a_roster_is_held_against_a_case_and_kept_where_asked(
    desk: Desk, who: Any, tmp_path: Path
) -> None:
    case = desk.active(kind="training", recipients=[desk.persons["major"]])
    roster = tmp_path / "roster.csv"
    with roster.open("w", newline="", encoding="utf-8") as sheet:
        csv.writer(sheet).writerows([("Name",), ("Bena Roe",), ("Zzyzx Quorl",)])
    asked = ("reconcile", str(case.number), str(roster), "--when", "before",
             "--day", clock.today().isoformat())  # fmt: skip
    tried = who("planner").read(*asked, "--preview")
    assert (tried["kept"], Reconciliation.objects.count()) == (False, 0)
    # A name alone is never the person; who was approved is then missing from the roster.
    assert tried["counts"] == {"near": 1, "never": 1, "absent": 1}
    kept = who("planner").read(*asked)
    assert (kept["counts"], Reconciliation.objects.count()) == (tried["counts"], 1)


def test_who_may_not_know_support_learns_nothing(desk: Desk, who: Any) -> None:
    number = str(desk.active().number)
    order = ("--reason", "x", "--told-host", "y")
    before = AuditEntry.objects.count()
    donor, commander = who("donor"), who("commander")
    for words in (("queue",), ("show", number), ("clear", "b1-1", *FUEL), ("stops",), ("tasks",),
                  ("findings",), ("report",), ("look",), ("suspend", "b1", *order),
                  ("deliver", number, *handed(5)), ("move", number, "reopen")):  # fmt: skip
        refused = donor(*words)
        assert (refused.code, "Fuel" in refused.out) == (REFUSED, False), words
    assert commander.read("queue") == []
    assert commander("show", number).code == REFUSED
    assert not AuditEntry.objects.filter(pk__gt=before, action__startswith="support.").exists()
