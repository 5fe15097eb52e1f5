"""Reading and verifying the audit log."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from primacy.platform.audit.chain import HASHED, Verification, verify_chain
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Viewer, require

WHOLE_ID = 36


def entries(viewer: Viewer) -> QuerySet[AuditEntry]:
    """All entries, newest first, for oversight and administrators."""
    require(viewer, "audit.read")
    return AuditEntry.objects.order_by("-sequence")


@dataclass(frozen=True)
class EntryFilter:
    """Which entries are looked for; what is empty does not narrow."""

    action: str = ""
    who: str = ""
    record: str = ""
    mission_id: str = ""
    start: dt.date | None = None
    end: dt.date | None = None


def narrowed(rows: QuerySet[AuditEntry], wanted: EntryFilter) -> QuerySet[AuditEntry]:
    """The entries that pass the filter. A record is named by its id, its type, or their start."""
    if wanted.action:
        rows = rows.filter(action__startswith=wanted.action)
    if wanted.who:
        rows = rows.filter(Q(actor_label__icontains=wanted.who) | Q(actor_id=wanted.who))
    if wanted.record:
        named = Q(subject_id__startswith=wanted.record) | Q(subject_type__startswith=wanted.record)
        if len(wanted.record) == WHOLE_ID:
            # A read of many records names them in its body.
            named |= Q(action="read", body__contains=wanted.record)
        rows = rows.filter(named)
    if wanted.mission_id:
        rows = rows.filter(mission_id=wanted.mission_id)
    if wanted.start:
        rows = rows.filter(at__gte=wanted.start.isoformat())
    if wanted.end:
        # Times are kept as text: the next day's date is above every moment of this one.
        rows = rows.filter(at__lt=(wanted.end + dt.timedelta(days=1)).isoformat())
    return rows


def verify(viewer: Viewer) -> Verification:
    """The check of the whole chain."""
    require(viewer, "audit.read")
    rows = AuditEntry.objects.order_by("sequence").values(*HASHED, "hash").iterator(5000)
    return verify_chain(rows)
