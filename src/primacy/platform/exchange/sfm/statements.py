"""What the rows of the sheets state, one by one, each with its dates and the ids it cites."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from primacy.platform.claims.models import ClaimStatus
from primacy.platform.claims.rules import Dates
from primacy.platform.exchange.sfm.days import stated_range
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.markings import marking_of
from primacy.platform.exchange.sfm.problems import RowWrong
from primacy.platform.policy import Marking

CODE_LENGTH = 40
NOTE_LENGTH = 5_000


@dataclass(frozen=True)
class Statement:
    """One claim a row makes: what it is about, what it says, when it held, what it rests on."""

    row: SheetRow
    kind: str
    about: str
    said: tuple[str, ...]
    """What the kind of statement holds, in its order."""
    dates: Dates
    cites: tuple[str, ...]
    """Ids of access points; whether they are known is found out when they are looked up."""
    column: str
    status: str = ""
    marking: Marking | None = None
    public_note: str = ""
    internal_note: str = ""


def stated(
    row: SheetRow,
    kind: str,
    about: str,
    said: Sequence[str],
    dates: Dates,
    *,
    column: str,
    source_columns: Iterable[str],
    confidence: str = "",
) -> Statement:
    """A statement with what every row may say of a claim: status, marking, notes, sources."""
    status = row.get("status:meta").lower()
    if status and status not in ClaimStatus.values:
        raise RowWrong("status:meta", status, ", ".join(ClaimStatus.values))
    internal = row.get("internal_comments:meta")
    sure = row.get(confidence) if confidence else ""
    if sure:
        internal = " ".join((internal, f"Confidence in the sheet: {sure}.")).strip()
    return Statement(
        row=row,
        kind=kind,
        about=about,
        said=tuple(said),
        dates=stated_range(row) if row.one_claim else dates,
        cites=cited_ids(row, source_columns),
        column=column,
        status=status,
        marking=marking_of(row),
        public_note=row.get("public_notes:meta")[:NOTE_LENGTH],
        internal_note=internal[:NOTE_LENGTH],
    )


def cited_ids(row: SheetRow, columns: Iterable[str]) -> tuple[str, ...]:
    """The ids of access points in the columns given, each once."""
    found = (one.strip() for column in columns for one in row.get(column).split(";"))
    return tuple(dict.fromkeys(one for one in found if one))


def values_of(row: SheetRow, column: str, longest: int) -> Iterator[str]:
    """The values of a column that may hold several, separated by semicolons."""
    text = row.get(column)
    # A sheet with one claim in each row writes one value: a semicolon is part of it.
    for value in [text] if row.one_claim else text.split(";"):
        value = value.strip()
        if len(value) > longest:
            expected = gettext_noop("at most %(limit)s characters") % {"limit": longest}
            raise RowWrong(column, value[:60], expected)
        if value:
            yield value


def code_of(row: SheetRow, column: str) -> str:
    """The id of a unit or person; `RowWrong` where it cannot be one."""
    text = row.get(column)
    if not text or len(text) > CODE_LENGTH or not set("/;\\").isdisjoint(text):
        expected = gettext_noop("an id of at most 40 characters, without / and ;")
        raise RowWrong(column, text[:60], expected)
    return text
