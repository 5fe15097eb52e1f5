"""`primacy screen`: hold a roster or units against lists and the register; load and show lists."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.printing import errors, print_csv, print_json, print_table, say
from primacy.faces.cli.site import acting
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.facade import (
    LINE_COLUMNS,
    AskedKind,
    ListFile,
    Publisher,
    Screening,
    ScreeningError,
    line_rows,
    lines,
    list_files,
    lists_in_force,
    load_list,
    open_tasks,
    outcome_words,
    pass_sentences,
    passes,
    preview_roster,
    read_list,
    read_typed,
    screen_lines,
    screen_roster,
    screenings,
)


class FileFirst(TyperGroup):
    """A group whose first word is a file unless it is one of its commands."""

    def parse_args(self, ctx: object, args: list[str]) -> list[str]:
        """The words, with the command for files in front where none was named."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = ["file", *args]
        return super().parse_args(ctx, args)  # type: ignore[arg-type]


group = typer.Typer(
    cls=FileFirst,
    help="Screening: primacy screen FILE --against un,register. It decides nothing.",
    no_args_is_help=True,
)
lists = typer.Typer(help="Published lists: load, show.", no_args_is_help=True)
group.add_typer(lists, name="lists")

REGISTER = "register"
MissionOption = Annotated[str, typer.Option(help="code of the mission; default the last made")]
AsOption = Annotated[str, typer.Option("--as", help="act as this account (address)")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]
CsvOption = Annotated[bool, typer.Option("--csv", help="print CSV")]
DayOption = Annotated[str, typer.Option("--date", help="OFAC: day of the list, year-month-day")]


@group.command("file")
def screen_file(
    file: Annotated[Path, typer.Argument(help="roster (.csv, .xlsx) or, with --units, names")],
    against: Annotated[str, typer.Option(help="lists and register, e.g. un,register")],
    mission: MissionOption = "",
    title: Annotated[str, typer.Option(help="what it is for; no names")] = "",
    units: Annotated[
        bool, typer.Option("--units", help="a text file with one unit a line")
    ] = False,
    all_rows: Annotated[bool, typer.Option("--all-or-nothing", help="refuse bad rows")] = False,
    as_: AsOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Screens a roster sheet, or units one a line: "name; unit above"."""
    viewer = acting(as_ or None)
    where = chosen_mission(viewer, mission or None)
    chosen, register = _chosen(viewer, where, against)
    name = title or file.name
    if units:
        asked = read_typed(_text(file), AskedKind.UNIT)
        made = screen_lines(
            actor=viewer, mission=where, title=name, asked=asked, lists=chosen, register=register
        )
    else:
        roster = preview_roster(actor=viewer, mission=where, path=file)
        errors.print(
            f"{roster.rows_read} rows read: {roster.rows_good} can be screened, "
            f"{roster.rows_bad} cannot, {roster.rows_incomplete} lack what vetting needs."
        )
        for label, columns in (
            ("Columns not known and not read", roster.unknown_columns),
            ("Mandatory columns missing", roster.missing_mandatory),
        ):
            if columns:
                errors.print(f"{label}: {', '.join(columns)}.", markup=False)
        for problem in roster.problems:
            if problem["severity"] == "bad":
                errors.print(
                    f"Row {problem['row']}, {problem['column']}: expected {problem['expected']}.",
                    markup=False,
                )
        made = screen_roster(
            actor=viewer,
            roster=roster,
            title=name,
            lists=chosen,
            register=register,
            keep_good=not all_rows,
        )
    _show(viewer, made, as_json=as_json, as_csv=as_csv)


@group.command("show")
def show(
    number: Annotated[int, typer.Argument(help="number of the screening")],
    mission: MissionOption = "",
    as_: AsOption = "",
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """A screening as it stands now, with all that was searched."""
    viewer = acting(as_ or None)
    where = chosen_mission(viewer, mission or None)
    found = screenings(viewer, where).filter(number=number).first()
    if found is None:
        raise ScreeningError(f"No screening {number} in {where.short_name} is open to you.")
    _show(viewer, found, as_json=as_json, as_csv=as_csv)


@group.command("tasks")
def tasks(mission: MissionOption = "", as_: AsOption = "", as_json: JsonOption = False) -> None:
    """Lines of earlier screenings that a newer list bears on."""
    viewer = acting(as_ or None)
    where = chosen_mission(viewer, mission or None)
    rows = [
        {
            "screening": task.line.screening.number,
            "asked_for": task.line.name,
            "entry": f"{task.change.name} ({task.change.reference})",
            "what": task.kind,
            "list": str(task.change.list_file),
            "decision_open_again": task.reopened,
        }
        for task in open_tasks(viewer, where)
    ]
    if as_json:
        print_json(rows)
        return
    heads = ("Screening", "Asked for", "Entry", "What", "List", "Decision open again")
    print_table(f"{len(rows)} to look at again", heads, [tuple(row.values()) for row in rows])


@lists.command("load")
def load(
    file: Annotated[Path, typer.Argument(help="UN: the XML file; OFAC: sdn.csv")],
    publisher: Annotated[str, typer.Option(help="un or ofac")] = "un",
    date: DayOption = "",
    names: Annotated[Path | None, typer.Option(help="OFAC: file of other names (alt.csv)")] = None,
    addresses: Annotated[
        Path | None, typer.Option(help="OFAC: file of addresses (add.csv)")
    ] = None,
    gaps: Annotated[bool, typer.Option("--with-gaps", help="although records are bad")] = False,
    shrinks: Annotated[bool, typer.Option("--shrinks", help="it is meant that many go")] = False,
    mission: MissionOption = "",
    as_: AsOption = "",
) -> None:
    """Loads a published list; earlier screenings that it bears on get tasks."""
    viewer = acting(as_ or None)
    where = chosen_mission(viewer, mission or None)
    read = read_list(
        _publisher(publisher), file, list_date=_day(date), names=names, addresses=addresses
    )
    made = load_list(
        actor=viewer,
        mission=where,
        read=read,
        gaps_accepted=gaps,
        shrinking_accepted=shrinks,
    )
    say(
        f"{made}: {made.entries} entries ({made.persons} persons, {made.organisations} "
        f"organisations); {made.added} added, {made.removed} removed, {made.changed} changed."
    )
    for name, count in made.unused.items():
        errors.print(f"Seen and not used: {name}, {count} times.", markup=False)
    for note in made.notes:
        errors.print(note, markup=False)
    waiting = open_tasks(viewer, where).filter(change__list_file=made).count()
    if waiting:
        say(
            f"{waiting} lines of earlier screenings are to be looked at again: primacy screen tasks"
        )


@lists.command("show")
def show_lists(
    mission: MissionOption = "", as_: AsOption = "", as_json: JsonOption = False
) -> None:
    """Every load of a list, by publisher, newest first."""
    viewer = acting(as_ or None)
    where = chosen_mission(viewer, mission or None)
    rows = [
        {
            "publisher": row.publisher,
            "list_date": row.list_date,
            "entries": row.entries,
            "added": row.added,
            "removed": row.removed,
            "changed": row.changed,
            "not_read": row.left_out,
            "sha256": row.sha256,
        }
        for row in list_files(viewer, where)
    ]
    if as_json:
        print_json(rows)
        return
    heads = ("Publisher", "Of", "Entries", "Added", "Removed", "Changed", "Not read", "SHA-256")
    print_table(f"{len(rows)} loads", heads, [tuple(row.values()) for row in rows])


def _show(viewer: Viewer, made: Screening, *, as_json: bool, as_csv: bool) -> None:
    searched = passes(viewer, made)
    found = lines(viewer, made)
    if as_csv:
        print_csv(LINE_COLUMNS, line_rows(found, searched))
        return
    sentences = [sentence for one in searched for sentence in pass_sentences(one)]
    if as_json:
        rows = [dict(zip(LINE_COLUMNS, row, strict=True)) for row in line_rows(found, searched)]
        print_json({"screening": made.number, "searched": sentences, "lines": rows})
        return
    for sentence in sentences:
        say(sentence)
    heads = ("No.", "Asked for", "How it stands")
    shown = [(line.number, line.name, outcome_words(line, searched)) for line in found]
    print_table(f"Screening {made.number}: {made.title}", heads, shown)
    say("A possible match is a question. Nothing found is no clearance.")


def _chosen(viewer: Viewer, mission: Mission, against: str) -> tuple[Sequence[ListFile], bool]:
    """The lists in force that were named, and whether the register was."""
    wanted = [word.strip().lower() for word in against.split(",") if word.strip()]
    in_force = {row.publisher: row for row in lists_in_force(viewer, mission)}
    unknown = [word for word in wanted if word != REGISTER and word not in in_force]
    if unknown:
        there = ", ".join([*in_force, REGISTER])
        raise ScreeningError(
            f"'{unknown[0]}' cannot be searched: there are {there}. Load a list first: "
            "primacy screen lists load FILE. Nothing was screened."
        )
    return [in_force[word] for word in wanted if word in in_force], REGISTER in wanted


def _publisher(word: str) -> Publisher:
    try:
        return Publisher(word.strip().lower())
    except ValueError as problem:
        raise ScreeningError(
            f"'{word}' publishes no list that can be read: {', '.join(Publisher.values)}."
        ) from problem


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as problem:
        raise ScreeningError(f"'{text}' is not a day. Write it as 2021-08-01.") from problem


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")[:2_000_000]
    except (OSError, UnicodeDecodeError) as problem:
        raise ScreeningError(
            f"{file.name} cannot be read as text in UTF-8. Nothing was screened."
        ) from problem
