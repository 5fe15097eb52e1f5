"""Noting in the audit log what the database itself refused."""

from collections import Counter
from collections.abc import Iterable

from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer

ROW_REFUSED = "database.row.refuse"


def note_row_refusals(*, actor: Viewer, refused: Iterable[tuple[str, str]]) -> None:
    """Nothing; one entry for each kind of write that a row policy refused to this viewer."""
    for (verb, table), times in Counter(refused).items():
        record(actor, ROW_REFUSED, None, {"write": verb, "times": times}, subject_type=table)
