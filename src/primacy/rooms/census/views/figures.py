"""What a census is held against: numbers issued, the population; and who makes up the force."""

import uuid
from collections import defaultdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.kernels.recruitment import Estimate
from primacy.platform.exports import table_response
from primacy.platform.policy import Marking, require
from primacy.rooms.census.actions import add_number_range, close_round, record_population
from primacy.rooms.census.composition import (
    COMPOSITION_COLUMNS,
    Composition,
    RankLine,
    composition_of,
    composition_rows,
)
from primacy.rooms.census.errors import BadCohort, BadRound
from primacy.rooms.census.forms import CloseForm, NumbersForm, PopulationForm
from primacy.rooms.census.group_words import GROUP_WORDS, ORDER, in_order
from primacy.rooms.census.models import PopulationCount
from primacy.rooms.census.queries import VIEW, number_ranges, population, round_by_id
from primacy.rooms.census.recruitment import RepresentationReading
from primacy.rooms.census.views.questions import highest
from primacy.rooms.places.facade import open_page


def numbers(request: HttpRequest, mission: str) -> HttpResponse:
    """The ranges of service numbers that were issued, and the form for another."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    if request.method == "POST":
        require(page.viewer, "census.keep", page.mission.pk)
    may_keep = page.viewer.has("census.keep", page.mission.pk)
    form = NumbersForm(request.POST or None) if may_keep else None
    if form is not None and request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "marking": Marking(form.cleaned_data["marking"])}
        letters = values.pop("letters")
        try:
            made = add_number_range(
                actor=page.viewer, mission=page.mission, prefix=letters, **values
            )
        except BadRound as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("On record: %(range)s.") % {"range": made})
            return redirect("census-numbers", mission=mission)
    found = list(number_ranges(page.viewer, page.mission).select_related("source"))
    context = page.context(
        place="census",
        title=_("Service numbers issued"),
        purpose=_("Ranges that were issued. A number outside all of them becomes a question."),
        crumbs=[(_("Census"), reverse("census", args=[mission]))],
        marking=highest(found),
        rows=sorted(found, key=lambda one: (one.prefix, one.first)),
        form=form,
    )
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, "census/numbers.html", context, status=status)


def people(request: HttpRequest, mission: str) -> HttpResponse:
    """The population of working age by sex and region, and the form for another year."""
    page = open_page(request, mission)
    if request.method == "POST":
        require(page.viewer, "census.keep", page.mission.pk)
    may_keep = page.viewer.has("census.keep", page.mission.pk)
    form = PopulationForm(request.POST or None) if may_keep else None
    if form is not None and request.method == "POST" and form.is_valid():
        values = {**form.cleaned_data, "marking": Marking(form.cleaned_data["marking"])}
        try:
            record_population(actor=page.viewer, mission=page.mission, **values)
        except BadCohort as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("The population is on record."))
            return redirect("population", mission=mission)
    found = list(population(page.viewer, page.mission).select_related("source"))
    context = page.context(
        place="recruitment",
        title=_("Population of working age"),
        purpose=_("What the make-up of classes and of the force is held against."),
        crumbs=[(_("Recruitment"), reverse("recruitment", args=[mission]))],
        marking=highest(found),
        years=_years(found),
        form=form,
    )
    status = 400 if form is not None and form.is_bound and form.errors else 200
    return render(request, "census/population.html", context, status=status)


def _years(rows: list[PopulationCount]) -> list[dict[str, object]]:
    """The newest year first: regions as rows, each sex that was counted as a column."""
    by_year: dict[int, list[PopulationCount]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    found: list[dict[str, object]] = []
    for year in sorted(by_year, reverse=True):
        some = by_year[year]
        sexes = [sex for sex in ORDER if any(row.sex == sex for row in some)]
        counts = {(row.region, row.sex): row.count for row in some}
        regions = sorted({row.region for row in some})
        found.append(
            {
                "year": year,
                "heads": [GROUP_WORDS[sex] for sex in sexes],
                "lines": [
                    {
                        "region": region,
                        "counts": [counts.get((region, sex)) for sex in sexes],
                        "all": sum(counts.get((region, sex), 0) for sex in sexes),
                    }
                    for region in regions
                ],
                "sums": [sum(row.count for row in some if row.sex == sex) for sex in sexes],
                "all": sum(row.count for row in some),
                "sampled": any(row.sampled for row in some),
                "source": some[0].source,
            }
        )
    return found


@require_POST
def close(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Closes a round: nothing is brought into it any more, its questions go on."""
    page = open_page(request, mission)
    require(page.viewer, "census.keep", page.mission.pk)
    row = round_by_id(page.viewer, page.mission, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the day on which the round was closed."))
        return redirect("census-round", mission=mission, pk=row.pk)
    try:
        close_round(actor=page.viewer, round=row, closed_on=form.cleaned_data["closed_on"])
    except BadRound as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The round is closed. Its questions go on."))
    return redirect("census-round", mission=mission, pk=row.pk)


def make_up(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """The roll of a round by rank, sex and region beside the population."""
    page = open_page(request, mission)
    row = round_by_id(page.viewer, page.mission, pk)
    found = composition_of(page.viewer, row)
    context = page.context(
        place="census",
        title=_("Who makes up the force"),
        purpose=_("The roll by rank, sex and region beside the population of working age."),
        crumbs=[
            (_("Census"), reverse("census", args=[mission])),
            (row.name, reverse("census-round", args=[mission, row.pk])),
        ],
        marking=Marking(row.marking),
        round=row,
        held_back=found.held_back,
        heads=[GROUP_WORDS[sex] for sex in ORDER],
        lines=[_line(line) for line in found.ranks],
        sexes=[_group(one) for one in sorted(found.sexes, key=lambda o: in_order(o.group))],
        regions=[_group(one) for one in found.regions],
        has_population=_has_population(found),
    )
    return render(request, "census/make_up.html", context)


def _has_population(found: Composition) -> bool:
    return any(line.index is not None for line in found.ranks) or bool(found.sexes)


def _line(line: RankLine) -> dict[str, object]:
    """A level of rank with shares in percent."""
    return {
        "line": line,
        "counts": [line.counts[sex] for sex in ORDER],
        "women": _percent(line.women) if line.women else None,
    }


def _percent(value: Estimate) -> tuple[float, float, float]:
    return 100 * value.value, 100 * value.low, 100 * value.high


def _group(one: RepresentationReading) -> dict[str, object]:
    """A group of the roll beside the population, with shares in percent."""
    figure = one.figure
    return {
        "word": GROUP_WORDS.get(one.group, one.group),
        "reading": one,
        "share": 100 * figure.force_share.value if figure else None,
        "population": 100 * figure.population_share if figure else None,
    }


def export(request: HttpRequest, mission: str, pk: uuid.UUID, form: str) -> HttpResponseBase:
    """The table of ranks by sex as CSV or XLSX."""
    page = open_page(request, mission)
    row = round_by_id(page.viewer, page.mission, pk)
    return table_response(
        form,
        name=f"make-up-{page.mission.code}-{row.census_day:%Y-%m}",
        columns=COMPOSITION_COLUMNS,
        rows=composition_rows(composition_of(page.viewer, row).ranks),
    )
