"""When sheets are refused whole: an error where all or nothing was asked, other files."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext_noop

from primacy.platform.exchange.sfm.problems import SheetProblem
from primacy.platform.imports.actions import Counts
from primacy.platform.imports.errors import BadState, RowsRefused
from primacy.platform.imports.models import ImportBatch
from primacy.rooms.exchange.imports.reading import Read, read

NOTHING_CHANGED = gettext_noop("Nothing was changed.")


def refuse_errors(origin: str, problems: Sequence[SheetProblem], counts: Counts) -> None:
    """Nothing; `RowsRefused` where anything in the sheets cannot be kept."""
    wrong = [one for one in problems if one.severity == "error"]
    if not wrong:
        return
    first = wrong[0]
    raise RowsRefused(
        gettext_noop(
            "%(file)s: %(bad)s values of %(read)s rows cannot be loaded; the first is row "
            "%(row)s, column %(column)s: found %(value)s, expected %(expected)s. "
            "%(nothing_changed)s Correct the file, or load the good rows only."
        )
        % {
            "file": first.file or origin,
            "bad": len(wrong),
            "read": counts.read,
            "row": first.row,
            "column": first.column or "all",
            "value": first.value or "nothing",
            "expected": first.expected,
            "nothing_changed": NOTHING_CHANGED,
        }
    )


def read_again(batch: ImportBatch) -> Read:
    """The previewed files; refused where they are gone or other ones."""
    path = Path(batch.stored_as)
    if batch.stored_as and path.is_file():
        sheets = read([path])
        if sheets.files.sha256 == batch.sha256:
            return sheets
    raise BadState(
        gettext_noop(
            "%(origin)s: the file is gone, or is another one than was previewed. "
            "%(nothing_changed)s Preview it again."
        )
        % {"origin": batch.origin, "nothing_changed": NOTHING_CHANGED}
    )
