"""Records of training."""

from primacy.rooms.training.models.recipient import Reading, RecipientName, RecipientReading
from primacy.rooms.training.models.report import TrainingReport

__all__ = ["Reading", "RecipientName", "RecipientReading", "TrainingReport"]
