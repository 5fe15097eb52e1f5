"""Acts of importing areas: preview, load, undo. The only module here that writes."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop

from primacy.platform import clock
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.imports.actions import (
    Counts,
    mark,
    mark_undone,
    note_counts,
    open_batch,
    require_status,
)
from primacy.platform.imports.errors import BadState, RowsRefused
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.policy import Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source, SourceKind
from primacy.rooms.places.imports.errors import NOTHING_CHANGED, OptionUnusable, StillNeeded
from primacy.rooms.places.imports.plan import make_plan
from primacy.rooms.places.imports.read import read_layer
from primacy.rooms.places.imports.records import (
    AreasOptions,
    AreasPreview,
    Match,
    NewArea,
    Plan,
    Row,
)
from primacy.rooms.places.models import Area, AreaBoundary, AreaPopulation, Mission
from primacy.rooms.places.queries import areas

KIND = "areas"
STORED_LIMIT = 300
BATCH_VINTAGE_LIMIT = 40


def preview_areas(
    *, actor: Viewer, mission: Mission, path: Path, options: AreasOptions | None = None
) -> AreasPreview:
    """What loading the file would do; writes nothing but a batch in the state "previewed"."""
    _require_rights(actor, mission.pk)
    options = options or AreasOptions()
    plan = make_plan(actor, mission, read_layer(path, options), options)
    stored_as = str(path.resolve())
    with transaction.atomic():
        batch = open_batch(
            actor=actor,
            mission_id=mission.pk,
            kind=KIND,
            origin=plan.layer.file,
            sha256=plan.layer.sha256,
            size=plan.layer.size,
            vintage=plan.vintage[:BATCH_VINTAGE_LIMIT],
            stored_as=stored_as if len(stored_as) <= STORED_LIMIT else "",
            options=_options_kept(options),
        )
        note_counts(batch, _counts(plan))
        batch.save()
    return _preview(batch, plan)


def load_areas(
    *, actor: Viewer, batch_or_preview: ImportBatch | AreasPreview, keep_good: bool
) -> ImportBatch:
    """The loaded batch. Bad rows are left out (`keep_good`), or else the whole file is refused.

    Matches are made anew against the board as it is now; all is written in one transaction.
    """
    batch, plan = _planned(actor, batch_or_preview)
    if plan.bad_rows and not keep_good:
        first = next(p for p in plan.problems if p.severity == "error")
        raise RowsRefused(
            gettext_noop(
                "%(file)s: %(bad_rows)s of %(read)s rows cannot be loaded; the first is "
                "row %(row)s, column %(column)s: found %(first)s, expected %(expected)s. "
                "%(nothing_changed)s Correct the file, or load the good rows only."
            )
            % {
                "file": plan.layer.file,
                "bad_rows": plan.bad_rows,
                "read": plan.read,
                "row": first.row,
                "column": first.column,
                "first": first.value,
                "expected": first.expected,
                "nothing_changed": NOTHING_CHANGED,
            }
        )
    with keeping(batch.mission_id), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.PREVIEWED, "loaded")
        if plan.board != frozenset(areas(actor, plan.mission).values_list("pk", flat=True)):
            raise BadState(
                gettext_noop(
                    "The areas of this mission changed while the file was read. "
                    "Nothing was changed. Preview the file again."
                )
            )
        if any(not row.known for row in plan.rows):
            _write(actor, batch, plan)
        mark(actor=actor, batch=batch, status=BatchStatus.LOADED, counts=_counts(plan))
    return batch


def undo_areas(*, actor: Viewer, batch: ImportBatch, reason: str) -> int:
    """The number of records taken back: shapes, figures and areas the batch had brought.

    They are withdrawn, not deleted: the shapes of before are in force again, and records of other
    rooms that point to a withdrawn area stay and come back with it.
    """
    _require_rights(actor, batch.mission_id)
    _require_kind(batch)
    if not reason.strip():
        raise OptionUnusable(
            batch.origin,
            gettext_noop("Taking an import back needs a reason."),
            gettext_noop("Say why, in a few words."),
        )
    with keeping(batch.mission_id), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.LOADED, "undone")
        brought = Area.objects.filter(batch_id=batch.pk, withdrawn_at__isnull=True)
        _require_unused(batch, [area.pk for area in brought])
        hidden = _other_records([area.pk for area in brought])
        if hidden:
            batch.notes = [
                *batch.notes,
                gettext_noop("Hidden with the areas taken back, but kept: %(hidden)s.")
                % {"hidden": hidden},
            ]
            batch.save(update_fields=["notes"])
        now = clock.now()
        removed = 0
        for records in (AreaBoundary.objects, AreaPopulation.objects, Area.objects):
            rows = records.filter(batch_id=batch.pk, withdrawn_at__isnull=True)
            removed += rows.update(withdrawn_at=now)
        mark_undone(actor=actor, batch=batch, reason=reason, removed=removed)
    return removed


def _require_rights(actor: Viewer, mission_id: uuid.UUID) -> None:
    require(actor, "imports.run", mission_id)
    require(actor, "places.edit", mission_id)


def _require_kind(batch: ImportBatch) -> None:
    if batch.kind != KIND:
        raise BadState(
            gettext_noop("This is an import of %(kind)s, not of areas. %(nothing_changed)s")
            % {"kind": batch.kind, "nothing_changed": NOTHING_CHANGED}
        )


def _planned(actor: Viewer, given: ImportBatch | AreasPreview) -> tuple[ImportBatch, Plan]:
    """The batch and a plan made now, from the rows in memory or from the file kept."""
    batch = given.batch if isinstance(given, AreasPreview) else given
    _require_rights(actor, batch.mission_id)
    _require_kind(batch)
    require_status(batch, BatchStatus.PREVIEWED, "loaded")
    if isinstance(given, AreasPreview):
        old = given.plan
        return batch, make_plan(actor, old.mission, old.layer, old.options)
    mission = Mission.objects.get(pk=batch.mission_id)
    options = _options_from(batch.options)
    path = Path(batch.stored_as)
    layer = read_layer(path, options) if batch.stored_as and path.exists() else None
    if layer is None or layer.sha256 != batch.sha256:
        raise BadState(
            gettext_noop(
                "%(origin)s: the file is gone, or is another one than was previewed. "
                "%(nothing_changed)s Preview it again."
            )
            % {"origin": batch.origin, "nothing_changed": NOTHING_CHANGED}
        )
    return batch, make_plan(actor, mission, layer, options)


def _write(actor: Viewer, batch: ImportBatch, plan: Plan) -> None:
    """Writes areas, shapes and figures; the caller holds the transaction."""
    source = ensure_source(
        actor=actor,
        mission_id=plan.mission.pk,
        title=plan.source_title,
        kind=SourceKind.DATASET,
        url=plan.options.source_url,
        note=plan.options.publisher,
    )
    _bring_areas(actor, batch, plan)
    AreaBoundary.objects.bulk_create(
        [_boundary(actor, batch, plan, row, source) for row in plan.rows if not row.shape_known],
        batch_size=200,
    )
    AreaPopulation.objects.bulk_create(
        [
            AreaPopulation(
                area=row.area,
                year=row.figure.year,
                value=row.figure.value,
                definition=(
                    gettext_noop("column %(population)s") % {"population": plan.columns.population}
                )[:200],
                source=source,
                batch_id=batch.pk,
                recorded_by_id=actor.account_id,
            )
            for row in plan.rows
            if row.figure and not row.figure_known
        ],
        batch_size=500,
    )


def _bring_areas(actor: Viewer, batch: ImportBatch, plan: Plan) -> None:
    """Creates the new areas and brings withdrawn ones back; each row then has its area."""
    created: list[Area] = []
    for row in plan.rows:
        if row.area is not None:
            continue
        if row.withdrawn is not None:
            row.area = row.withdrawn
            continue
        row.area = Area(
            mission=plan.mission,
            parent=row.parent,
            level=plan.level,
            kind=plan.kind,
            code=row.new_code,
            p_code=row.code,
            name=row.name,
            marking=plan.options.marking,
            batch_id=batch.pk,
            recorded_by_id=actor.account_id,
        )
        created.append(row.area)
    Area.objects.bulk_create(created, batch_size=200)
    back = [row.withdrawn.pk for row in plan.rows if row.withdrawn is not None]
    Area.objects.filter(pk__in=back).update(withdrawn_at=None, batch_id=batch.pk)


def _boundary(
    actor: Viewer, batch: ImportBatch, plan: Plan, row: Row, source: Source
) -> AreaBoundary:
    repair = next((r for r in plan.repaired if r.row == row.number), None)
    basis = gettext_noop("row %(number)s of %(file)s") % {
        "number": row.number,
        "file": plan.layer.file,
    }
    if row.values is None or row.area is None:  # both are set by the plan and `_bring_areas`
        raise AssertionError(basis)
    return AreaBoundary(
        area=row.area,
        vintage=plan.vintage,
        name=row.name[:200],
        p_code=row.code[:40],
        valid_from=plan.options.valid_from,
        source=source,
        basis=(
            gettext_noop("%(basis)s; repaired: %(what)s") % {"basis": basis, "what": repair.what}
            if repair
            else basis
        )[:300],
        batch_id=batch.pk,
        recorded_by_id=actor.account_id,
        **vars(row.values),
    )


def _counts(plan: Plan) -> Counts:
    known = sum(row.known for row in plan.rows)
    added = sum(row.new_code != "" for row in plan.rows)
    return Counts(
        read=plan.read,
        added=added,
        changed=len(plan.rows) - added - known,
        known=known,
        bad=plan.bad_rows,
        problems=plan.problems,
        notes=plan.notes,
    )


def _preview(batch: ImportBatch, plan: Plan) -> AreasPreview:
    return AreasPreview(
        batch=batch,
        rows=plan.read,
        matched=[Match(r.number, r.name, r.area, r.how) for r in plan.rows if r.area is not None],
        new=[NewArea(r.number, r.name, r.new_code, r.parent) for r in plan.rows if r.area is None],
        kept=plan.kept,
        parents={row.number: row.parent for row in plan.rows},
        repaired=plan.repaired,
        problems=plan.problems,
        neighbours=plan.neighbours,
        columns=plan.columns,
        level=plan.level,
        kind=plan.kind,
        vintage=plan.vintage,
        source_title=plan.source_title,
        crs=plan.layer.crs,
        notes=plan.notes,
        known=sum(row.known for row in plan.rows),
        plan=plan,
    )


def _options_kept(options: AreasOptions) -> dict[str, object]:
    """The options as they are kept on the batch (JSON)."""
    kept = asdict(options)
    kept["valid_from"] = options.valid_from.isoformat() if options.valid_from else None
    kept["marking"] = int(options.marking)
    return kept


def _options_from(kept: Mapping[str, object]) -> AreasOptions:
    """The options of a batch, as they were given."""
    values = {name: kept[name] for name in AreasOptions.__dataclass_fields__ if name in kept}
    if values.get("valid_from"):
        values["valid_from"] = dt.date.fromisoformat(str(values["valid_from"]))
    return AreasOptions(**values)  # type: ignore[arg-type]


def _require_unused(batch: ImportBatch, brought: list[uuid.UUID]) -> None:
    """Refuses where areas, shapes or figures added later rest on the areas to take back."""
    later = Q(withdrawn_at__isnull=True) & ~Q(batch_id=batch.pk)
    resting = {
        "areas under them": Area.objects.filter(later, parent__in=brought).count(),
        "newer shapes of them": AreaBoundary.objects.filter(later, area__in=brought).count(),
        "population figures": AreaPopulation.objects.filter(later, area__in=brought).count(),
    }
    said = ", ".join(f"{count} {what}" for what, count in resting.items() if count)
    if said:
        raise StillNeeded(
            batch.origin,
            gettext_noop(
                "Later records rest on the %(brought)s areas this import brought: %(said)s."
            )
            % {"brought": len(brought), "said": said},
            gettext_noop("Undo the later imports first, newest first."),
        )


def _other_records(brought: list[uuid.UUID]) -> str:
    """The records of any room that point to areas about to be hidden, counted by kind."""
    own = {Area, AreaBoundary, AreaPopulation}
    counted = []
    for relation in Area._meta.related_objects:
        model = relation.related_model
        if not isinstance(model, type) or model in own:
            continue
        count = model._base_manager.filter(**{f"{relation.field.name}__in": brought}).count()
        if count:
            counted.append(f"{count} {model._meta.verbose_name_plural}")
    return ", ".join(counted)
