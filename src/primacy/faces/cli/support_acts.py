"""`primacy support`, the acts: request, answer, move, decide, deliver, suspend, reinstate."""

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from primacy.faces.cli.choosing import record_id
from primacy.faces.cli.printing import print_json, print_table, say
from primacy.faces.cli.support import (
    Account,
    AsJson,
    MissionCode,
    Number,
    case_line,
    day_of,
    group,
    start,
)
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import Unit, unit_by_code
from primacy.rooms.persons.facade import Person, person_by_code
from primacy.rooms.support.facade import (
    BadRequest,
    Handed,
    NewRecipient,
    Recipient,
    RequestTerms,
    SupportCase,
    answer_for,
    case_by_number,
    decide,
    deliver,
    draft_request,
    move_case,
    offices_of,
    recipients_of,
    reconcile,
    reconcile_preview,
    reinstate,
    report_unassessed,
    suspend,
    suspension_by_id,
)

__all__ = ["group"]
Reason = Annotated[str, typer.Option(help="why")]


@group.command("request")
def request(
    file: Annotated[
        Path, typer.Argument(help="JSON with the fields of a request; recipients by code")
    ],
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Drafts a request from a JSON file, e.g. {"title": …, "kind": "fuel", "units": ["st1"]}."""
    viewer, chosen = start(account, mission)
    given = _read_request(file)
    recipients = [
        NewRecipient("unit", unit=unit_by_code(viewer, chosen, str(code)))
        for code in _list(given.pop("units", []))
    ] + [
        NewRecipient("person", person=person_by_code(viewer, chosen, str(code)))
        for code in _list(given.pop("persons", []))
    ]
    case = draft_request(actor=viewer, mission=chosen, terms=_terms(given), recipients=recipients)
    _said(case, as_json)


@group.command("answer")
def answer(
    number: Number,
    recipient: Annotated[str, typer.Option(help="code of the unit or person, or its name")],
    office: Annotated[str, typer.Option(help="code of the screening office")],
    colour: Annotated[str, typer.Option(help="green, yellow, red or pending")],
    reason: Reason,
    searched: Annotated[str, typer.Option(help="what was searched, up to which day")] = "",
    mission: MissionCode = "",
    account: Account = "",
) -> None:
    """Answers for a screening office on a recipient."""
    viewer, chosen = start(account, mission)
    case = case_by_number(viewer, chosen, number)
    known = {one.code: one for one in offices_of(viewer, case)}
    if office not in known:
        raise BadRequest(f"This case has these offices: {', '.join(known)}. Nothing was changed.")
    answer_for(
        actor=viewer, recipient=_recipient(viewer, case, recipient), office=known[office],
        colour=colour, reason=reason, searched=searched,
    )  # fmt: skip
    say("The answer counts from now on.")


@group.command("move")
def move(
    number: Number,
    act: Annotated[str, typer.Argument(help="submit, validate, screen, consolidate, send, …")],
    reason: Reason = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Moves a case; what holds it back is said."""
    viewer, chosen = start(account, mission)
    case = case_by_number(viewer, chosen, number)
    _said(move_case(actor=viewer, case=case, act=act, reason=reason), as_json)


@group.command("decide")
def decide_(
    number: Number,
    ruling: Annotated[
        str, typer.Argument(help="approved, approved_with_conditions, not_approved, deferred")
    ],
    reasons: Annotated[str, typer.Option(help="the reasons")],
    valid_until: Annotated[str, typer.Option(help="last day of the approval")] = "",
    what_would_change: Annotated[str, typer.Option(help="what would change a refusal")] = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Decides on a case."""
    viewer, chosen = start(account, mission)
    case = case_by_number(viewer, chosen, number)
    decide(
        actor=viewer, case=case, ruling=ruling, reasons=reasons,
        valid_until=day_of(valid_until) if valid_until else None,
        what_would_change=what_would_change,
    )  # fmt: skip
    _said(case_by_number(viewer, chosen, number), as_json)


@group.command("deliver")
def deliver_(
    number: Number,
    what: Annotated[str, typer.Option(help="what was handed over")],
    quantity: Annotated[str, typer.Option(help="how much")],
    counted_in: Annotated[str, typer.Option(help="litres, persons, flights …")],
    source: Annotated[str, typer.Option(help="the hand-over note or record")],
    recipient: Annotated[str, typer.Option(help="where the case has several")] = "",
    day: Annotated[str, typer.Option(help="day; default today")] = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Enters a delivery under a case, if the gate lets it through."""
    viewer, chosen = start(account, mission)
    case = case_by_number(viewer, chosen, number)
    row = deliver(
        actor=viewer, recipient=_recipient(viewer, case, recipient),
        handed=_handed(what, quantity, counted_in, day, source),
    )  # fmt: skip
    if as_json:
        print_json({"number": row.number, "beyond": list(row.outside)})
        return
    say(f"Delivery {row.number} is in the ledger.")
    for text in row.outside:
        say(f"  beyond the approval: {text}")


@group.command("unassessed")
def unassessed(
    named: Annotated[str, typer.Argument(help="who received it, as written")],
    kind: Annotated[str, typer.Option(help="kind of support")],
    what: Annotated[str, typer.Option(help="what was handed over")],
    quantity: Annotated[str, typer.Option(help="how much")],
    counted_in: Annotated[str, typer.Option(help="litres, persons, flights …")],
    source: Annotated[str, typer.Option(help="the record that shows it")],
    unit: Annotated[str, typer.Option(help="code of the unit, where it is known")] = "",
    day: Annotated[str, typer.Option(help="day; default today")] = "",
    mission: MissionCode = "",
    account: Account = "",
) -> None:
    """Enters what reached a force around the gate."""
    viewer, chosen = start(account, mission)
    row = report_unassessed(
        actor=viewer, mission=chosen, kind=kind, named=named,
        unit=unit_by_code(viewer, chosen, unit) if unit else None,
        handed=_handed(what, quantity, counted_in, day, source),
    )  # fmt: skip
    say(f"Delivery {row.number} is in the ledger as unassessed.")


@group.command("suspend")
def suspend_(
    unit: Annotated[str, typer.Argument(help="code of the unit; all below it are stopped too")],
    reason: Reason,
    told_host: Annotated[str, typer.Option(help="the reason as the host state is told it")],
    exempt: Annotated[list[str] | None, typer.Option(help="code of a unit that goes on")] = None,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Stops all support to a unit and those below it, at once."""
    viewer, chosen = start(account, mission)
    order = suspend(
        actor=viewer, mission=chosen, unit=unit_by_code(viewer, chosen, unit), reason=reason,
        told_host=told_host,
        exempt=[unit_by_code(viewer, chosen, code) for code in exempt or ()],
    )  # fmt: skip
    stopped = order.entries.count()
    if as_json:
        print_json({"id": order.pk, "stopped": stopped})
        return
    say(f"Stopped: {stopped} units. Order {order.pk}.")


@group.command("reinstate")
def reinstate_(
    order: Annotated[str, typer.Argument(help="id of the order: see `primacy support stops`")],
    reason: Reason,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Lifts a suspension; cases go on where every guard lets them."""
    viewer, chosen = start(account, mission)
    ended = reinstate(
        actor=viewer, suspension=suspension_by_id(viewer, chosen, record_id(order)), reason=reason
    )
    if as_json:
        held = [{"case": case.number, "reasons": list(texts)} for case, texts in ended.held]
        print_json({"in_force": [case.number for case in ended.in_force], "held": held})
        return
    say(f"In force again: {', '.join(str(c.number) for c in ended.in_force) or 'no case'}.")
    for case, texts in ended.held:
        say(f"Case {case.number} stays suspended: {' '.join(texts)}")


@group.command("reconcile")
def reconcile_(
    number: Number,
    file: Annotated[Path, typer.Argument(help="roster or hand-over note, CSV or XLSX")],
    when: Annotated[str, typer.Option(help="before or after the event")],
    day: Annotated[str, typer.Option(help="day of the event")],
    preview: Annotated[bool, typer.Option("--preview", help="keep nothing")] = False,
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Holds a roster against the approvals of a case."""
    viewer, chosen = start(account, mission)
    case = case_by_number(viewer, chosen, number)
    reading = reconcile_preview(viewer, case, when, day_of(day), file)
    if not preview:
        reconcile(
            actor=viewer, case=case, when=when, day=day_of(day), path=file, file_name=file.name
        )
    counts = {str(standing): lines for standing, lines in reading.tally.items() if lines}
    if as_json:
        print_json({"kept": not preview, "counts": counts, "problems": list(reading.problems)})
        return
    print_table("Lines", ("Standing", "Lines"), sorted(counts.items()))
    say(f"{len(reading.problems)} cells could not be read as they stand.")


def _said(case: SupportCase, as_json: bool) -> None:
    if as_json:
        print_json(case_line(case))
        return
    say(f"Case {case.number} is '{case.get_state_display()}'.")


def _recipient(viewer: Viewer, case: SupportCase, text: str) -> Recipient:
    """The recipient that a code or name means; the only one where nothing was typed."""
    rows = [row for row in recipients_of(viewer, case) if not row.excluded]
    if text:
        rows = [row for row in rows if text in (row.named, _code(row.unit), _code(row.person))]
    if len(rows) != 1:
        raise BadRequest(
            "Name one recipient of this case by its code with --recipient. Nothing was changed."
        )
    return rows[0]


def _code(row: Unit | Person | None) -> str:
    return row.code if row is not None else ""


def _handed(what: str, quantity: str, counted_in: str, day: str, source: str) -> Handed:
    return Handed(
        what=what, quantity=_number(quantity), quantity_unit=counted_in, happens_on=day_of(day),
        source_title=source,
    )  # fmt: skip


def _number(text: object) -> Decimal:
    try:
        return Decimal(str(text))
    except InvalidOperation as problem:
        raise BadRequest(f"'{str(text)[:20]}' is no number. Nothing was changed.") from problem


def _read_request(file: Path) -> dict[str, object]:
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise BadRequest(f"{file.name} cannot be read as JSON: {problem}") from problem
    if not isinstance(given, dict):
        raise BadRequest(f"{file.name} must hold one JSON object with the fields of a request.")
    return given


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _terms(given: dict[str, object]) -> RequestTerms:
    """The terms that were given; a field that is none is named."""
    known = set(RequestTerms.__dataclass_fields__) - {"area"}
    unknown = sorted(set(given) - known)
    lacking = [n for n in ("title", "kind", "starts_on", "ends_on", "asked_for_by")
               if n not in given]  # fmt: skip
    if unknown or lacking:
        raise BadRequest(
            f"The file has fields that are unknown ({', '.join(unknown) or 'none'}) or lacks some "
            f"({', '.join(lacking) or 'none'}). Nothing was drafted."
        )
    values: dict[str, object] = {}
    for name, value in given.items():
        if name in ("starts_on", "ends_on", "respond_by"):
            values[name] = parse_as_of(str(value), clock.today())
        elif name in ("quantity", "budget", "cost_year_3", "cost_year_5"):
            values[name] = _number(value)
        else:
            values[name] = str(value)
    return RequestTerms(**values)  # type: ignore[arg-type]
