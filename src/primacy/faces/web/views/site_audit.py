"""The audit log page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from primacy.platform.audit.queries import entries, verify
from primacy.platform.policy import Viewer

PAGE_SIZE = 50


def audit(request: HttpRequest) -> HttpResponse:
    """The log, newest first; the chain is verified on request."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    rows = entries(viewer)
    action = request.GET.get("action", "").strip()
    if action:
        rows = rows.filter(action__startswith=action)
    context: dict[str, object] = {
        "entries": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "action": action,
        "verification": verify(viewer) if "verify" in request.GET else None,
        "title": "Audit log",
        "purpose": "Every act on this site, chained so that a later change shows.",
        "crumbs": [],
        "section": "audit",
    }
    return render(request, "web/audit.html", context)
