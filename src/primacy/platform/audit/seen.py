"""Who saw a protected record, and what one person saw: reads of the log by owners, overseers."""

import json
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from primacy.platform.accounts.models import Account
from primacy.platform.audit.actions import READ
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, Viewer, is_protected, may_read, require
from primacy.platform.policy.roles import PERMISSIONS
from primacy.platform.records import ProtectedRecord


class NoSuchProtectedRecord(Denied):
    """There is no such record, or its readers are not open to this viewer."""


@dataclass(frozen=True)
class Reader:
    """One person or process that was shown a record."""

    who: str
    account_id: str
    organisation: str
    times: int
    first: str
    last: str
    pages: tuple[tuple[str, int], ...]
    """The pages, files and commands it was shown by, with how often each."""


@dataclass(frozen=True)
class Seen:
    """What one person was shown of one record type by one page."""

    at: str
    label: str
    by: str
    count: int
    ids: tuple[str, ...]


def is_overseer(viewer: Viewer, mission_id: uuid.UUID | None = None) -> bool:
    """True where the viewer may know the readers of every record of a mission (None: all)."""
    return viewer.has("audit.read", mission_id) and viewer.has("audit.reads", mission_id)


def readers_of(viewer: Viewer, label: str, pk: uuid.UUID) -> list[Reader]:
    """Everybody a protected record was shown to, last first.

    For overseers, and for those in the organisation that owns its compartment, or recorded it
    where it stands in none, as far as they may read the record themselves.
    """
    record = _record(label, pk)
    # PostgreSQL shows nobody a record beyond their rights, overseers neither: what they may know
    # of one is in the log, which names the mission of what was shown.
    asks = may_see_readers(viewer, record) if record is not None else _oversees(viewer)
    named = [row for row in _naming(label, pk) if str(pk) in _ids(row)] if asks else []
    if record is None:
        asks = any(is_overseer(viewer, _mission(row)) for row in named)
    if not asks:
        raise NoSuchProtectedRecord(
            _(
                "Who saw this record is open to the organisation it belongs to and to the "
                "oversight body. There is no such record, or it is not yours."
            )
        )
    return _readers(named)


def _oversees(viewer: Viewer) -> bool:
    """True where the viewer is an overseer of anything: others never make the log be searched."""
    everywhere, by_mission, _clearance = viewer.missions_with("audit.read")
    return everywhere or bool(by_mission)


def may_see_readers(viewer: Viewer, record: Model) -> bool:
    """True for overseers of the record's mission and for its owner."""
    mission = getattr(record, "mission_id", None)
    if is_overseer(viewer, mission):
        return True
    if not viewer.has("audit.reads", mission) or viewer.organisation_id is None:
        return False
    if not isinstance(record, ProtectedRecord):
        return False
    if not is_protected(record.marking, record.compartment_id):
        return False
    return _owner(record) == viewer.organisation_id and _may_read(viewer, record)


def seen_by(viewer: Viewer, account_id: uuid.UUID) -> QuerySet[AuditEntry]:
    """What one person was shown of protected records, last first; for overseers of the site."""
    require(viewer, "audit.read")
    require(viewer, "audit.reads")
    return AuditEntry.objects.filter(action=READ, actor_id=str(account_id)).order_by("-sequence")


def seen_line(entry: AuditEntry) -> Seen:
    """A read as a page shows it."""
    body = json.loads(entry.body)
    return Seen(
        at=entry.at,
        label=entry.subject_type,
        by=str(body.get("by", "")),
        count=int(body.get("count", 0)),
        ids=tuple(body.get("ids", ())),
    )


def _naming(label: str, pk: uuid.UUID) -> Iterable[AuditEntry]:
    """The reads in whose words an id stands, first first; in some it is only the page's own."""
    rows = AuditEntry.objects.filter(
        action=READ, subject_type=label.lower(), body__contains=str(pk)
    )
    return rows.order_by("sequence").iterator(2000)


def _ids(entry: AuditEntry) -> list[str]:
    """The records that were shown."""
    return list(json.loads(entry.body).get("ids", ()))


def _mission(entry: AuditEntry) -> uuid.UUID | None:
    """The mission of all that was shown; None where it was of several."""
    return uuid.UUID(entry.mission_id) if entry.mission_id else None


def _readers(rows: Iterable[AuditEntry]) -> list[Reader]:
    first: dict[str, AuditEntry] = {}
    last: dict[str, AuditEntry] = {}
    pages: dict[str, Counter[str]] = {}
    for row in rows:
        key = row.actor_id or row.actor_label
        first.setdefault(key, row)
        last[key] = row
        pages.setdefault(key, Counter())[str(json.loads(row.body).get("by", ""))] += 1
    organisations = _organisations({row.actor_id for row in last.values() if row.actor_id})
    found = [
        Reader(
            who=row.actor_label,
            account_id=row.actor_id,
            organisation=organisations.get(row.actor_id, ""),
            times=pages[key].total(),
            first=first[key].at,
            last=row.at,
            pages=tuple(pages[key].most_common()),
        )
        for key, row in last.items()
    ]
    return sorted(found, key=lambda reader: reader.last, reverse=True)


def _organisations(ids: set[str]) -> dict[str, str]:
    rows = Account.objects.filter(pk__in=ids).exclude(organisation=None)
    return {str(pk): name for pk, name in rows.values_list("pk", "organisation__name")}


def _record(label: str, pk: uuid.UUID) -> ProtectedRecord | None:
    """The protected record of a type and id, whoever asks; None where there is none."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    if not issubclass(model, ProtectedRecord):
        return None
    rows = model._base_manager.select_related("compartment", "recorded_by")
    found: ProtectedRecord | None = rows.filter(pk=pk).first()
    return found


def _owner(record: ProtectedRecord) -> uuid.UUID | None:
    """The organisation that owns the compartment; outside compartments, the one that recorded."""
    if record.compartment is not None:
        return record.compartment.owner_id
    return record.recorded_by.organisation_id if record.recorded_by else None


def _may_read(viewer: Viewer, record: ProtectedRecord) -> bool:
    permission = f"{record._meta.app_label}.view"
    mission = getattr(record, "mission_id", None)
    if permission not in PERMISSIONS or mission is None:
        return False
    return may_read(
        viewer,
        permission,
        mission_id=mission,
        open_to_guests=False,
        marking=record.marking,
        compartment_id=record.compartment_id,
    )
