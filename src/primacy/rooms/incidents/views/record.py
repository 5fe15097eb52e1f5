"""One incident with every field, and entering one."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, require
from primacy.rooms.incidents.actions import ATTRIBUTE, enter_incident
from primacy.rooms.incidents.errors import BadIncident, NoSuchIncident
from primacy.rooms.incidents.forms import IncidentForm
from primacy.rooms.incidents.models import IncidentType
from primacy.rooms.incidents.queries import incident_by_id, versions
from primacy.rooms.incidents.responsibility import responsible_for
from primacy.rooms.incidents.rules import Deaths, date_words, origin_words, where_words
from primacy.rooms.places.facade import areas, open_page


def incident(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Every field of one incident, its precision in words, its source and its versions."""
    page = open_page(request, mission)
    try:
        found = incident_by_id(page.viewer, page.mission, pk)
    except NoSuchIncident as problem:
        raise Http404(str(problem)) from problem
    if found.date_start > page.as_of:
        raise Http404(_("It had not begun by the day asked for."))
    age = (page.as_of - found.date_end).days
    context = page.context(
        place="incidents",
        title=f"{found.get_type_display()}, {found.place or found.country or _('place not named')}",
        purpose=_("What is on record of one event, how precisely, and from whom."),
        crumbs=[(_("Incidents"), reverse("incidents", args=[mission]))],
        marking=Marking(found.marking),
        evidence_ages=(max(age, 0), max(age, 0)),
        incident=found,
        deaths=Deaths(found.deaths_best, found.deaths_low, found.deaths_high, found.withheld),
        where=where_words(found.where_precision),
        when=date_words(found.date_precision),
        origin=origin_words(found.origin),
        responsible=responsible_for(page.viewer, found),
        may_attribute=page.viewer.has(ATTRIBUTE, page.mission.pk),
        versions=[row for row in versions(page.viewer, found) if row.pk != found.pk],
    )
    return render(request, "incidents/incident.html", context)


def new_incident(request: HttpRequest, mission: str) -> HttpResponse:
    """Enters one incident."""
    page = open_page(request, mission)
    require(page.viewer, "incidents.edit", page.mission.pk)
    known = {str(area.pk): area for area in areas(page.viewer, page.mission)}
    form = IncidentForm(list(known.values()), request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data}
        values["area"] = known.get(values["area"])
        values["type"] = IncidentType(values["type"])
        values["marking"] = Marking(values["marking"])
        try:
            made = enter_incident(actor=page.viewer, mission=page.mission, **values)
        except BadIncident as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The incident was entered."))
            return redirect("incident", mission=mission, pk=made.pk)
    context = page.context(
        place="incidents",
        title=_("Enter an incident"),
        purpose=_("One event with its day, place, harm and source."),
        crumbs=[(_("Incidents"), reverse("incidents", args=[mission]))],
        form=form,
    )
    return render(request, "incidents/incident_new.html", context)
