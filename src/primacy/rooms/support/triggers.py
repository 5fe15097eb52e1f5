"""What changed in the registers since a recipient was last confirmed, and findings that reach it.

`changes` compares two snapshots and knows no database. A change is told apart from an earlier one
by what it was compared with: once somebody confirmed the recipient anew, the same commander coming
back is a further change.
"""

import datetime as dt
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from primacy.platform.accounts.whole import seen_whole
from primacy.platform.claims.queries import as_known
from primacy.rooms.forces.facade import LineageClaim, RelationClaim, Unit
from primacy.rooms.incidents.facade import ResponsibilityClaim
from primacy.rooms.persons.facade import Person, PostingClaim
from primacy.rooms.places.facade import Mission
from primacy.rooms.support.models import (
    GraveFinding,
    Recipient,
    RecipientKind,
    SupportCase,
    TaskKind,
)
from primacy.rooms.support.rules import APPROVED, IN_FORCE
from primacy.rooms.support.snapshots import (
    Sight,
    Snapshot,
    look,
    of_recipient,
    persons_of,
    units_of,
)
from primacy.rooms.support.standing import against_all
from primacy.rooms.support.task_words import Words, finding_words, words_of

WATCHED = APPROVED | IN_FORCE | {"suspended"}
"""States in which a change of the register bears on what was decided."""

OF_REGISTERS = frozenset(
    {
        TaskKind.COMMANDER.value, TaskKind.DEPUTY.value, TaskKind.LINEAGE.value,
        TaskKind.PARENT.value, TaskKind.ATTACHED.value, TaskKind.ALLEGATION.value,
    }
)  # fmt: skip
"""Kinds that compare with what was last confirmed."""


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: what kind, of which unit above ("": the recipient itself).

    `subject` is the id of the person, unit or claim that is new, empty where one is gone.
    """

    kind: TaskKind
    key: str
    unit: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Found:
    """A task to raise; `what` tells it apart from others of its kind in the same case."""

    case: SupportCase
    kind: TaskKind
    what: str
    reason: str
    recipient: Recipient | None = None
    level: int = 1

    @property
    def key(self) -> str:
        """By which it is raised once only."""
        return task_key(self.case, self.kind, self.what, self.recipient)


def task_key(
    case: SupportCase | None, kind: str, what: str, recipient: Recipient | None = None
) -> str:
    """The key of a task: case, recipient, kind and what it is about."""
    number = case.number if case is not None else ""
    return f"{number}:{recipient.pk if recipient is not None else ''}:{kind}:{what}"[:200]


def changes(before: Snapshot, now: Snapshot) -> list[Change]:
    """What is not as it was; both snapshots under today's ids. Nothing without a first one."""
    if not before.get("taken"):
        return []
    stamp = str(before["taken"])
    found = list(_of_unit(before, now, "", stamp))
    above = set(before.get("above", ())) & set(now.get("above", ()))
    for unit in sorted(above):
        found += _of_unit(_part(before, unit), _part(now, unit), unit, stamp)
    found += _allegations(before, now, stamp)
    return found


def _part(one: Snapshot, unit: str) -> Snapshot:
    """What a snapshot says of one unit above."""
    names = ("commanders", "deputies", "superior", "lineage", "attached")
    return {name: one.get(f"{name}_above", {}).get(unit, []) for name in names}


def _of_unit(before: Snapshot, now: Snapshot, unit: str, stamp: str) -> Iterator[Change]:
    def change(kind: TaskKind, subject: str, gone: Iterable[str] = ()) -> Change:
        return Change(kind, _digest(stamp, unit, subject, *sorted(gone)), unit, subject)

    events = sorted(set(now.get("lineage", ())) - set(before.get("lineage", ())))
    yield from (change(TaskKind.LINEAGE, one) for one in events)
    for kind, name in ((TaskKind.COMMANDER, "commanders"), (TaskKind.DEPUTY, "deputies")):
        new, gone = _differing(before.get(name, []), now.get(name, []), "person")
        yield from (change(kind, one) for one in new)
        # Where the unit itself ended, that nobody commands it any more is no second change.
        if gone and not new and not events:
            yield change(kind, "", gone)
    lent, was_lent = set(now.get("attached", ())), set(before.get("attached", ()))
    yield from (change(TaskKind.ATTACHED, one) for one in sorted(lent - was_lent))
    if was_lent - lent and not lent - was_lent:
        yield change(TaskKind.ATTACHED, "", was_lent - lent)
    if lent == was_lent:
        # While it is lent elsewhere, or given back, that says already that its superior changed.
        new, gone = _differing(before.get("superior", []), now.get("superior", []), "unit")
        yield from (change(TaskKind.PARENT, one) for one in new)
        if gone and not new:
            yield change(TaskKind.PARENT, "", gone)


def _differing(
    before: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]], name: str
) -> tuple[list[str], list[str]]:
    """Who is new; and, of those who are no longer there, the certain ones, or all if none is left.

    Somebody who was possible and is certain now was looked at already, and one possibility less is
    no change.
    """
    had, has = {str(one[name]) for one in before}, {str(one[name]) for one in now}
    sure = {str(one[name]) for one in before if one["certain"]}
    return sorted(has - had), sorted((sure if has else had) - has)


def _allegations(before: Snapshot, now: Snapshot, stamp: str) -> Iterator[Change]:
    """New allegations: through a unit or person looked at before, or recorded since.

    What was on record all the time and bears on the recipient only because somebody else commands
    it now is looked at with that change.
    """
    known = {*before.get("above", ()), *before.get("body", ()), str(before.get("person", ""))}
    known |= {str(one["person"]) for one in before.get("commanders", ())}
    since = dt.datetime.fromisoformat(stamp)
    for claim in sorted(set(now.get("allegations", ())) - set(before.get("allegations", ()))):
        bearing = now["bearing"][claim]
        recorded = dt.datetime.fromisoformat(bearing["since"])
        if known & set(bearing["through"]) or recorded > since:
            yield Change(TaskKind.ALLEGATION, claim, "", claim)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]


def register_changes(
    mission: Mission,
    cases: Sequence[SupportCase],
    day: dt.date,
    only: uuid.UUID | None = None,
) -> list[Found]:
    """What changed in the registers for the recipients of these cases since last confirmed.

    Or for `only` one of them. Recipients confirmed for a later day, on which their support begins,
    are compared on that day.
    """
    by_day: dict[dt.date, list[Recipient]] = defaultdict(list)
    for case in cases:
        for row in kept_recipients(case):
            if row.command.get("taken") and only in (None, row.pk):
                confirmed = dt.date.fromisoformat(row.command["day"])
                by_day[max(day, confirmed)].append(row)
    of_case = {case.pk: case for case in cases}
    found: list[Found] = []
    for on, rows in sorted(by_day.items()):
        levels = max(of_case[row.case_id].policy.levels_above for row in rows)
        sight = look(mission, units_of(rows), persons_of(rows), on, levels)
        changed: list[tuple[Recipient, Change]] = []
        for row in rows:
            now = of_recipient(sight, row, of_case[row.case_id].policy.levels_above)
            then = sight.as_now(row.command)
            changed += [(row, one) for one in changes(then, sight.as_now(now))]
        found += _in_words(mission, sight, changed, of_case)
    return found


def kept_recipients(case: SupportCase) -> list[Recipient]:
    """The recipients of a case that are not left out."""
    return [row for row in case.recipients.all() if not row.excluded]


def _in_words(
    mission: Mission,
    sight: Sight,
    changed: Sequence[tuple[Recipient, Change]],
    of_case: Mapping[uuid.UUID, SupportCase],
) -> list[Found]:
    grounds = {id(one): _grounds(sight, row, one) for row, one in changed}
    asked = {claim for claims in grounds.values() for claim in claims}
    marks = _marks(mission, asked)
    people = _persons_marks(mission, {one.subject for _row, one in changed})
    found = []
    for row, one in changed:
        case = of_case[row.case_id]
        ways = [marks[claim] for claim in grounds[id(one)] if claim in marks]
        closed = bool(ways) and not any(is_open_to(case, *way) for way in ways)
        if one.subject in people and not is_open_to(case, *people[one.subject]):
            closed = True
        words = Words(
            kind=one.kind,
            name=_name(case, row, row.unit) if row.kind != RecipientKind.PERSON else row.named,
            above=_name_above(case, sight, one.unit),
            gone=not one.subject,
            closed=closed,
            day=dt.date.fromisoformat(row.command["day"]),
        )
        found.append(Found(case, one.kind, one.key, words_of(words), row))
    return found


def is_open_to(case: SupportCase, marking: int, compartment: uuid.UUID | None) -> bool:
    """Whether whoever reads the case may also read what is marked so."""
    return marking <= case.marking and compartment in (None, case.compartment_id)


def _name(case: SupportCase, row: Recipient, unit: Unit | None) -> str:
    """The unit's name of the register where the case's readers may know it; else as asked for."""
    if unit is not None and is_open_to(case, unit.marking, unit.compartment_id):
        return str(unit.name)
    return row.named


def _name_above(case: SupportCase, sight: Sight, body: str) -> str | None:
    """The name of a unit above; empty where it is closed, None where none is meant."""
    if not body:
        return None
    for key, unit in sight.names.items():
        if sight.descent.descent.body(key) == body:
            return unit.name if is_open_to(case, unit.marking, unit.compartment_id) else ""
    return ""


def _grounds(sight: Sight, row: Recipient, change: Change) -> tuple[str, ...]:
    """The claims that say what is new."""
    if change.kind in (TaskKind.COMMANDER, TaskKind.DEPUTY, TaskKind.PARENT):
        body = sight.descent.descent.body(change.unit or str(row.unit_id))
        return tuple(
            claim
            for (unit, subject), claims in sight.grounds.items()
            if sight.descent.descent.body(unit) == body
            and change.subject in (subject, sight.descent.descent.body(subject))
            for claim in claims
        )
    return (change.subject,) if change.subject else ()


def _marks(mission: Mission, claims: set[str]) -> dict[str, tuple[int, uuid.UUID | None]]:
    """How closely each of these claims is kept."""
    found: dict[str, tuple[int, uuid.UUID | None]] = {}
    if not claims:
        return found
    ids = [uuid.UUID(one) for one in claims]
    models = (PostingClaim, RelationClaim, LineageClaim, ResponsibilityClaim)
    with seen_whole(mission.pk):
        for model in models:
            rows = as_known(model, mission.pk).filter(claim__in=ids)
            for claim, marking, inside in rows.values_list("claim", "marking", "compartment_id"):
                found[str(claim)] = (marking, inside)
    return found


def _persons_marks(mission: Mission, ids: set[str]) -> dict[str, tuple[int, uuid.UUID | None]]:
    asked = [uuid.UUID(one) for one in ids if one]
    if not asked:
        return {}
    with seen_whole(mission.pk):
        rows = Person.objects.filter(mission=mission, pk__in=asked)
        return {str(pk): (m, c) for pk, m, c in rows.values_list("pk", "marking", "compartment_id")}


def findings(mission: Mission, cases: Sequence[SupportCase], day: dt.date) -> list[Found]:
    """Findings of grave violations that stand and reach a recipient of these cases."""
    rows = [(case, row) for case in cases for row in kept_recipients(case)]
    units = units_of([row for _case, row in rows if row.kind != RecipientKind.PERSON])
    against = against_all(mission, units, persons_of([row for _case, row in rows]), day)
    if not against:
        return []
    with seen_whole(mission.pk):
        standing = GraveFinding.objects.filter(mission=mission, lifted_on__isnull=True)
        marks = {row.pk: (row.marking, row.compartment_id) for row in standing}
    found = []
    for case, row in rows:
        own = row.person_id if row.kind == RecipientKind.PERSON else row.unit_id
        for one in against[own].findings if own in against else ():
            closed = one not in marks or not is_open_to(case, *marks[one])
            person = row.kind == RecipientKind.PERSON
            name = row.named if person else _name(case, row, row.unit)
            words = finding_words(name, closed=closed)
            found.append(Found(case, TaskKind.FINDING, str(one), words, row, level=2))
    return found
