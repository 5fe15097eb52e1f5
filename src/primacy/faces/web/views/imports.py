"""Imports: list, upload, preview, load or cancel, undo, the problems as a file."""

import uuid
from pathlib import Path

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from primacy.faces.web.import_files import (
    all_problems,
    forget_upload,
    keep_preview,
    keep_upload,
    preview_rows,
)
from primacy.faces.web.import_forms import UploadForm
from primacy.faces.web.import_work import LOAD, UNDO
from primacy.faces.web.views.jobs import started
from primacy.platform.exports import table_response
from primacy.platform.imports.actions import Counts, Problem, mark
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.imports.kinds import kind_of_import
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.imports.queries import batches
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.policy import require
from primacy.rooms.census.facade import FILE_KINDS, NoSuchRound, preview_census, round_by_name
from primacy.rooms.exchange.facade import KIND as SHEETS
from primacy.rooms.exchange.facade import ExchangeRefused, preview_sheets
from primacy.rooms.incidents.facade import IncidentType, preview_incident_file, preview_ucdp
from primacy.rooms.places.facade import Page, open_page, preview_areas
from primacy.rooms.training.facade import KIND as TRAINING
from primacy.rooms.training.facade import preview_training

SHOWN_PROBLEMS = 100
PROBLEM_COLUMNS = ("row", "column", "value", "expected", "action", "severity")


def import_list(request: HttpRequest, mission: str) -> HttpResponse:
    """The mission's imports and the form for another; a file sent is previewed, not loaded."""
    page = open_page(request, mission)
    require(page.viewer, "imports.run", page.mission.pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _preview(page, form)
        except ImportRefused as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("import", mission=mission, pk=batch.pk)
    context = page.context(
        place="imports",
        title=_("Imports"),
        purpose=_(
            "Bring in areas and events from files. Nothing is loaded before you have seen it."
        ),
        form=form,
        rows=[(batch, _kind_words(batch)) for batch in batches(page.viewer, page.mission.pk)[:200]],
    )
    status = 400 if form.is_bound and form.errors else 200
    return render(request, "web/imports.html", context, status=status)


def import_page(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """One import: what the file holds, its problems, and what can be done with it."""
    page = open_page(request, mission)
    batch = _batch(page, pk)
    context = page.context(
        place="imports",
        title=batch.origin,
        purpose=f"{_kind_words(batch)}: {batch.get_status_display().lower()}.",
        crumbs=[(_("Imports"), reverse("imports", args=[mission]))],
        batch=batch,
        preview=_in_the_file(batch),
        rows=preview_rows(batch),
        result=batch.options.get("result", {}),
        problems=batch.problems[:SHOWN_PROBLEMS],
        may_load=batch.status == BatchStatus.PREVIEWED,
        may_undo=batch.status == BatchStatus.LOADED,
    )
    return render(request, "web/imports_batch.html", context)


@require_POST
def load(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Loads a previewed file: its good rows, or all or nothing."""
    page = open_page(request, mission)
    batch = _batch(page, pk)
    asked = ask_for_work(
        actor=page.viewer,
        kind=LOAD,
        title=_("Load %(file)s") % {"file": batch.origin},
        mission_id=page.mission.pk,
        arguments={**_arguments(request, batch), "rows": request.POST.get("rows", "good")},
    )
    return started(request, mission, asked)


@require_POST
def cancel(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Drops a previewed file; nothing was loaded."""
    page = open_page(request, mission)
    batch = _batch(page, pk)
    kept = Counts(
        read=batch.rows_read,
        known=batch.rows_known,
        bad=batch.rows_bad,
        problems=[Problem(**problem) for problem in batch.problems],
        notes=list(batch.notes),
    )
    mark(
        actor=page.viewer,
        batch=batch,
        status=BatchStatus.REFUSED,
        counts=kept,
        reason="dropped after the preview",
    )
    forget_upload(batch)
    messages.info(
        request, _("%(origin)s was dropped. Nothing was changed.") % {"origin": batch.origin}
    )
    return redirect("imports", mission=mission)


@require_POST
def undo(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponse:
    """Takes a loaded import back, with the reason."""
    page = open_page(request, mission)
    batch = _batch(page, pk)
    asked = ask_for_work(
        actor=page.viewer,
        kind=UNDO,
        title=_("Undo %(file)s") % {"file": batch.origin},
        mission_id=page.mission.pk,
        arguments={**_arguments(request, batch), "reason": request.POST.get("reason", "")},
    )
    return started(request, mission, asked)


def problems(request: HttpRequest, mission: str, pk: uuid.UUID) -> HttpResponseBase:
    """The problems of an import as CSV, each cell safe for a spreadsheet."""
    page = open_page(request, mission)
    batch = _batch(page, pk)
    rows = ([found.get(name) for name in PROBLEM_COLUMNS] for found in all_problems(batch))
    return table_response("csv", name=f"problems-{batch.pk}", columns=PROBLEM_COLUMNS, rows=rows)


def _kind_words(batch: ImportBatch) -> str:
    """What the import brings."""
    kind = kind_of_import(batch)
    if kind is not None:
        return str(kind.title)
    words = {"areas": _("Areas"), "incidents": _("Incidents of the mission")}
    return words.get(batch.kind, "UCDP events")


def _batch(page: Page, pk: uuid.UUID) -> ImportBatch:
    """The mission's import of this id; 404 otherwise."""
    found = batches(page.viewer, page.mission.pk).filter(pk=pk).first()
    if found is None:
        raise Http404(_("There is no such import here."))
    return found


def _in_the_file(batch: ImportBatch) -> dict[str, object]:
    """What the preview counted, with the kinds of incidents in words."""
    seen = dict(batch.options.get("preview", {}))
    seen["by_type"] = {
        IncidentType(code).label: n for code, n in seen.get("by_type", {}).items() if n
    }
    return seen


def _preview(page: Page, form: UploadForm) -> ImportBatch:
    """The previewed batch of an uploaded file; the file goes where the preview is refused."""
    kept = keep_upload(form.cleaned_data["file"])
    try:
        if form.cleaned_data["kind"] == "areas":
            return _preview_areas(page, form, kept)
        if form.cleaned_data["kind"] == TRAINING:
            reports = preview_training(actor=page.viewer, mission=page.mission, path=kept)
            keep_preview(reports.batch, reports.problems, {})
            return reports.batch
        if form.cleaned_data["kind"] == SHEETS:
            return _preview_sheets(page, kept)
        if form.cleaned_data["kind"] in FILE_KINDS:
            return _preview_census(page, form, kept)
        release = form.cleaned_data["vintage"]
        if form.cleaned_data["kind"] == "incidents":
            seen = preview_incident_file(
                actor=page.viewer, mission=page.mission, path=kept, version=release
            )
        else:
            seen = preview_ucdp(actor=page.viewer, mission=page.mission, path=kept, vintage=release)
        keep_preview(seen.batch, seen.problems, {"sample": seen.summary.sample})
        return seen.batch
    except Exception:
        forget_upload(kept)
        raise


def _preview_sheets(page: Page, path: Path) -> ImportBatch:
    """The previewed batch of sheets of the register of forces."""
    try:
        seen = preview_sheets(actor=page.viewer, mission=page.mission, paths=[path])
    except ExchangeRefused as problem:
        raise ImportRefused(str(problem)) from problem
    keep_preview(seen.batch, seen.problems, {})
    return seen.batch


def _preview_census(page: Page, form: UploadForm, path: Path) -> ImportBatch:
    """The previewed batch of a file of the census."""
    values = form.cleaned_data
    try:
        found = round_by_name(page.viewer, page.mission, values["round"])
    except NoSuchRound as problem:
        raise ImportRefused(str(problem)) from problem
    rows = preview_census(
        actor=page.viewer,
        round=found,
        kind=values["kind"],
        path=path,
        source_title=values["source"],
        calling_code=values["calling_code"],
    )
    keep_preview(rows.batch, rows.problems, {})
    return rows.batch


def _preview_areas(page: Page, form: UploadForm, path: Path) -> ImportBatch:
    """The previewed batch of a file of areas; what it showed is kept beside it."""
    seen = preview_areas(
        actor=page.viewer, mission=page.mission, path=path, options=form.areas_options()
    )
    shown = {
        "level": seen.level,
        "kind": seen.kind,
        "new": [
            {"row": n.row, "name": n.name, "code": n.code, "parent": str(n.parent or "")}
            for n in seen.new
        ],
        "matched": [
            {"row": m.row, "name": m.name, "area": m.area.name, "how": m.how} for m in seen.matched
        ],
        "repaired": [{"row": r.row, "name": r.name, "what": r.what} for r in seen.repaired],
        "kept": [area.name for area in seen.kept],
    }
    keep_preview(seen.batch, seen.problems, shown)
    return seen.batch


def _arguments(request: HttpRequest, batch: ImportBatch) -> dict[str, str]:
    """What the work needs to find its import, and where to return to when it is refused."""
    return {
        "mission": str(batch.mission_id),
        "batch": str(batch.pk),
        "from": request.path.rsplit("/", 2)[0] + "/",
    }
