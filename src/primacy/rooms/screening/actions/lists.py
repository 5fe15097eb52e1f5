"""Loading a published list: its entries, what changed, and what that gives to look at again."""

import datetime as dt
import uuid
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from primacy.platform import clock
from primacy.platform.audit.actions import record
from primacy.platform.database.viewer_scope import keeping
from primacy.platform.exchange.list_entries import (
    EntryKind,
    ListedEntry,
    ListRead,
    content_of,
    digest_of,
)
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.again import Again, look_again
from primacy.rooms.screening.changes import Changes, changes_between, looks_cut_off
from primacy.rooms.screening.errors import ListRefused
from primacy.rooms.screening.models import (
    ChangeKind,
    Judgement,
    JudgementKind,
    ListChange,
    ListEntry,
    ListFile,
    PassKind,
    PossibleMatch,
    RescreenTask,
    ScreeningLine,
    SearchPass,
)
from primacy.rooms.screening.queries import entries_in

KEPT_PROBLEMS = 200
AT_ONCE = 500


def load_list(
    *,
    actor: Viewer,
    mission: Mission,
    read: ListRead,
    gaps_accepted: bool = False,
    shrinking_accepted: bool = False,
) -> ListFile:
    """The list as loaded, now in force. Earlier screenings that it bears on get tasks.

    Refused are: a list loaded already, one older than the list in force, one with records that
    could not be read (unless `gaps_accepted`; the gap is then said with every search), and one
    that lost so many entries that it looks cut off (unless `shrinking_accepted`).
    """
    require(actor, "screening.run", mission.pk)
    with keeping(mission.pk):
        newest = _newest(mission, read.publisher)
        day = _refuse(read, newest, gaps_accepted)
        standing = {row.reference: row for row in entries_in(newest)} if newest else {}
        changes = changes_between(standing, read.entries)
        if not shrinking_accepted and looks_cut_off(len(standing), len(changes.removed)):
            raise ListRefused(_shrinks(read, newest, len(standing), len(changes.removed)))
        # The matching takes its time and needs no lock; who may be met again is worked out first.
        again = look_again(mission, read.publisher, changes) if newest else []
        with transaction.atomic():
            if _newest(mission, read.publisher) != newest:
                raise ListRefused(
                    _(
                        "Somebody loaded a list of this publisher at the same moment. "
                        "Nothing was changed. Load the file again."
                    )
                )
            file = _store(actor, mission, (read, day), newest, changes)
            rows = _store_entries(actor, file, changes)
            if newest is not None:
                told = _store_changes(actor, file, changes, rows)
                _store_again(actor, file, again, told, changes)
            body = {
                "publisher": read.publisher,
                "list_date": file.list_date.isoformat(),
                "sha256": read.sha256,
                "entries": file.entries,
                "added": file.added,
                "removed": file.removed,
                "changed": file.changed,
                "screenings": len(again),
            }
            record(actor, "screening.list.load", file, body)
    return file


def _newest(mission: Mission, publisher: str) -> ListFile | None:
    rows = ListFile.objects.filter(mission=mission, publisher=publisher, compartment__isnull=True)
    return rows.order_by("-number").first()


def _refuse(read: ListRead, newest: ListFile | None, gaps_accepted: bool) -> dt.date:
    """The day of the list; `ListRefused` where it cannot take the place of the one in force."""
    if read.list_date is None:
        raise ListRefused(_("Give the day of the list. Nothing was changed."))
    if read.list_date > clock.today():
        raise ListRefused(
            _("The list is of %(day)s, a day still to come. Nothing was changed. Check the day.")
            % {"day": long_day(read.list_date)}
        )
    if read.left_out and not gaps_accepted:
        first = next((p for p in read.problems if p.left_out), None)
        raise ListRefused(
            _(
                "%(n)d records of %(file)s cannot be read (first: line %(line)d, %(wrong)s). "
                "Who stands in them would not be found. Nothing was changed. Download the file "
                "again, or load it with its gaps: every search will say so."
            )
            % {
                "n": read.left_out,
                "file": read.file,
                "line": first.line if first else 0,
                "wrong": first.wrong if first else "",
            }
        )
    if newest is None:
        return read.list_date
    if newest.sha256 == read.sha256:
        raise ListRefused(
            _("This list of %(day)s was loaded on %(loaded)s. Nothing was changed.")
            % {
                "day": long_day(newest.list_date),
                "loaded": long_day(newest.recorded_at.date()),
            }
        )
    if read.list_date < newest.list_date:
        raise ListRefused(
            _(
                "The list in force is of %(day)s; this one is older (%(older)s). Nothing was "
                "changed. Load lists in the order of their days."
            )
            % {"day": long_day(newest.list_date), "older": long_day(read.list_date)}
        )
    return read.list_date


def _shrinks(read: ListRead, newest: ListFile | None, before: int, removed: int) -> str:
    return _(
        "%(removed)d of %(before)d entries of the list of %(day)s are missing from %(file)s. Is it "
        "the whole list? Nothing was changed. If it is, load it again and say that it shrinks."
    ) % {
        "removed": removed,
        "before": before,
        "day": long_day(newest.list_date) if newest else "",
        "file": read.file,
    }


def _store(
    actor: Viewer,
    mission: Mission,
    dated: tuple[ListRead, dt.date],
    newest: ListFile | None,
    changes: Changes,
) -> ListFile:
    read, day = dated
    first = newest is None
    return ListFile.objects.create(
        mission=mission,
        publisher=read.publisher,
        number=1 if newest is None else newest.number + 1,
        list_date=day,
        generated=read.generated[:60],
        file=read.file[:300],
        files=[{"file": name, "sha256": digest} for name, digest in read.files],
        sha256=read.sha256,
        size=read.size,
        entries=len(read.entries),
        persons=read.count(EntryKind.PERSON),
        organisations=read.count(EntryKind.ORGANISATION),
        left_out=read.left_out,
        added=0 if first else len(changes.added),
        removed=len(changes.removed),
        changed=len(changes.changed),
        shortened=read.shortened,
        unused=dict(read.unused),
        problems=[asdict(problem) for problem in read.problems[:KEPT_PROBLEMS]],
        problem_count=len(read.problems),
        notes=list(read.notes),
        marking=Marking.INTERNAL,
        recorded_by_id=actor.account_id,
    )


def _store_entries(actor: Viewer, file: ListFile, changes: Changes) -> dict[str, ListEntry]:
    """The new versions by reference; versions that no longer stand end with this load."""
    fresh = [*changes.added, *(entry for _row, entry, _fields in changes.changed)]
    made = ListEntry.objects.bulk_create(
        [_row_of(actor, file, entry) for entry in fresh], batch_size=AT_ONCE
    )
    ended = [*changes.removed, *(row for row, _entry, _fields in changes.changed)]
    for at in range(0, len(ended), AT_ONCE):
        some = [row.pk for row in ended[at : at + AT_ONCE]]
        ListEntry.objects.filter(pk__in=some).update(until=file)
    return {row.reference: row for row in made}


def _row_of(actor: Viewer, file: ListFile, entry: ListedEntry) -> ListEntry:
    return ListEntry(
        since=file,
        reference=entry.reference,
        kind=entry.kind.value,
        name=entry.name,
        content=content_of(entry),
        digest=digest_of(entry),
        recorded_by_id=actor.account_id,
    )


def _store_changes(
    actor: Viewer, file: ListFile, changes: Changes, rows: dict[str, ListEntry]
) -> dict[str, ListChange]:
    """What this load changed, by reference."""
    by = {"list_file": file, "recorded_by_id": actor.account_id}
    made = [
        ListChange(
            kind=ChangeKind.ADDED,
            reference=entry.reference,
            name=entry.name,
            after=rows[entry.reference],
            **by,
        )
        for entry in changes.added
    ]
    made += [
        ListChange(
            kind=ChangeKind.CHANGED,
            reference=entry.reference,
            name=entry.name,
            fields=list(fields),
            before=row,
            after=rows[entry.reference],
            **by,
        )
        for row, entry, fields in changes.changed
    ]
    made += [
        ListChange(
            kind=ChangeKind.REMOVED, reference=row.reference, name=row.name, before=row, **by
        )
        for row in changes.removed
    ]
    found = ListChange.objects.bulk_create(made, batch_size=AT_ONCE)
    return {row.reference: row for row in found}


def _store_again(
    actor: Viewer,
    file: ListFile,
    again: list[Again],
    told: dict[str, ListChange],
    changes: Changes,
) -> None:
    """Keeps each new search, its possible matches, what was opened again, and the tasks."""
    looked_at = {
        "kind": "list",
        "publisher": file.publisher,
        "list": str(file.pk),
        "list_date": file.list_date.isoformat(),
        "sha256": file.sha256,
        "entries": len(changes.searched_again),
        "only_changes": True,
        "left_out": file.left_out,
        "notes": list(file.notes),
    }
    for one in again:
        made = SearchPass.objects.create(
            screening_id=one.screening,
            kind=PassKind.CHANGES,
            list_file=file,
            by=actor.label[:250],
            sources=[looked_at],
            lines=one.lines,
            found=len(one.found),
            recorded_by_id=actor.account_id,
        )
        fresh = _store_found(actor, made, one, told)
        for line in ScreeningLine.objects.filter(pk__in=one.more):
            line.more = [*line.more, file.publisher]
            line.save(update_fields=["more"])
        _store_touched(actor, file, one, told, fresh)


def _store_found(
    actor: Viewer, made: SearchPass, one: Again, told: dict[str, ListChange]
) -> dict[tuple[uuid.UUID, str], PossibleMatch]:
    """The new possible matches by line and reference, each with its task."""
    found = {}
    for line, hit in one.found:
        change = told[hit.reference]
        match = PossibleMatch.objects.create(
            line_id=line,
            search_pass=made,
            source=hit.source,
            reference=hit.reference,
            entry=change.after,
            name=hit.name,
            score=hit.score,
            name_score=hit.name_score,
            speaks_for=list(hit.speaks_for),
            speaks_against=list(hit.speaks_against),
            recorded_by_id=actor.account_id,
        )
        found[line, hit.reference] = match
        RescreenTask.objects.create(
            line_id=line,
            change=change,
            kind=change.kind,
            match=match,
            recorded_by_id=actor.account_id,
        )
    return found


def _store_touched(
    actor: Viewer,
    file: ListFile,
    one: Again,
    told: dict[str, ListChange],
    fresh: dict[tuple[uuid.UUID, str], PossibleMatch],
) -> None:
    """Marks matches whose entry went or changed; what was decided on them is open again."""
    for touched in one.touched:
        match, change = touched.match, told[touched.match.reference]
        newer = fresh.get((match.line_id, match.reference))
        if newer is not None:
            PossibleMatch.objects.filter(pk=match.pk).update(replaced_by=newer)
        elif change.kind == ChangeKind.REMOVED:
            PossibleMatch.objects.filter(pk=match.pk).update(gone_in=file)
        if touched.task and newer is None:
            RescreenTask.objects.create(
                line_id=match.line_id,
                change=change,
                kind=change.kind,
                match=match,
                reopened=touched.reopen,
                recorded_by_id=actor.account_id,
            )
        if touched.reopen:
            Judgement.objects.create(
                match=match,
                kind=JudgementKind.REOPENED,
                reasons=_why_open(file, change)[:1000],
                by=actor.label[:250],
                recorded_by_id=actor.account_id,
            )


def _why_open(file: ListFile, change: ListChange) -> str:
    """Why a decision is open again; kept in English like all that is kept."""
    values = {"reference": change.reference, "day": file.list_date.isoformat()}
    if change.kind == ChangeKind.REMOVED:
        return gettext_noop("%(reference)s no longer stands on the list of %(day)s.") % values
    return gettext_noop("The list of %(day)s changed %(reference)s: %(fields)s.") % {
        **values,
        "fields": ", ".join(change.fields),
    }
