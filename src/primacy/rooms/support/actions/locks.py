"""The lock of the gate: deliveries pass side by side, whatever changes who may receive alone.

SQLite has one writer at a time and needs none. On PostgreSQL it is taken first in a transaction,
before rows are locked and before anything is put in the audit log: one order for all, or two acts
would wait for each other for ever.

Rows are locked with `no_key=True` in this room: against others who change them, not against rows
that only point to them. The database checks those pointers when an act ends, while it holds the
audit log; an act that held the mission's or the case's row whole, and waited for the log, would
wait for ever.
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
