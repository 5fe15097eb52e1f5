"""What people judge of possible matches, and tasks they close. Rows are added, none is changed."""

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.screening.errors import BadJudgement, ScreeningError
from primacy.rooms.screening.models import (
    BY_PEOPLE,
    Judgement,
    JudgementKind,
    PossibleMatch,
    RescreenTask,
)

SHORTEST_REASON = 10


def judge(*, actor: Viewer, match: PossibleMatch, kind: str, reasons: str) -> Judgement:
    """The new judgement of a possible match; earlier ones stay on record, and the newest holds."""
    mission_id = match.line.screening.mission_id
    require(actor, "screening.decide", mission_id)
    words = " ".join(reasons.split())[:1000]
    _refuse(actor, match, kind, words)
    with transaction.atomic():
        standing = PossibleMatch.objects.select_for_update().get(pk=match.pk)
        if standing.replaced_by_id is not None:
            raise BadJudgement(
                _("The entry has changed since. Nothing was changed. Look at the newer match.")
            )
        made = Judgement.objects.create(
            match=standing,
            kind=JudgementKind(kind),
            reasons=words,
            by=actor.label[:250],
            recorded_by_id=actor.account_id,
        )
        RescreenTask.objects.filter(match=standing, done_at__isnull=True).update(
            done_at=clock.now(), done_by=actor.label[:250], outcome=f"{kind}: {words}"[:1000]
        )
        record(actor, "screening.judge", made, {"kind": kind}, mission_id=mission_id)
    return made


def _refuse(actor: Viewer, match: PossibleMatch, kind: str, words: str) -> None:
    """Nothing; `BadJudgement` where it may not stand."""
    if actor.account_id is None:
        raise BadJudgement(
            _("A judgement is made by a person with an account. Nothing was changed. Sign in.")
        )
    if kind not in BY_PEOPLE:
        raise BadJudgement(
            _("Choose: the same, somebody or something else, or cannot say. Nothing was changed.")
        )
    if match.hidden:
        raise BadJudgement(
            _("What cannot be seen cannot be judged. Ask whoever may see it to screen anew.")
        )
    if match.line.screening.undone_at is not None:
        raise BadJudgement(_("This screening was taken back. Nothing was changed."))
    if len(words) < SHORTEST_REASON:
        raise BadJudgement(
            _("Give your reasons: what agrees or differs, and how you know. Nothing was changed.")
        )


def close_task(*, actor: Viewer, task: RescreenTask, outcome: str) -> RescreenTask:
    """The task, done: somebody looked at the line again and says with what result."""
    mission_id = task.line.screening.mission_id
    require(actor, "screening.decide", mission_id)
    words = " ".join(outcome.split())[:1000]
    if len(words) < SHORTEST_REASON:
        raise BadJudgement(_("Say what you looked at and what came of it. Nothing was changed."))
    with transaction.atomic():
        task = RescreenTask.objects.select_for_update().get(pk=task.pk)
        if task.done_at is not None:
            raise ScreeningError(_("Somebody did this already. Nothing was changed."))
        task.done_at, task.done_by, task.outcome = clock.now(), actor.label[:250], words
        task.save(update_fields=["done_at", "done_by", "outcome"])
        record(actor, "screening.task.done", task, {}, mission_id=mission_id)
    return task
