"""`primacy census`: rolls, head counts and pay rolls held side by side; questions; recruitment."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from primacy.faces.cli.choosing import Engine, chosen_mission
from primacy.faces.cli.import_reports import write_problems
from primacy.faces.cli.printing import print_csv, print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.kernels.flags import ENROLLED_TWICE, Flag
from primacy.platform.imports.errors import RowsRefused
from primacy.platform.policy import Viewer
from primacy.rooms.census.facade import (
    FILE_KINDS,
    FLAG_COLUMNS,
    FUNNEL_COLUMNS,
    SHEET_COLUMNS,
    EnrolmentRound,
    cohort_by_code,
    doubles_of,
    flag_rows,
    flags_of,
    funnel_of,
    funnel_rows,
    load_census,
    names_of,
    open_round,
    preview_census,
    put_questions,
    refuse_census,
    round_by_name,
    sheet_of,
    sheet_rows,
)

group = typer.Typer(
    help="Rolls, head counts and pay rolls held side by side; recruitment.", no_args_is_help=True
)

PREFIX = "census_"
RoundOption = Annotated[str, typer.Option("--round", help="name of the round; default the newest")]
MissionOption = Annotated[str, typer.Option(help="code of the mission; default the last made")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]
CsvOption = Annotated[bool, typer.Option("--csv", help="print CSV")]
AsOption = Annotated[str, typer.Option("--as", help="act as this account")]


@group.command("open")
def open_(
    name: Annotated[str, typer.Argument(help="name of the round, e.g. 'Census 2026'")],
    day: Annotated[str, typer.Option(help="census day, YYYY-MM-DD")],
    source: Annotated[str, typer.Option(help="the order or law it rests on")],
    opened: Annotated[str, typer.Option(help="first day, YYYY-MM-DD; default the census day")] = "",
    mission: MissionOption = "",
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Opens an enrolment round, into which files are then loaded."""
    actor = acting(account or None)
    made = open_round(
        actor=actor,
        mission=chosen_mission(actor, mission or None),
        name=name,
        opened_on=read_day(opened or day),
        census_day=read_day(day),
        source_title=source,
    )
    if as_json:
        print_json({"round": made.pk, "name": made.name})
        return
    say(f"{made.name} is open. Next: primacy census load roll FILE")


@group.command("load")
def load(
    kind: Annotated[str, typer.Argument(help="roll, absences, cards, head_counts, pay, figures")],
    file: Annotated[Path, typer.Argument(help="CSV or XLSX with a header")],
    round_name: RoundOption = "",
    mission: MissionOption = "",
    source: Annotated[str, typer.Option(help="where the file comes from")] = "",
    calling_code: Annotated[str, typer.Option(help="of mobile accounts, e.g. 231")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="show what would happen only")] = False,
    all_or_nothing: Annotated[
        bool, typer.Option("--all-or-nothing", help="refuse the file where any row is bad")
    ] = False,
    problems: Annotated[
        Path | None, typer.Option(help="write all problems to this CSV file", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Loads a file of the census into a round; loading the same rows again adds nothing."""
    if PREFIX + kind not in FILE_KINDS:
        kinds = ", ".join(code.removeprefix(PREFIX) for code in FILE_KINDS)
        raise typer.BadParameter(f"'{kind}' is none of {kinds}.")
    actor, chosen = chosen_round(account, mission, round_name)
    seen = preview_census(
        actor=actor,
        round=chosen,
        kind=PREFIX + kind,
        path=file,
        source_title=source,
        calling_code=calling_code,
    )
    write_problems(problems, seen.problems)
    data: dict[str, object] = {"batch": seen.batch.pk, "read": seen.file.read, "bad": seen.bad}
    if not preview:
        try:
            loaded = load_census(actor=actor, batch_or_preview=seen, keep_good=not all_or_nothing)
        except RowsRefused:
            refuse_census(actor=actor, batch=seen.batch, reason="all or nothing was asked for")
            raise
        data |= {"added": loaded.added, "known": loaded.known, "unmatched": loaded.unmatched}
    if as_json:
        print_json(data)
        return
    say(", ".join(f"{name} {value}" for name, value in data.items()))
    for one in seen.problems[:10]:
        say(f"  row {one.row}, {one.column or 'all'}: expected {one.expected}. {one.action}")


@group.command("reconcile")
def reconcile(
    month: Annotated[str, typer.Option(help="month, YYYY-MM; default that of the census day")] = "",
    round_name: RoundOption = "",
    mission: MissionOption = "",
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Assigned, present and paid of each unit, each difference put down to causes."""
    actor, chosen = chosen_round(account, mission, round_name)
    first = read_day(f"{month}-01") if month else chosen.census_day.replace(day=1)
    rows = list(sheet_rows(sheet_of(actor, chosen, first)))
    if as_json:
        print_json([dict(zip(SHEET_COLUMNS, row, strict=True)) for row in rows])
    elif as_csv:
        print_csv(SHEET_COLUMNS, rows)
    else:
        heads = ("unit", "assigned", "present", "paid", "assigned less present", "unexplained")
        shown = ((row[1], row[4], row[5], row[6], row[8], row[13]) for row in rows)
        print_table(f"{chosen.name}, {first:%Y-%m}", heads, shown)


@group.command("flags")
def flags(
    rule: Annotated[list[str] | None, typer.Option(help="only this rule; may be repeated")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="put the new ones as questions")] = False,
    round_name: RoundOption = "",
    mission: MissionOption = "",
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """What does not fit, by rule, as questions to offices. A flag is no finding about anybody."""
    actor, chosen = chosen_round(account, mission, round_name)
    if ask:
        made = put_questions(actor=actor, round=chosen, rules=rule or ())
        if as_json:
            print_json({"new_questions": len(made)})
        else:
            say(f"{len(made)} new questions were put; none was asked twice.")
        return
    found = flags_of(actor, chosen, rule or ())
    _show_flags(actor, chosen, found, "questions to ask", as_json, as_csv)


@group.command("duplicates")
def duplicates(
    engine: Annotated[Engine, typer.Option(help="what compares the rows")] = Engine.DUCKDB,
    ask: Annotated[
        bool, typer.Option("--ask", help="put those taken for one person as questions")
    ] = False,
    round_name: RoundOption = "",
    mission: MissionOption = "",
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Rows of the roll that may be one person, by linking the whole roll. Nothing is merged."""
    actor, chosen = chosen_round(account, mission, round_name)
    if ask:
        rules = (ENROLLED_TWICE.code,)
        made = put_questions(actor=actor, round=chosen, rules=rules, linked_by=engine.value)
        say(f"{len(made)} new questions were put; none was asked twice.")
        return
    found = doubles_of(actor, chosen, engine.value)
    _show_flags(actor, chosen, found, "pairs of rows that may be one person", as_json, as_csv)


@group.command("funnel")
def funnel(
    cohort: Annotated[str, typer.Argument(help="code of the class of recruits")],
    mission: MissionOption = "",
    as_csv: CsvOption = False,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """How many reached each stage, by sex and region; small groups held back from outsiders."""
    actor = acting(account or None)
    found = cohort_by_code(actor, chosen_mission(actor, mission or None), cohort)
    reading = funnel_of(actor, found)
    rows = list(funnel_rows(reading)) if reading else []
    if as_json:
        print_json([dict(zip(FUNNEL_COLUMNS, row, strict=True)) for row in rows])
    elif as_csv:
        print_csv(FUNNEL_COLUMNS, rows)
    else:
        print_table(found.name, FUNNEL_COLUMNS, rows)


def _show_flags(
    actor: Viewer,
    round: EnrolmentRound,
    found: Sequence[Flag],
    what: str,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Flags with the names of those they concern; whoever is shown is noted as read."""
    rows = list(flag_rows(found, names_of(actor, round, found)))
    if as_json:
        print_json([dict(zip(FLAG_COLUMNS, row, strict=True)) for row in rows])
    elif as_csv:
        print_csv(FLAG_COLUMNS, rows)
    else:
        print_table(
            f"{round.name}: {len(rows)} {what}",
            ("rule", "when", "office", "unit", "concerned", "why"),
            ((row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows),
        )


def chosen_round(account: str, mission: str, round_name: str) -> tuple[Viewer, EnrolmentRound]:
    """Who asks, and the round of this name; without a name the newest."""
    actor = acting(account or None)
    return actor, round_by_name(actor, chosen_mission(actor, mission or None), round_name)


def read_day(text: str) -> dt.date:
    """The day written as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise typer.BadParameter(f"'{text}' is not a date; write YYYY-MM-DD.") from problem
