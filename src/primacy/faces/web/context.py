"""What every page's frame needs: the viewer, and the places of work that are open to it."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from primacy.platform.policy import Viewer, guest

PLACES = (
    # key, label, icon, permission that opens it (empty: whoever may open the mission)
    ("board", "Board", "board", ""),
    ("map", "Map", "map", ""),
    ("incidents", "Incidents", "incidents", ""),
    ("forces", "Forces", "forces", ""),
    ("standard", "Standard", "standard", ""),
    ("imports", "Imports", "imports", "imports.run"),
    ("case", "Case study", "cases", ""),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """The viewer, for the account menu, and the menu of places of work."""
    viewer = getattr(request, "viewer", None) or guest()
    match = request.resolver_match
    mission = match.kwargs.get("mission") if match else None
    return {
        "viewer": viewer,
        "nav": navigation(viewer, str(mission) if mission else None),
        "search_url": reverse("search", args=[mission]) if mission else "",
        "account_links": _account_links(viewer),
    }


def navigation(viewer: Viewer, mission: str | None) -> list[dict[str, str]]:
    """The menu: a mission's places of work, the list of missions, and the audit log by right."""
    entries = []
    if mission:
        for key, label, icon, permission in PLACES:
            if permission and not (viewer.is_operator or _holds(viewer, permission)):
                continue
            try:
                url = reverse(key, args=[mission])
            except NoReverseMatch:
                continue
            entries.append({"key": key, "label": label, "url": url, "icon": icon})
    missions = {"key": "missions", "label": "Missions", "icon": "place"}
    entries.append({**missions, "url": reverse("missions")})
    if viewer.has("audit.read"):
        entries.append({"key": "audit", "label": "Audit log", "url": reverse("audit")})
    return entries


def _holds(viewer: Viewer, permission: str) -> bool:
    """True where the viewer holds the permission for any mission; pages check the one opened."""
    everywhere, by_mission, _ = viewer.missions_with(permission)
    return everywhere or bool(by_mission)


def _account_links(viewer: Viewer) -> list[dict[str, str]]:
    if viewer.has("missions.create"):
        return [{"label": "Start a mission", "url": reverse("mission-new")}]
    return []
