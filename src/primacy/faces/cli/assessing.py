"""`primacy assess`: observations, assessments, decisions and signatures from the command line."""

import datetime as dt
from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_function, chosen_mission, record_id
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.rooms.places.facade import area_by_code
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.facade import (
    NoStandard,
    assessment_by_id,
    assessments,
    decision_by_id,
    read_assessment,
    responsibilities,
    standard_at,
)

group = typer.Typer(
    help="Enter evidence, open and freeze assessments, propose and sign decisions.",
    no_args_is_help=True,
)
As = Annotated[str, typer.Option("--as", help="the account that acts, by its address")]
MissionOption = Annotated[str, typer.Option("--mission", help="code; default the last started")]
Id = Annotated[str, typer.Argument(help="the id printed by `primacy assess list` or `open`")]


def _day(text: str) -> dt.date:
    return parse_as_of(text, clock.today())


@group.command("lead")
def lead(
    area: Annotated[str, typer.Argument(help="name or code of the area")],
    responsibility: Annotated[str, typer.Argument(help="code, or 'all'")],
    lead: Annotated[str, typer.Argument(help="mission, joint, local_supported … or unknown")],
    since: Annotated[str, typer.Option(help="day, e.g. 2026-01-15")],
    source: Annotated[str, typer.Option(help="where this comes from")],
    mission: MissionOption = "",
    account: As = "",
) -> None:
    """Records who leads now, from a source; later changes come from joint decisions."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    place = area_by_code(viewer, chosen, area)
    functions = (
        responsibilities(viewer, chosen)
        if responsibility == "all"
        else [chosen_function(viewer, chosen, responsibility)]
    )
    actions.record_leads(
        actor=viewer,
        functions=functions,
        areas=[place],
        lead="" if lead == "unknown" else lead,
        since=_day(since),
        source_title=source,
    )
    say(f"{place.name}: {lead} from {since} for {len(functions)} responsibilities.")


@group.command("observe")
def observe(
    area: Annotated[str, typer.Argument(help="name or code of the area")],
    indicator: Annotated[str, typer.Argument(help="code, e.g. logistics.fuel_days")],
    method: Annotated[str, typer.Option(help="records, self, field or survey")],
    source: Annotated[str, typer.Option(help="register, visit or survey it comes from")],
    on: Annotated[str, typer.Option(help="day of observation; default today")] = "",
    value: Annotated[float | None, typer.Option(help="value (a share as 0.79)")] = None,
    low: Annotated[float | None, typer.Option(help="lower end of the interval")] = None,
    high: Annotated[float | None, typer.Option(help="upper end of the interval")] = None,
    count: Annotated[float | None, typer.Option(help="how many …")] = None,
    of: Annotated[float | None, typer.Option(help="… of how many")] = None,
    mission: MissionOption = "",
    account: As = "",
) -> None:
    """Enters one piece of evidence."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    row = actions.observe(
        actor=viewer,
        mission=chosen,
        area=area_by_code(viewer, chosen, area),
        indicator=indicator,
        method=method,
        observed_on=_day(on),
        source_title=source,
        value=value,
        low=low,
        high=high,
        numerator=count,
        denominator=of,
    )
    say(f"Entered: {row.indicator} for {row.area}, {row.pk}")


@group.command("list")
def list_assessments(
    mission: MissionOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """All assessments with their state and result."""
    viewer = acting(None)
    chosen = chosen_mission(viewer, mission or None)
    rows = [
        {
            "id": row.pk,
            "subject": row.subject_name,
            "responsibility": row.responsibility.code,
            "target_lead": row.target_lead,
            "as_of": row.as_of,
            "state": row.state,
            "result": row.result or None,
        }
        for row in assessments(viewer, chosen)
    ]
    if as_json:
        print_json(rows)
    else:
        heads = ("Id", "Area or unit", "Responsibility", "To", "As of", "State", "Result")
        print_table(f"Assessments of {chosen.short_name}", heads, [list(r.values()) for r in rows])


@group.command("open")
def open_assessment(
    area: Annotated[str, typer.Argument(help="name or code of the area")],
    responsibility: Annotated[str, typer.Argument(help="code of the responsibility")],
    to: Annotated[str, typer.Option(help="the lead it would step to")],
    as_of: Annotated[str, typer.Option(help="evidence up to this day; default today")] = "",
    mission: MissionOption = "",
    account: As = "",
) -> None:
    """Opens an assessment for one step."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    day = _day(as_of)
    standard = standard_at(viewer, chosen, day)
    if standard is None:
        raise NoStandard(f"No standard was in force on {day}.")
    row = actions.open_assessment(
        actor=viewer,
        responsibility=chosen_function(viewer, chosen, responsibility),
        target_lead=to,
        standard=standard,
        as_of=day,
        area=area_by_code(viewer, chosen, area),
    )
    say(f"Opened: {row.pk}")


@group.command("show")
def show(
    assessment: Id,
    mission: MissionOption = "",
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
) -> None:
    """The criteria of an assessment: value, result, margin in real units."""
    viewer = acting(None)
    row = assessment_by_id(viewer, chosen_mission(viewer, mission or None), record_id(assessment))
    reading = read_assessment(viewer, row)
    results = [
        {
            "criterion": one.criterion.code,
            "gate": one.criterion.gate,
            "threshold": one.criterion.threshold,
            "unit": one.criterion.unit,
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "result": one.result.value,
            "margin": one.margin_text,
            "age_days": one.age_days,
        }
        for one in reading.result.results
    ]
    if as_json:
        print_json(
            {
                "id": row.pk,
                "subject": row.subject_name,
                "responsibility": row.responsibility.code,
                "target_lead": row.target_lead,
                "as_of": row.as_of,
                "standard": row.standard.label,
                "state": row.state,
                "readiness": reading.result.readiness.value,
                "binding": reading.result.binding,
                "why": reading.result.binding_text,
                "criteria": results,
            }
        )
        return
    lines = [
        (
            ("gate  " if r["gate"] else "") + str(r["criterion"]),
            r["value"],
            r["result"],
            r["margin"],
        )
        for r in results
    ]
    print_table(
        f"{row} under {row.standard.label}", ("Criterion", "Value", "Result", "Margin"), lines
    )
    say(f"{reading.result.readiness.value}: {reading.result.binding_text}")


@group.command("seat")
def seat(assessment: Id, account: As, mission: MissionOption = "") -> None:
    """Takes a seat on the joint team for one's own party."""
    viewer = acting(account)
    row = assessment_by_id(viewer, chosen_mission(viewer, mission or None), record_id(assessment))
    taken = actions.take_seat(actor=viewer, assessment=row)
    say(f"Seat taken for {taken.party}.")


@group.command("freeze")
def freeze(assessment: Id, account: As = "", mission: MissionOption = "") -> None:
    """Fixes the evidence and the results for good."""
    viewer = acting(account or None)
    row = assessment_by_id(viewer, chosen_mission(viewer, mission or None), record_id(assessment))
    result = actions.freeze_assessment(actor=viewer, assessment=row)
    say(f"Frozen: {result.readiness.value}. {result.binding_text}")


@group.command("propose")
def propose(
    assessment: Id,
    effective_on: Annotated[str, typer.Option(help="day the lead changes; default today")] = "",
    trial_until: Annotated[str, typer.Option(help="end of a trial period")] = "",
    account: As = "",
    mission: MissionOption = "",
) -> None:
    """Proposes the step for signature."""
    viewer = acting(account or None)
    row = assessment_by_id(viewer, chosen_mission(viewer, mission or None), record_id(assessment))
    decision = actions.propose_decision(
        actor=viewer,
        assessment=row,
        effective_on=_day(effective_on),
        trial_until=_day(trial_until) if trial_until else None,
    )
    say(f"Proposed: {decision.pk}")


@group.command("sign")
def sign(
    decision: Annotated[str, typer.Argument(help="id of the decision")],
    account: As,
    against: Annotated[bool, typer.Option("--against", help="sign against")] = False,
    dissent: Annotated[str, typer.Option(help="reservation or dissent, kept in words")] = "",
    mission: MissionOption = "",
) -> None:
    """Signs a decision for one's party; the last signature puts it in force."""
    viewer = acting(account)
    row = decision_by_id(viewer, chosen_mission(viewer, mission or None), record_id(decision))
    actions.sign_decision(actor=viewer, decision=row, agrees=not against, dissent=dissent)
    row.refresh_from_db()
    say(f"Signed for {viewer.party}. {row.get_state_display()}.")
