"""Acts of importing reports on training: preview, load, refuse, undo.

Lines are read and names matched before the transaction begins. A second load of the same lines adds
nothing; an undo takes back the lines, and the names no other line bears.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from primacy.platform import clock
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.exchange.us_training import (
    TrainingFile,
    TrainingFileRefused,
    TrainingRow,
    read_us_training,
)
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
from primacy.platform.imports.errors import BadState, RowsRefused
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.policy import Marking, Viewer, require
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source, SourceKind
from primacy.rooms.places.facade import Mission
from primacy.rooms.training.errors import TrainingRefused
from primacy.rooms.training.matching import NameRead, Recipient, read_names
from primacy.rooms.training.models import RecipientName, RecipientReading, TrainingReport

KIND = "us_training"
ORIGIN = "us_foreign_military_training_report"
SOURCE = "Foreign Military Training and DoD Engagement Activities of Interest (US), as tabulated"
AT_ONCE = 2_000
STORED_LIMIT = 300
NOTHING_CHANGED = gettext_noop("Nothing was changed.")


@dataclass
class TrainingPreview:
    """What loading a file would do; nothing is loaded yet."""

    batch: ImportBatch
    file: TrainingFile
    new: int
    known: int
    by_country: dict[str, int]
    problems: list[Problem] = field(default_factory=list)


@dataclass
class TrainingLoaded:
    """What a load did: every line read is added, known, or left out."""

    batch: ImportBatch
    read: int
    added: int
    known: int
    bad: int
    names: int
    readings: dict[str, int]
    """Names new to the mission by what they were read as."""
    without_name: int
    problems: list[Problem] = field(default_factory=list)


def preview_training(
    *, actor: Viewer, mission: Mission, path: Path, marking: Marking = Marking.PUBLIC
) -> TrainingPreview:
    """What loading the file would do; writes nothing but a batch in the state "previewed".

    The reports are published, so the lines are marked public unless said otherwise.
    """
    _require_rights(actor, mission)
    file = _read(path)
    known = _known(mission, file.rows)
    by_country = dict(Counter(row.country for row in file.rows).most_common())
    stored_as = str(path.resolve())
    problems = _problems(file)
    with transaction.atomic():
        batch = open_batch(
            actor=actor,
            mission_id=mission.pk,
            kind=KIND,
            origin=file.name,
            sha256=file.sha256,
            size=file.size,
            stored_as=stored_as if len(stored_as) <= STORED_LIMIT else "",
            options={
                "marking": int(marking),
                "preview": {
                    "by_country": dict(list(by_country.items())[:20]),
                    "new": len(file.rows) - known,
                },
            },
        )
        note_counts(batch, _counts(file, len(file.rows) - known, known))
        batch.save()
    return TrainingPreview(batch, file, len(file.rows) - known, known, by_country, problems)


def load_training(
    *, actor: Viewer, batch_or_preview: ImportBatch | TrainingPreview, keep_good: bool = True
) -> TrainingLoaded:
    """What was loaded. Bad lines are left out (`keep_good`), or else the file is refused."""
    if isinstance(batch_or_preview, TrainingPreview):
        seen, batch = batch_or_preview, batch_or_preview.batch
    else:
        seen, batch = None, batch_or_preview
    mission = Mission.objects.get(pk=batch.mission_id)
    _require_rights(actor, mission)
    _require_kind(batch)
    require_status(batch, BatchStatus.PREVIEWED, "loaded")
    file = seen.file if seen else _read_again(batch)
    if file.bad and not keep_good:
        _refuse_rows(file)
    named = _names_of(file.rows)
    fresh = _unknown_names(mission, named)
    read = list(read_names(actor, mission, fresh))
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.PREVIEWED, "loaded")
        source = ensure_source(
            actor=actor,
            mission_id=mission.pk,
            title=SOURCE,
            kind=SourceKind.DATASET,
            marking=Marking(int(batch.options["marking"])),
        )
        _store_names(actor, mission, batch, read)
        added = _store_rows(actor, mission, batch, source, file.rows)
        known = len(file.rows) - added
        counts = _counts(file, added, known)
        readings = dict(Counter(str(one.reading) for _, one in read))
        batch.options = {**batch.options, "result": {"names": len(read), "readings": readings}}
        mark(actor=actor, batch=batch, status=BatchStatus.LOADED, counts=counts)
    return TrainingLoaded(
        batch=batch,
        read=file.read,
        added=added,
        known=known,
        bad=file.bad,
        names=len(named),
        readings=readings,
        without_name=sum(1 for row in file.rows if not row.recipient),
        problems=counts.problems,
    )


def refuse_training(*, actor: Viewer, batch: ImportBatch, reason: str) -> None:
    """Marks a previewed import as refused: it was not wanted, nothing was loaded."""
    _require_kind(batch)
    kept = Counts(
        read=batch.rows_read,
        bad=batch.rows_bad,
        problems=[Problem(**problem) for problem in batch.problems],
        notes=list(batch.notes),
    )
    mark(actor=actor, batch=batch, status=BatchStatus.REFUSED, counts=kept, reason=reason)


def undo_training(*, actor: Viewer, batch: ImportBatch, reason: str) -> int:
    """The number of trainings taken back. Names that a person has judged stay, for the record."""
    mission = Mission.objects.get(pk=batch.mission_id)
    _require_rights(actor, mission)
    _require_kind(batch)
    if not reason.strip():
        raise TrainingRefused(
            gettext_noop(
                "Taking an import back needs a reason. %(nothing_changed)s Say why, in a few words."
            )
            % {"nothing_changed": NOTHING_CHANGED}
        )
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.LOADED, "undone")
        removed, _ = TrainingReport.objects.filter(batch_id=batch.pk).delete()
        unborne = RecipientName.objects.filter(mission=mission, trainings__isnull=True)
        unborne.exclude(readings__by_matcher=False).delete()
        mark_undone(actor=actor, batch=batch, reason=reason, removed=removed)
    return removed


def _require_rights(actor: Viewer, mission: Mission) -> None:
    require(actor, "imports.run", mission.pk)
    require(actor, "forces.edit", mission.pk)


def _require_kind(batch: ImportBatch) -> None:
    if batch.kind != KIND:
        raise BadState(
            gettext_noop("This is an import of %(kind)s, not of trainings. %(nothing_changed)s")
            % {"kind": batch.kind, "nothing_changed": NOTHING_CHANGED}
        )


def _read(path: Path) -> TrainingFile:
    try:
        return read_us_training(path)
    except TrainingFileRefused as problem:
        raise TrainingRefused(str(problem)) from problem


def _read_again(batch: ImportBatch) -> TrainingFile:
    """The previewed file's lines; refused where the file is gone or another one."""
    path = Path(batch.stored_as)
    if batch.stored_as and path.is_file():
        file = _read(path)
        if file.sha256 == batch.sha256:
            return file
    raise BadState(
        gettext_noop(
            "%(origin)s: the file is gone, or is another one than was previewed. "
            "%(nothing_changed)s Preview it again."
        )
        % {"origin": batch.origin, "nothing_changed": NOTHING_CHANGED}
    )


def _refuse_rows(file: TrainingFile) -> None:
    first = next(one for one in _problems(file) if one.severity == "error")
    raise RowsRefused(
        gettext_noop(
            "%(file)s: %(bad)s of %(read)s rows cannot be loaded; the first is row "
            "%(row)s, column %(value)s: found %(value_2)s, expected %(expected)s. "
            "%(nothing_changed)s Correct the file, or load the good rows only."
        )
        % {
            "file": file.name,
            "bad": file.bad,
            "read": file.read,
            "row": first.row,
            "value": first.column or "all",
            "value_2": first.value or "nothing",
            "expected": first.expected,
            "nothing_changed": NOTHING_CHANGED,
        }
    )


def _problems(file: TrainingFile) -> list[Problem]:
    found = [Problem(**vars(problem)) for problem in file.problems]
    return first_problems(found, len(found))


def _counts(file: TrainingFile, added: int, known: int) -> Counts:
    return Counts(
        read=file.read,
        added=added,
        known=known,
        bad=file.bad,
        problems=_problems(file),
        notes=file.notes,
    )


def _in_parts(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[start : start + 500] for start in range(0, len(values), 500))


def _known_keys(mission: Mission, rows: Sequence[TrainingRow]) -> set[str]:
    of_mission = TrainingReport.objects.filter(mission=mission, origin=ORIGIN).order_by()
    found: set[str] = set()
    for part in _in_parts([row.key for row in rows]):
        found.update(of_mission.filter(origin_id__in=part).values_list("origin_id", flat=True))
    return found


def _known(mission: Mission, rows: Sequence[TrainingRow]) -> int:
    with keeping(mission.pk):
        return len(_known_keys(mission, rows))


def _names_of(rows: Iterable[TrainingRow]) -> dict[str, Recipient]:
    """The recipients named, each once, by key."""
    found: dict[str, Recipient] = {}
    for row in rows:
        if row.recipient:
            name = _recipient(row)
            found.setdefault(name.key, name)
    return found


def _recipient(row: TrainingRow) -> Recipient:
    return Recipient(row.country, row.iso3, row.recipient)


def _unknown_names(mission: Mission, named: dict[str, Recipient]) -> list[Recipient]:
    known: set[str] = set()
    with keeping(mission.pk):
        rows = RecipientName.objects.filter(mission=mission).order_by()
        for part in _in_parts(list(named)):
            known.update(rows.filter(key__in=part).values_list("key", flat=True))
    return [name for key, name in named.items() if key not in known]


def _store_names(
    actor: Viewer,
    mission: Mission,
    batch: ImportBatch,
    read: Sequence[tuple[Recipient, NameRead]],
) -> None:
    now = clock.now()
    marking = int(batch.options["marking"])
    names = [
        RecipientName(
            mission=mission,
            country=name.country,
            written=name.written,
            key=name.key,
            marking=marking,
            recorded_at=now,
            recorded_by_id=actor.account_id,
        )
        for name, _ in read
    ]
    RecipientName.objects.bulk_create(names, batch_size=AT_ONCE)
    readings = [
        RecipientReading(
            name=row,
            reading=one.reading,
            unit_id=one.unit_id,
            by_matcher=True,
            score=one.score,
            candidates=one.candidates,
            recorded_at=now,
            recorded_by_id=actor.account_id,
        )
        for row, (_, one) in zip(names, read, strict=True)
    ]
    RecipientReading.objects.bulk_create(readings, batch_size=AT_ONCE)


def _store_rows(
    actor: Viewer,
    mission: Mission,
    batch: ImportBatch,
    source: Source,
    rows: Sequence[TrainingRow],
) -> int:
    """How many lines were new and are stored."""
    known = _known_keys(mission, rows)
    ids: dict[str, UUID] = dict(
        RecipientName.objects.filter(mission=mission).order_by().values_list("key", "pk")
    )
    now = clock.now()
    marking = int(batch.options["marking"])
    fresh = [
        TrainingReport(
            mission=mission,
            recipient_id=ids[_recipient(row).key] if row.recipient else None,
            origin=ORIGIN,
            origin_id=row.key,
            fiscal_year=row.fiscal_year,
            country=row.country,
            country_code=row.iso3,
            program=row.program,
            course=row.course,
            provider=row.provider,
            date_from=row.date_from,
            date_to=row.date_to,
            dates_as_written=row.dates_as_written,
            location=row.location,
            trainees=row.trainees,
            cost_usd=row.cost_usd,
            page=row.page,
            report=row.report,
            batch_id=batch.pk,
            source=source,
            marking=marking,
            recorded_at=now,
            recorded_by_id=actor.account_id,
        )
        for row in rows
        if row.key not in known
    ]
    TrainingReport.objects.bulk_create(fresh, batch_size=AT_ONCE)
    return len(fresh)
