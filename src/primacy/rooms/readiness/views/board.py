"""The board page and its exports."""

import csv
import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from openpyxl import Workbook

from primacy.rooms.places.facade import boundaries_at, open_page
from primacy.rooms.readiness.board import Board, Row, read_board
from primacy.rooms.readiness.exports import COLUMNS, board_data, board_lines
from primacy.rooms.readiness.queries import due

SORTS = {
    "name": "name",
    "population": "population",
    "binding": "what stands against the next step",
    "changed": "changed in the last month",
}
READINESS_ORDER = {"not_ready": 0, "unknown": 1, "ready_with_conditions": 2, "ready": 3}


def board(request: HttpRequest, mission: str) -> HttpResponse:
    """Areas by responsibilities: who leads, and whether the next step is ready."""
    page = open_page(request, mission)
    result = read_board(page.viewer, page.mission, page.as_of)
    sort = request.GET.get("sort", "name")
    viewer = page.viewer
    shapes = boundaries_at(viewer, page.mission, page.as_of)
    row_ids = {row.id for row in result.rows}
    context = page.context(
        place="board",
        title=f"Board: {page.mission.country}",
        purpose="Who leads which responsibility where, and whether the next step is ready.",
        evidence_ages=result.evidence_ages,
        shows_evidence=True,
        board=result,
        rows=sorted_rows(result, sort),
        sort=sort,
        sorts=SORTS,
        wide=len(result.responsibilities) <= 3,
        shapes=[shapes[i] for i in row_ids if i in shapes],
        due=due(viewer, page.mission, page.as_of)[:12],
        may_record=viewer.has("readiness.propose", page.mission.pk),
        may_assess=viewer.has("readiness.assess", page.mission.pk) and not page.mission.is_case,
    )
    return render(request, "readiness/board.html", context)


def sorted_rows(board: Board, sort: str) -> list[Row]:
    """The rows in the order asked for; unknown populations come last."""
    rows = list(board.rows)
    if sort == "population":
        return sorted(rows, key=lambda r: -(r.population.value if r.population else -1))
    if sort == "binding":
        return sorted(
            rows,
            key=lambda r: (
                min(
                    (READINESS_ORDER.get(c.readiness or "", 4) for c in r.cells),
                    default=4,
                ),
                next((c.binding for c in r.cells if c.binding), "~"),
                r.name,
            ),
        )
    if sort == "changed":
        return sorted(rows, key=lambda r: (not any(c.changed for c in r.cells), r.name))
    return sorted(rows, key=lambda r: r.name)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponse:
    """The board as CSV, XLSX or JSON, as of the same day as the page."""
    page = open_page(request, mission)
    data = board_data(read_board(page.viewer, page.mission, page.as_of))
    name = f"board-{page.mission.code}-{page.as_of.isoformat()}.{form}"
    if form == "json":
        body = json.dumps(data, ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json")
    elif form == "csv":
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        writer = csv.writer(response)
        writer.writerow(COLUMNS)
        writer.writerows(board_lines(data))
    elif form == "xlsx":
        response = HttpResponse(
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Board")
        sheet.append(list(COLUMNS))
        for line in board_lines(data):
            sheet.append(line)
        book.save(response)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
