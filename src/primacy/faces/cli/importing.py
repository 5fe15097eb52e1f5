"""`primacy import`: areas and UCDP events from files, events from the UCDP API; undo, list."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from primacy.faces.cli.choosing import chosen_mission
from primacy.faces.cli.import_reports import (
    areas_data,
    batch_data,
    report_loaded,
    report_preview,
    report_training,
    say_remarks,
    write_problems,
)
from primacy.faces.cli.printing import errors, print_json, say
from primacy.faces.cli.site import acting
from primacy.platform.exchange.ucdp_api import DEFAULT_BASE_URL, UcdpQuery
from primacy.platform.imports.errors import BadState, ImportRefused, RowsRefused
from primacy.platform.imports.kinds import kind_of_import
from primacy.platform.imports.models import ImportBatch
from primacy.platform.imports.queries import batches
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.incidents.facade import (
    IncidentsPreview,
    load_incidents,
    load_ucdp_api,
    preview_incident_file,
    preview_ucdp,
    refuse_incidents,
    relocate_incidents,
    undo_incidents,
)
from primacy.rooms.places.facade import (
    AreasOptions,
    Mission,
    load_areas,
    missions,
    preview_areas,
    undo_areas,
)
from primacy.rooms.training.facade import load_training, preview_training, refuse_training

group = typer.Typer(help="Imports: preview, load, undo.", no_args_is_help=True)

TOKEN_VARIABLE = "PRIMACY_UCDP_TOKEN"  # noqa: S105

FileArgument = Annotated[Path | None, typer.Argument(help="the file to read", show_default=False)]
MissionOption = Annotated[str, typer.Option(help="code of the mission; default the last made")]
PreviewOption = Annotated[bool, typer.Option("--preview", help="show what would happen only")]
WholeOption = Annotated[
    bool, typer.Option("--all-or-nothing", help="refuse the file where any row is bad")
]
ProblemsOption = Annotated[
    Path | None, typer.Option(help="write all problems to this CSV file", show_default=False)
]
JsonOption = Annotated[bool, typer.Option("--json", help="print JSON")]
AsOption = Annotated[str, typer.Option("--as", help="act as this account")]


@group.command("ucdp")
def ucdp(
    file: FileArgument = None,
    mission: MissionOption = "",
    vintage: Annotated[str, typer.Option(help="release, e.g. 23.1, if the name lacks it")] = "",
    preview: PreviewOption = False,
    all_or_nothing: WholeOption = False,
    problems: ProblemsOption = None,
    api: Annotated[bool, typer.Option("--api", help="read from the UCDP API")] = False,
    version: Annotated[str, typer.Option(help="release to ask the API for, e.g. 24.1")] = "",
    token_file: Annotated[
        Path | None, typer.Option(help=f"file with the token; else {TOKEN_VARIABLE}")
    ] = None,
    country: Annotated[
        list[int] | None, typer.Option(help="Gleditsch-Ward code; may be repeated")
    ] = None,
    base_url: Annotated[str, typer.Option(help="address of the API")] = DEFAULT_BASE_URL,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Loads UCDP events (GED or Candidate): csv, GeoJSON, JSON, .gz, .zip, or the API."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    if api:
        if file is not None or preview:
            raise typer.BadParameter("with --api give neither FILE nor --preview.")
        query = UcdpQuery(countries=tuple(country or ()))
        with _progress("fetching UCDP events") as advance:
            loaded = load_ucdp_api(
                actor=actor,
                mission=chosen,
                version=version,
                token=_token(token_file),
                query=query,
                base_url=base_url,
                keep_good=not all_or_nothing,
                progress=advance,
            )
        report_loaded(loaded, chosen, problems, as_json)
        return
    if file is None:
        raise typer.BadParameter("give the FILE to read, or --api with --version.")
    with _progress(f"reading {file.name}") as advance:
        seen = preview_ucdp(
            actor=actor, mission=chosen, path=file, vintage=vintage, progress=advance
        )
    if preview:
        report_preview(seen, chosen, problems, as_json)
        return
    _load(actor, seen, chosen, problems, whole=all_or_nothing, as_json=as_json)


@group.command("incidents")
def incidents(
    file: Annotated[Path, typer.Argument(help="CSV of the mission's own incidents, also .gz")],
    mission: MissionOption = "",
    origin: Annotated[str, typer.Option(help="who numbered them, e.g. joc")] = "",
    version: Annotated[str, typer.Option(help="2 replaces what version 1 said")] = "",
    public: Annotated[bool, typer.Option("--public", help="mark them public")] = False,
    preview: PreviewOption = False,
    all_or_nothing: WholeOption = False,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Loads a mission's own incidents of every kind from a CSV file."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    with _progress(f"reading {file.name}") as advance:
        seen = preview_incident_file(
            actor=actor,
            mission=chosen,
            path=file,
            origin=origin,
            version=version,
            marking=Marking.PUBLIC if public else Marking.INTERNAL,
            progress=advance,
        )
    if preview:
        report_preview(seen, chosen, problems, as_json)
        return
    _load(actor, seen, chosen, problems, whole=all_or_nothing, as_json=as_json)


@group.command("us-training")
def us_training(
    file: Annotated[Path, typer.Argument(help="table of reports: TSV or CSV, also .gz")],
    mission: MissionOption = "",
    internal: Annotated[bool, typer.Option("--internal", help="mark them internal")] = False,
    preview: PreviewOption = False,
    all_or_nothing: WholeOption = False,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Loads US foreign-training reports; names of units that need a person wait in a queue."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    seen = preview_training(
        actor=actor,
        mission=chosen,
        path=file,
        marking=Marking.INTERNAL if internal else Marking.PUBLIC,
    )
    write_problems(problems, seen.problems)
    if preview:
        report_training(seen, chosen, as_json)
        return
    try:
        loaded = load_training(actor=actor, batch_or_preview=seen, keep_good=not all_or_nothing)
    except RowsRefused:
        refuse_training(actor=actor, batch=seen.batch, reason="all or nothing was asked for")
        raise
    report_training(loaded, chosen, as_json)


@group.command("areas")
def areas(
    file: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage or zipped shapefile")],
    mission: MissionOption = "",
    level: Annotated[int | None, typer.Option(help="0 country, 1 areas in it, 2 below")] = None,
    kind: Annotated[str, typer.Option(help="e.g. county, district")] = "",
    vintage: Annotated[str, typer.Option(help="label of this version")] = "",
    valid_from: Annotated[str, typer.Option(help="first day these lines hold, YYYY-MM-DD")] = "",
    source: Annotated[str, typer.Option(help="where the lines come from")] = "",
    publisher: Annotated[str, typer.Option(help="who published them")] = "",
    name_column: Annotated[str, typer.Option(help="column with the names")] = "",
    code_column: Annotated[str, typer.Option(help="column with codes (P-codes)")] = "",
    parent_column: Annotated[str, typer.Option(help="column with the area above")] = "",
    population_column: Annotated[str, typer.Option(help="column with residents")] = "",
    population_year: Annotated[int | None, typer.Option(help="year of the residents")] = None,
    only_country: Annotated[str, typer.Option(help="take only this country; * for all")] = "",
    crs: Annotated[str, typer.Option(help="coordinate system, e.g. EPSG:32629")] = "",
    layer: Annotated[str, typer.Option(help="layer, where the file has several")] = "",
    encoding: Annotated[str, typer.Option(help="of an old .dbf, e.g. CP1252")] = "",
    swap_axes: Annotated[bool, typer.Option("--swap-axes", help="latitude came first")] = False,
    preview: PreviewOption = False,
    all_or_nothing: WholeOption = False,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Loads areas with their boundaries, and puts the incidents on record into them."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    options = AreasOptions(
        level=level,
        kind=kind,
        vintage=vintage,
        valid_from=_day(valid_from),
        source_title=source,
        publisher=publisher,
        name_column=name_column,
        code_column=code_column,
        parent_column=parent_column,
        population_column=population_column,
        population_year=population_year,
        only_country=only_country,
        crs=crs,
        layer=layer,
        encoding=encoding,
        swap_axes=swap_axes,
    )
    with _progress(f"reading {file.name}"):
        seen = preview_areas(actor=actor, mission=chosen, path=file, options=options)
    write_problems(problems, seen.problems)
    moved = None
    if not preview:
        with _progress("loading"):
            load_areas(actor=actor, batch_or_preview=seen, keep_good=not all_or_nothing)
            moved = relocate_incidents(actor=actor, mission=chosen)
    data = areas_data(seen, chosen, loaded=not preview)
    if moved is not None:
        data["incidents_moved"] = moved.moved
    if as_json:
        print_json(data)
        return
    done = "would be" if preview else "were"
    say(
        f"{chosen.name}: {seen.rows} rows read, {len(seen.new)} areas {done} added, "
        f"{len(seen.matched)} are on the board, {seen.known} known as they are.\n"
        f"Import {seen.batch.pk}"
    )
    if moved is not None and moved.moved:
        say(f"Incidents were put into the new areas: {moved.moved}")
    say_remarks(seen.notes, seen.problems)


@group.command("undo")
def undo(
    batch: Annotated[
        str, typer.Argument(help="id of the import; without one the last that was loaded")
    ] = "",
    reason: Annotated[
        str, typer.Option(help="why it is taken back; kept in the audit log")
    ] = "taken back on the command line",
    as_json: JsonOption = False,
    account: AsOption = "",
) -> None:
    """Takes a whole import back; the reason is kept in the audit log."""
    actor = acting(account or None)
    found, mission = _batch(actor, batch) if batch else _last_loaded(actor)
    kind = kind_of_import(found)
    if kind is not None:
        removed = kind.undo(actor, found, reason)
    elif found.kind == "areas":
        removed = undo_areas(actor=actor, batch=found, reason=reason)
        relocate_incidents(actor=actor, mission=mission)
    else:
        removed = undo_incidents(actor=actor, batch=found, reason=reason)
    if as_json:
        print_json({"batch": found.pk, "removed": removed})
    else:
        say(f"{found.origin}: undone, {removed} records taken back.")


@group.command("list")
def list_imports(
    mission: MissionOption = "", as_json: JsonOption = False, account: AsOption = ""
) -> None:
    """The mission's imports, newest first."""
    actor = acting(account or None)
    chosen = chosen_mission(actor, mission or None)
    rows = list(batches(actor, chosen.pk))
    if as_json:
        print_json([batch_data(row) for row in rows])
        return
    if not rows:
        say(f"{chosen.name} has no imports yet. Next: primacy import areas FILE --level 1")
    for row in rows:
        release = f" {row.vintage}" if row.vintage else ""
        added = "to add" if row.status == "previewed" else "added"
        say(
            f"{row.pk}  {row.recorded_at:%Y-%m-%d %H:%M}  {row.status:<9}  {row.kind}{release}  "
            f"{row.origin}: {row.rows_added} {added}, {row.rows_known} known, {row.rows_bad} bad"
        )


def _load(
    actor: Viewer,
    seen: IncidentsPreview,
    mission: Mission,
    problems: Path | None,
    *,
    whole: bool,
    as_json: bool,
) -> None:
    """Loads previewed events and prints what was done."""
    try:
        with _progress("loading"):
            loaded = load_incidents(actor=actor, batch_or_preview=seen, keep_good=not whole)
    except RowsRefused:
        write_problems(problems, seen.problems)
        refuse_incidents(actor=actor, batch=seen.batch, reason="all or nothing was asked for")
        raise
    report_loaded(loaded, mission, problems, as_json)


@contextmanager
def _progress(what: str) -> Iterator["_Advance"]:
    """A line on standard error that counts rows while they are read."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        yield _Advance(bar, what)


class _Advance:
    """Counts the rows read on a progress line."""

    def __init__(self, bar: Progress, what: str) -> None:
        self._bar, self._what = bar, what
        self._task = bar.add_task(what, total=None)

    def __call__(self, rows: int) -> None:
        """Shows the rows read so far."""
        self._bar.update(self._task, description=f"{self._what}: {rows:,} rows")


def _token(path: Path | None) -> str:
    """The token from a file or the environment, never from the command line itself."""
    if path is None:
        return os.environ.get(TOKEN_VARIABLE, "")
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImportRefused(
            f"The token file {path.name} cannot be read. Nothing was changed. Check its place and "
            "the right to read it."
        ) from problem


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as problem:
        raise typer.BadParameter(f"'{text}' is not a date; write YYYY-MM-DD.") from problem


def _last_loaded(actor: Viewer) -> tuple[ImportBatch, Mission]:
    """The import loaded last, in the missions where the viewer may undo."""
    loaded = [
        (row, mission)
        for mission in missions(actor)
        if actor.has("imports.run", mission.pk)
        for row in batches(actor, mission.pk)
        if row.status == "loaded"
    ]
    if not loaded:
        raise BadState("No loaded import is open to you. Nothing was changed.")
    return max(loaded, key=lambda pair: pair[0].loaded_at or pair[0].recorded_at)


def _batch(actor: Viewer, text: str) -> tuple[ImportBatch, Mission]:
    """The import of this id, or of the beginning of one, in a mission open to the viewer."""
    wanted = text.strip().lower()
    for mission in missions(actor):
        if not actor.has("imports.run", mission.pk):
            continue
        found = [row for row in batches(actor, mission.pk) if str(row.pk).startswith(wanted)]
        if len(found) == 1 and len(wanted) >= 8:
            return found[0], mission
    raise BadState(
        f"No import '{text[:40]}' is open to you, or the id is cut too short. Nothing was "
        "changed. `primacy import list` shows the ids."
    )
