"""Acts of importing incidents: preview, load from a file or the UCDP API, refuse, undo.

All reading and working out is done before the transaction begins; the write lock is held only
while finished rows are stored.
"""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop

from primacy.platform import clock
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.exchange.ucdp_api import DEFAULT_BASE_URL, EVERYTHING, UcdpClient, UcdpQuery
from primacy.platform.imports.actions import (
    Counts,
    Problem,
    mark,
    mark_undone,
    note_counts,
    open_batch,
    require_status,
)
from primacy.platform.imports.errors import BadState, RowsRefused
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.incidents.errors import IncidentFileRefused, UcdpRefused
from primacy.rooms.incidents.imports.incident_file import read_incident_file
from primacy.rooms.incidents.imports.plan import beside, chains, make_plan, plan_now, remarks
from primacy.rooms.incidents.imports.read import (
    read_file,
    read_service,
    refusing,
    summary_of,
)
from primacy.rooms.incidents.imports.records import (
    IncidentsLoaded,
    IncidentsPreview,
    Plan,
    Progress,
    Reading,
)
from primacy.rooms.incidents.imports.store import (
    Stamp,
    insert,
    roomy_cache,
    set_superseded,
)
from primacy.rooms.incidents.models import Incident, ResponsibilityClaim
from primacy.rooms.places.facade import Mission

KIND = "ucdp"
FILE_KIND = "incidents"
KINDS = {KIND: "UCDP events", FILE_KIND: gettext_noop("incidents of the mission")}
"""Kinds of import that bring events, and what they bring."""

NOTHING_CHANGED = gettext_noop("Nothing was changed.")
STORED_LIMIT = 300


def preview_ucdp(
    *,
    actor: Viewer,
    mission: Mission,
    path: Path,
    vintage: str = "",
    marking: Marking = Marking.PUBLIC,
    progress: Progress | None = None,
) -> IncidentsPreview:
    """What loading the file would do; writes nothing but a batch in the state "previewed".

    UCDP publishes its events, so they are marked public unless said otherwise.
    """
    _require_rights(actor, mission)
    return _preview(actor, mission, path, KIND, read_file(path, vintage, progress), marking)


def preview_incident_file(
    *,
    actor: Viewer,
    mission: Mission,
    path: Path,
    origin: str = "",
    version: str = "",
    marking: Marking = Marking.INTERNAL,
    progress: Progress | None = None,
) -> IncidentsPreview:
    """What loading a mission's own incident file would do; to be loaded by `load_incidents`.

    `origin` names who numbered the incidents; a later `version` replaces what an earlier one said
    of the same incidents.
    """
    _require_rights(actor, mission)
    reading = read_incident_file(path, mission.country, origin, version, progress)
    _require_past(reading)
    return _preview(actor, mission, path, FILE_KIND, reading, marking)


def _require_past(reading: Reading) -> None:
    """Nothing; refuses a file with days to come, which shows days and months swapped."""
    days = [chunk.date_end.max() for chunk in reading.chunks if len(chunk)]
    last = max(days).item() if days else None
    if last is not None and last > clock.today():
        raise IncidentFileRefused(
            gettext_noop(
                "%(file)s has incidents up to %(last)s, a day still to come. "
                "%(nothing_changed)s Were day and month swapped? Correct the file."
            )
            % {"file": reading.file, "last": last, "nothing_changed": NOTHING_CHANGED}
        )


def _preview(
    actor: Viewer, mission: Mission, path: Path, kind: str, reading: Reading, marking: Marking
) -> IncidentsPreview:
    """The preview of a file that was read, with its batch."""
    plan = make_plan(actor, mission, reading)
    summary = summary_of(reading)
    stored_as = str(path.resolve())
    with transaction.atomic():
        batch = open_batch(
            actor=actor,
            mission_id=mission.pk,
            kind=kind,
            origin=reading.file,
            sha256=reading.sha256,
            size=reading.size,
            vintage=reading.vintage,
            stored_as=stored_as if len(stored_as) <= STORED_LIMIT else "",
            options={
                "marking": int(marking),
                "origin": reading.origin,
                "preview": {**asdict(summary), **_figures(plan), "new": plan.new},
            },
        )
        note_counts(batch, _counts(plan, plan.new))
        batch.save()
    return IncidentsPreview(
        batch=batch,
        summary=summary,
        read=reading.read,
        bad=reading.bad,
        new=plan.new,
        known=plan.known,
        changed=plan.changed,
        replaces=plan.replaces,
        older=plan.older,
        outside_areas=plan.outside,
        problems=reading.problems,
        notes=batch.notes,
        plan=plan,
    )


def load_incidents(
    *,
    actor: Viewer,
    batch_or_preview: ImportBatch | IncidentsPreview,
    keep_good: bool = True,
    progress: Progress | None = None,
) -> IncidentsLoaded:
    """What was loaded. Bad rows are left out (`keep_good`), or else the whole file is refused.

    From a preview in memory its rows are stored; from a batch the file is read again.
    """
    batch = (
        batch_or_preview.batch
        if isinstance(batch_or_preview, IncidentsPreview)
        else batch_or_preview
    )
    mission = Mission.objects.get(pk=batch.mission_id)
    _require_rights(actor, mission)
    _require_kind(batch)
    require_status(batch, BatchStatus.PREVIEWED, "loaded")
    if isinstance(batch_or_preview, IncidentsPreview):
        plan = plan_now(actor, mission, batch_or_preview.plan)
    else:
        plan = make_plan(actor, mission, _read_again(batch, progress))
    _require_good(plan.reading, keep_good)
    with keeping(mission.pk), roomy_cache(), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.PREVIEWED, "loaded")
        return _store(actor, batch, plan)


def load_ucdp_api(
    *,
    actor: Viewer,
    mission: Mission,
    version: str,
    token: str,
    query: UcdpQuery = EVERYTHING,
    base_url: str = DEFAULT_BASE_URL,
    keep_good: bool = True,
    marking: Marking = Marking.PUBLIC,
    progress: Progress | None = None,
    client: Callable[[str, str], UcdpClient] = UcdpClient,
) -> IncidentsLoaded:
    """What was loaded from the UCDP API. Everything is fetched before anything is stored."""
    _require_rights(actor, mission)
    with refusing():
        service = client(token, base_url)
    reading = read_service(service, version, query, progress)
    if not reading.good:
        raise UcdpRefused(
            gettext_noop(
                "The UCDP service gave no usable event for release %(version)s and these "
                "filters. %(nothing_changed)s Check the release, the countries and the "
                "days asked for."
            )
            % {"version": version, "nothing_changed": NOTHING_CHANGED}
        )
    _require_good(reading, keep_good)
    plan = make_plan(actor, mission, reading)
    with keeping(mission.pk), roomy_cache(), transaction.atomic():
        batch = open_batch(
            actor=actor,
            mission_id=mission.pk,
            kind=KIND,
            origin=reading.file,
            vintage=reading.vintage,
            options={"marking": int(marking), "query": query.parameters()},
        )
        return _store(actor, batch, plan)


def refuse_incidents(*, actor: Viewer, batch: ImportBatch, reason: str) -> None:
    """Marks a previewed import as refused: it was not wanted, nothing was loaded."""
    _require_kind(batch)
    kept = Counts(
        read=batch.rows_read,
        bad=batch.rows_bad,
        problems=[Problem(**problem) for problem in batch.problems],
        notes=list(batch.notes),
    )
    mark(actor=actor, batch=batch, status=BatchStatus.REFUSED, counts=kept, reason=reason)


def undo_incidents(*, actor: Viewer, batch: ImportBatch, reason: str) -> int:
    """The number of incidents taken back. Events of older releases are the present ones again."""
    mission = Mission.objects.get(pk=batch.mission_id)
    _require_rights(actor, mission)
    _require_kind(batch)
    if not reason.strip():
        raise UcdpRefused(
            gettext_noop(
                "Taking an import back needs a reason. %(nothing_changed)s Say why, in a few words."
            )
            % {"nothing_changed": NOTHING_CHANGED}
        )
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.LOADED, "undone")
        for origin, vintage in _releases_of(batch):
            for older, newer in chains(mission, origin, vintage):
                set_superseded(
                    mission.pk, origin, older, newer, batch_id=batch.pk, without_batch=True
                )
        _refuse_where_named(batch)
        removed, _ = Incident.objects.filter(batch_id=batch.pk).delete()
        mark_undone(actor=actor, batch=batch, reason=reason, removed=removed)
    return removed


def _refuse_where_named(batch: ImportBatch) -> None:
    """Nothing; `UcdpRefused` where somebody was said to be responsible for an event of it."""
    rows = ResponsibilityClaim.objects.filter(incident__batch_id=batch.pk)
    named = rows.values("incident").distinct().count()
    if named:
        raise UcdpRefused(
            gettext_noop(
                "%(n)s events of this import have claims of responsibility on record, which are "
                "never deleted. %(nothing_changed)s Load a corrected release over it instead."
            )
            % {"n": named, "nothing_changed": NOTHING_CHANGED}
        )


def _require_rights(actor: Viewer, mission: Mission) -> None:
    require(actor, "imports.run", mission.pk)
    require(actor, "incidents.edit", mission.pk)


def _require_kind(batch: ImportBatch) -> None:
    if batch.kind not in KINDS:
        raise BadState(
            gettext_noop("This is an import of %(kind)s, not of events. %(nothing_changed)s")
            % {"kind": batch.kind, "nothing_changed": NOTHING_CHANGED}
        )


def _require_good(reading: Reading, keep_good: bool) -> None:
    if keep_good or not reading.bad:
        return
    first = reading.problems[0]
    raise RowsRefused(
        gettext_noop(
            "%(file)s: %(bad)s of %(read)s rows cannot be loaded; the first is row "
            "%(row)s, column %(value)s: found %(value_2)s, expected %(expected)s. "
            "%(nothing_changed)s Correct the file, or load the good rows only."
        )
        % {
            "file": reading.file,
            "bad": reading.bad,
            "read": reading.read,
            "row": first.row,
            "value": first.column or "all",
            "value_2": first.value or "nothing",
            "expected": first.expected,
            "nothing_changed": NOTHING_CHANGED,
        }
    )


def _read_again(batch: ImportBatch, progress: Progress | None) -> Reading:
    """The previewed file's rows; refused where the file is gone or another one."""
    path = Path(batch.stored_as)
    if batch.stored_as and path.is_file():
        reading = _read_kind(batch, path, progress)
        if reading.sha256 == batch.sha256:
            return reading
    raise BadState(
        gettext_noop(
            "%(origin)s: the file is gone, or is another one than was previewed. "
            "%(nothing_changed)s Preview it again."
        )
        % {"origin": batch.origin, "nothing_changed": NOTHING_CHANGED}
    )


def _read_kind(batch: ImportBatch, path: Path, progress: Progress | None) -> Reading:
    if batch.kind == KIND:
        return read_file(path, batch.vintage, progress)
    country = Mission.objects.values_list("country", flat=True).get(pk=batch.mission_id)
    origin = str(batch.options.get("origin", ""))
    return read_incident_file(path, country, origin, batch.vintage, progress)


def _releases_of(batch: ImportBatch) -> list[tuple[str, str]]:
    """The series and releases the batch brought rows of."""
    rows = Incident.objects.filter(batch_id=batch.pk).order_by()
    return list(rows.values_list("origin", "vintage").distinct())


def _store(actor: Viewer, batch: ImportBatch, plan: Plan) -> IncidentsLoaded:
    """Writes the rows and the batch; the caller holds the transaction."""
    reading = plan.reading
    stamp = Stamp(
        mission_id=batch.mission_id,
        batch_id=batch.pk,
        account_id=actor.account_id,
        origin=reading.origin,
        vintage=reading.vintage,
        marking=int(str(batch.options.get("marking", Marking.PUBLIC.value))),
        recorded_at=clock.now(),
    )
    added = insert(plan.placed, stamp)
    mission = Mission.objects.get(pk=batch.mission_id)
    superseded = 0
    if added:
        for older, newer in chains(mission, reading.origin, reading.vintage):
            touched = set_superseded(mission.pk, reading.origin, older, newer, batch_id=batch.pk)
            superseded += touched if older != reading.vintage else 0
    counts = _counts(plan, added)
    counts.notes += beside(mission, reading)
    summary = summary_of(reading)
    figures = {**_figures(plan), "superseded": superseded, "by_type": summary.by_type}
    batch.options = {**batch.options, "result": figures}
    earlier = None if added else _same_file(batch)
    if earlier is None:
        mark(actor=actor, batch=batch, status=BatchStatus.LOADED, counts=counts)
    else:
        # Nothing new: the import to take back later is the one that brought the rows.
        counts.notes.append(
            gettext_noop("This file is on record already, as import %(earlier)s.")
            % {"earlier": earlier.pk}
        )
        reason = gettext_noop("the same file is loaded already")
        mark(actor=actor, batch=batch, status=BatchStatus.REFUSED, counts=counts, reason=reason)
    return IncidentsLoaded(
        batch=earlier or batch,
        read=reading.read,
        added=added,
        known=counts.known,
        changed=counts.changed,
        bad=counts.bad,
        superseded=superseded,
        by_type=summary.by_type,
        outside_areas=plan.outside,
        problems=reading.problems,
        notes=batch.notes,
    )


def _same_file(batch: ImportBatch) -> ImportBatch | None:
    """The loaded import of the same file, where there is one."""
    if not batch.sha256:
        return None
    rows = ImportBatch.objects.filter(
        mission_id=batch.mission_id,
        kind=batch.kind,
        sha256=batch.sha256,
        status=BatchStatus.LOADED,
    )
    return rows.exclude(pk=batch.pk).order_by("recorded_at").first()


def _counts(plan: Plan, added: int) -> Counts:
    """The counts of a batch; what another import brought in the meantime is known."""
    reading = plan.reading
    return Counts(
        read=reading.read,
        added=added,
        changed=plan.changed,
        known=reading.good - plan.changed - added,
        bad=reading.bad,
        problems=list(reading.problems),
        notes=[*reading.notes, *remarks(plan)],
    )


def _figures(plan: Plan) -> dict[str, object]:
    return {
        "known": plan.known,
        "changed": plan.changed,
        "replaces": plan.replaces,
        "older": plan.older,
        "outside_areas": plan.outside,
    }
