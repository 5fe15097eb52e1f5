"""Taking a roster sheet: preview it, or drop it. Nothing is screened before somebody says so."""

from dataclasses import asdict
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.asked import written
from primacy.rooms.screening.errors import RosterRefused
from primacy.rooms.screening.models import AskedKind, Roster
from primacy.rooms.screening.roster_sheet import read_sheet

KEPT_PROBLEMS = 500
WORST_FIRST = {"bad": 0, "incomplete": 1, "warning": 2}


def preview_roster(*, actor: Viewer, mission: Mission, path: Path) -> Roster:
    """The sheet as read, with what is wrong with it; nothing is screened yet.

    A sheet that waits already is answered with itself, so that sending it twice doubles nothing.
    """
    require(actor, "screening.run", mission.pk)
    sheet = read_sheet(path)
    with transaction.atomic():
        waiting = _waiting(mission, sheet.sha256)
        if waiting is not None:
            return waiting
        found = Roster.objects.create(
            mission=mission,
            kind=AskedKind.PERSON,
            file=sheet.file[:300],
            sha256=sheet.sha256,
            size=sheet.size,
            rows=[written(row) for row in sheet.rows],
            rows_read=sheet.read,
            rows_good=len(sheet.rows),
            rows_incomplete=sheet.incomplete,
            unknown_columns=sheet.unknown_columns,
            missing_columns=sheet.missing_columns,
            missing_mandatory=sheet.missing_mandatory,
            problems=[
                asdict(problem)
                for problem in sorted(
                    sheet.problems, key=lambda p: (WORST_FIRST[p.severity], p.row)
                )[:KEPT_PROBLEMS]
            ],
            problem_count=len(sheet.problems),
            marking=Marking.CONFIDENTIAL,
            recorded_by_id=actor.account_id,
        )
        body = {"sha256": sheet.sha256, "rows": sheet.read, "good": len(sheet.rows)}
        record(actor, "screening.roster.preview", found, body)
    return found


def _waiting(mission: Mission, sha256: str) -> Roster | None:
    rows = Roster.objects.filter(
        mission=mission, sha256=sha256, screened_at__isnull=True, dropped_at__isnull=True
    )
    return rows.first()


def drop_roster(*, actor: Viewer, roster: Roster) -> Roster:
    """The sheet without its rows: it was not screened and will not be."""
    require(actor, "screening.run", roster.mission_id)
    with transaction.atomic():
        roster = Roster.objects.select_for_update().get(pk=roster.pk)
        if not roster.waits:
            raise RosterRefused(_("This sheet was screened or dropped. Nothing was changed."))
        roster.rows, roster.problems, roster.dropped_at = [], [], clock.now()
        roster.save(update_fields=["rows", "problems", "dropped_at"])
        record(actor, "screening.roster.drop", roster, {"sha256": roster.sha256})
    return roster
