"""Starting a mission of one's own."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from primacy.platform import clock
from primacy.platform.policy import Viewer, require
from primacy.rooms.places.facade import BadPlace
from primacy.rooms.readiness.facade import start_mission


class MissionForm(forms.Form):
    """What a new board needs: a name and a host state."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Name of the mission"))
    short_name = forms.CharField(max_length=40, required=False, label=gettext_lazy("Short name"))
    country = forms.CharField(max_length=100, label=gettext_lazy("Host state"))
    host_force = forms.CharField(max_length=200, required=False, label=gettext_lazy("Local force"))


def new_mission(request: HttpRequest) -> HttpResponse:
    """The form, and the new board when it is sent."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    require(viewer, "missions.create")
    form = MissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            mission = start_mission(
                actor=viewer,
                code=slugify(values["short_name"] or values["name"])[:50],
                name=values["name"],
                short_name=values["short_name"],
                country=values["country"],
                host_force=values["host_force"],
                today=clock.today(),
            )
        except BadPlace as problem:
            form.add_error("name", str(problem))
        else:
            return redirect("board", mission=mission.code)
    context = {
        "form": form,
        "title": _("Start a mission"),
        "purpose": _("A new board with ten responsibilities and the default standard."),
        "crumbs": [
            {"label": _("Missions"), "url": reverse("missions")},
            {"label": _("Start a mission"), "url": ""},
        ],
        "section": "missions",
    }
    return render(request, "web/mission_new.html", context)
