"""Acts of importing sheets: preview, load, refuse, undo.

A preview does all that a load does, and takes it back: what it says is what the load will do. What
the sheets state becomes claims with their citations; a second load of the same sheets adds nothing,
and an undo withdraws the claims, so that what was known in between stays on record.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import Claim
from primacy.platform.claims.queries import as_known
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.exchange.sfm.problems import LEFT_OUT
from primacy.platform.exchange.sfm.sources import PointStated
from primacy.platform.imports.actions import (
    Counts,
    Problem,
    first_problems,
    mark,
    mark_undone,
    note_counts,
    open_batch,
    require_status,
)
from primacy.platform.imports.errors import BadState
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source, SourceKind
from primacy.rooms.exchange.errors import ExchangeRefused
from primacy.rooms.exchange.imports.bringing import Bringing, renamed_source
from primacy.rooms.exchange.imports.known import OF_PERSONS, OF_UNITS, in_parts
from primacy.rooms.exchange.imports.parts import bring_parts
from primacy.rooms.exchange.imports.persons import bring_persons
from primacy.rooms.exchange.imports.reading import Read, as_problems, read
from primacy.rooms.exchange.imports.refusing import NOTHING_CHANGED, read_again, refuse_errors
from primacy.rooms.exchange.imports.units import bring_units
from primacy.rooms.exchange.models import AccessPoint, Brought, BroughtKind
from primacy.rooms.forces.facade import withdraw_claims
from primacy.rooms.incidents.facade import ResponsibilityClaim, withdraw_responsibility
from primacy.rooms.persons.facade import Person, withdraw_person, withdraw_person_claims
from primacy.rooms.places.facade import Mission

KIND = "sfm"
AT_ONCE = 500
STORED_LIMIT = 300
CLAIMS = (BroughtKind.UNIT_CLAIM, BroughtKind.PERSON_CLAIM, BroughtKind.RESPONSIBILITY)


@dataclass
class SheetsDone:
    """What a load brought, or what a preview says it would bring."""

    batch: ImportBatch
    read: int
    added: int
    known: int
    bad: int
    brought: dict[str, int]
    work_needed: int
    """Claims without a citation among them: they wait for a source."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheets: Read | None = None


class _TakenBack(Exception):
    """Ends the trial of a preview."""


def preview_sheets(
    *,
    actor: Viewer,
    mission: Mission,
    paths: Sequence[Path],
    marking: Marking = Marking.INTERNAL,
) -> SheetsDone:
    """What loading the files would bring; writes nothing but a batch in the state "previewed"."""
    sheets = read(paths)
    _require_rights(actor, mission, sheets)
    bringing, counts = _tried(actor, mission, sheets, marking)
    stored_as = str(paths[0].resolve()) if len(paths) == 1 else ""
    with transaction.atomic():
        batch = open_batch(
            actor=actor,
            mission_id=mission.pk,
            kind=KIND,
            origin=", ".join(path.name for path in paths),
            sha256=sheets.files.sha256,
            size=sheets.files.size,
            stored_as=stored_as if len(stored_as) <= STORED_LIMIT else "",
            options={
                "marking": int(marking),
                "preview": {"new": counts.added, "brings": _brought(bringing)},
            },
        )
        note_counts(batch, counts)
        batch.save()
    return _done(batch, sheets, bringing, counts)


def load_sheets(
    *, actor: Viewer, batch_or_preview: ImportBatch | SheetsDone, keep_good: bool = True
) -> SheetsDone:
    """What was loaded. Bad rows are left out (`keep_good`), or else the files are refused."""
    seen = batch_or_preview if isinstance(batch_or_preview, SheetsDone) else None
    batch = seen.batch if seen else batch_or_preview
    assert isinstance(batch, ImportBatch)  # noqa: S101
    mission = Mission.objects.get(pk=batch.mission_id)
    _require_kind(batch)
    require_status(batch, BatchStatus.PREVIEWED, "loaded")
    sheets = seen.sheets if seen and seen.sheets else read_again(batch)
    _require_rights(actor, mission, sheets)
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.PREVIEWED, "loaded")
        bringing = _bring(actor, mission, sheets, Marking(int(batch.options["marking"])))
        counts = _counts(sheets, bringing)
        if not keep_good:
            refuse_errors(batch.origin, bringing.problems, counts)
        _note_brought(actor, mission, batch, bringing)
        result = {"brought": _brought(bringing), "work_needed": bringing.work_needed}
        batch.options = {**batch.options, "result": result}
        mark(actor=actor, batch=batch, status=BatchStatus.LOADED, counts=counts)
    return _done(batch, sheets, bringing, counts)


def refuse_sheets(*, actor: Viewer, batch: ImportBatch, reason: str) -> None:
    """Marks a previewed import as refused: it was not wanted, nothing was loaded."""
    _require_kind(batch)
    kept = Counts(
        read=batch.rows_read,
        bad=batch.rows_bad,
        problems=[Problem(**problem) for problem in batch.problems],
        notes=list(batch.notes),
    )
    mark(actor=actor, batch=batch, status=BatchStatus.REFUSED, counts=kept, reason=reason)


def undo_sheets(*, actor: Viewer, batch: ImportBatch, reason: str) -> int:
    """How many claims and persons were withdrawn; nothing is deleted.

    Units stay, without the claims of the import. A claim that a person corrected since is that
    person's: it stays.
    """
    mission = Mission.objects.get(pk=batch.mission_id)
    _require_kind(batch)
    if not reason.strip():
        raise ExchangeRefused(
            gettext_noop(
                "Taking an import back needs a reason. %(nothing_changed)s Say why, in a few words."
            )
            % {"nothing_changed": NOTHING_CHANGED}
        )
    require(actor, "imports.run", mission.pk)
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.LOADED, "undone")
        taken: list[UUID] = []
        for kind, ids in _standing(mission, batch).items():
            taken += _take_back(actor, mission, batch, kind, ids, reason)
        for part in in_parts(taken):
            Brought.objects.filter(batch_id=batch.pk, record__in=part).update(taken_back=True)
        mark_undone(actor=actor, batch=batch, reason=reason, removed=len(taken))
    return len(taken)


def _standing(mission: Mission, batch: ImportBatch) -> dict[str, list[UUID]]:
    found: dict[str, list[UUID]] = {}
    rows = Brought.objects.filter(mission=mission, batch_id=batch.pk, taken_back=False)
    for kind, record in rows.values_list("kind", "record"):
        found.setdefault(kind, []).append(record)
    return found


def _take_back(
    actor: Viewer, mission: Mission, batch: ImportBatch, kind: str, ids: Sequence[UUID], reason: str
) -> list[UUID]:
    """The records of one kind that were withdrawn."""
    if kind == BroughtKind.PERSON:
        persons = Person.objects.filter(pk__in=list(ids), withdrawn=False)
        kept = _with_other_claims(mission, batch, ids)
        gone = [one for one in persons if one.pk not in kept]
        for person in gone:
            withdraw_person(actor=actor, person=person, reason=reason)
        return [one.pk for one in gone]
    if kind == BroughtKind.UNIT_CLAIM:
        rows = _as_brought(mission, OF_UNITS, ids)
        withdraw_claims(actor=actor, mission=mission, claims=rows, reason=reason)
        return [row.claim for row in rows]
    if kind == BroughtKind.PERSON_CLAIM:
        rows = _as_brought(mission, OF_PERSONS, ids)
        withdraw_person_claims(actor=actor, mission=mission, claims=rows, reason=reason)
        return [row.claim for row in rows]
    if kind == BroughtKind.RESPONSIBILITY:
        parts = _as_brought(mission, (ResponsibilityClaim,), ids)
        for row in parts:
            assert isinstance(row, ResponsibilityClaim)  # noqa: S101
            withdraw_responsibility(actor=actor, claim=row, reason=reason)
        return [row.claim for row in parts]
    return []


def _as_brought(
    mission: Mission, models: Sequence[type[Claim]], ids: Sequence[UUID]
) -> list[Claim]:
    """The claims that stand as the import brought them: in their first version."""
    found: list[Claim] = []
    for model in models:
        for part in in_parts(list(ids)):
            rows = as_known(model, mission.pk).filter(claim__in=part, version=1, withdrawn=False)
            found += list(rows)
    return found


def _with_other_claims(mission: Mission, batch: ImportBatch, ids: Sequence[UUID]) -> set[UUID]:
    """Persons about whom somebody else claimed something, or corrected what was brought."""
    brought = set(
        Brought.objects.filter(batch_id=batch.pk, kind=BroughtKind.PERSON_CLAIM).values_list(
            "record", flat=True
        )
    )
    found: set[UUID] = set()
    for model in OF_PERSONS:
        for part in in_parts(list(ids)):
            rows = as_known(model, mission.pk).filter(withdrawn=False, **{"person__in": part})
            named = rows.values_list(*("person_id", "claim", "version"))
            for person, claim, version in named:
                if version > 1 or claim not in brought:
                    found.add(person)
    return found


def _require_rights(actor: Viewer, mission: Mission, sheets: Read) -> None:
    require(actor, "imports.run", mission.pk)
    require(actor, "forces.edit", mission.pk)
    if sheets.persons:
        require(actor, "persons.keep", mission.pk)
    if sheets.parts:
        require(actor, "incidents.attribute", mission.pk)


def _require_kind(batch: ImportBatch) -> None:
    if batch.kind != KIND:
        raise BadState(
            gettext_noop("This is an import of %(kind)s, not of sheets. %(nothing_changed)s")
            % {"kind": batch.kind, "nothing_changed": NOTHING_CHANGED}
        )


def _tried(
    actor: Viewer, mission: Mission, sheets: Read, marking: Marking
) -> tuple[Bringing, Counts]:
    """What a load would bring: it is made, counted and taken back."""
    kept: list[Bringing] = []
    try:
        with keeping(mission.pk), transaction.atomic():
            kept.append(_bring(actor, mission, sheets, marking))
            raise _TakenBack
    except _TakenBack:
        return kept[0], _counts(sheets, kept[0])


def _bring(actor: Viewer, mission: Mission, sheets: Read, marking: Marking) -> Bringing:
    """All that the sheets state, written within the transaction of the caller."""
    try:
        own = ensure_source(
            actor=actor,
            mission_id=mission.pk,
            title=f"Sheets {', '.join(sheets.files.names)} ({sheets.files.sha256[:12]})",
            kind=SourceKind.DATASET,
            marking=marking,
        )
        bringing = Bringing(actor, mission, marking, own, {}, sheets.copy_of_problems())
        bringing.cites = _cites(bringing, sheets.points)
        units = bring_units(bringing, sheets.units)
        if sheets.persons:
            bring_persons(bringing, sheets.persons, units)
        if sheets.parts:
            bring_parts(bringing, sheets.parts)
    except IntegrityError as problem:
        # A record that the database hides from this viewer has the id already.
        raise ExchangeRefused(
            gettext_noop(
                "An id in the sheets belongs to a record that is not open to you. "
                "%(nothing_changed)s Ask whoever keeps the register."
            )
            % {"nothing_changed": NOTHING_CHANGED}
        ) from problem
    return bringing


def _cites(bringing: Bringing, points: Sequence[PointStated]) -> dict[str, Cite]:
    """All access points of the mission as citations, those of the sheets among them."""
    found = {
        row.origin_id: Cite(row.source, row.point_kind, row.point, row.archive_url, row.accessed_on)
        for row in _open_points(bringing)
    }
    titles = {row.title: row for row in Source.objects.filter(mission_id=bringing.mission.pk)}
    new: dict[str, AccessPoint] = {}
    for one in points:
        if one.key in found:
            if one.key in new:
                expected = gettext_noop("an id that stands once in the sheet")
                bringing.wrong(one.row, "source:access_point_id:admin", one.key, expected, LEFT_OUT)
            continue
        source = _source(bringing, titles, one)
        found[one.key] = Cite(source, one.point_kind, one.point, one.archive_url, one.accessed_on)
        new[one.key] = AccessPoint(
            mission=bringing.mission,
            origin_id=one.key,
            source=source,
            point_kind=one.point_kind,
            point=one.point,
            archive_url=one.archive_url,
            accessed_on=one.accessed_on,
            marking=source.marking,
            compartment_id=source.compartment_id,
            recorded_by_id=bringing.actor.account_id,
        )
        bringing.added.add((one.row.file, one.row.number))
    AccessPoint.objects.bulk_create(new.values(), batch_size=AT_ONCE)
    return found


def _open_points(bringing: Bringing) -> QuerySet[AccessPoint]:
    """The access points of the mission, without those of compartments closed to the actor."""
    inside = Q(compartment_id__in=list(bringing.actor.compartments))
    rows = AccessPoint.objects.filter(mission=bringing.mission).select_related("source")
    return rows.filter(Q(compartment__isnull=True) | inside)


def _source(bringing: Bringing, titles: dict[str, Source], one: PointStated) -> Source:
    """The source of an access point: of one title, publisher, address and day there is one."""
    title = " ".join(one.title.split())
    known = titles.get(title)
    if known is not None and not _is_same(known, one):
        title = renamed_source(title, one.publisher or one.url[:150], one.published_on)
        known = titles.get(title)
    if known is None:
        known = titles[title] = ensure_source(
            actor=bringing.actor,
            mission_id=bringing.mission.pk,
            title=title,
            kind=one.kind,
            marking=Marking(max(bringing.marking, one.marking or Marking.PUBLIC)),
            url=one.url,
            note=one.author,
            publisher=one.publisher,
            published_on=one.published_on,
        )
    return known


def _is_same(known: Source, one: PointStated) -> bool:
    pairs = ((known.url, one.url), (known.publisher, one.publisher),
             (known.published_on, one.published_on))  # fmt: skip
    return all(not left or not right or left == right for left, right in pairs)


def _note_brought(actor: Viewer, mission: Mission, batch: ImportBatch, bringing: Bringing) -> None:
    Brought.objects.bulk_create(
        (
            Brought(mission=mission, batch_id=batch.pk, kind=kind, record=record,
                    recorded_by_id=actor.account_id)
            for kind, record in bringing.brought
        ),
        batch_size=AT_ONCE,
    )  # fmt: skip


def _brought(bringing: Bringing) -> dict[str, int]:
    kinds = [str(kind) for kind, _record in bringing.brought]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def _counts(sheets: Read, bringing: Bringing) -> Counts:
    """Every row is added, known, or left out; a row that brought something is added."""
    left = {(one.file, one.row) for one in bringing.problems if one.action == LEFT_OUT}
    left |= {(one.file, one.row) for one in bringing.problems if one.severity == "error"}
    left -= bringing.added
    known = sheets.files.read - len(bringing.added) - len(left)
    problems = as_problems(bringing.problems)
    return Counts(
        read=sheets.files.read,
        added=len(bringing.added),
        known=known,
        bad=len(left),
        problems=first_problems(problems, len(problems)),
        notes=sheets.files.notes,
    )


def _done(batch: ImportBatch, sheets: Read, bringing: Bringing, counts: Counts) -> SheetsDone:
    return SheetsDone(
        batch=batch,
        read=counts.read,
        added=counts.added,
        known=counts.known,
        bad=counts.bad,
        brought=_brought(bringing),
        work_needed=bringing.work_needed,
        problems=counts.problems,
        notes=counts.notes,
        sheets=sheets,
    )
