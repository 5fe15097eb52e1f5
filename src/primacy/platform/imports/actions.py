"""Acts on import batches: note a preview, mark loaded, undone or refused."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.imports.errors import BadState
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.imports.rules import may_move
from primacy.platform.policy import Viewer, require

KEPT_PROBLEMS = 500
"""Row problems kept on the batch; the count is always exact and the CSV of a dry run holds all."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one cell: where, what was found, what was expected, what to do."""

    row: int | None
    column: str
    value: str
    expected: str
    action: str
    severity: str = "error"


@dataclass
class Counts:
    """What an import read, added, changed, knew already and left out."""

    read: int = 0
    added: int = 0
    changed: int = 0
    known: int = 0
    bad: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, read in blocks."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def open_batch(
    *,
    actor: Viewer,
    mission_id: uuid.UUID,
    kind: str,
    origin: str,
    sha256: str = "",
    size: int = 0,
    vintage: str = "",
    stored_as: str = "",
    options: Mapping[str, object] | None = None,
) -> ImportBatch:
    """A new batch in the state "previewed"; nothing is loaded yet."""
    require(actor, "imports.run", mission_id)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            mission_id=mission_id,
            kind=kind,
            origin=origin[:300],
            sha256=sha256,
            size=size,
            vintage=vintage,
            stored_as=stored_as,
            options=dict(options or {}),
            status=BatchStatus.PREVIEWED,
            recorded_by_id=actor.account_id,
        )
        record(actor, "imports.batch.open", batch, {"origin": origin[:300], "sha256": sha256})
    return batch


def note_counts(batch: ImportBatch, counts: Counts) -> None:
    """Puts counts and the first problems on the batch, unsaved."""
    batch.rows_read = counts.read
    batch.rows_added = counts.added
    batch.rows_changed = counts.changed
    batch.rows_known = counts.known
    batch.rows_bad = counts.bad
    batch.problems = [asdict(problem) for problem in counts.problems[:KEPT_PROBLEMS]]
    batch.notes = list(dict.fromkeys(counts.notes))


def mark(
    *, actor: Viewer, batch: ImportBatch, status: BatchStatus, counts: Counts, reason: str = ""
) -> None:
    """Sets the state with its counts, in the transaction of the load or undo."""
    require(actor, "imports.run", batch.mission_id)
    _move(batch, status)
    note_counts(batch, counts)
    if status == BatchStatus.LOADED:
        batch.loaded_at = clock.now()
    with transaction.atomic():
        batch.save()
        body = {"added": counts.added, "changed": counts.changed, "known": counts.known}
        record(
            actor,
            f"imports.batch.{status}",
            batch,
            {**body, "bad": counts.bad, "reason": reason, "sha256": batch.sha256},
        )


def mark_undone(*, actor: Viewer, batch: ImportBatch, reason: str, removed: int) -> None:
    """Notes that a batch was taken back; its counts stay for the record."""
    require(actor, "imports.run", batch.mission_id)
    _move(batch, BatchStatus.UNDONE)
    batch.undone_at = clock.now()
    batch.undo_reason = reason[:300]
    with transaction.atomic():
        batch.save(update_fields=["status", "undone_at", "undo_reason"])
        record(actor, "imports.batch.undone", batch, {"removed": removed, "reason": reason})


def _move(batch: ImportBatch, target: BatchStatus) -> None:
    """Puts the batch in its next state, unsaved; `BadState` where the table has no such move."""
    if not may_move(batch.status, target):
        raise BadState(
            _(
                "This import is '%(get_status_display)s' and cannot become '%(label)s'. "
                "Nothing was changed."
            )
            % {"get_status_display": batch.get_status_display(), "label": target.label}
        )
    batch.status = target


def require_status(batch: ImportBatch, status: BatchStatus, act: str) -> None:
    """Nothing, where the batch is in this state; `BadState` otherwise."""
    if batch.status != status:
        raise BadState(
            _("This import is '%(get_status_display)s' and cannot be %(act)s. Nothing was changed.")
            % {"get_status_display": batch.get_status_display(), "act": act}
        )


def first_problems(problems: Sequence[Problem], limit: int = KEPT_PROBLEMS) -> list[Problem]:
    """The problems that are kept and shown: errors before warnings, in order of rows."""
    return sorted(problems, key=lambda p: (p.severity != "error", p.row or 0))[:limit]
