"""Writing the audit log: one entry, in the transaction of the act it records."""

import uuid
from collections.abc import Mapping

from django.db import connection, models, transaction

from primacy.platform import clock
from primacy.platform.audit.chain import START, canonical, entry_hash
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Viewer
from primacy.platform.policy.reads import Found, batches

READ = "read"
"""The act of having been shown protected records."""

MOST_IDS = 1000
"""Records named in one entry; a larger export makes as many entries as it takes."""

CHAIN_LOCK = 0x5052494D
"""PostgreSQL advisory lock of the chain; SQLite already holds its one write lock."""


def record(
    actor: Viewer,
    action: str,
    subject: models.Model | None,
    body: Mapping[str, object],
    *,
    mission_id: uuid.UUID | None = None,
    subject_type: str = "",
    subject_id: str = "",
) -> AuditEntry:
    """The new entry. Call it inside the transaction of the act, after its writes.

    `subject_type` and `subject_id` name the subject where there is no one record at hand.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        last = AuditEntry.objects.order_by("-sequence").only("sequence", "hash").first()
        owner = mission_id or getattr(subject, "mission_id", None)
        values: dict[str, object] = {
            "sequence": last.sequence + 1 if last else 1,
            "at": clock.now().isoformat(),
            "actor_id": str(actor.account_id or ""),
            "actor_label": f"{actor.kind}:{actor.label}"[:250],
            "action": action,
            "subject_type": subject._meta.label_lower if subject is not None else subject_type,
            "subject_id": str(subject.pk) if subject is not None else subject_id,
            "mission_id": str(owner or ""),
            "body": canonical(body),
            "previous_hash": last.hash if last else START,
        }
        return AuditEntry.objects.create(**values, hash=entry_hash(values))


def record_read(viewer: Viewer, label: str, found: Found, by: str) -> None:
    """Nothing; writes that a viewer was shown these records of one type by a page or command."""
    with transaction.atomic():
        for part in batches(found, MOST_IDS):
            missions = set(part.values())
            record(
                viewer,
                READ,
                None,
                {"by": by[:300], "count": len(part), "ids": sorted(part)},
                mission_id=missions.pop() if len(missions) == 1 else None,
                subject_type=label,
                subject_id=next(iter(part)) if len(part) == 1 else "",
            )
