"""What other rooms and the faces may use of training."""

from primacy.rooms.training.errors import NoSuchRecipient, TrainingError
from primacy.rooms.training.imports import (
    KIND,
    TrainingLoaded,
    TrainingPreview,
    load_training,
    preview_training,
    refuse_training,
    undo_training,
)
from primacy.rooms.training.queries import UnitTraining, training_by_unit, trainings

__all__ = [
    "KIND",
    "NoSuchRecipient",
    "TrainingError",
    "TrainingLoaded",
    "TrainingPreview",
    "UnitTraining",
    "load_training",
    "preview_training",
    "refuse_training",
    "training_by_unit",
    "trainings",
    "undo_training",
]
