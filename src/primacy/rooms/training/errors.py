"""What can go wrong with training."""


class TrainingError(ValueError):
    """The root of all refusals of this room."""


class BadReading(TrainingError):
    """A recipient's name cannot be read as asked."""


class NoSuchRecipient(TrainingError):
    """No such name is open to the viewer."""


class TrainingRefused(TrainingError):
    """A file of trainings is refused as a whole."""
