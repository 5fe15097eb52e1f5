"""The matching queue: pairs of records that may be one person, and judging them side by side."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.jobs.worker import run_next, wake
from primacy.platform.policy import Marking, require
from primacy.rooms.persons.actions import judge_pair, put_pairs, read_apart
from primacy.rooms.persons.comparing import compared, compared_all
from primacy.rooms.persons.errors import BadJudgement
from primacy.rooms.persons.forms import JudgeForm, WhyForm
from primacy.rooms.persons.models import USUAL_MARKING, Pair
from primacy.rooms.persons.queries import person_by_code
from primacy.rooms.persons.reading import ClaimWords, by_person, claims_about, evidence_words
from primacy.rooms.persons.review import (
    merge_by_id,
    open_merges,
    pair_by_id,
    pair_of,
    pair_reading,
    pairs,
    waiting,
)
from primacy.rooms.persons.rights import JUDGE
from primacy.rooms.persons.work import LOOK_FOR_PAIRS
from primacy.rooms.places.facade import open_page

A_PAGE = 25
PLACE = "persons"


def queue(request: HttpRequest, mission: str) -> HttpResponse:
    """Pairs that wait for somebody to judge them, most alike first; or (`?all=1`) all."""
    page = open_page(request, mission)
    require(page.viewer, JUDGE, page.mission.pk)
    everything = bool(request.GET.get("all"))
    rows = (pairs if everything else waiting)(page.viewer, page.mission)
    leaf = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = list(leaf)
    both = [(pair.first_id, pair.second_id) for pair in shown]
    comparisons = compared_all(page.viewer, page.mission.pk, both)
    lines = [
        (pair, evidence_words(comparison.reasons))
        for pair, comparison in zip(shown, comparisons, strict=True)
    ]
    context = page.context(
        place=PLACE,
        title=_("Matching queue"),
        purpose=_("Records that may be one person. A person decides; nothing is merged by itself."),
        crumbs=[(_("Persons"), reverse("persons", args=[mission]))],
        marking=USUAL_MARKING,
        leaf=leaf,
        lines=lines,
        everything=everything,
        merges=open_merges(page.viewer, page.mission.pk).count(),
    )
    return render(request, "persons/matching.html", context)


@require_POST
def look(request: HttpRequest, mission: str) -> HttpResponse:
    """Compares all records as long work, which puts the pairs on the queue."""
    page = open_page(request, mission)
    require(page.viewer, JUDGE, page.mission.pk)
    asked = ask_for_work(
        actor=page.viewer,
        kind=LOOK_FOR_PAIRS,
        title=_("Records that may be one person"),
        mission_id=page.mission.pk,
        arguments={"mission": str(page.mission.pk)},
    )
    if settings.PRIMACY_JOBS == "inline":
        run_next()
    else:
        wake.set()
    return redirect("job", mission=mission, pk=asked.pk)


def pair(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Two records side by side, with what was judged; judging them."""
    page = open_page(request, mission)
    found = pair_by_id(page.viewer, page.mission, pk)
    reading = pair_reading(page.viewer, found)
    form = JudgeForm((found.first, found.second), request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            judge_pair(
                actor=page.viewer,
                pair=found,
                opinion=values["opinion"],
                reasons=values["reasons"],
                ground=values["ground"],
                reference=values["reference"],
                keep=values["keep"],
            )
        except BadJudgement as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Your judgement is on record."))
            return redirect("persons-pair", mission=mission, pk=pk)
    both = claims_about(page.viewer, [found.first, found.second], page.as_of)
    context = page.context(
        place=PLACE,
        title=f"{found.first.name} / {found.second.name}",
        purpose=_("Two records side by side: is it one person?"),
        crumbs=[
            (_("Persons"), reverse("persons", args=[mission])),
            (_("Matching queue"), reverse("persons-matching", args=[mission])),
        ],
        marking=Marking(max(found.first.marking, found.second.marking)),
        pair=found,
        reading=reading,
        evidence=evidence_words(reading.comparison.reasons),
        rows=_side_by_side(found, both),
        form=form,
        why=WhyForm(),
    )
    return render(request, "persons/pair.html", context)


@require_POST
def put_beside(request: HttpRequest, mission: str, code: str) -> HttpResponse:
    """Puts a person beside another of a typed code, to be judged."""
    page = open_page(request, mission)
    require(page.viewer, JUDGE, page.mission.pk)
    one = person_by_code(page.viewer, page.mission, code)
    other = person_by_code(page.viewer, page.mission, request.POST.get("other", "").strip())
    try:
        score = compared(page.viewer, one, other).score
        put_pairs(actor=page.viewer, mission=page.mission, pairs=[(one, other, score)])
    except BadJudgement as problem:
        messages.error(request, str(problem))
        return redirect("register-person", mission=mission, code=one.code)
    found = pair_of(page.viewer, page.mission, one, other)
    return redirect("persons-pair", mission=mission, pk=found.pk)


@require_POST
def apart(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Reads the two records of a merge apart again, with a reason."""
    page = open_page(request, mission)
    require(page.viewer, JUDGE, page.mission.pk)
    merge = merge_by_id(page.viewer, page.mission, pk)
    form = WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        read_apart(actor=page.viewer, merge=merge, reasons=reason)
    except BadJudgement as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("The two records stand apart again."))
    return redirect("persons-pair", mission=mission, pk=merge.judgement.pair_id)


def _side_by_side(
    found: Pair, both: dict[str, list[ClaimWords]]
) -> list[tuple[str, list[ClaimWords], list[ClaimWords]]]:
    """The rows of the table: what is claimed of each side, by kind."""
    left, right = by_person(both, found.first_id), by_person(both, found.second_id)
    titles = {
        "name": _("Names"),
        "birth": _("Born"),
        "number": _("Numbers"),
        "posting": _("Postings"),
        "leaving": _("Left the service"),
    }
    return [(titles[kind], left[kind], right[kind]) for kind in titles]
