"""Who of earlier screenings a newer list bears on: new possible matches, and old ones to reopen."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch

from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.asked import Asked, read_asked
from primacy.rooms.screening.candidates import listed_source
from primacy.rooms.screening.changes import Changes, tells_who
from primacy.rooms.screening.models import (
    Judgement,
    JudgementKind,
    PossibleMatch,
    Screening,
    ScreeningLine,
    SearchPass,
)
from primacy.rooms.screening.search import Found, Hit, search
from primacy.rooms.screening.wording import judgement_of


@dataclass(frozen=True)
class Touched:
    """A possible match whose entry went or changed: whether to reopen it and to give a task."""

    match: PossibleMatch
    reopen: bool
    task: bool


@dataclass
class Again:
    """What a newer list means for one earlier screening."""

    screening: uuid.UUID
    lines: int = 0
    found: list[tuple[uuid.UUID, Hit]] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    more: list[uuid.UUID] = field(default_factory=list)
    """Lines for which more entries fit than are shown."""


def look_again(mission: Mission, publisher: str, changes: Changes) -> list[Again]:
    """What a newer list means for each screening that was held against an older one.

    New and changed entries are searched for everybody asked for. A removal reopens what was judged
    the same; a change of who is meant reopens any judgement.
    """
    followed = _followed(mission, publisher)
    lines = list(ScreeningLine.objects.filter(screening__in=followed).order_by("number"))
    found = {key: Again(key) for key in followed}
    for line in lines:
        found[line.screening_id].lines += 1
    for line, met in _met(publisher, lines, changes):
        found[line.screening_id].found += [(line.pk, hit) for hit in met.hits]
        if met.more and publisher not in line.more:
            found[line.screening_id].more.append(line.pk)
    for screening, touched in _touched(followed, publisher, changes):
        found[screening].touched.append(touched)
    return list(found.values())


def _followed(mission: Mission, publisher: str) -> list[uuid.UUID]:
    """The screenings that are searched again: watched, not undone, held against this list."""
    rows = SearchPass.objects.filter(
        screening__in=Screening.objects.filter(
            mission=mission, watched=True, undone_at__isnull=True
        )
    )
    found: dict[uuid.UUID, None] = {}
    for row in rows:
        if any(source.get("publisher") == publisher for source in row.sources):
            found.setdefault(row.screening_id)
    return list(found)


def _met(
    publisher: str, lines: Iterable[ScreeningLine], changes: Changes
) -> Iterable[tuple[ScreeningLine, Found]]:
    """Each line with the new and changed entries that it may mean."""
    fresh = changes.searched_again
    if not fresh:
        return
    source = listed_source(publisher, fresh)
    rows = list(lines)
    asked: list[Asked] = [read_asked(row.asked) for row in rows]
    yield from zip(rows, search(asked, [source]), strict=True)


def _touched(
    followed: Iterable[uuid.UUID], publisher: str, changes: Changes
) -> Iterable[tuple[uuid.UUID, Touched]]:
    gone = {row.reference for row in changes.removed}
    changed = {row.reference for row, _entry, fields in changes.changed if tells_who(fields)}
    by_reference = defaultdict(list)
    rows = (
        PossibleMatch.objects.filter(
            line__screening__in=list(followed),
            source=publisher,
            replaced_by__isnull=True,
            gone_in__isnull=True,
        )
        .select_related("line")
        .prefetch_related(Prefetch("judgements", Judgement.objects.order_by("id")))
    )
    for match in rows:
        by_reference[match.reference].append(match)
    for reference in sorted(gone | changed):
        for match in by_reference.get(reference, ()):
            yield match.line.screening_id, _one(match, went=reference in gone)


def _one(match: PossibleMatch, went: bool) -> Touched:
    judged = judgement_of(match)
    if judged is None:
        return Touched(match, reopen=False, task=True)
    if went:
        # Somebody else stays somebody else when the entry goes; nobody needs to look again.
        same = judged.kind == JudgementKind.SAME
        unsure = judged.kind == JudgementKind.CANNOT_SAY
        return Touched(match, reopen=same, task=same or unsure)
    return Touched(match, reopen=True, task=True)
