"""Acts of the review: a pair put on the queue, judged, read as one, read apart again.

A merge moves nothing. It is a row that says which record another is read under; undoing it is a
row as well. So both histories stand bit for bit as they stood, and what was claimed in between
belongs to the record it names.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Verdict
from primacy.platform.audit.actions import record
from primacy.platform.policy import Viewer, require
from primacy.rooms.persons.comparing import compared
from primacy.rooms.persons.errors import BadJudgement
from primacy.rooms.persons.models import (
    Ground,
    Merge,
    Opinion,
    Pair,
    PairJudgement,
    Person,
    Unmerge,
)
from primacy.rooms.persons.review import standing_merges
from primacy.rooms.persons.rights import JUDGE
from primacy.rooms.places.facade import Mission

SHORTEST_REASON = 10
BY_HAND = "hand"


def put_pairs(
    *,
    actor: Viewer,
    mission: Mission,
    pairs: Sequence[tuple[Person, Person, float]],
    found_by: str = BY_HAND,
) -> int:
    """How many pairs are new on the queue. A pair that was judged before is not asked again."""
    require(actor, JUDGE, mission.pk)
    rows = []
    for one, other, score in pairs:
        if one.pk == other.pk or {one.mission_id, other.mission_id} != {mission.pk}:
            raise BadJudgement(_("A pair is made of two records of this mission."))
        first, second = sorted((one, other), key=lambda person: person.pk)
        rows.append(
            Pair(mission=mission, first=first, second=second, score=score, found_by=found_by,
                 recorded_by_id=actor.account_id)
        )  # fmt: skip
    with transaction.atomic():
        before = Pair.objects.filter(mission=mission).count()
        Pair.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        made = Pair.objects.filter(mission=mission).count() - before
        if made:
            body: dict[str, object] = {"pairs": made, "found_by": found_by}
            record(actor, "persons.pairs.put", mission, body, mission_id=mission.pk)
    return made


def judge_pair(
    *,
    actor: Viewer,
    pair: Pair,
    opinion: str,
    reasons: str,
    ground: str = "",
    reference: str = "",
    keep: Person | None = None,
) -> PairJudgement:
    """The judgement of a pair; "one person" also merges the records, under `keep` or the older.

    A name alone never merges: where the comparison does not say so by itself, a ground that is
    none (a number, a birth, a post, a source) is named with its reference.
    """
    require(actor, JUDGE, pair.mission_id)
    words = " ".join(reasons.split())[:1000]
    reference = " ".join(reference.split())[:300]
    with transaction.atomic():
        pair = Pair.objects.select_for_update().get(pk=pair.pk)
        verdict = compared(actor, pair.first, pair.second).verdict
        joined = standing_merges(pair.mission_id).one(pair.first_id, pair.second_id)
        _refuse(actor, opinion, words, ground, reference, verdict, joined)
        made = PairJudgement.objects.create(
            pair=pair,
            opinion=Opinion(opinion),
            ground=ground if opinion == Opinion.SAME else "",
            reference=reference if opinion == Opinion.SAME else "",
            reasons=words,
            verdict=verdict.value,
            by=actor.label[:250],
            recorded_by_id=actor.account_id,
        )
        if opinion == Opinion.SAME and not joined:
            kept, other = _sides(pair, keep)
            Merge.objects.create(
                mission_id=pair.mission_id, kept=kept, joined=other, judgement=made,
                recorded_by_id=actor.account_id,
            )  # fmt: skip
        body: dict[str, object] = {"opinion": opinion, "ground": made.ground}
        record(actor, "persons.pair.judge", made, body, mission_id=pair.mission_id)
    return made


def read_apart(*, actor: Viewer, merge: Merge, reasons: str) -> Unmerge:
    """The two records of a merge stand apart again, each with the claims that name it."""
    require(actor, JUDGE, merge.mission_id)
    words = " ".join(reasons.split())[:1000]
    if len(words) < SHORTEST_REASON:
        raise BadJudgement(_("Say what shows that they are two persons. Nothing was changed."))
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        if Unmerge.objects.filter(merge=merge).exists():
            raise BadJudgement(_("These two are read apart already. Nothing was changed."))
        made = Unmerge.objects.create(
            merge=merge, reasons=words, by=actor.label[:250], recorded_by_id=actor.account_id
        )
        PairJudgement.objects.create(
            pair=merge.judgement.pair, opinion=Opinion.DIFFERENT, reasons=words,
            by=actor.label[:250], recorded_by_id=actor.account_id,
        )  # fmt: skip
        record(actor, "persons.merge.undo", made, {}, mission_id=merge.mission_id)
    return made


def _sides(pair: Pair, keep: Person | None) -> tuple[Person, Person]:
    """The record kept and the one read under it."""
    if keep is None or keep.pk == pair.first_id:
        return pair.first, pair.second
    if keep.pk != pair.second_id:
        raise BadJudgement(_("The record to keep is none of the two. Nothing was changed."))
    return pair.second, pair.first


def _refuse(
    actor: Viewer,
    opinion: str,
    words: str,
    ground: str,
    reference: str,
    verdict: Verdict,
    joined: bool,
) -> None:
    """Nothing; `BadJudgement` where it may not stand."""
    if actor.account_id is None:
        raise BadJudgement(
            _("A judgement is made by a person with an account. Nothing was changed. Sign in.")
        )
    if opinion not in Opinion.values:
        raise BadJudgement(
            _("Choose: one person, two persons, or cannot say. Nothing was changed.")
        )
    if len(words) < SHORTEST_REASON:
        raise BadJudgement(
            _("Give your reasons: what agrees or differs, and how you know. Nothing was changed.")
        )
    if joined and opinion != Opinion.SAME:
        raise BadJudgement(
            _("These two are read as one person. Read them apart first. Nothing was changed.")
        )
    if opinion != Opinion.SAME or verdict is Verdict.SAME:
        return
    if ground not in Ground.values or not reference:
        raise BadJudgement(
            _("A name alone makes nobody the same person. Say which number, birth, post or source "
              "shows it, or leave it at 'cannot say'. Nothing was changed.")
        )  # fmt: skip
