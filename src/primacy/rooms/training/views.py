"""Pages of training: by unit, the queue of names, and one name with what it may mean."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.exports import table_response
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.places.facade import open_page
from primacy.rooms.training.actions import judge_recipient
from primacy.rooms.training.errors import BadReading, NoSuchRecipient
from primacy.rooms.training.exports import (
    RECIPIENT_COLUMNS,
    TRAINING_COLUMNS,
    recipient_rows,
    training_rows,
)
from primacy.rooms.training.forms import JudgeForm, NamesFilter
from primacy.rooms.training.models import Reading, RecipientReading
from primacy.rooms.training.queries import (
    counts_by_reading,
    name_ids,
    name_line,
    name_lines,
    newest_first,
    readings,
    training_by_unit,
    trainings,
)

NAMES_A_PAGE = 50
SHOWN_TRAININGS = 100


def overview(request: HttpRequest, mission: str) -> HttpResponse:
    """What reports state of each unit, and how many names wait to be read."""
    page = open_page(request, mission)
    counted = counts_by_reading(page.viewer, page.mission)
    states = [
        {"code": one.value, "label": one.label, "names": found[0], "trainings": found[1]}
        for one in Reading
        if (found := counted.get(one.value))
    ]
    rows = trainings(page.viewer, page.mission, page.as_of)
    context = page.context(
        place="forces",
        title=_("Training given"),
        purpose=_("What reports say was given to which unit. Seats are counted, not persons."),
        crumbs=[(_("Forces"), reverse("forces", args=[mission]))],
        states=states,
        lines=training_by_unit(page.viewer, page.mission, page.as_of),
        total=rows.count(),
        unnamed=rows.filter(recipient__isnull=True).count(),
    )
    return render(request, "training/overview.html", context)


def names(request: HttpRequest, mission: str) -> HttpResponse:
    """Names as reports write them, those under which most was trained first."""
    page = open_page(request, mission)
    form = NamesFilter(request.GET or None)
    leaf = Paginator(name_ids(page.viewer, page.mission, *_asked(form)), NAMES_A_PAGE).get_page(
        request.GET.get("page")
    )
    context = page.context(
        place="forces",
        title=_("Names of trained units"),
        purpose=_("Each spelling once. What is decided holds for every training under it."),
        crumbs=_crumbs(mission),
        form=form,
        leaf=leaf,
        lines=name_lines(page.viewer, page.mission, list(leaf)),
    )
    return render(request, "training/names.html", context)


def name(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One name: what it may mean and why, the trainings under it, who decided what."""
    page = open_page(request, mission)
    try:
        line = name_line(page.viewer, page.mission, pk)
    except NoSuchRecipient as problem:
        raise Http404(str(problem)) from problem
    found = line.row
    local = {str(unit.pk): unit for unit in units(page.viewer, page.mission).filter(side="local")}
    form = _judge_form(request, local)
    may_judge = page.viewer.has("forces.edit", page.mission.pk)
    if request.method == "POST" and form.is_valid():
        try:
            judge_recipient(
                actor=page.viewer,
                name=found,
                reading=form.cleaned_data["reading"],
                reason=form.cleaned_data["reason"],
                unit=local.get(form.cleaned_data["unit"]),
            )
        except BadReading as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Decided. It holds for every training under this name."))
            return redirect("training-name", mission=mission, pk=pk)
    judged = list(readings(page.viewer, found))
    rows = newest_first(trainings(page.viewer, page.mission).filter(recipient=found))
    context = page.context(
        place="forces",
        title=found.written[:120],
        purpose=_("As reports of %(country)s write it. What unit is it?")
        % {"country": found.country},
        crumbs=[*_crumbs(mission), (_("Names"), reverse("training-names", args=[mission]))],
        line=line,
        judged=judged,
        candidates=_candidates(judged, local),
        form=form if may_judge else None,
        rows=rows[:SHOWN_TRAININGS],
        total=rows.count(),
    )
    return render(request, "training/name.html", context)


def export(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """Every training as CSV or XLSX."""
    page = open_page(request, mission)
    rows = newest_first(trainings(page.viewer, page.mission, page.as_of))
    return table_response(
        form,
        name=f"training-{page.mission.code}",
        columns=TRAINING_COLUMNS,
        rows=training_rows(rows.iterator(2_000)),
    )


def export_names(request: HttpRequest, mission: str, form: str) -> HttpResponseBase:
    """Every name with what it was read as, as CSV or XLSX."""
    page = open_page(request, mission)
    ids = name_ids(page.viewer, page.mission, *_asked(NamesFilter(request.GET or None)))
    return table_response(
        form,
        name=f"training-names-{page.mission.code}",
        columns=RECIPIENT_COLUMNS,
        rows=recipient_rows(name_lines(page.viewer, page.mission, ids)),
    )


def _crumbs(mission: str) -> list[tuple[str, str]]:
    return [
        (_("Forces"), reverse("forces", args=[mission])),
        (_("Training given"), reverse("training", args=[mission])),
    ]


def _asked(form: NamesFilter) -> tuple[str, str]:
    if not form.is_valid():
        return "", ""
    return form.cleaned_data["reading"], form.cleaned_data["text"]


def _judge_form(request: HttpRequest, local: dict[str, Unit]) -> JudgeForm:
    choices = sorted(
        ((pk, f"{unit.name} ({unit.code})") for pk, unit in local.items()), key=lambda one: one[1]
    )
    return JudgeForm(choices, request.POST if request.method == "POST" else None)


def _candidates(judged: list[RecipientReading], local: dict[str, Unit]) -> list[dict[str, object]]:
    """What the matcher proposed, as far as the units are open to the viewer."""
    proposed: list[dict[str, str]] = next((row.candidates for row in judged if row.by_matcher), [])
    return [{**one, "unit": local[one["unit"]]} for one in proposed if one["unit"] in local]
