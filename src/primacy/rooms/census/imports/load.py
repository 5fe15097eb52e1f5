"""Acts of importing for a census: preview, load, refuse, undo; for every kind of its files.

Rows are read and matched before the transaction begins. A second load of the same rows adds
nothing; an undo takes back what the file brought.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_noop

from primacy.platform import clock
from primacy.platform.database.viewer_scope import keeping
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
from primacy.platform.sources.models import SourceKind
from primacy.rooms.census.actions.bring import STORES, Brought, Stamp, take_back
from primacy.rooms.census.errors import CensusFileRefused
from primacy.rooms.census.imports.kinds import FILE_KINDS, ROLL, Context, FileKind, Values
from primacy.rooms.census.imports.table_file import TableFile, read_table
from primacy.rooms.census.models import EnrolmentRound, Question, QuestionState
from primacy.rooms.census.queries import round_by_id
from primacy.rooms.forces.facade import units
from primacy.rooms.places.facade import Mission

STORED_LIMIT = 300
NOTHING_CHANGED = gettext_noop("Nothing was changed.")


@dataclass
class CensusPreview:
    """What loading a file would do; nothing is loaded yet."""

    batch: ImportBatch
    file: TableFile
    rows: list[Values]
    bad: int
    problems: list[Problem] = field(default_factory=list)


@dataclass
class CensusLoaded:
    """What a load did: every row read is added, known, or left out."""

    batch: ImportBatch
    read: int
    added: int
    known: int
    bad: int
    unmatched: int
    problems: list[Problem] = field(default_factory=list)


def preview_census(
    *,
    actor: Viewer,
    round: EnrolmentRound,
    kind: str,
    path: Path,
    source_title: str = "",
    calling_code: str = "",
) -> CensusPreview:
    """What loading the file would do; writes nothing but a batch in the state "previewed"."""
    _require_rights(actor, round)
    _require_open(round)
    file, rows = _read(actor, round, _kind(kind), path, calling_code)
    stored_as = str(path.resolve())
    good = len(rows)
    with transaction.atomic():
        batch = open_batch(
            actor=actor,
            mission_id=round.mission_id,
            kind=kind,
            origin=file.name,
            sha256=file.sha256,
            size=file.size,
            vintage=round.name[:40],
            stored_as=stored_as if len(stored_as) <= STORED_LIMIT else "",
            options={
                "round": str(round.pk),
                "source": source_title.strip()[:500],
                "calling_code": calling_code,
                "preview": {"rows": good},
            },
        )
        note_counts(batch, _counts(file, good, 0, file.read - good))
        batch.save()
    return CensusPreview(batch, file, rows, file.read - good, list(file.problems))


def load_census(
    *, actor: Viewer, batch_or_preview: ImportBatch | CensusPreview, keep_good: bool = True
) -> CensusLoaded:
    """What was loaded. Bad rows are left out (`keep_good`), or else the file is refused."""
    if isinstance(batch_or_preview, CensusPreview):
        batch = batch_or_preview.batch
    else:
        batch = batch_or_preview
    mission = Mission.objects.get(pk=batch.mission_id)
    round = round_by_id(
        actor, mission, uuid.UUID(str(batch.options.get("round", uuid.UUID(int=0))))
    )
    _require_rights(actor, round)
    _require_open(round)
    kind = _kind(batch.kind)
    require_status(batch, BatchStatus.PREVIEWED, "loaded")
    if isinstance(batch_or_preview, CensusPreview):
        file, rows = batch_or_preview.file, batch_or_preview.rows
    else:
        file, rows = _read_again(actor, round, batch)
    bad = file.read - len(rows)
    if bad and not keep_good:
        _refuse_rows(file, bad)
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.PREVIEWED, "loaded")
        source = ensure_source(
            actor=actor,
            mission_id=mission.pk,
            title=str(batch.options.get("source") or file.name),
            kind=SourceKind.DATASET,
            marking=Marking(round.marking),
        )
        stamp = Stamp(round, batch.pk, actor.account_id, source, clock.now())
        brought = STORES[kind.code](stamp, rows)
        file.notes += brought.notes
        counts = _counts(file, brought.added, len(rows) - brought.added, bad)
        batch.options = {**batch.options, "result": {"unmatched": brought.unmatched}}
        mark(actor=actor, batch=batch, status=BatchStatus.LOADED, counts=counts)
    return _loaded(batch, file, brought, counts)


def refuse_census(*, actor: Viewer, batch: ImportBatch, reason: str) -> None:
    """Marks a previewed import as refused: it was not wanted, nothing was loaded."""
    _kind(batch.kind)
    kept = Counts(
        read=batch.rows_read,
        bad=batch.rows_bad,
        problems=[Problem(**problem) for problem in batch.problems],
        notes=list(batch.notes),
    )
    mark(actor=actor, batch=batch, status=BatchStatus.REFUSED, counts=kept, reason=reason)


def undo_census(*, actor: Viewer, batch: ImportBatch, reason: str) -> int:
    """The number of rows taken back; refused while later rows or open questions rest on them."""
    mission = Mission.objects.get(pk=batch.mission_id)
    round = round_by_id(
        actor, mission, uuid.UUID(str(batch.options.get("round", uuid.UUID(int=0))))
    )
    _require_rights(actor, round)
    _kind(batch.kind)
    if not reason.strip():
        raise CensusFileRefused(
            gettext_noop(
                "Taking an import back needs a reason. %(nothing_changed)s Say why, in a few words."
            )
            % {"nothing_changed": NOTHING_CHANGED}
        )
    with keeping(mission.pk), transaction.atomic():
        batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        require_status(batch, BatchStatus.LOADED, "undone")
        if batch.kind == ROLL:
            _require_no_questions(round)
        removed = take_back(batch)
        mark_undone(actor=actor, batch=batch, reason=reason, removed=removed)
    return removed


def _round_of(actor: Viewer, mission: Mission, batch: ImportBatch) -> EnrolmentRound:
    """The round the file is for, where it is open to the actor."""
    named = str(batch.options.get("round", uuid.UUID(int=0)))
    return round_by_id(actor, mission, uuid.UUID(named))


def _require_rights(actor: Viewer, round: EnrolmentRound) -> None:
    require(actor, "imports.run", round.mission_id)
    require(actor, "census.keep", round.mission_id)


def _require_open(round: EnrolmentRound) -> None:
    if not round.is_open:
        raise CensusFileRefused(
            gettext_noop("The round '%(name)s' is closed. %(nothing_changed)s")
            % {"name": round.name, "nothing_changed": NOTHING_CHANGED}
        )


def _require_no_questions(round: EnrolmentRound) -> None:
    asked = Question.objects.filter(round=round).exclude(state=QuestionState.WITHDRAWN).count()
    if asked:
        raise CensusFileRefused(
            gettext_noop(
                "%(n)s questions rest on this roll. %(nothing_changed)s Withdraw them first."
            )
            % {"n": asked, "nothing_changed": NOTHING_CHANGED}
        )


def _kind(code: str) -> FileKind:
    if code not in FILE_KINDS:
        raise BadState(
            gettext_noop("'%(kind)s' is none of a census: %(known)s. %(nothing_changed)s")
            % {
                "kind": code[:40],
                "known": ", ".join(FILE_KINDS),
                "nothing_changed": NOTHING_CHANGED,
            }
        )
    return FILE_KINDS[code]


def _read(
    actor: Viewer, round: EnrolmentRound, kind: FileKind, path: Path, calling_code: str
) -> tuple[TableFile, list[Values]]:
    """The file and the rows of it that can be stored."""
    file = read_table(path, kind.required, kind.optional)
    context = Context(_units_by_name(actor, round.mission), calling_code)
    rows = [row for line in file.lines if (row := kind.read(file, line, context)) is not None]
    file.problems = first_problems(file.problems, len(file.problems))
    return file, rows


def _units_by_name(actor: Viewer, mission: Mission) -> dict[str, uuid.UUID]:
    """Units by code, name and alias; a name that two units bear names neither."""
    found: dict[str, set[uuid.UUID]] = defaultdict(set)
    for unit in units(actor, mission):
        for name in (unit.code, unit.name, *unit.aliases):
            found[" ".join(str(name).lower().split())].add(unit.pk)
    return {name: ids.pop() for name, ids in found.items() if len(ids) == 1}


def _read_again(
    actor: Viewer, round: EnrolmentRound, batch: ImportBatch
) -> tuple[TableFile, list[Values]]:
    """The previewed file's rows; refused where the file is gone or another one."""
    path = Path(batch.stored_as)
    if batch.stored_as and path.is_file():
        code = str(batch.options.get("calling_code", ""))
        file, rows = _read(actor, round, _kind(batch.kind), path, code)
        if file.sha256 == batch.sha256:
            return file, rows
    raise BadState(
        gettext_noop(
            "%(origin)s: the file is gone, or is another one than was previewed. "
            "%(nothing_changed)s Preview it again."
        )
        % {"origin": batch.origin, "nothing_changed": NOTHING_CHANGED}
    )


def _refuse_rows(file: TableFile, bad: int) -> None:
    first = next(one for one in file.problems if one.severity == "error")
    raise RowsRefused(
        gettext_noop(
            "%(file)s: %(bad)s of %(read)s rows cannot be loaded; the first is row "
            "%(row)s, column %(value)s: found %(value_2)s, expected %(expected)s. "
            "%(nothing_changed)s Correct the file, or load the good rows only."
        )
        % {
            "file": file.name,
            "bad": bad,
            "read": file.read,
            "row": first.row,
            "value": first.column or "all",
            "value_2": first.value or "nothing",
            "expected": first.expected,
            "nothing_changed": NOTHING_CHANGED,
        }
    )


def _counts(file: TableFile, added: int, known: int, bad: int) -> Counts:
    return Counts(
        read=file.read,
        added=added,
        known=known,
        bad=bad,
        problems=list(file.problems),
        notes=list(file.notes),
    )


def _loaded(batch: ImportBatch, file: TableFile, brought: Brought, counts: Counts) -> CensusLoaded:
    return CensusLoaded(
        batch=batch,
        read=file.read,
        added=counts.added,
        known=counts.known,
        bad=counts.bad,
        unmatched=brought.unmatched,
        problems=counts.problems,
    )
