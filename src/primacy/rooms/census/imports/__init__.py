"""Imports of a census: roll, absences, cards, head counts, pay rolls, figures of units."""

from primacy.platform.imports.kinds import ImportKind, import_kind
from primacy.rooms.census.imports.kinds import FILE_KINDS
from primacy.rooms.census.imports.load import (
    CensusLoaded,
    CensusPreview,
    load_census,
    preview_census,
    refuse_census,
    undo_census,
)

for _kind in FILE_KINDS.values():
    import_kind(
        ImportKind(
            code=_kind.code,
            title=_kind.title,
            load=lambda actor, batch, keep_good: load_census(
                actor=actor, batch_or_preview=batch, keep_good=keep_good
            ),
            undo=lambda actor, batch, reason: undo_census(actor=actor, batch=batch, reason=reason),
        )
    )

__all__ = [
    "FILE_KINDS",
    "CensusLoaded",
    "CensusPreview",
    "load_census",
    "preview_census",
    "refuse_census",
    "undo_census",
]
