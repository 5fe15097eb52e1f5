"""Tables of the frame as files: missions, imports, long work, people."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from primacy.platform.accounts.queries import accounts
from primacy.platform.exports import table_response
from primacy.platform.imports.queries import batches
from primacy.platform.jobs.queries import jobs
from primacy.platform.policy import Viewer, require
from primacy.rooms.places.facade import missions as open_missions
from primacy.rooms.places.facade import open_page


def missions(request: HttpRequest, form: str) -> HttpResponseBase:
    """The missions whose boards the viewer may open."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    rows = (
        [row.code, row.name, row.country, row.starts_on, row.ends_on]
        for row in open_missions(viewer)
    )
    columns = ("code", "name", "country", "starts_on", "ends_on")
    return table_response(form, name="missions", columns=columns, rows=rows)


def imports(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The mission's imports with their counts."""
    page = open_page(request, mission)
    require(page.viewer, "imports.run", page.mission.pk)
    columns = (
        "id", "kind", "origin", "vintage", "status", "rows_read", "rows_added", "rows_changed",
        "rows_known", "rows_bad", "recorded_at", "loaded_at", "undone_at", "undo_reason", "sha256",
    )  # fmt: skip
    rows = (
        [str(getattr(row, name)) if name == "id" else getattr(row, name) for name in columns]
        for row in batches(page.viewer, page.mission.pk)
    )
    name = f"imports-{page.mission.code}"
    return table_response(form, name=name, columns=columns, rows=rows)


def work(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The long work this viewer asked for on the mission."""
    page = open_page(request, mission)
    columns = ("title", "kind", "state", "recorded_at", "started_at", "ended_at", "message")
    rows = ([getattr(row, name) for name in columns] for row in jobs(page.viewer, page.mission.pk))
    name = f"jobs-{page.mission.code}"
    return table_response(form, name=name, columns=columns, rows=rows)


def people(request: HttpRequest, form: str) -> HttpResponseBase:
    """All accounts with organisation and roles, for those who manage them."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    rows = (
        [
            row.email,
            row.name,
            str(row.organisation or ""),
            row.party,
            " ".join(sorted({grant.role for grant in row.grants.all()})),
            "yes" if row.is_active else "no",
            row.date_joined,
        ]
        for row in accounts(viewer)
    )
    columns = ("address", "name", "organisation", "party", "roles", "active", "since")
    return table_response(form, name="people", columns=columns, rows=rows)
