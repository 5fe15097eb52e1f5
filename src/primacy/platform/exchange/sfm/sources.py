"""The sheet of sources: each row is a place in a source, which other sheets cite by its id."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

from primacy.platform.claims.models import PointKind
from primacy.platform.exchange.sfm.columns import KEY_COLUMN, SOURCES
from primacy.platform.exchange.sfm.days import Cited, written_day
from primacy.platform.exchange.sfm.files import SheetRow
from primacy.platform.exchange.sfm.markings import marking_of
from primacy.platform.exchange.sfm.problems import RowWrong
from primacy.platform.policy import Marking
from primacy.platform.sources.models import SourceKind

ID_LENGTH = 100
TITLE_LENGTH, URL_LENGTH, POINT_LENGTH, PUBLISHER_LENGTH = 500, 500, 200, 200
RESTRICTED = Marking.CONFIDENTIAL
"""What the makers of a sheet hold back is open to those cleared for it, at the least."""

KINDS = {"dataset": SourceKind.DATASET, **{kind.value: kind for kind in SourceKind}}


@dataclass(frozen=True)
class PointStated:
    """A place in a source, as a sheet states it."""

    row: SheetRow
    key: str
    title: str
    kind: str
    publisher: str
    url: str
    published_on: dt.date | None
    author: str
    point_kind: str
    point: str
    archive_url: str
    accessed_on: dt.date | None
    marking: Marking | None


def point_of(row: SheetRow) -> PointStated:
    """The place in a source that a row states; `RowWrong` where it cannot be kept."""
    key = row.get(KEY_COLUMN[SOURCES])
    if not key or len(key) > ID_LENGTH or ";" in key:
        raise RowWrong(KEY_COLUMN[SOURCES], key, gettext_noop("an id of the access point"))
    title = row.get("source:title")
    if not title or len(title) > TITLE_LENGTH:
        raise RowWrong("source:title", title[:60], gettext_noop("a title of at most 500 letters"))
    kind = row.get("source:access_point_type").lower()
    stated = marking_of(row)
    if row.get("source:restricted:admin").upper() in ("1", "Y", "YES", "TRUE"):
        stated = max(stated or RESTRICTED, RESTRICTED)
    return PointStated(
        row=row,
        key=key,
        title=title,
        kind=KINDS.get(row.get("source:type").lower(), SourceKind.DOCUMENT),
        publisher=row.get("source:publication_name")[:PUBLISHER_LENGTH],
        url=_address(row, "source:url"),
        published_on=_whole_day(row, "source:published_timestamp"),
        author=row.get("source:author") or row.get("source:comments:admin"),
        point_kind=kind if kind in PointKind.values else "",
        point=row.get("source:access_point_trigger")[:POINT_LENGTH],
        archive_url=_address(row, "source:archive_url"),
        accessed_on=_whole_day(row, "source:accessed_timestamp"),
        marking=stated,
    )


def _address(row: SheetRow, column: str) -> str:
    """An address of the web; another one is refused: it would be shown as a link."""
    text = row.get(column)
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or len(text) > URL_LENGTH or re.search(r"\s", text):
        expected = gettext_noop("an address such as https://example.org/page, or nothing")
        raise RowWrong(column, text[:60], expected)
    return text


def _whole_day(row: SheetRow, column: str) -> dt.date | None:
    """The day of a column; None where only a month or year is written."""
    found: Cited | None = written_day(column, row.get(column))
    return found.first if found is not None and found.whole else None
