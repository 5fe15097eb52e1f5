"""Which units decide where one unit stands, so that its page need not read the whole register.

The superior that the tree shows for a unit depends on the claims about the unit and, as no edge may
close a ring, on those about everything that any claim puts above it; the units below it likewise.
Units that a renaming joins are one. What is gathered here may be more than is needed, never less:
a tree grown from it shows the unit and those right below it as the whole tree does.
"""

import uuid

from django.db import connection

from primacy.rooms.forces.models import LineageClaim, LineageKind, LineagePart, RelationClaim, Unit

MOST = 2000
"""Where more units bear on one, the whole register is read: it is no slower then."""

_AROUND = """
WITH RECURSIVE
joined(unit, other) AS (
    SELECT one.unit_id, two.unit_id FROM {event} AS event
    JOIN {part} AS one ON one.lineage_id = event.id
    JOIN {part} AS two ON two.lineage_id = event.id
    WHERE event.mission_id = %s AND event.kind = %s
),
lent(unit, other) AS (
    SELECT one.unit_id, two.unit_id FROM {event} AS event
    JOIN {part} AS one ON one.lineage_id = event.id AND one.side = 'from'
    JOIN {part} AS two ON two.lineage_id = event.id AND two.side = 'to'
    WHERE event.mission_id = %s AND event.kind = %s
),
same(unit) AS (
    SELECT id FROM {unit} WHERE id = %s
    UNION SELECT joined.other FROM same JOIN joined ON joined.unit = same.unit
),
around(unit) AS (
    SELECT unit FROM (
        SELECT unit FROM same
        UNION SELECT claim.unit_id FROM {relation} AS claim
            JOIN same ON claim.superior_id = same.unit
        UNION SELECT lent.unit FROM lent JOIN same ON lent.other = same.unit
    ) AS near
    UNION SELECT above.other FROM around JOIN (
        SELECT unit_id AS unit, superior_id AS other FROM {relation}
        UNION ALL SELECT unit, other FROM joined
        UNION ALL SELECT unit, other FROM lent
    ) AS above ON above.unit = around.unit
)
SELECT unit FROM around LIMIT %s
"""


def units_around(unit: Unit) -> frozenset[uuid.UUID] | None:
    """The ids of the unit and all that bear on its place; None where they are too many.

    Ids only, whoever asks: what they are is read through the viewer's rights.
    """
    tables = {
        "event": LineageClaim, "part": LineagePart, "relation": RelationClaim, "unit": Unit,
    }  # fmt: skip
    named = {key: connection.ops.quote_name(m._meta.db_table) for key, m in tables.items()}
    own, mission = _stored(unit.pk), _stored(unit.mission_id)
    kinds = (mission, LineageKind.RENAMED, mission, LineageKind.ATTACHED)
    with connection.cursor() as cursor:
        cursor.execute(_AROUND.format(**named), (*kinds, own, MOST + 1))
        found = frozenset(uuid.UUID(str(row[0])) for row in cursor.fetchall())
    return found if len(found) <= MOST else None


def _stored(value: uuid.UUID) -> str:
    """The id as this database keeps it."""
    return str(Unit._meta.pk.get_db_prep_value(value, connection))
