"""What every page's frame needs: the viewer, and the places of work that are open to it."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from primacy.faces.web.language import page_address
from primacy.faces.web.order_words import order_words
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.second_factor import needs_second_factor
from primacy.platform.orders.queries import open_now
from primacy.platform.policy import Marking, Viewer, guest

PLACES = (
    # key, label, icon, permission that opens it (empty: whoever may open the mission)
    ("board", gettext_lazy("Board"), "board", ""),
    ("map", gettext_lazy("Map"), "map", ""),
    ("incidents", gettext_lazy("Incidents"), "incidents", ""),
    ("forces", gettext_lazy("Forces"), "forces", ""),
    ("persons", gettext_lazy("Persons"), "account", "persons.view"),
    ("census", gettext_lazy("Census"), "assessment", "census.view"),
    ("recruitment", gettext_lazy("Recruitment"), "place", ""),
    ("screenings", gettext_lazy("Screening"), "search", "screening.view"),
    ("support", gettext_lazy("Support"), "assessment", "support.view"),
    ("standard", gettext_lazy("Standard"), "standard", ""),
    ("imports", gettext_lazy("Imports"), "imports", "imports.run"),
    ("case", gettext_lazy("Case study"), "cases", ""),
)

CLOSED_BELOW = {"support": (Marking.CONFIDENTIAL, "support-stops")}
"""Places of work whose records are closed below a marking, and where those go who read less."""


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
        **_emergency(viewer),
        "must_set_up_factor": _must_set_up_factor(request, viewer),
        "single_sign_on": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        "languages": _languages(),
        "language_next": page_address(request),
    }


def navigation(viewer: Viewer, mission: str | None) -> list[dict[str, str]]:
    """The menu: a mission's places of work, the list of missions, and the audit log by right."""
    entries = []
    if mission:
        for key, label, icon, permission in PLACES:
            if permission and not (viewer.is_operator or _holds(viewer, permission)):
                continue
            if key in CLOSED_BELOW and not _cleared(viewer, permission, CLOSED_BELOW[key][0]):
                key = CLOSED_BELOW[key][1]
            try:
                url = reverse(key, args=[mission])
            except NoReverseMatch:
                continue
            entries.append({"key": key, "label": str(label), "url": url, "icon": icon})
    missions = {"key": "missions", "label": _("Missions"), "icon": "place"}
    entries.append({**missions, "url": reverse("missions")})
    if viewer.has("audit.read"):
        entries.append({"key": "audit", "label": _("Audit log"), "url": reverse("audit")})
    if viewer.account_id and _holds(viewer, "vault.view"):
        entries.append(
            {"key": "compartments", "label": _("Compartments"), "url": reverse("compartments")}
        )
    if viewer.has("accounts.manage"):
        entries.append(
            {"key": "people", "label": _("People"), "url": reverse("people"), "icon": "account"}
        )
    if viewer.has("emergency.order"):
        entries.append({"key": "emergency", "label": _("Emergency"), "url": reverse("emergency")})
    return entries


def _emergency(viewer: Viewer) -> dict[str, object]:
    """The opening of the emergency account that runs now, and as what; for everybody signed in."""
    opening = None if viewer.is_guest else open_now()
    words = order_words(viewer, opening.order) if opening else ""
    return {"emergency_opening": opening, "emergency_words": words}


def _languages() -> list[dict[str, object]]:
    """The languages to choose from, each under its own name."""
    present = get_language()
    return [
        {"code": code, "label": name, "current": code == present}
        for code, name in settings.LANGUAGES
    ]


def _holds(viewer: Viewer, permission: str) -> bool:
    """True where the viewer holds the permission for any mission; pages check the one opened."""
    everywhere, by_mission, _ = viewer.missions_with(permission)
    return everywhere or bool(by_mission)


def _cleared(viewer: Viewer, permission: str, marking: Marking) -> bool:
    """True where the viewer's rights reach the marking on some mission; pages check the one."""
    _everywhere, by_mission, general = viewer.missions_with(permission)
    return max([general, *by_mission.values()]) >= marking


def _must_set_up_factor(request: HttpRequest, viewer: Viewer) -> bool:
    """True where the person signed in may open nothing before a second factor is set up."""
    user = getattr(request, "user", None)
    return isinstance(user, Account) and needs_second_factor(user, viewer)


def _account_links(viewer: Viewer) -> list[dict[str, str]]:
    links = []
    if viewer.has("missions.create"):
        links.append({"label": _("Start a mission"), "url": reverse("mission-new")})
    links.append({"label": _("Second factor"), "url": reverse("mfa_index")})
    links.append({"label": _("Where you are signed in"), "url": reverse("usersessions_list")})
    return links
