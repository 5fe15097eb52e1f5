"""The plan of an import: the file understood against the board as it is now. Writes nothing."""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence

import shapely
from django.utils.translation import gettext_noop
from shapely.geometry.base import BaseGeometry

from primacy.platform import clock
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.imports.actions import Problem, first_problems
from primacy.platform.policy import Viewer
from primacy.rooms.places.imports.codes import give_codes
from primacy.rooms.places.imports.columns import columns_used
from primacy.rooms.places.imports.errors import WrongPlace
from primacy.rooms.places.imports.level import kind_of, level_of
from primacy.rooms.places.imports.match import key, match_rows
from primacy.rooms.places.imports.parents import resolve_parents
from primacy.rooms.places.imports.records import (
    AreasOptions,
    ColumnsUsed,
    Layer,
    Neighbours,
    Plan,
    Row,
)
from primacy.rooms.places.imports.rows import of_this_country, of_this_level, read_rows
from primacy.rooms.places.imports.shapes import fit, require_polygons, require_same_region
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission
from primacy.rooms.places.queries import areas, boundaries_at
from primacy.rooms.places.rules import boundary_values

VINTAGE_LIMIT = 100


def make_plan(viewer: Viewer, mission: Mission, layer: Layer, options: AreasOptions) -> Plan:
    """What loading the layer would do to the mission's areas."""
    require_polygons(layer)
    columns = columns_used(layer, options)
    features, notes = of_this_country(layer, columns, options, mission)
    features, others = of_this_level(features, options)
    notes += others
    read = read_rows(features, columns)
    if not read.rows:
        raise _nothing_usable(layer, read.problems)
    board = list(areas(viewer, mission))
    level, guessed = level_of(layer, columns, options, read.rows, board)
    in_force = boundaries_at(viewer, mission, clock.today())
    region = require_same_region(layer.file, [r.shape for r in read.rows], _box(in_force.values()))
    undecided, remarks = _resolve_parents(read.rows, board, level, list(in_force.values()))
    siblings = [area for area in board if area.level == level]
    labels = {pk: (b.label_lon, b.label_lat) for pk, b in in_force.items()}
    problems = read.problems + match_rows(
        read.rows, siblings, labels, options.same_as, options.close_spelling
    )
    bad = {p.row for p in problems if p.severity == "error"}
    rows = [row for row in read.rows if row.number not in bad]
    new = {row.number for row in rows if row.area is None}
    # An area that is on the board already keeps its parent: there is nothing to decide.
    problems += [p for p in undecided if p.row in new]
    recognised = {row.area.pk for row in read.rows if row.area is not None}
    plan = Plan(
        layer=layer,
        options=options,
        mission=mission,
        level=level,
        kind=kind_of(layer, options, columns, siblings),
        columns=columns,
        read=len(features),
        vintage=(options.vintage.strip() or layer.file)[:VINTAGE_LIMIT],
        source_title=_source_title(layer, options),
        rows=rows,
        kept=[area for area in siblings if area.pk not in recognised],
        problems=problems,
        repaired=read.repaired,
        notes=[n for n in (*layer.notes, *notes, guessed, region, *remarks) if n],
        neighbours=fit([row.shape for row in rows]),
        board=frozenset(area.pk for area in board),
    )
    _prepare_new(plan)
    _mark_known(plan, {pk: b for pk, b in in_force.items() if b.area.level == level})
    plan.notes += _remarks(plan, columns)
    plan.problems = first_problems(problems, len(problems))
    return plan


def _nothing_usable(layer: Layer, problems: Sequence[Problem]) -> WrongPlace:
    first = problems[0]
    return WrongPlace(
        layer.file,
        gettext_noop(
            "None of its %(features)s rows can be used. The first: row %(row)s, column "
            "%(column)s, found %(first)s, expected %(expected)s."
        )
        % {
            "features": len(layer.features),
            "row": first.row,
            "column": first.column,
            "first": first.value,
            "expected": first.expected,
        },
        first.action,
    )


def _source_title(layer: Layer, options: AreasOptions) -> str:
    named = options.source_title.strip()
    return named or ", ".join(part for part in (options.publisher.strip(), layer.file) if part)


def _box(boundaries: Iterable[AreaBoundary]) -> BaseGeometry:
    """The box around the shapes in force; empty where there is none."""
    boxes = [(b.min_lon, b.min_lat, b.max_lon, b.max_lat) for b in boundaries]
    if not boxes:
        return shapely.Polygon()
    west, south, east, north = zip(*boxes, strict=True)
    box: BaseGeometry = shapely.box(min(west), min(south), max(east), max(north))
    return box


def _resolve_parents(
    rows: Sequence[Row], board: Sequence[Area], level: int, in_force: Sequence[AreaBoundary]
) -> tuple[list[Problem], list[str]]:
    """Parents from the nearest level above that the board has."""
    above = max((area.level for area in board if area.level < level), default=None)
    candidates = [area for area in board if area.level == above]
    shapes = [b for b in in_force if b.area.level == above]
    geometries = {b.area_id: json.loads(b.geometry) for b in shapes}
    return resolve_parents(rows, candidates, shapes, geometries)


def _prepare_new(plan: Plan) -> None:
    """Finds areas an undone import had brought, and gives codes to those that are truly new."""
    fresh = [row for row in plan.rows if row.area is None]
    # Codes are taken also where the area is not open to this person.
    with keeping(plan.mission.pk):
        gone = list(plan.mission.areas.filter(level=plan.level, withdrawn_at__isnull=False))
        taken = list(plan.mission.areas.values_list("code", flat=True))
    withdrawn = {(area.parent_id, key(area.name)): area for area in gone}
    for row in fresh:
        row.withdrawn = withdrawn.get((row.parent.pk if row.parent else None, key(row.name)))
        row.new_code = row.withdrawn.code if row.withdrawn else ""
    give_codes([row for row in fresh if row.withdrawn is None], plan.mission, taken)


def _mark_known(plan: Plan, in_force: Mapping[uuid.UUID, AreaBoundary]) -> None:
    """Marks the shapes and figures the board has already from this source and vintage."""
    matched = [row.area.pk for row in plan.rows if row.area is not None]
    shapes = set(
        AreaBoundary.objects.filter(
            area__in=matched,
            withdrawn_at__isnull=True,
            vintage=plan.vintage,
            valid_from=plan.options.valid_from,
            source__title=plan.source_title,
        ).values_list("area_id", "geometry")
    ) if matched else set()  # fmt: skip
    figures = set(
        AreaPopulation.objects.filter(
            area__in=matched, withdrawn_at__isnull=True, source__title=plan.source_title
        ).values_list("area_id", "year", "value")
    )
    behind = 0
    for row in plan.rows:
        row.values = boundary_values(row.shape)
        if row.area is None:
            continue
        row.shape_known = (row.area.pk, row.values.geometry) in shapes
        if row.figure:
            row.figure_known = (row.area.pk, row.figure.year, row.figure.value) in figures
        current = in_force.get(row.area.pk)
        behind += bool(row.shape_known and current and current.geometry != row.values.geometry)
    if behind:
        plan.notes.append(
            gettext_noop(
                "%(behind)s of these shapes are known, but a shape recorded later is in "
                "force. Undo the later import to go back to them, or load them again "
                "under another vintage."
            )
            % {"behind": behind}
        )


def _remarks(plan: Plan, columns: ColumnsUsed) -> list[str]:
    """What the person should know beside the rows."""
    notes: list[str] = []
    if columns.population and columns.population_year is None:
        notes.append(
            gettext_noop(
                "Column %(population)s looks like population but has no year; it is left "
                "out. Give the option population_year to load it."
            )
            % {"population": columns.population}
        )
    moved = [
        row for row in plan.rows
        if row.area and row.parent and row.area.parent_id not in (None, row.parent.pk)
    ]  # fmt: skip
    if moved:
        names = ", ".join(row.name for row in moved[:10])
        notes.append(
            gettext_noop("Under another parent in the file (the board's stays): %(names)s.")
            % {"names": names}
        )
    if plan.kept:
        names = ", ".join(area.name for area in plan.kept[:10])
        more = " …" if len(plan.kept) > 10 else ""
        notes.append(
            gettext_noop("%(kept)s areas keep their old shape (no row): %(names)s%(more)s")
            % {"kept": len(plan.kept), "names": names, "more": more}
        )
    return notes + _fit_remarks(plan.neighbours)


def _fit_remarks(neighbours: Neighbours) -> list[str]:
    if not neighbours.checked:
        return [
            gettext_noop("Overlaps and gaps were not looked for: the file has too many points.")
        ]
    notes = []
    if neighbours.overlaps:
        notes.append(
            gettext_noop(
                "Pairs of areas that overlap: %(overlaps)s, at most by %(largest_overlap_km2)s km²."
            )
            % {
                "overlaps": neighbours.overlaps,
                "largest_overlap_km2": format(neighbours.largest_overlap_km2, "g"),
            }
        )
    if neighbours.gaps:
        notes.append(
            gettext_noop("Gaps between areas: %(gaps)s, the largest %(largest_gap_km2)s km².")
            % {"gaps": neighbours.gaps, "largest_gap_km2": format(neighbours.largest_gap_km2, "g")}
        )
    return notes
