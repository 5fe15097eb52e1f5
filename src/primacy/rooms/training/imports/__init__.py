"""Import of reports on training: preview, load, undo."""

from django.utils.translation import gettext_lazy

from primacy.platform.imports.kinds import ImportKind, import_kind
from primacy.rooms.training.imports.load import (
    KIND,
    TrainingLoaded,
    TrainingPreview,
    load_training,
    preview_training,
    refuse_training,
    undo_training,
)

import_kind(
    ImportKind(
        code=KIND,
        title=gettext_lazy("Reports on training"),
        load=lambda actor, batch, keep_good: load_training(
            actor=actor, batch_or_preview=batch, keep_good=keep_good
        ),
        undo=lambda actor, batch, reason: undo_training(actor=actor, batch=batch, reason=reason),
    )
)

__all__ = [
    "KIND",
    "TrainingLoaded",
    "TrainingPreview",
    "load_training",
    "preview_training",
    "refuse_training",
    "undo_training",
]
