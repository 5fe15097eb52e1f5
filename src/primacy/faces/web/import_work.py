"""Loading and undoing an import as long work: registered here, where areas and incidents meet."""

import uuid
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.faces.web.import_files import forget_upload
from primacy.platform.imports.errors import ImportRefused
from primacy.platform.imports.kinds import kind_of_import
from primacy.platform.imports.models import BatchStatus, ImportBatch
from primacy.platform.imports.queries import batches
from primacy.platform.jobs.kinds import Outcome, Running, kind_of_work
from primacy.platform.policy import Viewer
from primacy.rooms.census.facade import CensusError
from primacy.rooms.exchange.facade import ExchangeError
from primacy.rooms.incidents.facade import (
    IncidentsError,
    load_incidents,
    relocate_incidents,
    undo_incidents,
)
from primacy.rooms.places.facade import (
    Mission,
    PlacesError,
    load_areas,
    missions,
    undo_areas,
)
from primacy.rooms.training.facade import TrainingError

LOAD = "imports.load"
UNDO = "imports.undo"
REFUSALS = (ImportRefused, PlacesError, IncidentsError, TrainingError, CensusError, ExchangeError)


@kind_of_work(LOAD, permission="imports.run", refusals=REFUSALS)
def load_import(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Loads a previewed import. Resumed, it finds the import loaded and goes on from there."""
    batch = _batch(run.actor, arguments)
    mission = _mission(run.actor, batch)
    link = reverse("import", args=[mission.code, batch.pk])
    if batch.status != BatchStatus.LOADED:
        _load(run, batch, keep_good=arguments.get("rows", "good") == "good")
        batch.refresh_from_db()
    said = [_("%(file)s was loaded.") % {"file": batch.origin}]
    if batch.kind == "areas":
        run.progress(1, 2, _("putting incidents into the new areas"))
        moved = run.once("relocate", lambda: _relocate(run.actor, mission))
        if moved:
            said.append(_("Incidents were put into the new areas: %(n)s.") % {"n": moved})
    elif kind_of_import(batch) is not None:
        text = _("%(added)d rows were added, %(known)d were known, %(bad)d left out.")
        counts = {"added": batch.rows_added, "known": batch.rows_known, "bad": batch.rows_bad}
        said.append(text % counts)
    else:
        said.append(_figures(batch))
    forget_upload(batch)
    return Outcome(" ".join(said), link)


@kind_of_work(UNDO, permission="imports.run", refusals=REFUSALS)
def undo_import(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Takes a loaded import back. Resumed, it finds it undone."""
    batch = _batch(run.actor, arguments)
    mission = _mission(run.actor, batch)
    link = reverse("import", args=[mission.code, batch.pk])
    if batch.status == BatchStatus.UNDONE:
        return Outcome(_("%(file)s was undone.") % {"file": batch.origin}, link)
    run.progress(0, None, _("taking the records back"))
    reason = arguments.get("reason", "")
    kind = kind_of_import(batch)
    if kind is not None:
        removed = kind.undo(run.actor, batch, reason)
    elif batch.kind == "areas":
        removed = undo_areas(actor=run.actor, batch=batch, reason=reason)
        run.once("relocate", lambda: _relocate(run.actor, mission))
    else:
        removed = undo_incidents(actor=run.actor, batch=batch, reason=reason)
    text = _("%(file)s was undone: %(n)d records taken back.")
    return Outcome(text % {"file": batch.origin, "n": removed}, link)


def _load(run: Running, batch: ImportBatch, *, keep_good: bool) -> None:
    kind = kind_of_import(batch)
    if kind is not None:
        run.progress(0, None, _("reading and checking"))
        kind.load(run.actor, batch, keep_good)
        return
    if batch.kind == "areas":
        run.progress(0, 2, _("reading and checking"))
        load_areas(actor=run.actor, batch_or_preview=batch, keep_good=keep_good)
        return
    total = batch.rows_read or None

    def reading(rows: int) -> None:
        run.progress(rows, total, _("rows read and checked"))

    load_incidents(actor=run.actor, batch_or_preview=batch, keep_good=keep_good, progress=reading)


def _figures(batch: ImportBatch) -> str:
    """What a load of events added, knew and left out."""
    result = batch.options.get("result", {})
    text = _(
        "%(added)d events were added, %(known)d were known, %(bad)d left out; "
        "%(outside)s lie outside every area."
    )
    return text % {
        "added": batch.rows_added,
        "known": batch.rows_known,
        "bad": batch.rows_bad,
        "outside": result.get("outside_areas", 0),
    }


def _relocate(actor: Viewer, mission: Mission) -> int:
    """How many incidents lie in another area now; 0 where the actor may not move them."""
    if not actor.has("incidents.edit", mission.pk):
        return 0
    return relocate_incidents(actor=actor, mission=mission).moved


def _batch(viewer: Viewer, arguments: Mapping[str, str]) -> ImportBatch:
    mission_id = uuid.UUID(arguments["mission"])
    found = batches(viewer, mission_id).filter(pk=arguments["batch"]).first()
    if found is None:
        raise ImportRefused(_("There is no such import here."))
    return found


def _mission(viewer: Viewer, batch: ImportBatch) -> Mission:
    found = missions(viewer).filter(pk=batch.mission_id).first()
    if found is None:
        raise ImportRefused(_("The mission of this import is not open to you."))
    return found
