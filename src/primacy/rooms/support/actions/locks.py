"""The lock of the gate: deliveries pass side by side, whatever changes who may receive alone.

SQLite has one writer at a time and needs none. On PostgreSQL it is taken first in a transaction,
before rows are locked and before anything is put in the audit log: one order for all, or two acts
would wait for each other for ever.
"""

import uuid

from django.db import connection

from primacy.rooms.support.gate_triggers import GATE_LOCK


def pass_gate(mission_id: uuid.UUID, *, alone: bool) -> None:
    """Nothing; holds the mission's gate until the transaction ends."""
    if connection.vendor != "postgresql":
        return
    name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(%s, hashtext(%s))", [GATE_LOCK, str(mission_id)])
