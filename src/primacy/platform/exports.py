"""Tables as files that are safe to open: no cell runs as a formula, none breaks the sheet."""

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

if TYPE_CHECKING:
    from openpyxl import Workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, the full-width signs of East Asia too."""

AFTER_A_SEPARATOR = re.compile(r"([;\t\r\n][\s\"']*)(?=[=+\-@＝＋－＠])")
"""A formula inside a text, where a program that takes ; or a tab for the separator sees one."""

_KEPT_AFTER_A_SEPARATOR = re.compile(r"([;\t\r\n][\s\"']*)'(?=[=+\-@＝＋－＠])")

UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
"""Kinds of characters that show nothing, so that a formula could stand behind them."""

CELL_LIMIT = 32_000
"""Characters in a cell of a workbook; what is longer is cut with a mark."""

FORMS = ("csv", "xlsx")


def safe_cell(value: object) -> object:
    """A cell that a spreadsheet will not run as a formula; None becomes empty."""
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if not isinstance(value, str):
        # Lazy translations and ids are texts; figures and booleans stay what they are.
        if value is None:
            return ""
        return value if isinstance(value, int | float) else safe_cell(str(value))
    if value.startswith(FORMULA_STARTS) or _shown(value).startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def unsafe_cell(text: str) -> str:
    """The text that `csv_lines` made a safe cell of; a text it did not touch stays as it is."""
    if text.startswith("'") and safe_cell(text[1:]) == text:
        text = text[1:]
    return _KEPT_AFTER_A_SEPARATOR.sub(r"\1", text)


def safe_name(name: str) -> str:
    """A file name that ends no header and leaves no folder: letters, digits, dots, hyphens, _."""
    return re.sub(r"[^A-Za-z0-9._-]+", "_", name).lstrip("._-")[:120] or "table"


def table_response(
    form: str,
    *,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    sheet: str = "",
) -> HttpResponseBase:
    """The table as a file to keep: "csv" (streamed) or "xlsx"; 404 for any other form."""
    response: HttpResponseBase
    if form == "csv":
        response = StreamingHttpResponse(
            csv_lines(columns, rows), content_type="text/csv; charset=utf-8"
        )
    elif form == "xlsx":
        response = HttpResponse(
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        workbook(columns, rows, sheet or name).save(response)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{safe_name(name)}.{form}"'
    return response


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, each cell safe for a spreadsheet."""
    writer = csv.writer(_Echo())
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([_csv_cell(safe_cell(value)) for value in row]))


def workbook(columns: Sequence[str], rows: Iterable[Sequence[object]], sheet: str) -> "Workbook":
    """A workbook of one sheet, each cell safe; signs that no sheet can hold are left out."""
    from openpyxl import Workbook  # slow to load

    book = Workbook(write_only=True)
    # These signs are not allowed in the name of a sheet, nor more than 31 characters.
    page = book.create_sheet("".join(c for c in sheet if c not in r"[]:*?/\'")[:31] or "Table")
    page.append([str(column) for column in columns])
    for row in rows:
        page.append([_sheet_cell(value) for value in row])
    return book


def _shown(value: str) -> str:
    """The text from its first character that shows something."""
    for at, char in enumerate(value):
        if unicodedata.category(char) not in UNSEEN:
            return value[at:]
    return ""


def _csv_cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    return AFTER_A_SEPARATOR.sub(r"\1'", value.replace("\0", ""))


def _sheet_cell(value: object) -> object:
    """The cell as a sheet can hold it; cleaned first, for what is left may be a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    safe = safe_cell(clean)
    if isinstance(safe, str) and len(safe) > CELL_LIMIT:
        return safe[:CELL_LIMIT] + " […]"
    return safe


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text
