"""Writing the audit log: one entry, in the transaction of the act it records."""

import uuid
from collections.abc import Mapping

from django.db import connection, models, transaction

from primacy.platform import clock
from primacy.platform.audit.chain import START, canonical, entry_hash
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Viewer

CHAIN_LOCK = 0x5052494D
"""PostgreSQL advisory lock of the chain; SQLite already holds its one write lock."""


def record(
    actor: Viewer,
    action: str,
    subject: models.Model | None,
    body: Mapping[str, object],
    *,
    mission_id: uuid.UUID | None = None,
) -> AuditEntry:
    """The new entry. Call it inside the transaction of the act, after its writes."""
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
            "subject_type": subject._meta.label_lower if subject is not None else "",
            "subject_id": str(subject.pk) if subject is not None else "",
            "mission_id": str(owner or ""),
            "body": canonical(body),
            "previous_hash": last.hash if last else START,
        }
        return AuditEntry.objects.create(**values, hash=entry_hash(values))
