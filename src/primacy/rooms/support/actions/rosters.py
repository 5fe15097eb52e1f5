"""Acts on rosters and hand-over notes: hold one against approvals, judge a line, undo."""

import datetime as dt
import uuid
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.requests import locked
from primacy.rooms.support.errors import BadRequest, RosterRefused
from primacy.rooms.support.models import (
    LineStanding,
    ReconciledLine,
    Reconciliation,
    SupportCase,
    When,
)
from primacy.rooms.support.reconciling import LineReading
from primacy.rooms.support.roster_reading import reconcile_preview

DELIVER, SCREEN = "support.deliver", "support.screen"
AT_ONCE = 1_000


def reconcile(
    *, actor: Viewer, case: SupportCase, when: str, day: dt.date, path: Path, file_name: str
) -> Reconciliation:
    """The list as it was read, each line held against the approvals of the case on that day.

    The same file is taken once: sent again it is refused, until the first is undone.
    """
    require(actor, DELIVER, case.mission_id)
    found = reconcile_preview(actor, case, when, day, path)
    with transaction.atomic():
        case = locked(actor, case)
        _refuse_repeated(case, when, found.sha256)
        row = Reconciliation.objects.create(
            mission=case.mission,
            case=case,
            when=when,
            day=day,
            file=file_name[:300],
            sha256=found.sha256,
            rows_read=found.rows_read,
            rows_bad=found.rows_bad,
            problems=list(found.problems),
            marking=case.marking,
            compartment_id=case.compartment_id,
            recorded_by_id=actor.account_id,
        )
        ReconciledLine.objects.bulk_create(
            (_line(row, one, actor.account_id) for one in found.lines), batch_size=AT_ONCE
        )
        counts = {str(standing): n for standing, n in found.tally.items() if n}
        body = {"case": case.number, "when": when, "sha256": found.sha256, "read": found.rows_read,
                "bad": found.rows_bad, **counts}  # fmt: skip
        record(actor, "support.roster.reconcile", row, body)
    return row


def judge_line(*, actor: Viewer, line: ReconciledLine, same: bool, reason: str) -> ReconciledLine:
    """A near line with what somebody who looked says: the one approved, or somebody else.

    Whoever was approved and may be this line is no longer missing where it is the same.
    """
    require(actor, SCREEN, line.reconciliation.mission_id)
    by = named_person(actor)
    if not reason.strip():
        raise BadRequest(_("Say what shows it: which paper, seen by whom."))
    with transaction.atomic():
        locked(actor, line.reconciliation.case)
        row = ReconciledLine.objects.select_for_update(no_key=True).get(pk=line.pk)
        if Reconciliation.objects.get(pk=row.reconciliation_id).undone_at is not None:
            raise BadRequest(_("This list was undone: nothing of it counts."))
        if row.standing != LineStanding.NEAR:
            raise BadRequest(_("Only a near match is judged. This line is not one."))
        if same and row.recipient_id is None:
            raise BadRequest(
                _("Who it may be is closed to who held the list against the approvals: somebody "
                  "who may read it holds it against them again.")
            )  # fmt: skip
        others = ReconciledLine.objects.filter(
            reconciliation=row.reconciliation_id, recipient=row.recipient_id
        ).exclude(pk=row.pk)
        settled = None if row.recipient_id is None else _already(others)
        if same and settled is not None:
            raise BadRequest(_("Row %(row)d is that person already.") % {"row": settled.row})
        judged = {
            "judged": "same" if same else "different",
            "judged_reason": " ".join(reason.split())[:500],
            "judged_by_id": by,
        }
        ReconciledLine.objects.filter(pk=row.pk).update(**judged)
        if row.recipient_id is not None and settled is None:
            # The line that says this person is missing is settled, or open again, with it.
            others.filter(standing=LineStanding.ABSENT).update(**judged)
        body = {"row": row.row, "same": same}
        record(actor, "support.roster.judge", line.reconciliation, body)
    row.refresh_from_db()
    return row


def undo_reconciliation(
    *, actor: Viewer, reconciliation: Reconciliation, reason: str
) -> Reconciliation:
    """The list, undone: it stays on record with the reason, and its file may be sent again."""
    require(actor, DELIVER, reconciliation.mission_id)
    if not reason.strip():
        raise BadRequest(_("Say why the list is undone."))
    with transaction.atomic():
        locked(actor, reconciliation.case)
        row = Reconciliation.objects.select_for_update(no_key=True).get(pk=reconciliation.pk)
        if row.undone_at is not None:
            raise RosterRefused(_("This list was undone already. Nothing was changed."))
        row.undone_at, row.undo_reason = clock.now(), " ".join(reason.split())[:300]
        row.save(update_fields=["undone_at", "undo_reason"])
        record(actor, "support.roster.undo", row, {"sha256": row.sha256})
    return row


def _already(others: QuerySet[ReconciledLine]) -> ReconciledLine | None:
    """The line that is the approved person already, by itself or because somebody judged so."""
    apart = (LineStanding.ABSENT, LineStanding.REPLACED)
    certain = ~Q(standing__in=(*apart, LineStanding.NEAR)) | Q(
        standing=LineStanding.NEAR, judged="same"
    )
    return others.filter(certain).first()


def _refuse_repeated(case: SupportCase, when: str, sha256: str) -> None:
    earlier = Reconciliation.objects.filter(
        case=case, when=when, sha256=sha256, undone_at__isnull=True
    ).first()
    if earlier is not None:
        raise RosterRefused(
            _("This file is the same as '%(file)s', which was taken for case %(number)d "
              "(%(when)s). Undo that one to take it again. Nothing was changed.")
            % {"file": earlier.file, "number": case.number, "when": When(when).label.lower()}
        )  # fmt: skip


def _line(row: Reconciliation, one: LineReading, by: uuid.UUID | None) -> ReconciledLine:
    return ReconciledLine(
        reconciliation=row,
        row=one.row,
        name=one.name[:300],
        unit_named=one.unit_named[:300],
        standing=one.standing,
        recipient_id=uuid.UUID(one.recipient) if one.recipient else None,
        reasons=list(one.reasons),
        recorded_by_id=by,
    )
