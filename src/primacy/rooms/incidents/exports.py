"""Incidents as rows of a file."""

from collections.abc import Iterator

from django.db.models import QuerySet

from primacy.kernels.disclosure import MINIMUM
from primacy.platform.policy import Viewer, in_owning_team, restricted
from primacy.rooms.incidents.models import ENTERED_HERE, VICTIM_COUNTS, Incident

FIELDS = (
    "id", "origin", "origin_id", "vintage", "type", "date_start", "date_end", "date_precision",
    "lat", "lon", "where_precision", "place", "adm_1", "adm_2", "country", "area__code",
    "area__name", "priogrid", "side_a", "side_b", "conflict", "deaths_best", "deaths_low",
    "deaths_high", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "headline",
    "source_text",
)  # fmt: skip
COLUMNS = tuple(name.replace("area__code", "area_code").replace("__", "_") for name in FIELDS)
READ_AT_ONCE = 5_000


def incident_lines(viewer: Viewer, rows: QuerySet[Incident]) -> Iterator[list[object]]:
    """One line for each incident, newest first, in the order of `COLUMNS`.

    Outside the owning team the small victim counts of incidents entered here are withheld.
    """
    found = rows.order_by("-date_start", "-pk").values_list(*FIELDS, "mission_id")
    for pk, *values, mission_id in found.iterator(READ_AT_ONCE):
        line = dict(zip(FIELDS[1:], values, strict=True))
        if not in_owning_team(viewer, "incidents.view", mission_id):
            _withhold(line)
        yield [str(pk), *line.values()]


def _withhold(line: dict[str, object]) -> None:
    counts = [line["deaths_low"], line["deaths_best"]]
    small = any(isinstance(count, int) and count < MINIMUM for count in counts)
    if line["origin"] in ENTERED_HERE and small:
        line.update(dict.fromkeys(VICTIM_COUNTS, restricted().text))
