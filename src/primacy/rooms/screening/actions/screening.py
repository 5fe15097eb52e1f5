"""Screening: hold those asked for against lists and registers, and keep what was searched."""

import uuid
from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.asked import Asked, read_asked, written
from primacy.rooms.screening.candidates import sources_asked
from primacy.rooms.screening.errors import NothingToSearch, RosterRefused, ScreeningError
from primacy.rooms.screening.models import (
    AskedKind,
    ListEntry,
    ListFile,
    PassKind,
    PossibleMatch,
    Roster,
    Screening,
    ScreeningLine,
    SearchPass,
)
from primacy.rooms.screening.queries import entries_in
from primacy.rooms.screening.search import Found, Hit, Source, search

AT_ONCE = 500
Progress = Callable[[int, int], None]
"""Told how many of how many were looked for; may raise to stop."""


def screen_lines(
    *,
    actor: Viewer,
    mission: Mission,
    title: str,
    asked: Sequence[Asked],
    lists: Sequence[ListFile],
    register: bool,
    purpose: str = "",
) -> Screening:
    """The screening of these persons or units, with every possible match to be decided."""
    require(actor, "screening.run", mission.pk)
    if not asked:
        raise NothingToSearch(_("Nobody was asked for. Type or upload at least one name."))
    sources, found = _searched(actor, mission, asked, lists, register)
    with transaction.atomic():
        made = _store(actor, mission, title, purpose, None)
        _store_lines(actor, made, asked, sources, found)
        record(actor, "screening.run", made, _body(asked, sources, found))
    return made


def screen_roster(
    *,
    actor: Viewer,
    roster: Roster,
    title: str,
    lists: Sequence[ListFile],
    register: bool,
    keep_good: bool = True,
    purpose: str = "",
    progress: Progress | None = None,
) -> Screening:
    """The screening of a previewed sheet: its good rows, or (without `keep_good`) all or none.

    Each unit the rows name is asked for once. A sheet that was screened before is refused with
    the number of that screening, until somebody undoes it.
    """
    require(actor, "screening.run", roster.mission_id)
    if roster.rows_bad and not keep_good:
        raise RosterRefused(
            _("%(n)d rows are bad and all were wanted. Nothing was screened. Correct the sheet.")
            % {"n": roster.rows_bad}
        )
    _require_new(roster)
    mission = Mission.objects.get(pk=roster.mission_id)
    people = [read_asked(row) for row in roster.rows]
    if not people:
        raise NothingToSearch(_("No row of the sheet can be screened. Nothing was screened."))
    asked = [*people, *units_named(people)]
    sources, found = _searched(actor, mission, asked, lists, register, progress)
    with transaction.atomic():
        roster = Roster.objects.select_for_update().get(pk=roster.pk)
        _require_new(roster)
        made = _store(actor, mission, title or roster.file, purpose, roster)
        _store_lines(actor, made, asked, sources, found)
        # From here on the lines hold the people; a second copy would only have to be guarded.
        roster.rows, roster.screened_at = [], clock.now()
        roster.save(update_fields=["rows", "screened_at"])
        record(actor, "screening.run", made, _body(asked, sources, found))
    return made


def units_named(people: Iterable[Asked]) -> list[Asked]:
    """The units that rows name, each once, as further lines."""
    found: dict[tuple[str, str], Asked] = {}
    for one in people:
        name = one.unit or one.unit_code
        if any(char.isalpha() for char in name):
            key = (" ".join(name.lower().split()), one.unit_code.lower())
            found.setdefault(
                key, Asked(AskedKind.UNIT, name[:300], row=one.row, unit_code=one.unit_code)
            )
    return list(found.values())


def undo_screening(*, actor: Viewer, screening: Screening, reason: str) -> Screening:
    """The screening, taken back with the reason: its rows stay on record, nothing follows it."""
    require(actor, "screening.run", screening.mission_id)
    words = _reason(reason)
    with transaction.atomic():
        screening = Screening.objects.select_for_update().get(pk=screening.pk)
        if screening.undone_at is not None:
            raise ScreeningError(_("This screening was taken back already. Nothing was changed."))
        now = clock.now()
        screening.undone_at, screening.undo_reason, screening.watched = now, words, False
        screening.save(update_fields=["undone_at", "undo_reason", "watched"])
        if screening.roster_id:
            Roster.objects.filter(pk=screening.roster_id).update(undone_at=now)
        record(actor, "screening.undo", screening, {"reason": words})
    return screening


def stop_watching(*, actor: Viewer, screening: Screening, reason: str) -> Screening:
    """The screening, no longer searched again when a list changes."""
    require(actor, "screening.run", screening.mission_id)
    words = _reason(reason)
    with transaction.atomic():
        screening = Screening.objects.select_for_update().get(pk=screening.pk)
        if not screening.watched:
            raise ScreeningError(_("This screening is not searched again any more."))
        screening.watched, screening.watched_until_reason = False, words
        screening.save(update_fields=["watched", "watched_until_reason"])
        record(actor, "screening.stop", screening, {"reason": words})
    return screening


def _reason(text: str) -> str:
    words = " ".join(text.split())[:300]
    if len(words) < 3:
        raise ScreeningError(_("Say why. Nothing was changed."))
    return words


def _require_new(roster: Roster) -> None:
    """Nothing; `RosterRefused` where the sheet, or one that equals it, was screened already."""
    earlier = Screening.objects.filter(
        mission_id=roster.mission_id, roster__sha256=roster.sha256, undone_at__isnull=True
    ).first()
    if earlier is not None:
        raise RosterRefused(
            _(
                "This sheet was screened already: screening %(number)d of %(day)s. Nothing was "
                "doubled. Undo that one first to screen it anew."
            )
            % {"number": earlier.number, "day": earlier.recorded_at.date().isoformat()}
        )
    if not roster.waits:
        raise RosterRefused(
            _("The rows of this sheet are gone. Upload it again. Nothing was changed.")
        )


def _searched(
    actor: Viewer,
    mission: Mission,
    asked: Sequence[Asked],
    lists: Sequence[ListFile],
    register: bool,
    progress: Progress | None = None,
) -> tuple[list[Source], list[Found]]:
    """The sources and what was found in them, worked out before anything is locked."""
    if not lists and not register:
        raise NothingToSearch(
            _("Choose what to search: a list that is loaded, or the register of the mission.")
        )
    sources = sources_asked(actor, mission, lists, register)
    found = []
    for met in search(asked, sources):
        found.append(met)
        if progress is not None:
            progress(len(found), len(asked))
    return sources, found


def _store(
    actor: Viewer, mission: Mission, title: str, purpose: str, roster: Roster | None
) -> Screening:
    with keeping(mission.pk):
        last = Screening.objects.filter(mission=mission).aggregate(n=Max("number"))["n"]
    return Screening.objects.create(
        mission=mission,
        number=(last or 0) + 1,
        title=(" ".join(title.split()) or _("Screening"))[:200],
        purpose=" ".join(purpose.split())[:500],
        roster=roster,
        asked_by=actor.label[:250],
        marking=Marking.CONFIDENTIAL,
        recorded_by_id=actor.account_id,
    )


def _store_lines(
    actor: Viewer,
    made: Screening,
    asked: Sequence[Asked],
    sources: Sequence[Source],
    found: Sequence[Found],
) -> None:
    by = actor.account_id
    search_pass = SearchPass.objects.create(
        screening=made,
        kind=PassKind.WHOLE,
        by=actor.label[:250],
        sources=[dict(source.described) for source in sources],
        lines=len(asked),
        found=sum(len(one.hits) for one in found),
        recorded_by_id=by,
    )
    lines = ScreeningLine.objects.bulk_create(
        [
            ScreeningLine(
                screening=made,
                number=number,
                kind=one.kind,
                name=one.name[:300],
                asked=written(one),
                more=list(met.more),
                recorded_by_id=by,
            )
            for number, (one, met) in enumerate(zip(asked, found, strict=True), 1)
        ],
        batch_size=AT_ONCE,
    )
    entries = _entries_of(sources, found)
    PossibleMatch.objects.bulk_create(
        [
            _match(line, search_pass, hit, entries, by)
            for line, met in zip(lines, found, strict=True)
            for hit in met.hits
        ],
        batch_size=AT_ONCE,
    )


def _entries_of(
    sources: Sequence[Source], found: Sequence[Found]
) -> dict[tuple[str, str], ListEntry]:
    """The entries that were met, by source and reference."""
    entries: dict[tuple[str, str], ListEntry] = {}
    for source in sources:
        hits = [hit for met in found for hit in met.hits]
        wanted = {hit.reference for hit in hits if hit.source == source.code}
        if source.described["kind"] == "list" and wanted:
            file = ListFile.objects.get(pk=str(source.described["list"]))
            for row in entries_in(file).filter(reference__in=wanted):
                entries[source.code, row.reference] = row
    return entries


def _match(
    line: ScreeningLine,
    search_pass: SearchPass,
    hit: Hit,
    entries: dict[tuple[str, str], ListEntry],
    by: uuid.UUID | None,
) -> PossibleMatch:
    return PossibleMatch(
        line=line,
        search_pass=search_pass,
        source=hit.source,
        reference=hit.reference,
        entry=entries.get((hit.source, hit.reference)),
        record_id=hit.record_id,
        name=hit.name,
        score=hit.score,
        name_score=hit.name_score,
        speaks_for=list(hit.speaks_for),
        speaks_against=list(hit.speaks_against),
        hidden=hit.hidden,
        rests_on=[str(claim) for claim in hit.rests_on],
        recorded_by_id=by,
    )


def _body(
    asked: Sequence[Asked], sources: Sequence[Source], found: Sequence[Found]
) -> dict[str, object]:
    """What the log keeps of a screening: how many and against what, no names."""
    return {
        "asked": len(asked),
        "sources": [
            {key: source.described.get(key) for key in ("kind", "publisher", "what", "list_date")}
            for source in sources
        ],
        "found": sum(len(one.hits) for one in found),
    }
