"""Evidence: the list of what people entered, and entering one more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.platform.policy import Marking, require
from primacy.rooms.places.facade import Page, areas, open_page
from primacy.rooms.readiness import actions
from primacy.rooms.readiness.board import standard_at
from primacy.rooms.readiness.errors import BadObservation
from primacy.rooms.readiness.exports import OBSERVATION_COLUMNS, observation_rows
from primacy.rooms.readiness.forms import ObservationForm, today_initial
from primacy.rooms.readiness.models import Observation
from primacy.rooms.readiness.queries import observations
from primacy.rooms.readiness.rules import right_for

PAGE_SIZE = 50


def evidence_list(request: HttpRequest, mission: str) -> HttpResponse:
    """What was entered up to the day, newest first."""
    page = open_page(request, mission)
    rows, wanted = _asked(request, page)
    context = page.context(
        place="board",
        title=_("Evidence"),
        purpose=_("Every value entered, with its method, date, source and who entered it."),
        crumbs=[(_("Board"), reverse("board", args=[mission]))],
        rows=Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        wanted=wanted,
        may_observe=page.viewer.has("readiness.observe", page.mission.pk),
    )
    return render(request, "readiness/evidence.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """The values that the list shows, all of them, as CSV or XLSX."""
    page = open_page(request, mission)
    return table_response(
        form,
        name=f"evidence-{page.mission.code}-{page.as_of.isoformat()}",
        columns=OBSERVATION_COLUMNS,
        rows=observation_rows(_asked(request, page)[0]),
    )


def _asked(request: HttpRequest, page: Page) -> tuple[QuerySet[Observation], dict[str, str]]:
    """The values up to the day that pass the filter, and the filter."""
    rows = observations(page.viewer, page.mission).filter(observed_on__lte=page.as_of)
    wanted = {
        "indicator": request.GET.get("indicator", ""),
        "method": request.GET.get("method", ""),
    }
    for name, value in wanted.items():
        if value:
            rows = rows.filter(**{name: value})
    if request.GET.get("area"):
        rows = rows.filter(area__code=request.GET["area"])
    return rows, wanted


def new_observation(request: HttpRequest, mission: str) -> HttpResponse:
    """Enters one piece of evidence."""
    page = open_page(request, mission)
    require(page.viewer, "readiness.observe", page.mission.pk)
    standard = standard_at(page.viewer, page.mission, page.today)
    criteria = standard.criteria.all() if standard else []
    known = {a.code: a for a in areas(page.viewer, page.mission) if a.level >= 1}
    start = known.get(request.GET.get("area", ""))
    form = ObservationForm(
        list(known.values()),
        [
            (c.indicator, c.label)
            for c in criteria
            if page.viewer.has(right_for(c.indicator), page.mission.pk)
        ],
        request.POST or None,
        today_initial(
            page.today,
            area=str(start.pk) if start else None,
            indicator=request.GET.get("indicator"),
        ),
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        place = next(a for a in known.values() if str(a.pk) == values["area"])
        try:
            actions.observe(
                actor=page.viewer,
                mission=page.mission,
                area=place,
                indicator=values["indicator"],
                method=values["method"],
                observed_on=values["observed_on"],
                source_title=values["source"],
                value=values["value"],
                low=values["low"],
                high=values["high"],
                numerator=values["numerator"],
                denominator=values["denominator"],
                sample=values["sample"],
                note=values["note"],
                marking=Marking(values["marking"]),
            )
        except BadObservation as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("The value for %(place)s was entered.") % {"place": place.name}
            )
            return redirect("area", mission=mission, code=place.code)
    context = page.context(
        place="board",
        title=_("Enter evidence"),
        purpose=_("One value with its method, day and source. It can be corrected, never edited."),
        crumbs=[(_("Evidence"), reverse("evidence", args=[mission]))],
        form=form,
    )
    return render(request, "readiness/evidence_new.html", context)
