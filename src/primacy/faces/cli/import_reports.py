"""What `primacy import` prints: for people, and as JSON for programs."""

import csv
from collections.abc import Sequence
from pathlib import Path

from primacy.faces.cli.printing import errors, print_json, say
from primacy.platform.exports import safe_cell
from primacy.platform.imports.actions import Problem
from primacy.platform.imports.models import ImportBatch
from primacy.rooms.incidents.facade import IncidentsLoaded, IncidentsPreview
from primacy.rooms.places.facade import AreasPreview, Mission
from primacy.rooms.training.facade import TrainingLoaded, TrainingPreview

SHOWN_PROBLEMS = 10
PROBLEM_COLUMNS = ("row", "column", "value", "expected", "action", "severity")


def report_loaded(
    loaded: IncidentsLoaded, mission: Mission, file: Path | None, as_json: bool
) -> None:
    """Prints what a load did."""
    write_problems(file, loaded.problems)
    if as_json:
        print_json(_loaded_data(loaded))
        return
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in loaded.by_type.items())
    say(
        f"{mission.name}: {loaded.read} rows read, {loaded.added} events added, {loaded.known} "
        f"known already, {loaded.changed} known with other values, {loaded.bad} left out; "
        f"{loaded.superseded} older versions replaced.\n"
        f"Types: {kinds}. Outside every area: {loaded.outside_areas}.\n"
        f"Import {loaded.batch.pk}; to take it back: "
        f'primacy import undo {loaded.batch.pk} --reason "..."'
    )
    say_remarks(loaded.notes, loaded.problems)


def report_preview(
    seen: IncidentsPreview, mission: Mission, file: Path | None, as_json: bool
) -> None:
    """Prints what a load would do."""
    write_problems(file, seen.problems)
    summary = seen.summary
    if as_json:
        print_json(
            {
                "batch": seen.batch.pk,
                "preview": True,
                "read": seen.read,
                "new": seen.new,
                "known": seen.known,
                "changed": seen.changed,
                "bad": seen.bad,
                "replaces": seen.replaces,
                "by_type": summary.by_type,
                "by_country": summary.by_country,
                "first_day": summary.first_day,
                "last_day": summary.last_day,
                "outside_areas": seen.outside_areas,
                "problems": [vars(problem) for problem in seen.problems],
                "notes": seen.notes,
            }
        )
        return
    say(
        f"{mission.name}: {seen.read} rows from {summary.first_day} to {summary.last_day}: "
        f"{seen.new} new, {seen.known} known, {seen.bad} cannot be loaded. Nothing was loaded."
    )
    say_remarks(seen.notes, seen.problems)


def _loaded_data(loaded: IncidentsLoaded) -> dict[str, object]:
    return {
        "batch": loaded.batch.pk,
        "read": loaded.read,
        "added": loaded.added,
        "known": loaded.known,
        "changed": loaded.changed,
        "bad": loaded.bad,
        "superseded": loaded.superseded,
        "by_type": loaded.by_type,
        "outside_areas": loaded.outside_areas,
        "problems": [vars(problem) for problem in loaded.problems],
        "notes": loaded.notes,
    }


def areas_data(seen: AreasPreview, mission: Mission, loaded: bool) -> dict[str, object]:
    """An import of areas, for JSON."""
    return {
        "batch": seen.batch.pk,
        "mission": mission.code,
        "loaded": loaded,
        "read": seen.rows,
        "added": len(seen.new),
        "matched": len(seen.matched),
        "known": seen.known,
        "kept": len(seen.kept),
        "level": seen.level,
        "vintage": seen.vintage,
        "problems": [vars(problem) for problem in seen.problems],
        "notes": seen.notes,
    }


def batch_data(row: ImportBatch) -> dict[str, object]:
    """An import batch, for JSON."""
    names = (
        "kind", "origin", "vintage", "status", "sha256", "rows_read", "rows_added",
        "rows_changed", "rows_known", "rows_bad", "recorded_at", "loaded_at", "undone_at",
        "undo_reason",
    )  # fmt: skip
    return {"batch": row.pk, **{name: getattr(row, name) for name in names}}


def write_problems(file: Path | None, problems: Sequence[Problem]) -> None:
    """Writes every problem to a CSV file whose cells no spreadsheet runs."""
    if file is None:
        return
    try:
        with file.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(PROBLEM_COLUMNS)
            for problem in problems:
                writer.writerow([safe_cell(getattr(problem, name)) for name in PROBLEM_COLUMNS])
    except OSError as fault:
        errors.print(f"The problems could not be written to {file}: {fault}", markup=False)


def say_remarks(notes: Sequence[str], problems: Sequence[Problem]) -> None:
    """Prints notes and the first problems."""
    for note in notes:
        say(note)
    for problem in problems[:SHOWN_PROBLEMS]:
        say(
            f"{problem.severity}, row {problem.row}, {problem.column or 'whole row'}: found "
            f"{problem.value or 'nothing'}, expected {problem.expected}"
        )
    if len(problems) > SHOWN_PROBLEMS:
        say(f"… {len(problems) - SHOWN_PROBLEMS} more; --problems FILE writes them all.")


def report_training(
    done: TrainingPreview | TrainingLoaded, mission: Mission, as_json: bool
) -> None:
    """Prints what a load of reports on training did or would do."""
    if isinstance(done, TrainingPreview):
        figures: dict[str, object] = {
            "batch": done.batch.pk,
            "preview": True,
            "read": done.file.read,
            "new": done.new,
            "known": done.known,
            "bad": done.file.bad,
            "by_country": done.by_country,
        }
        text = (
            f"{mission.name}: {done.file.read} rows: {done.new} new, {done.known} known, "
            f"{done.file.bad} cannot be loaded. Nothing was loaded."
        )
    else:
        figures = {
            "batch": done.batch.pk,
            "read": done.read,
            "added": done.added,
            "known": done.known,
            "bad": done.bad,
            "names": done.names,
            "new_names_read_as": done.readings,
            "without_name": done.without_name,
        }
        waiting = done.readings.get("refer", 0) + done.readings.get("no_match", 0)
        text = (
            f"{mission.name}: {done.read} rows read, {done.added} trainings added, {done.known} "
            f"known already, {done.bad} left out.\n"
            f"Names of units: {done.names}; {done.readings.get('unit', 0)} new ones read as a unit "
            f"of the register, {waiting} wait for a person, {done.readings.get('elsewhere', 0)} of "
            f"other countries; {done.without_name} rows name none.\n"
            f"Import {done.batch.pk}; to take it back: "
            f'primacy import undo {done.batch.pk} --reason "..."'
        )
    if as_json:
        print_json({**figures, "problems": [vars(problem) for problem in done.problems]})
        return
    say(text)
    say_remarks([], done.problems)
