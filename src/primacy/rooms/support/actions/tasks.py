"""Acts on tasks: the sweep that raises them, and what became of one."""

import datetime as dt
import uuid
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.accounts.whole import seen_whole
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.actions.acting import named_person
from primacy.rooms.support.actions.adding import add_tasks
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import Recipient, SupportCase, SupportTask
from primacy.rooms.support.open_cases import open_cases, within_reach
from primacy.rooms.support.overdue import overdue
from primacy.rooms.support.snapshots import Snapshot, snapshots_of
from primacy.rooms.support.triggers import (
    OF_REGISTERS,
    WATCHED,
    Found,
    findings,
    register_changes,
)

MONITOR = "support.monitor"
OUTCOMES = ("no_change", "settled")
NAMED_AT_ONCE = 500
"""Tasks named in one entry of the log."""


def raise_tasks(
    *, actor: Viewer, mission: Mission, day: dt.date | None = None
) -> list[SupportTask]:
    """The tasks that are new on a day, over all open cases of a mission. Done again, it adds none.

    It looks at all records, whatever their marking, and says nothing of what is closed.
    """
    require(actor, MONITOR, mission.pk)
    day = day or clock.today()
    with seen_whole(mission.pk):
        found = _found(mission, within_reach(actor, open_cases(mission)), day)
        with transaction.atomic():
            Mission.objects.select_for_update(no_key=True).get(pk=mission.pk)
            made = add_tasks(found=found, day=day)
            for at in range(0, len(made), NAMED_AT_ONCE):
                part = made[at : at + NAMED_AT_ONCE]
                kinds = Counter(str(task.kind) for task in part)
                body = {"kinds": dict(sorted(kinds.items())), "ids": [str(t.pk) for t in part]}
                record(actor, "support.task.raise", mission, body, mission_id=mission.pk)
    return made


def settle_task(*, actor: Viewer, task: SupportTask, outcome: str, words: str) -> SupportTask:
    """The task, done: looked at and the decision stands, or settled otherwise, in words.

    Where the decision stands the recipient is confirmed as it is now; what else changed meanwhile
    is raised first, so that nothing is confirmed unseen.
    """
    require(actor, MONITOR, task.mission_id)
    by = named_person(actor)
    if outcome not in OUTCOMES:
        raise BadRequest(
            _("'%(outcome)s' is no outcome. There are: %(known)s.")
            % {"outcome": outcome[:20], "known": ", ".join(OUTCOMES)}
        )
    if not words.strip():
        raise BadRequest(_("Say in words what was looked at and why it stands."))
    renews = outcome == "no_change" and task.kind in OF_REGISTERS and task.recipient_id is not None
    found, seen = _confirmed(task) if renews else ([], {})
    with transaction.atomic():
        Mission.objects.select_for_update(no_key=True).get(pk=task.mission_id)
        row = SupportTask.objects.select_for_update(no_key=True).get(pk=task.pk)
        if row.done_at is not None:
            raise BadRequest(_("This task is done already."))
        made = add_tasks(found=found, day=clock.today())
        for pk, command in seen.items():
            Recipient.objects.filter(pk=pk).update(command=command)
        row.done_at, row.done_by_id = clock.now(), by
        row.outcome, row.words = outcome, words.strip()
        row.save()
        body = {"kind": row.kind, "outcome": outcome, "confirmed": bool(seen), "also": len(made)}
        record(actor, "support.task.settle", row, body)
    return row


def _found(mission: Mission, cases: list[SupportCase], day: dt.date) -> list[Found]:
    watched = [case for case in cases if case.state in WATCHED]
    return [
        *register_changes(mission, watched, day),
        *findings(mission, watched, day),
        *overdue(mission, cases, day),
    ]


def _confirmed(task: SupportTask) -> tuple[list[Found], dict[uuid.UUID, Snapshot]]:
    """What changed for the recipient of a task until now, and the recipient as it is now."""
    with seen_whole(task.mission_id):
        case = open_cases(task.mission).filter(pk__in=[task.case_id]).first()
        if case is None or case.state not in WATCHED:
            return [], {}
        row = next((one for one in case.recipients.all() if one.pk == task.recipient_id), None)
        if row is None:
            return [], {}
        found = register_changes(task.mission, [case], clock.today(), only=row.pk)
        confirmed = dt.date.fromisoformat(row.command.get("day", clock.today().isoformat()))
        day = max(clock.today(), confirmed)
        return found, snapshots_of(task.mission, [row], day, case.policy.levels_above)
