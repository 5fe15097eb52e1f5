"""Further acts of `primacy assess`: conditions, remarks, step back, withdrawals."""

import datetime as dt
import uuid
from typing import Annotated

import typer

from primacy.faces.cli.assessing import As, Id, MissionOption, group
from primacy.faces.cli.choosing import chosen_function, chosen_mission, record_id
from primacy.faces.cli.printing import say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission, area_by_code
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.facade import (
    Assessment,
    NoStandard,
    assessment_by_id,
    decision_by_id,
    standard_at,
)

__all__ = ["group"]


def _opened(account: str, mission: str) -> tuple[Viewer, Mission]:
    viewer = acting(account or None)
    return viewer, chosen_mission(viewer, mission or None)


def _assessment(viewer: Viewer, mission: Mission, text: str) -> Assessment:
    return assessment_by_id(viewer, mission, record_id(text))


def _day(text: str) -> dt.date:
    return parse_as_of(text, clock.today())


@group.command("condition")
def condition(
    assessment: Id,
    criterion: Annotated[str, typer.Argument(help="code of a criterion that is no gate")],
    action: Annotated[str, typer.Option(help="what is to be done")],
    owner: Annotated[str, typer.Option(help="the office that does it")],
    due: Annotated[str, typer.Option(help="by when, e.g. 2027-03-01")],
    account: As = "",
    mission: MissionOption = "",
) -> None:
    """Sets a condition for a criterion that falls short."""
    viewer, chosen = _opened(account, mission)
    row = actions.plan_condition(
        actor=viewer,
        assessment=_assessment(viewer, chosen, assessment),
        criterion_code=criterion,
        action=action,
        owner=owner,
        due_on=_day(due),
    )
    say(f"Set: {row.action} ({row.owner}, due {row.due_on})")


@group.command("remark")
def remark(
    assessment: Id,
    text: Annotated[str, typer.Argument(help="the remark, in quotes")],
    account: As,
    mission: MissionOption = "",
) -> None:
    """Puts a remark of one's party on the record."""
    viewer, chosen = _opened(account, mission)
    actions.add_remark(actor=viewer, assessment=_assessment(viewer, chosen, assessment), text=text)
    say(f"On the record for {viewer.party}.")


@group.command("withdraw")
def withdraw(
    record: Annotated[uuid.UUID, typer.Argument(help="id of the assessment or decision")],
    reason: Annotated[str, typer.Option(help="why, in words")],
    decision: Annotated[bool, typer.Option("--decision", help="the id is a decision's")] = False,
    account: As = "",
    mission: MissionOption = "",
) -> None:
    """Takes back an assessment, or a proposal that is not complete."""
    viewer, chosen = _opened(account, mission)
    if decision:
        found = decision_by_id(viewer, chosen, record)
        actions.withdraw_decision(actor=viewer, decision=found, reason=reason)
    else:
        row = assessment_by_id(viewer, chosen, record)
        actions.withdraw_assessment(actor=viewer, assessment=row, reason=reason)
    say("Withdrawn; it stays on record.")


@group.command("step-back")
def step_back(
    area: Annotated[str, typer.Argument(help="name or code of the area")],
    responsibility: Annotated[str, typer.Argument(help="code of the responsibility")],
    to: Annotated[str, typer.Option(help="the earlier lead")],
    reason: Annotated[str, typer.Option(help="why, in words")],
    effective_on: Annotated[str, typer.Option(help="day it holds from; default today")] = "",
    account: As = "",
    mission: MissionOption = "",
) -> None:
    """Proposes to give a lead back to an earlier step, for the signatures of all parties."""
    viewer, chosen = _opened(account, mission)
    standard = standard_at(viewer, chosen, clock.today())
    if standard is None:
        raise NoStandard("No standard is in force today.")
    made = actions.propose_step_back(
        actor=viewer,
        responsibility=chosen_function(viewer, chosen, responsibility),
        standard=standard,
        lead=to,
        effective_on=_day(effective_on),
        reason=reason,
        area=area_by_code(viewer, chosen, area),
    )
    say(f"Proposed: {made.pk}")
