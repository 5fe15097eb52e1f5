"""The audit log: its pages, its exports, and who saw a protected record."""

import datetime as dt
import uuid
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.export import export_lines
from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import EntryFilter, entries, narrowed, verify
from primacy.platform.audit.seen import is_overseer, readers_of, seen_by, seen_line
from primacy.platform.exports import csv_lines
from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import missions

PAGE_SIZE = 50
CSV_COLUMNS = (
    "sequence",
    "at",
    "actor_id",
    "actor_label",
    "action",
    "subject_type",
    "subject_id",
    "mission_id",
    "body",
    "previous_hash",
    "hash",
)
ASKED = ("action", "who", "record", "mission", "start", "end")


def audit(request: HttpRequest) -> HttpResponse:
    """The log, newest first; the chain is verified on request."""
    viewer = _viewer(request)
    asked = {name: request.GET.get(name, "").strip()[:120] for name in ASKED}
    rows = narrowed(entries(viewer), _wanted(asked))
    context: dict[str, object] = {
        "entries": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "asked": asked,
        "action": asked["action"],
        "is_narrowed": any(asked.values()),
        "missions_open": list(missions(viewer).values_list("pk", "code")),
        "may_see_reads": is_overseer(viewer),
        "verification": verify(viewer) if "verify" in request.GET else None,
        "title": _("Audit log"),
        "purpose": _("Every act on this site, chained so that a later change shows."),
        "crumbs": [],
        "section": "audit",
    }
    return render(request, "web/audit.html", context)


def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The entries of the page, all of them, as CSV, newest first."""
    viewer = _viewer(request)
    asked = {name: request.GET.get(name, "").strip()[:120] for name in ASKED}
    rows = narrowed(entries(viewer), _wanted(asked))
    response = StreamingHttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
    return _named(response, "csv")


def audit_export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole log as lines of JSON that a script elsewhere can verify."""
    lines = export_lines(_viewer(request))
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    return _named(response, "jsonl")


def seen(request: HttpRequest, label: str, pk: uuid.UUID) -> HttpResponse:
    """Who was shown one protected record: for its owner and for overseers."""
    viewer = _viewer(request)
    context: dict[str, object] = {
        "readers": readers_of(viewer, label, pk),
        "label": label,
        "pk": pk,
        "is_overseer": is_overseer(viewer),
        "title": _("Who saw this record"),
        "purpose": _("Everybody a protected record was shown to, when, and by which page."),
        "crumbs": [],
        "section": "audit",
    }
    return render(request, "web/audit_seen.html", context)


def person(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """What one person was shown of protected records: for overseers."""
    rows = seen_by(_viewer(request), pk)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    who = rows.values_list("actor_label", flat=True).first()
    context: dict[str, object] = {
        "page_of_reads": page,
        "lines": [seen_line(row) for row in page.object_list],
        "title": _("What this person was shown"),
        "purpose": who or _("Nothing protected was shown to this account."),
        "crumbs": [
            {"label": _("Audit log"), "url": reverse("audit")},
            {"label": _("What this person was shown"), "url": ""},
        ],
        "section": "audit",
    }
    return render(request, "web/audit_person.html", context)


def _viewer(request: HttpRequest) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def _wanted(asked: dict[str, str]) -> EntryFilter:
    """The filter of the page; a day that cannot be read does not narrow."""
    return EntryFilter(
        action=asked["action"],
        who=asked["who"],
        record=asked["record"].lower(),
        mission_id=asked["mission"],
        start=_day(asked["start"]),
        end=_day(asked["end"]),
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _csv(rows: QuerySet[AuditEntry]) -> Iterator[str]:
    return csv_lines(CSV_COLUMNS, rows.values_list(*CSV_COLUMNS).iterator(5000))


def _named(response: StreamingHttpResponse, form: str) -> StreamingHttpResponse:
    name = f"audit-{clock.today().isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
