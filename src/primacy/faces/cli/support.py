"""`primacy support`: what is asked for and decided, what the gate says, what was handed over."""

import datetime as dt
from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Viewer, require
from primacy.rooms.forces.facade import unit_by_code
from primacy.rooms.persons.facade import person_by_code
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.facade import (
    Answer,
    SupportCase,
    annual_report,
    balance,
    case_by_number,
    case_reading,
    cases,
    clearance,
    findings,
    named_in,
    raise_tasks,
    recipients_of,
    report_cells,
    stop_list,
    suspensions,
    tasks,
)

group = typer.Typer(
    help="Support to forces: requests, decisions, the gate, deliveries, stops.",
    no_args_is_help=True,
)

NOT_ALLOWED, UNKNOWN = 3, 4
"""Exit codes of `clear`: 0 says that something may be handed over, 2 that it could not be asked."""

Number = Annotated[int, typer.Argument(help="number of the case")]
MissionCode = Annotated[str, typer.Option("--mission", help="code; default the last mission")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Account = Annotated[str, typer.Option("--as", help="look or act as this account")]
Reason = Annotated[str, typer.Option(help="why")]
FROM_INPUT = "-"


@group.command("queue")
def queue(
    state: Annotated[str, typer.Option(help="only this state, e.g. screening")] = "",
    kind: Annotated[str, typer.Option(help="only this kind, e.g. fuel")] = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """The cases, those due first at the top."""
    viewer, chosen = start(account, mission)
    rows = cases(viewer, chosen)
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    if as_json:
        print_json([case_line(row) for row in rows])
        return
    print_table(
        "Support",
        ("Number", "Title", "Kind", "State", "Due", "Risk"),
        [
            (row.number, row.title, row.get_kind_display(), row.get_state_display(),
             row.due_on or "–", row.get_risk_display() or "–")
            for row in rows
        ],
    )  # fmt: skip


@group.command("show")
def show(
    number: Number, mission: MissionCode = "", as_json: AsJson = False, account: Account = ""
) -> None:
    """One case: where it stands, what holds it back, what was answered, decided and delivered."""
    viewer, chosen = start(account, mission)
    case = case_by_number(viewer, chosen, number)
    reading = case_reading(viewer, case)
    acts = [
        {"act": one.code, "leads_to": one.leads_to, "held_back_by": list(one.reasons)}
        for one in reading.acts
    ]
    so_far = balance(case)
    rows = recipients_of(viewer, case)
    names = named_in(viewer, chosen, rows)
    if as_json:
        print_json({
            **case_line(case), "round": case.round, "clause": case.clause,
            "starts_on": case.starts_on, "ends_on": case.ends_on, "acts": acts,
            "recipients": [
                {"named": names.who(row, row.named), "kind": row.kind, "excluded": row.excluded,
                 "unit": names.unit_code(row), "person": names.person_code(row),
                 "resolved": row.resolved}
                for row in rows
            ],
            "approved": None if so_far.approved is None else str(so_far.approved),
            "delivered": str(so_far.delivered), "unit": so_far.unit,
        })  # fmt: skip
        return
    say(f"{case.number}: {case.title} ({case.get_kind_display()}), {case.get_state_display()}")
    for row in rows:
        left_out = " (left out)" if row.excluded else ""
        say(f"  {row.get_kind_display()}: {names.who(row, row.named)}{left_out}")
    asked = "not stated" if so_far.approved is None else f"{so_far.approved:,f}"
    say(f"Delivered {so_far.delivered:,f} {so_far.unit}; asked for {asked}.")
    for act in acts:
        say(f"{act['act']} → {act['leads_to']}")
        for text in act["held_back_by"]:
            say(f"    not yet: {text}")


@group.command("clear")
def clear(
    recipient: Annotated[str, typer.Argument(help="code of the unit; of a person with --person")],
    purpose: Annotated[str, typer.Option(help="kind of support, e.g. fuel or joint_operation")],
    day: Annotated[str, typer.Option(help="day, e.g. 2026-05-04; default today")] = "",
    person: Annotated[bool, typer.Option("--person", help="the code is that of a person")] = False,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """What the gate says. Exit code 0: allowed; 3: not allowed; 4: unknown."""
    viewer, chosen = start(account, mission)
    found = clearance(
        viewer,
        chosen,
        purpose=purpose,
        day=day_of(day),
        unit=None if person else unit_by_code(viewer, chosen, recipient),
        person=person_by_code(viewer, chosen, recipient) if person else None,
    )
    if as_json:
        print_json({
            "answer": found.answer.value, "reasons": list(found.reasons), "until": found.until,
            "case": found.case.number if found.case else None,
        })  # fmt: skip
    else:
        say(str(found.answer.label))
        for text in found.reasons:
            say(f"  {text}")
    if not found.lets_through:
        raise typer.Exit(UNKNOWN if found.answer is Answer.UNKNOWN else NOT_ALLOWED)


@group.command("stops")
def stops(mission: MissionCode = "", as_json: AsJson = False, account: Account = "") -> None:
    """The stop list: nothing may be handed to these. Who is not on it may still be refused."""
    viewer, chosen = start(account, mission)
    entries, ordered = list(stop_list(viewer, chosen)), list(suspensions(viewer, chosen))
    names = named_in(viewer, chosen, [*entries, *ordered])
    lines = [
        {"who": names.who(row), "unit": names.unit_code(row), "since": row.since,
         "from_above": row.inherited}
        for row in entries
    ]  # fmt: skip
    orders = [{"id": row.pk, "who": names.who(row), "ended_on": row.ended_on} for row in ordered]
    if as_json:
        print_json({"stopped": lines, "orders": orders})
        return
    print_table("Stop list", ("Who", "Code", "Since", "From above"), [
        (one["who"], one["unit"] or "–", one["since"], "yes" if one["from_above"] else "no")
        for one in lines
    ])  # fmt: skip
    for one in orders:
        say(f"order {one['id']}: {one['who']}, {one['ended_on'] or 'in force'}")


@group.command("tasks")
def tasks_(mission: MissionCode = "", as_json: AsJson = False, account: Account = "") -> None:
    """What has to be looked at, due first."""
    viewer, chosen = start(account, mission)
    lines = [
        {"id": row.pk, "kind": row.kind, "case": row.case.number if row.case else None,
         "raised_on": row.raised_on, "due_on": row.due_on, "level": row.level,
         "reason": row.reason}
        for row in tasks(viewer, chosen)
    ]  # fmt: skip
    if as_json:
        print_json(lines)
        return
    print_table("Tasks", ("Due", "Case", "Reason"), [
        (one["due_on"], one["case"] or "–", one["reason"]) for one in lines
    ])  # fmt: skip


@group.command("look")
def look(mission: MissionCode = "", as_json: AsJson = False, account: Account = "") -> None:
    """Looks for what bears on cases, and raises their tasks. The worker does it by itself."""
    viewer, chosen = start(account, mission)
    made = raise_tasks(actor=viewer, mission=chosen)
    if as_json:
        print_json([{"kind": row.kind, "reason": row.reason} for row in made])
        return
    say(f"{len(made)} new tasks.")


@group.command("findings")
def findings_(mission: MissionCode = "", as_json: AsJson = False, account: Account = "") -> None:
    """Findings of grave violations, those that stand first. None on record is no clean record."""
    viewer, chosen = start(account, mission)
    rows = list(findings(viewer, chosen))
    names = named_in(viewer, chosen, rows)
    lines = [
        {"who": names.who(row), "test": row.get_test_display(),
         "found_on": row.found_on, "lifted_on": row.lifted_on}
        for row in rows
    ]  # fmt: skip
    if as_json:
        print_json(lines)
        return
    print_table("Findings", ("Who", "Test", "Found", "Lifted"), [
        (one["who"], one["test"], one["found_on"], one["lifted_on"] or "stands") for one in lines
    ])  # fmt: skip


@group.command("report")
def report(
    year: Annotated[int, typer.Option(help="year; default this one")] = 0,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """The report of a year: tables from the raw history, and what is still open."""
    viewer, chosen = start(account, mission)
    asked = year or clock.today().year
    made = annual_report(viewer, chosen, dt.date(asked, 1, 1), dt.date(asked, 12, 31))
    if as_json:
        print_json({
            "tables": [
                {"title": one.title, "columns": list(one.columns), "rows": report_cells(one)}
                for one in made.tables
            ],
            "open_questions": list(made.open_questions),
        })  # fmt: skip
        return
    for one in made.tables:
        print_table(one.title, one.columns, report_cells(one))
    for text in made.open_questions:
        say(f"open: {text}")


def start(account: str, mission: str) -> tuple[Viewer, Mission]:
    """Who asks, and the mission asked about; refused to who may know nothing of support there."""
    viewer = acting(account)
    chosen = chosen_mission(viewer, mission)
    # An empty list would say that nothing is there.
    require(viewer, "support.view", chosen.pk)
    return viewer, chosen


def day_of(text: str) -> dt.date:
    """The day that was typed; today where none was."""
    # A day to come can be asked of the gate: planning is what it is for.
    return parse_as_of(text, clock.today()) if text else clock.today()


def case_line(row: SupportCase) -> dict[str, object]:
    """A case as one line of JSON."""
    return {
        "number": row.number, "title": row.title, "kind": row.kind, "state": row.state,
        "due_on": row.due_on, "risk": row.risk or None, "approved_until": row.approved_until,
    }  # fmt: skip
