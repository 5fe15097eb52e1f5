"""The board page and its exports."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform.exports import table_response
from primacy.rooms.places.facade import boundaries_at, fold, open_page
from primacy.rooms.readiness.board import Board, Row
from primacy.rooms.readiness.exports import COLUMNS, board_data, board_lines
from primacy.rooms.readiness.kept_board import open_board, read_board
from primacy.rooms.readiness.queries import due

ROWS_A_PAGE = 50
MOST_DRAWN = 60
"""Areas in the small map beside the board; above, the map page draws them."""
MOST_WIDE = 3
"""Responsibilities whose cells say in words who leads."""
SORTS = {
    "name": gettext_lazy("name"),
    "population": gettext_lazy("population"),
    "binding": gettext_lazy("what stands against the next step"),
    "changed": gettext_lazy("changed in the last month"),
}
READINESS_ORDER = {"not_ready": 0, "unknown": 1, "ready_with_conditions": 2, "ready": 3}


def board(request: HttpRequest, mission: str) -> HttpResponse:
    """Areas by responsibilities: who leads, and whether the next step is ready."""
    page = open_page(request, mission)
    viewer = page.viewer
    kept = open_board(viewer, page.mission, page.as_of)
    result = kept.board
    asked = BoardFilter.of(request.GET)
    rows = asked.rows(result)
    leaf = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    kept.hand_out(viewer, [*leaf, *result.units])
    # A drawing of hundreds of areas weighs more than the page; the map page draws those.
    small = len(result.rows) <= MOST_DRAWN
    shapes = boundaries_at(viewer, page.mission, page.as_of) if small else {}
    context = page.context(
        place="board",
        title=_("Board: %(country)s") % {"country": page.mission.country},
        purpose=_("Who leads which responsibility where, and whether the next step is ready."),
        evidence_ages=result.evidence_ages,
        shows_evidence=True,
        board=result,
        leaf=leaf,
        rows=list(leaf),
        found=len(rows),
        asked=asked,
        provinces=sorted({row.within for row in result.rows if row.within}),
        sort=asked.sort,
        sorts=SORTS,
        wide=len(result.responsibilities) <= MOST_WIDE,
        shapes=[shapes[row.id] for row in result.rows if row.id in shapes],
        due=due(viewer, page.mission, page.as_of)[:12],
        may_record=viewer.has("readiness.propose", page.mission.pk),
        may_assess=viewer.has("readiness.assess", page.mission.pk) and not page.mission.is_case,
    )
    return render(request, "readiness/board.html", context)


@dataclass(frozen=True)
class BoardFilter:
    """Which rows a page asks for, and in what order; all of it stands in the address."""

    sort: str = "name"
    within: str = ""
    text: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "BoardFilter":
        """What an address asks for; an order that does not exist is by name."""
        sort = given.get("sort", "name")
        return cls(
            sort=sort if sort in SORTS else "name",
            within=given.get("within", "").strip()[:200],
            text=" ".join(given.get("text", "").split())[:100],
        )

    @property
    def narrows(self) -> bool:
        """True where some rows are asked for, not all."""
        return bool(self.within or self.text)

    def rows(self, board: Board) -> list[Row]:
        """The rows of the whole board that pass, in order."""
        wanted = fold(self.text)
        return [
            row
            for row in sorted_rows(board, self.sort)
            if (not self.within or row.within == self.within)
            and (not wanted or wanted in fold(row.name) or wanted in fold(row.code))
        ]


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


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The board as CSV, XLSX or JSON, as of the same day as the page."""
    page = open_page(request, mission)
    data = board_data(read_board(page.viewer, page.mission, page.as_of))
    name = f"board-{page.mission.code}-{page.as_of.isoformat()}"
    if form == "json":
        body = json.dumps(data, ensure_ascii=False, indent=2)
        response = HttpResponse(body, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return response
    return table_response(
        form, name=name, columns=COLUMNS, rows=board_lines(data), sheet=_("Board")
    )
