"""Tables as files that are safe to open: no cell runs as a formula, none breaks the sheet."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for the start of a formula, the full-width signs of East Asia too."""

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
    if value.startswith(FORMULA_STARTS) or value.lstrip().startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


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
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of a CSV file, each cell safe for a spreadsheet."""
    writer = csv.writer(_Echo())
    yield str(writer.writerow(columns))
    for row in rows:
        yield str(writer.writerow([safe_cell(value) for value in row]))


def workbook(columns: Sequence[str], rows: Iterable[Sequence[object]], sheet: str) -> Workbook:
    """A workbook of one sheet, each cell safe; signs that no sheet can hold are left out."""
    book = Workbook(write_only=True)
    # These signs are not allowed in the name of a sheet, nor more than 31 characters.
    page = book.create_sheet("".join(c for c in sheet if c not in r"[]:*?/\'")[:31] or "Table")
    page.append([str(column) for column in columns])
    for row in rows:
        page.append([_sheet_cell(safe_cell(value)) for value in row])
    return book


def _sheet_cell(value: object) -> object:
    if not isinstance(value, str):
        return value
    clean = ILLEGAL_CHARACTERS_RE.sub("", value)
    return clean if len(clean) <= CELL_LIMIT else clean[:CELL_LIMIT] + " […]"


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text
