"""Reads of the review: which records are read as one, which pairs wait, what was judged."""

import uuid
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Comparison
from primacy.platform.policy import Viewer, require, visible
from primacy.rooms.persons.comparing import compared
from primacy.rooms.persons.errors import NoSuchPair
from primacy.rooms.persons.merged import Merged, merged
from primacy.rooms.persons.models import Merge, Opinion, Pair, PairJudgement, Person
from primacy.rooms.persons.rights import JUDGE, VIEW
from primacy.rooms.places.facade import Mission


def standing_merges(mission_id: uuid.UUID) -> Merged:
    """Which records are read as one; ids alone, whoever asks."""
    rows = Merge.objects.filter(mission_id=mission_id, undone__isnull=True).order_by("id")
    return merged(rows.values_list("kept_id", "joined_id"))


def open_merges(viewer: Viewer, mission_id: uuid.UUID) -> QuerySet[Merge]:
    """The merges that stand, of two records that are both open to the viewer."""
    rows = Merge.objects.filter(mission_id=mission_id, undone__isnull=True)
    rows = visible(viewer, rows.select_related("kept", "joined", "judgement"), VIEW, via="kept")
    return visible(viewer, rows, VIEW, via="joined").order_by("id")


def pairs(viewer: Viewer, mission: Mission) -> QuerySet[Pair]:
    """All pairs whose two records are open to the viewer, with the newest opinion."""
    require(viewer, JUDGE, mission.pk)
    said = PairJudgement.objects.filter(pair=OuterRef("pk")).order_by("-id")
    rows = Pair.objects.filter(mission=mission, first__withdrawn=False, second__withdrawn=False)
    rows = rows.select_related("first", "second")
    rows = rows.annotate(opinion=Subquery(said.values("opinion")[:1]))
    rows = visible(viewer, rows, JUDGE, via="first")
    return visible(viewer, rows, JUDGE, via="second")


def waiting(viewer: Viewer, mission: Mission) -> QuerySet[Pair]:
    """The pairs nobody has judged, or of which nobody could say, most alike first."""
    rows = pairs(viewer, mission)
    return rows.filter(Q(opinion__isnull=True) | Q(opinion=Opinion.UNSURE))


def pair_by_id(viewer: Viewer, mission: Mission, pair: uuid.UUID) -> Pair:
    """A pair of records open to the viewer; `NoSuchPair` otherwise."""
    found = pairs(viewer, mission).filter(pk=pair).first()
    if found is None:
        raise NoSuchPair(_("No such pair of records is open to you."))
    return found


def pair_of(viewer: Viewer, mission: Mission, one: Person, other: Person) -> Pair:
    """The pair of two records; `NoSuchPair` where it is not open to the viewer."""
    first, second = sorted((one.pk, other.pk))
    found = pairs(viewer, mission).filter(first=first, second=second).first()
    if found is None:
        raise NoSuchPair(_("No such pair of records is open to you."))
    return found


def merge_by_id(viewer: Viewer, mission: Mission, merge: uuid.UUID) -> Merge:
    """A merge that stands, of two records that are open to the viewer; else `NoSuchPair`."""
    require(viewer, JUDGE, mission.pk)
    found = open_merges(viewer, mission.pk).filter(pk=merge).first()
    if found is None:
        raise NoSuchPair(_("No such merge stands that is open to you."))
    return found


@dataclass(frozen=True)
class PairReading:
    """Two records side by side: the comparison as of now, what was judged, the merge if any."""

    pair: Pair
    comparison: Comparison
    judgements: tuple[PairJudgement, ...]
    merge: Merge | None


def pair_reading(viewer: Viewer, pair: Pair) -> PairReading:
    """The evidence of a pair that the viewer was given, and what was judged of it."""
    rows = PairJudgement.objects.filter(pair=pair).order_by("id")
    merge = Merge.objects.filter(judgement__pair=pair, undone__isnull=True).first()
    return PairReading(pair, compared(viewer, pair.first, pair.second), tuple(rows), merge)
