"""`primacy case`: the sourced facts of a case study."""

from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import print_csv, print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.rooms.cases.facade import Fact, facts

COLUMNS = (
    "id",
    "date",
    "theme",
    "place",
    "statement",
    "value",
    "value_low",
    "value_high",
    "unit",
    "qualifier",
    "grade",
    "conflict_group",
    "source",
    "note",
)


def case(
    code: Annotated[str, typer.Argument(help="timor-leste, sierra-leone or liberia")] = "",
    as_of: Annotated[str, typer.Option(help="only facts that began by this day")] = "",
    theme: Annotated[str, typer.Option(help="only this theme, e.g. handover")] = "",
    place: Annotated[str, typer.Option(help="only this place")] = "",
    story: Annotated[bool, typer.Option("--story", help="print the story instead")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="print CSV")] = False,
) -> None:
    """The facts of a case study, each with its source; contradicting figures side by side."""
    viewer = acting(None)
    mission = chosen_mission(viewer, code or None)
    if story:
        say(mission.story or "No story is written for this mission.")
        return
    until = parse_as_of(as_of, clock.today()) if as_of else None
    rows = facts(viewer, mission, until=until, theme=theme, place=place)
    if as_json:
        data = [dict(zip(COLUMNS, _line(fact), strict=True)) for fact in rows]
        print_json({"mission": mission.code, "facts": data})
    elif as_csv:
        print_csv(COLUMNS, [_line(fact) for fact in rows])
    else:
        lines = [
            (f.date_text, f.theme, f.place, f.statement, figure(f), f.source, f.reference)
            for f in rows
        ]
        heads = ("Date", "Theme", "Place", "Fact", "Figure", "Source", "Id")
        print_table(f"{mission.country}: {len(lines)} facts", heads, lines)


def figure(fact: Fact) -> str:
    """The figure of a fact in words: qualifier, value or range, unit."""
    if fact.value_low is not None and fact.value_high is not None:
        number = f"{fact.value_low:,g} to {fact.value_high:,g}"
    elif fact.value is not None:
        number = f"{fact.value:,.10g}"
    else:
        return fact.value_text
    qualifier = "" if fact.qualifier in ("", "exact") else fact.qualifier.replace("_", " ") + " "
    conflict = " (contested)" if fact.conflict_group else ""
    return f"{qualifier}{number} {fact.unit}{conflict}".strip()


def _line(fact: Fact) -> list[object]:
    return [
        fact.reference,
        fact.date_text,
        fact.theme,
        fact.place,
        fact.statement,
        fact.value,
        fact.value_low,
        fact.value_high,
        fact.unit,
        fact.qualifier,
        fact.grade,
        fact.conflict_group,
        str(fact.source),
        fact.note,
    ]
