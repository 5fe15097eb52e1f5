"""The life of an import batch, as a table of moves."""

from primacy.platform.imports.models import BatchStatus

BATCH_MOVES = frozenset(
    {
        (BatchStatus.PREVIEWED, BatchStatus.LOADED),
        (BatchStatus.PREVIEWED, BatchStatus.REFUSED),
        (BatchStatus.LOADED, BatchStatus.UNDONE),
    }
)
"""From which state to which; every other move is refused."""


def may_move(status: str, target: BatchStatus) -> bool:
    """True where the table knows the move."""
    return (status, target) in BATCH_MOVES
