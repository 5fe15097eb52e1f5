"""Work that follows acts: rooms register it, the worker asks for it once such an act is on record.

One job of a kind at a time. It is told the place in the audit log it was asked for; what is done
while it runs is looked at by the next one. That place is kept with the job: a worker that was
stopped makes up for all that happened meanwhile.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from primacy.platform.audit.acts_since import Place, acts_since, newest_place
from primacy.platform.audit.models import AuditEntry
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.jobs.kinds import Work, kind_of_work
from primacy.platform.jobs.models import Job
from primacy.platform.jobs.rules import ENDED
from primacy.platform.jobs.watching import running
from primacy.platform.policy import Viewer

NAMESPACE = uuid.UUID("2b7c0f0a-59d1-5b52-8f3e-0d6f6a1b9c27")
"""Makes the name of the lock under which work that follows acts is asked for."""

SEEN = "seen"
"""The argument of a job that holds the newest entry of the log when it was asked for."""


@dataclass(frozen=True)
class Following:
    """Work of one kind: how the acts it follows begin, and what it is called."""

    prefixes: tuple[str, ...]
    title: str | Promise


_following: dict[str, Following] = {}
_looked: dict[str, Place] = {}
"""By kind the place up to which this process found no act to follow: it need not look again."""


def after_acts(
    code: str, *, prefixes: tuple[str, ...], permission: str, title: str | Promise
) -> Callable[[Work], Work]:
    """A decorator that registers a function as work that follows acts whose names begin so.

    The work's own acts must not begin so, or it would follow itself without end.
    """

    def register(work: Work) -> Work:
        _following[code] = Following(prefixes, title)
        return kind_of_work(code, permission=permission)(work)

    return register


def ask_after_acts(actor: Viewer) -> list[Job]:
    """The work now in the queue because an act it follows was done since it was last asked for."""
    made = []
    for code, follows in _following.items():
        with running(uuid.uuid5(NAMESPACE, code)) as alone:
            if not alone or Job.objects.filter(kind=code).exclude(state__in=ENDED).exists():
                continue
            # The place is read first: an act in between is then followed once more.
            newest = newest_place()
            if not _is_due(code, follows, newest):
                continue
            made.append(
                ask_for_work(
                    actor=actor,
                    kind=code,
                    title=str(follows.title),
                    mission_id=None,
                    arguments={SEEN: str(newest.sequence)},
                )
            )
    return made


def _is_due(code: str, follows: Following, newest: Place) -> bool:
    """Whether an act to follow was done since the last job that follows them was asked for."""
    looked = _looked.get(code)
    since = acts_since(looked) if looked is not None else None
    if since is not None:
        found = any(act.action.startswith(follows.prefixes) for act in since.acts)
    else:
        asked = Q()
        for prefix in follows.prefixes:
            asked |= Q(action__startswith=prefix)
        entries = AuditEntry.objects.filter(sequence__gt=_seen(code, newest))
        found = entries.filter(asked).exists()
    if found:
        # From here on the job knows the place; other processes ask the same question of it.
        _looked.pop(code, None)
    else:
        _looked[code] = since.newest if since is not None else newest
    return found


def _seen(code: str, newest: Place) -> int:
    """The newest entry that the last job of this kind was told of; 0 where there was none."""
    rows = Job.objects.filter(kind=code, arguments__has_key=SEEN).order_by("-recorded_at", "-id")
    last = rows.values_list("arguments", flat=True).first()
    place = int(last[SEEN]) if last else 0
    # Another site's records may have been put in place of these.
    return place if place <= newest.sequence else 0
