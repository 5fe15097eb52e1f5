"""Reads of screening, each through the permission layer."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import TypeVar

from django.db.models import (
    Count,
    IntegerField,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from primacy.platform.policy import Viewer, visible
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.errors import NoSuchScreening
from primacy.rooms.screening.models import (
    Judgement,
    ListChange,
    ListEntry,
    ListFile,
    PossibleMatch,
    RescreenTask,
    Roster,
    Screening,
    ScreeningLine,
    SearchPass,
)
from primacy.rooms.screening.opened import opened_records

SEE = "screening.view"
M = TypeVar("M", bound=Model)


def list_files(viewer: Viewer, mission: Mission) -> QuerySet[ListFile]:
    """Every load of a list, by publisher, the newest first."""
    return visible(viewer, ListFile.objects.filter(mission=mission), SEE)


def lists_in_force(viewer: Viewer, mission: Mission) -> list[ListFile]:
    """The newest load of each publisher."""
    newest: dict[str, ListFile] = {}
    for row in list_files(viewer, mission):
        newest.setdefault(row.publisher, row)
    return list(newest.values())


def list_file(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> ListFile:
    """The load of this id."""
    return _one(list_files(viewer, mission).filter(pk=pk))


def entries_in(file: ListFile) -> QuerySet[ListEntry]:
    """The entries that stood on a list as it was loaded."""
    return ListEntry.objects.filter(
        Q(until__isnull=True) | Q(until__number__gt=file.number),
        since__mission_id=file.mission_id,
        since__publisher=file.publisher,
        since__compartment=file.compartment_id,
        since__number__lte=file.number,
    )


def list_changes(viewer: Viewer, file: ListFile) -> QuerySet[ListChange]:
    """What a load changed against the one before."""
    rows = ListChange.objects.filter(list_file=file).select_related("before", "after")
    return visible(viewer, rows, SEE, via="list_file")


def rosters(viewer: Viewer, mission: Mission) -> QuerySet[Roster]:
    """Roster sheets that were read, the newest first."""
    return visible(viewer, Roster.objects.filter(mission=mission), SEE)


def roster(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Roster:
    """The roster sheet of this id."""
    return _one(rosters(viewer, mission).filter(pk=pk))


def screenings(viewer: Viewer, mission: Mission) -> QuerySet[Screening]:
    """The mission's screenings, the newest first, with how many were asked for."""
    of_it = ScreeningLine.objects.filter(screening=OuterRef("pk")).order_by()
    waiting = RescreenTask.objects.filter(
        line__screening=OuterRef("pk"), done_at__isnull=True
    ).order_by()
    rows = (
        Screening.objects.filter(mission=mission)
        .annotate(
            asked=_counted(of_it, "screening"), tasks_open=_counted(waiting, "line__screening")
        )
        .order_by("-number")
    )
    return visible(viewer, rows, SEE)


def screening(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> Screening:
    """The screening of this id."""
    return _one(screenings(viewer, mission).filter(pk=pk))


def passes(viewer: Viewer, asked: Screening) -> list[SearchPass]:
    """Every search of a screening, the first one first."""
    rows = SearchPass.objects.filter(screening=asked).select_related("list_file")
    return list(visible(viewer, rows, SEE, via="screening"))


def lines(
    viewer: Viewer, asked: Screening, numbers: Collection[int] | None = None
) -> list[ScreeningLine]:
    """Who was asked for, each with the possible matches that stand and their judgements.

    A match with a record that is not open to this viewer tells nothing but whom to ask, whoever
    asked for the screening.
    """
    standing = PossibleMatch.objects.filter(replaced_by__isnull=True).select_related(
        "entry__since", "gone_in"
    )
    judged = standing.prefetch_related(Prefetch("judgements", Judgement.objects.order_by("id")))
    waiting = RescreenTask.objects.filter(done_at__isnull=True).select_related("change__list_file")
    rows = ScreeningLine.objects.filter(screening=asked).prefetch_related(
        Prefetch("matches", judged), Prefetch("tasks", waiting)
    )
    if numbers is not None:
        rows = rows.filter(number__in=numbers)
    found = list(visible(viewer, rows, SEE, via="screening"))
    _veil(viewer, asked, [match for line in found for match in line.matches.all()])
    return found


def _veil(viewer: Viewer, asked: Screening, matches: Collection[PossibleMatch]) -> None:
    """Takes all words out of matches with records that this viewer may not read.

    A match is open where the record is, and every claim it was found by.
    """
    told = opened_records(viewer, asked.mission, matches)
    for match in matches:
        if match.record_id is not None and match.pk not in told:
            match.hidden, match.reference, match.name, match.record_id = True, "", "", None
            match.score = match.name_score = None
            match.speaks_for, match.speaks_against, match.rests_on = [], [], []
            # What was judged of it may quote the record.
            match._prefetched_objects_cache = {"judgements": []}  # type: ignore[attr-defined]


def possible_match(viewer: Viewer, asked: Screening, pk: uuid.UUID) -> PossibleMatch:
    """The possible match of this id with its line; without its words where they are not open."""
    rows = PossibleMatch.objects.filter(line__screening=asked).select_related(
        "line__screening__mission", "entry__since", "gone_in", "search_pass"
    )
    found = _one(visible(viewer, rows, SEE, via="line__screening").filter(pk=pk))
    _veil(viewer, asked, [found])
    return found


def judgements_of(viewer: Viewer, match: PossibleMatch) -> list[Judgement]:
    """Everything judged of a match and of the versions of its entry before, oldest first.

    Of a match that is not open nothing is told.
    """
    if match.hidden:
        return []
    ids, step = [match.pk], {match.pk}
    while step:
        step = set(
            PossibleMatch.objects.filter(replaced_by__in=step).values_list("pk", flat=True)
        ) - set(ids)
        ids += step
    rows = Judgement.objects.filter(match__in=ids).select_related("match")
    return list(visible(viewer, rows, SEE, via="match__line__screening").order_by("id"))


def open_tasks(viewer: Viewer, mission: Mission) -> QuerySet[RescreenTask]:
    """What changed lists give to look at again, oldest first."""
    rows = RescreenTask.objects.filter(
        line__screening__mission=mission, done_at__isnull=True
    ).select_related("line__screening", "change__list_file", "match")
    return visible(viewer, rows, SEE, via="line__screening")


def task(viewer: Viewer, mission: Mission, pk: uuid.UUID) -> RescreenTask:
    """The open task of this id."""
    return _one(open_tasks(viewer, mission).filter(pk=pk))


def latest(judged: Iterable[Judgement]) -> dict[uuid.UUID, Judgement]:
    """The newest judgement of each match, by the match's id."""
    found: dict[uuid.UUID, list[Judgement]] = defaultdict(list)
    for row in judged:
        found[row.match_id].append(row)
    return {key: max(rows, key=lambda row: row.pk) for key, rows in found.items()}


def _counted(rows: QuerySet[M], by: str) -> Coalesce:
    """The number of rows of each outer record, worked out apart so that none multiplies another."""
    counts = rows.values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def _one(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise NoSuchScreening(_("There is nothing of this kind here, or it is not open to you."))
    return found
