"""Incidents as rows of a file, each cell safe for a spreadsheet."""

from collections.abc import Iterator

from django.db.models import QuerySet

from primacy.platform.exports import safe_cell
from primacy.rooms.incidents.models import Incident

FIELDS = (
    "id", "origin", "origin_id", "vintage", "type", "date_start", "date_end", "date_precision",
    "lat", "lon", "where_precision", "place", "adm_1", "adm_2", "country", "area__code",
    "area__name", "priogrid", "side_a", "side_b", "conflict", "deaths_best", "deaths_low",
    "deaths_high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "headline",
    "source_text",
)  # fmt: skip
COLUMNS = tuple(name.replace("area__code", "area_code").replace("__", "_") for name in FIELDS)
READ_AT_ONCE = 5_000


def incident_lines(rows: QuerySet[Incident]) -> Iterator[list[object]]:
    """One line for each incident, newest first, in the order of `COLUMNS`."""
    found = rows.order_by("-date_start", "-pk").values_list(*FIELDS)
    for pk, *values in found.iterator(READ_AT_ONCE):
        yield [str(pk), *(safe_cell(value) for value in values)]
