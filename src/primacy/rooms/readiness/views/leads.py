"""The lead ledger as a file."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from primacy.platform.exports import table_response
from primacy.rooms.places.facade import open_page
from primacy.rooms.readiness.exports import LEAD_COLUMNS, lead_rows
from primacy.rooms.readiness.ledger import open_ledger


def export(request: HttpRequest, mission: str, form: str, code: str = "") -> HttpResponseBase:
    """All ledger entries that began by the day, or those of one area."""
    page = open_page(request, mission)
    entries = [
        entry
        for entry in open_ledger(page.viewer, page.mission).entries
        if entry.from_earliest <= page.as_of
        and (not code or (entry.area is not None and entry.area.code == code))
    ]
    return table_response(
        form,
        name=f"leads-{page.mission.code}-{page.as_of.isoformat()}",
        columns=LEAD_COLUMNS,
        rows=lead_rows(sorted(entries, key=lambda e: (e.from_latest, e.recorded_at))),
    )
