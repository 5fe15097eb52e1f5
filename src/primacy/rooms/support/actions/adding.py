"""Putting tasks on record: written inside the transaction of the act that found them."""

import datetime as dt
import uuid
from collections.abc import Sequence

from primacy.platform import clock
from primacy.platform.policy import Marking
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import Delivery, Recipient, SupportCase, SupportTask, TaskKind
from primacy.rooms.support.triggers import Found, task_key

AT_ONCE = frozenset({TaskKind.FINDING, TaskKind.OUTSIDE, TaskKind.UNASSESSED, TaskKind.ENDED})
SOON = frozenset({TaskKind.ALLEGATION, TaskKind.SIGN, TaskKind.CONDITION, TaskKind.WAIVER,
                  TaskKind.RESPONSE})  # fmt: skip
DAYS_SOON, DAYS_LATER = 3, 7


def due_of(kind: str, day: dt.date) -> dt.date:
    """The day by which a task of a kind is to be looked at."""
    days = 0 if kind in AT_ONCE else DAYS_SOON if kind in SOON else DAYS_LATER
    return day + dt.timedelta(days=days)


def add_task(
    *,
    mission: Mission,
    kind: TaskKind,
    key: str,
    reason: str,
    case: SupportCase | None = None,
    recipient: Recipient | None = None,
    delivery: Delivery | None = None,
    level: int = 1,
    day: dt.date | None = None,
) -> SupportTask | None:
    """A new task; None where it was raised before. The caller holds transaction and record.

    `key` is what raised it: with case, recipient and kind it is raised once only.
    """
    whole = task_key(case, kind, key, recipient)
    if SupportTask.objects.filter(mission=mission, key=whole).exists():
        return None
    raised = day or clock.today()
    row = _row(case, mission.pk, kind, whole, reason, recipient, level, raised)
    row.delivery = delivery
    row.save(force_insert=True)
    return row


def add_tasks(*, found: Sequence[Found], day: dt.date) -> list[SupportTask]:
    """The new tasks among these. The caller holds the transaction, and the mission's row."""
    wanted = {(one.case.mission_id, one.key): one for one in found}
    known = set(
        SupportTask.objects.filter(
            mission__in={mission for mission, _key in wanted}, key__in=[key for _m, key in wanted]
        ).values_list("mission_id", "key")
    )
    return SupportTask.objects.bulk_create(
        _row(one.case, mission, one.kind, key, one.reason, one.recipient, one.level, day)
        for (mission, key), one in wanted.items()
        if (mission, key) not in known
    )  # fmt: skip


def _row(
    case: SupportCase | None,
    mission_id: uuid.UUID,
    kind: TaskKind,
    key: str,
    reason: str,
    recipient: Recipient | None,
    level: int,
    day: dt.date,
) -> SupportTask:
    """A task, unsaved, as closely kept as its case."""
    return SupportTask(
        mission_id=mission_id,
        case=case,
        recipient=recipient,
        kind=kind,
        key=key,
        reason=reason,
        level=level,
        raised_on=day,
        due_on=due_of(kind, day),
        marking=case.marking if case is not None else Marking.CONFIDENTIAL,
        compartment_id=case.compartment_id if case is not None else None,
    )
