"""`primacy import sfm`, `primacy export`: the register of forces from and for other registers."""

import os
from pathlib import Path
from typing import Annotated

import typer

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.import_reports import say_remarks, write_problems
from primacy.faces.cli.printing import print_json, say
from primacy.faces.cli.site import acting
from primacy.platform import clock
from primacy.platform.as_of import end_of, parse_as_of
from primacy.platform.imports.errors import RowsRefused
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.exchange.facade import (
    Content,
    SheetsDone,
    content,
    load_sheets,
    packed_entities,
    packed_sheets,
    preview_sheets,
    refuse_sheets,
)
from primacy.rooms.places.facade import Mission

group = typer.Typer(help="The register of forces as files for others.", no_args_is_help=True)

MissionOption = Annotated[str, typer.Option(help="code of the mission; default the last made")]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]
AsOption = Annotated[str, typer.Option("--as", help="act as this account")]
OutOption = Annotated[Path, typer.Option("--out", help="the .zip to write", show_default=False)]
PersonsOption = Annotated[
    bool, typer.Option("--persons", help="with persons and postings; needs the right to see them")
]
KnownOption = Annotated[str, typer.Option(help="as it was known on this day; default today")]


def sfm(
    files: Annotated[list[Path], typer.Argument(help="sheets: CSV, .gz, or several in one .zip")],
    mission: MissionOption = "",
    keep: Annotated[
        str, typer.Option(help="good: leave bad rows out; all: refuse the files for one bad row")
    ] = "good",
    marking: Annotated[
        str, typer.Option(help="the least marking: public, internal, confidential, strict")
    ] = "internal",
    preview: Annotated[bool, typer.Option("--preview", help="show what would happen only")] = False,
    problems: Annotated[
        Path | None, typer.Option(help="write all problems to this CSV file", show_default=False)
    ] = None,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Loads sheets of units, persons, sources: each statement a claim with its citations."""
    if keep not in ("good", "all"):
        raise typer.BadParameter("--keep is good or all.")
    names = {one.name.lower(): one for one in Marking}
    if marking.lower() not in names:
        raise typer.BadParameter(f"--marking is one of {', '.join(names)}.")
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    seen = preview_sheets(actor=actor, mission=chosen, paths=files, marking=names[marking.lower()])
    write_problems(problems, seen.problems)
    if preview:
        _report(seen, chosen, loaded=False, as_json=as_json)
        return
    try:
        done = load_sheets(actor=actor, batch_or_preview=seen, keep_good=keep == "good")
    except RowsRefused:
        refuse_sheets(actor=actor, batch=seen.batch, reason="all or nothing was asked for")
        raise
    _report(done, chosen, loaded=True, as_json=as_json)


@group.command("sfm")
def export_sfm(
    out: OutOption,
    mission: MissionOption = "",
    persons: PersonsOption = False,
    known_on: KnownOption = "",
    account: AsOption = "",
) -> None:
    """Writes the register as sheets in the layout of the Security Force Monitor."""
    viewer, found = _content(account, mission, persons, known_on)
    _write(out, packed_sheets(viewer, found), found)


@group.command("followthemoney")
def export_followthemoney(
    out: OutOption,
    mission: MissionOption = "",
    persons: PersonsOption = False,
    known_on: KnownOption = "",
    account: AsOption = "",
) -> None:
    """Writes the register as entities of FollowTheMoney, one a line of JSON."""
    viewer, found = _content(account, mission, persons, known_on)
    _write(out, packed_entities(viewer, found), found)


def _content(account: str, mission: str, persons: bool, known_on: str) -> tuple[Viewer, Content]:
    viewer = acting(account or None)
    chosen = chosen_mission(viewer, mission or None)
    known = end_of(parse_as_of(known_on, clock.today())) if known_on else None
    return viewer, content(viewer, chosen, known_at=known, with_persons=persons)


def _write(out: Path, body: bytes, found: Content) -> None:
    """Writes the file, open to its owner only; one that is there already is not written over."""
    try:
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
            handle.write(body)
    except FileExistsError as problem:
        raise typer.BadParameter(f"{out} is there already: name another file.") from problem
    except OSError as problem:
        raise typer.BadParameter(f"{out} cannot be written: {problem}") from problem
    claims = sum(len(rows) for rows in found.claims.values())
    say(
        f"{out}: {len(found.units)} units, {len(found.persons)} persons, {claims} claims. "
        f"Marking: {found.marking.name}."
    )


def _report(done: SheetsDone, mission: Mission, *, loaded: bool, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "batch": done.batch.pk,
                "preview": not loaded,
                "read": done.read,
                "added": done.added,
                "known": done.known,
                "bad": done.bad,
                "brought": done.brought,
                "work_needed": done.work_needed,
                "problems": [vars(problem) for problem in done.problems],
                "notes": done.notes,
            }
        )
        return
    brought = ", ".join(f"{n} {kind.replace('_', ' ')}s" for kind, n in done.brought.items())
    would = "bring" if loaded else "would bring"
    say(
        f"{mission.name}: {done.read} rows read; {done.added} {would} something new "
        f"({brought or 'nothing'}), {done.known} known already, {done.bad} left out. "
        f"Claims that wait for a source: {done.work_needed}."
    )
    if loaded:
        say(
            f"Import {done.batch.pk}; to take it back: "
            f'primacy import undo {done.batch.pk} --reason "..."'
        )
    else:
        say("Nothing was loaded.")
    say_remarks(done.notes, done.problems)
