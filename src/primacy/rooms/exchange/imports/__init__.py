"""Import of sheets: preview, load, undo."""

from django.utils.translation import gettext_lazy

from primacy.platform.imports.kinds import ImportKind, import_kind
from primacy.rooms.exchange.imports.load import (
    KIND,
    SheetsDone,
    load_sheets,
    preview_sheets,
    refuse_sheets,
    undo_sheets,
)

import_kind(
    ImportKind(
        code=KIND,
        title=gettext_lazy("Sheets of the register of forces (SFM)"),
        load=lambda actor, batch, keep_good: load_sheets(
            actor=actor, batch_or_preview=batch, keep_good=keep_good
        ),
        undo=lambda actor, batch, reason: undo_sheets(actor=actor, batch=batch, reason=reason),
    )
)

__all__ = [
    "KIND",
    "SheetsDone",
    "load_sheets",
    "preview_sheets",
    "refuse_sheets",
    "undo_sheets",
]
