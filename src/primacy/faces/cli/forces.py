"""`primacy forces`: a unit, or the command tree, as of a day and as known on a day."""

from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission, chosen_times
from primacy.faces.cli.printing import print_csv, print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform.policy import restricted
from primacy.rooms.forces.facade import (
    CLAIM_COLUMNS,
    TreeLine,
    UnitAt,
    claim_rows,
    tree,
    unit_at,
    unit_by_code,
)

group = typer.Typer(help="Units of the forces: claims, command, on any day.", no_args_is_help=True)

On = Annotated[str, typer.Option("--on", help="day, e.g. 2010-06-01; default today")]
KnownOn = Annotated[str, typer.Option(help="as it was known on this day")]
MissionCode = Annotated[str, typer.Option(help="code of the mission; default the last started")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON")]
Account = Annotated[str, typer.Option("--as", help="look as this account")]


@group.command("unit")
def unit(
    code: Annotated[str, typer.Argument(help="code of the unit")],
    on: On = "",
    known_on: KnownOn = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="print its claims as CSV")] = False,
    account: Account = "",
) -> None:
    """One unit on a day: name, superior, units below, places, and every claim about it."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    day, known = chosen_times(chosen, on, known_on)
    found = unit_by_code(viewer, chosen, code)
    if as_csv:
        print_csv(CLAIM_COLUMNS, claim_rows(viewer, chosen, day, unit=found))
        return
    at = unit_at(viewer, found, day, known)
    if as_json:
        print_json(_unit_data(at))
        return
    say(f"{at.names.name.text} ({found.code}), {found.force}, as of {day:%-d %B %Y}")
    for line in _unit_lines(at):
        say(line)
    print_table(
        "Claims",
        ("When", "Claim", "On the day", "Status", "Sources"),
        [
            (c.when, f"{c.label}: {c.text}", c.state, c.status, "; ".join(map(str, c.citations)))
            for c in at.claims
        ],
    )


@group.command("tree")
def command_tree(
    on: On = "",
    known_on: KnownOn = "",
    mission: MissionCode = "",
    as_json: AsJson = False,
    account: Account = "",
) -> None:
    """Who stood under whom on a day: what is certain, and what is only possible."""
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    day, known = chosen_times(chosen, on, known_on)
    reading = tree(viewer, chosen, day, known)
    if as_json:
        print_json([_place(line) for line in reading.lines])
        return
    print_table(
        f"{chosen.name}: command as of {day:%-d %B %Y}",
        ("Unit", "Code", "Its place under its superior"),
        [("  " * line.depth + line.name.text, line.unit.code, _sure(line))
         for line in reading.lines],
    )  # fmt: skip
    for words in reading.conflicts:
        say(f"Two certain superiors: {words}")
    for words in reading.cycles:
        say(f"Left out, as it would put a unit above itself: {words}")
    for gone, why in reading.gone:
        say(f"{gone.name} ({gone.code}): {why}")


def _sure(line: TreeLine) -> str:
    """How sure the place of a unit is; the common words where a closed claim bears on it."""
    if line.link is None:
        words = "no superior on record"
    else:
        words = "certain" if line.link.certain else f"possible: {'; '.join(line.link.reasons)}"
        words += ", attached" if line.link.attached else ""
        words += ", contested" if line.link.contested else ""
    return f"{words}; {restricted().text}" if line.restricted else words


def _unit_lines(at: UnitAt) -> list[str]:
    """The unit in lines for people."""
    lines = []
    if at.gone:
        lines.append(at.gone)
    if at.line is not None:
        superior = at.line.link.name.text if at.line.link is not None else "–"
        lines.append(f"Under: {superior} ({_sure(at.line)})")
        lines += [
            f"   or: {other.name.text} ({'; '.join(other.reasons)})" for other in at.line.others
        ]
    lines += [f"Over: {line.name.text} ({_sure(line)})" for line in at.below]
    return lines


def _unit_data(at: UnitAt) -> dict[str, object]:
    return {
        "code": at.unit.code,
        "as_of": at.day,
        "name": at.names.name.text,
        "name_certain": at.names.name.certain,
        "other_names": [*at.names.others, *at.names.aliases],
        "gone": at.gone or None,
        "place": _place(at.line) if at.line is not None else None,
        "below": [_place(line) for line in at.below],
        "claims": [
            {
                "claim": c.row.claim,
                "kind": c.kind,
                "says": c.label,
                "text": c.text,
                "when": c.when,
                "on_the_day": c.state,
                "status": c.row.status,
                "sources": [str(one) for one in c.citations],
            }
            for c in at.claims
        ],
    }


def _place(line: TreeLine) -> dict[str, object]:
    link = line.link
    return {
        "unit": line.unit.code,
        "name": line.name.text,
        "depth": line.depth,
        "superior": link.unit.code if link is not None else None,
        "certain": link.certain if link is not None else None,
        "attached": link.attached if link is not None else False,
        "contested": link.contested if link is not None else False,
        "reasons": list(link.reasons) if link is not None else [],
        "others": [other.unit.code for other in line.others],
        "restricted": restricted().text if line.restricted else None,
    }
