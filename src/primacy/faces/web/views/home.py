"""The way in: the board of the mission one works on, or the list of missions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import missions


def home(request: HttpRequest) -> HttpResponse:
    """To the board where there is one mission, to the list where there are more or none."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    codes = list(missions(viewer).values_list("code", flat=True)[:2])
    if len(codes) == 1:
        return redirect("board", mission=codes[0])
    return redirect("missions")


def mission_list(request: HttpRequest) -> HttpResponse:
    """The missions whose boards the viewer may open."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    context = {
        "rows": list(missions(viewer)),
        "may_start": viewer.has("missions.create"),
        "title": _("Missions"),
        "purpose": _("Choose the mission whose board you want to see."),
        "crumbs": [],
        "section": "missions",
    }
    return render(request, "web/missions.html", context)
