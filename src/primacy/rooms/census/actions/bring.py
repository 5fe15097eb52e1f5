"""Writing the rows of imports: each kind of file into its records, and taking a file's rows back.

Called by the acts of importing, inside their transaction, which check the right and write the log.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from django.db.models import Model, ProtectedError
from django.utils.translation import gettext_noop

from primacy.platform.imports.models import ImportBatch
from primacy.platform.sources.models import Source
from primacy.rooms.census.errors import CensusFileRefused
from primacy.rooms.census.imports.kinds import (
    ABSENCES,
    CARDS,
    FIGURES,
    HEAD_COUNTS,
    PAY,
    ROLL,
    Values,
)
from primacy.rooms.census.marks import marking_key
from primacy.rooms.census.models import (
    Absence,
    EnrolledPerson,
    EnrolmentRound,
    HeadCount,
    IdCard,
    PayLine,
    PayRoll,
    Presence,
    UnitFigure,
)

AT_ONCE = 2_000


@dataclass(frozen=True)
class Stamp:
    """What every row of one import carries."""

    round: EnrolmentRound
    batch_id: uuid.UUID
    account_id: uuid.UUID | None
    source: Source
    now: dt.datetime

    @property
    def common(self) -> Values:
        """Batch, moment and account."""
        return {
            "batch_id": self.batch_id,
            "recorded_at": self.now,
            "recorded_by_id": self.account_id,
        }

    @property
    def protected(self) -> Values:
        """The same with mission, marking and compartment of the round."""
        return {
            **self.common,
            "mission_id": self.round.mission_id,
            "round": self.round,
            "source": self.source,
            "marking": self.round.marking,
            "compartment_id": self.round.compartment_id,
        }


@dataclass
class Brought:
    """What a store did: rows added, rows whose person is on no roll, remarks."""

    added: int = 0
    unmatched: int = 0
    notes: list[str] = field(default_factory=list)


class RollByNumber:
    """Finds the row of a roll by service number; by number and name where several carry it.

    Never by name alone.
    """

    def __init__(self, round: EnrolmentRound) -> None:
        self._rows: dict[str, list[tuple[str, uuid.UUID]]] = defaultdict(list)
        rows = EnrolledPerson.objects.filter(round=round).exclude(number_key="").order_by()
        for pk, number, name in rows.values_list("pk", "number_key", "name_as_written"):
            self._rows[number].append((_plain(name), pk))

    def find(self, number_key: object, name: object) -> uuid.UUID | None:
        """The row, where exactly one fits."""
        rows = self._rows.get(str(number_key), []) if number_key else []
        if len(rows) > 1:
            rows = [row for row in rows if row[0] == _plain(str(name))]
        return rows[0][1] if len(rows) == 1 else None


def _only(row: Values, *names: str) -> Values:
    return {name: row[name] for name in names}


def _plain(name: str) -> str:
    return " ".join(sorted(name.casefold().split()))


def bring_roll(stamp: Stamp, rows: Sequence[Values]) -> Brought:
    """Rows of the roll; those on record already are left as they are."""
    known = set(EnrolledPerson.objects.filter(round=stamp.round).values_list("row_key", flat=True))
    fresh = [
        EnrolledPerson(round=stamp.round, **row, **stamp.common)
        for row in rows
        if row["row_key"] not in known
    ]
    EnrolledPerson.objects.bulk_create(fresh, batch_size=AT_ONCE)
    nowhere = sum(row.unit_id is None for row in fresh)
    brought = Brought(len(fresh), nowhere)
    if nowhere:
        brought.notes.append(
            gettext_noop("%(n)s rows name no unit of the register.") % {"n": nowhere}
        )
    return brought


def bring_absences(stamp: Stamp, rows: Sequence[Values]) -> Brought:
    """Absences of persons on the roll; those of nobody on it are left out and counted."""
    names = ("cause", "first")
    known = Absence.objects.filter(round=stamp.round).values_list("member_id", *names)
    return _of_members(
        stamp,
        rows,
        names,
        set(known),
        lambda row, member: Absence(
            round=stamp.round,
            member_id=member,
            **_only(row, "cause", "first", "last", "paper"),
            **stamp.common,
        ),
    )


def bring_cards(stamp: Stamp, rows: Sequence[Values]) -> Brought:
    """Cards of persons on the roll; those of nobody on it are left out and counted."""
    names = ("number", "issued_on")
    known = IdCard.objects.filter(round=stamp.round).values_list("holder_id", *names)
    return _of_members(
        stamp,
        rows,
        names,
        set(known),
        lambda row, member: IdCard(
            round=stamp.round,
            holder_id=member,
            **_only(row, "number", "issued_on", "ended_on"),
            **stamp.common,
        ),
    )


def _of_members(
    stamp: Stamp,
    rows: Sequence[Values],
    names: Sequence[str],
    known: set[tuple[object, ...]],
    make: Callable[[Values, uuid.UUID], Model],
) -> Brought:
    """Stores what belongs to a row of the roll and is not known by member and these columns."""
    roll = RollByNumber(stamp.round)
    fresh: list[Model] = []
    brought = Brought()
    for row in rows:
        member = roll.find(row["number_key"], row["name_as_written"])
        content = (member, *(row[name] for name in names))
        if member is None:
            brought.unmatched += 1
        elif content not in known:
            known.add(content)
            fresh.append(make(row, member))
    if fresh:
        type(fresh[0])._default_manager.bulk_create(fresh, batch_size=AT_ONCE)
    brought.added = len(fresh)
    if brought.unmatched:
        brought.notes.append(
            gettext_noop(
                "%(n)s rows carry a number that is on no row of the roll, or on several; they "
                "were not stored. Load the roll first, or correct the numbers."
            )
            % {"n": brought.unmatched}
        )
    return brought


def bring_head_counts(stamp: Stamp, rows: Sequence[Values]) -> Brought:
    """Head counts with who was seen; one that is on record already is left as it is."""
    roll, brought = RollByNumber(stamp.round), Brought()
    by_count: dict[tuple[uuid.UUID, dt.date], list[Values]] = defaultdict(list)
    for row in rows:
        by_count[cast(uuid.UUID, row["unit_id"]), cast(dt.date, row["day"])].append(row)
    known = set(HeadCount.objects.filter(round=stamp.round).values_list("unit_id", "day"))
    twice = 0
    for (unit, day), found in by_count.items():
        if (unit, day) in known:
            continue
        people, repeated = _seen_once(found, roll)
        twice += repeated
        stated = [cast(int, row["counted"]) for row in found if row["counted"] is not None]
        count = HeadCount.objects.create(
            unit_id=unit,
            day=day,
            place=next((str(row["place"]) for row in found if row["place"]), ""),
            counted=max([len(people), *stated]),
            **stamp.protected,
        )
        for one in people:
            one.head_count = count
            for name, value in stamp.common.items():
                setattr(one, name, value)
        Presence.objects.bulk_create(people, batch_size=AT_ONCE)
        brought.added += len(found)
        brought.unmatched += sum(one.member_id is None for one in people)
    if twice:
        brought.notes.append(
            gettext_noop("%(n)s persons stand twice at one head count; each is counted once.")
            % {"n": twice}
        )
    return brought


def _seen_once(rows: Sequence[Values], roll: RollByNumber) -> tuple[list[Presence], int]:
    """The persons named, each once, and how many stood there again."""
    seen: dict[object, Presence] = {}
    named = [row for row in rows if row["service_number"] or row["name_as_written"]]
    for row in named:
        member = roll.find(row["number_key"], row["name_as_written"])
        key = member or (row["number_key"], _plain(str(row["name_as_written"])))
        seen.setdefault(
            key,
            Presence(
                member_id=member,
                service_number=str(row["service_number"]),
                name_as_written=str(row["name_as_written"]),
            ),
        )
    return list(seen.values()), len(named) - len(seen)


def bring_pay(stamp: Stamp, rows: Sequence[Values]) -> Brought:
    """Lines of pay rolls by month; those on record already are left as they are."""
    roll, brought = RollByNumber(stamp.round), Brought()
    key = marking_key()
    by_month: dict[dt.date, list[Values]] = defaultdict(list)
    for row in rows:
        by_month[cast(dt.date, row["month"])].append(row)
    for month, found in by_month.items():
        pay_roll = PayRoll.objects.filter(round=stamp.round, month=month).first()
        if pay_roll is None:
            pay_roll = PayRoll.objects.create(month=month, marked_with=key, **stamp.protected)
        elif pay_roll.marked_with != key:
            raise CensusFileRefused(
                gettext_noop(
                    "The pay roll of %(month)s was marked under another secret of this site, so "
                    "accounts cannot be compared. Undo that import and load all its lines again."
                )
                % {"month": f"{month:%Y-%m}"}
            )
        known = set(pay_roll.lines.values_list("row_key", flat=True))
        fresh = []
        for row in found:
            if row["row_key"] in known:
                continue
            member = roll.find(row["number_key"], row["name_as_written"])
            brought.unmatched += member is None
            values = {name: value for name, value in row.items() if name != "month"}
            fresh.append(PayLine(pay_roll=pay_roll, member_id=member, **values, **stamp.common))
        PayLine.objects.bulk_create(fresh, batch_size=AT_ONCE)
        brought.added += len(fresh)
    return brought


def bring_figures(stamp: Stamp, rows: Sequence[Values]) -> Brought:
    """Posts, rations and stations of units; those on record already are left as they are."""
    names = ("unit_id", "kind", "first", "last", "level", "value", "place")
    known = set(UnitFigure.objects.filter(round=stamp.round).values_list(*names))
    fresh = []
    for row in rows:
        content = tuple(row[name] for name in names)
        if content not in known:
            known.add(content)
            fresh.append(UnitFigure(**row, **stamp.protected))
    UnitFigure.objects.bulk_create(fresh, batch_size=AT_ONCE)
    return Brought(len(fresh))


STORES: dict[str, Callable[[Stamp, Sequence[Values]], Brought]] = {
    ROLL: bring_roll,
    ABSENCES: bring_absences,
    CARDS: bring_cards,
    HEAD_COUNTS: bring_head_counts,
    PAY: bring_pay,
    FIGURES: bring_figures,
}


def take_back(batch: ImportBatch) -> int:
    """How many rows of an import were taken back; refused while rows of another rest on them."""
    removed = 0
    try:
        for model in (Presence, HeadCount, PayLine, Absence, IdCard, UnitFigure):
            removed += model._default_manager.filter(batch_id=batch.pk).delete()[0]
        # A month another file added lines to stays.
        PayRoll.objects.filter(batch_id=batch.pk, lines__isnull=True).delete()
        removed += EnrolledPerson.objects.filter(batch_id=batch.pk).delete()[0]
    except ProtectedError as problem:
        raise CensusFileRefused(
            gettext_noop(
                "Head counts, pay rolls, cards or absences rest on rows of this roll. Nothing was "
                "changed. Undo their imports first."
            )
        ) from problem
    return removed
