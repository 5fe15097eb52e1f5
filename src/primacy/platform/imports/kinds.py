"""Kinds of import that rooms bring: how a previewed one is loaded, and a loaded one taken back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from primacy.platform.imports.models import ImportBatch
from primacy.platform.policy import Viewer


@dataclass(frozen=True)
class ImportKind:
    """What an import of one kind brings, and the acts of its room.

    `load(actor, batch, keep_good)` loads a previewed batch; `undo(actor, batch, reason)` answers
    how many records were taken back.
    """

    code: str
    title: str | Promise
    load: Callable[[Viewer, ImportBatch, bool], object]
    undo: Callable[[Viewer, ImportBatch, str], int]


_kinds: dict[str, ImportKind] = {}


def import_kind(kind: ImportKind) -> None:
    """Nothing; makes a kind known. Rooms call it when they are made ready."""
    _kinds[kind.code] = kind


def kind_of_import(batch: ImportBatch) -> ImportKind | None:
    """The kind of this import where a room made it known."""
    return _kinds.get(batch.kind)
