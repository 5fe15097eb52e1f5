"""The records of a force put in order once, so that each rule is one look."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from enum import StrEnum

from primacy.kernels.flags.records import Force, HeadCount, Member, PayKind, PayLine
from primacy.kernels.flags.rule import Limits
from primacy.kernels.flags.wording import month_of
from primacy.kernels.strength import Absence, Cause, causes_on


class Seen(StrEnum):
    """What one head count says of one expected person."""

    PRESENT = "present"
    AWAY = "away"  # absent, and the record says why (pay for the dead has a rule of its own)
    ABSENT = "absent"
    UNSURE = "unsure"  # absent, yet heads without a name may be this person


class Reading:
    """A force with its records by person, unit and month."""

    def __init__(self, force: Force, limits: Limits) -> None:
        self.force, self.limits = force, limits
        self.members: dict[str, Member] = {member.person: member for member in force.members}
        self.salaries: dict[str, list[PayLine]] = defaultdict(list)
        self.paid_in_unit: dict[str, dict[dt.date, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self.months: set[dt.date] = set()
        for line in sorted(force.pay, key=lambda line: line.month):
            if line.kind is PayKind.SALARY:
                self.salaries[line.person].append(line)
                self.paid_in_unit[self.unit_of(line)][line.month].add(line.person)
                self.months.add(line.month)
        self.absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in force.absences:
            self.absences[absence.person].append(absence)
        self.counts: dict[str, list[HeadCount]] = defaultdict(list)
        for count in sorted(force.head_counts, key=lambda count: count.day):
            self.counts[count.unit].append(count)
        self._there: dict[dt.date, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for count in force.head_counts:
            for person in count.present:
                self._there[count.day][person].add(count.unit)
        self._unsure = {count.record: self._all_unsure(count) for count in force.head_counts}
        self._tally: dict[str, Counter[Seen]] = defaultdict(Counter)
        self.seen = self._seen_by_person()
        self.covered = {(unit, m) for unit, found in self.paid_in_unit.items() for m in found}

    def unit_of(self, line: PayLine) -> str:
        """The unit a payment is booked on; the person's own where the line has none."""
        if line.unit or line.person not in self.members:
            return line.unit
        return self.members[line.person].unit

    def cause(self, person: str, day: dt.date) -> Cause | None:
        """Why the record says a person is away on a day; None where it says nothing."""
        return causes_on(self.absences.get(person, ()), day).get(person)

    def away_in(self, person: str, month: dt.date, causes: frozenset[Cause]) -> bool:
        """True where the person is on record as away for one of these causes in the month."""
        last = _last_day(month)
        return any(
            absence.cause in causes
            and absence.first <= last
            and (absence.last is None or absence.last >= month)
            for absence in self.absences.get(person, ())
        )

    def paid_in(self, person: str, month: dt.date) -> list[PayLine]:
        """The salaries of a person for a month."""
        return [line for line in self.salaries.get(person, ()) if line.month == month]

    def units_where(self, person: str, day: dt.date) -> set[str]:
        """The units at whose head counts the person was seen on a day."""
        return self._there[day].get(person, set()) if day in self._there else set()

    def superiors(self, person: str) -> Iterator[str]:
        """The persons above one, the nearest first; a ring in the records ends the walk."""
        seen = {person}
        at = self.members[person].superior if person in self.members else ""
        while at and at not in seen:
            yield at
            seen.add(at)
            at = self.members[at].superior if at in self.members else ""

    def share_of(self, record: str, seen: Seen, without: int) -> float:
        """The share of those expected at a count of whom it says this, a group of them left out."""
        found = self._tally[record]
        return (max(found[seen] - without, 0) + 1) / (max(found.total() - without, 0) + 2)

    def _seen_by_person(self) -> dict[str, list[tuple[HeadCount, Seen]]]:
        """Person → every head count that expected them, in order, and what it says."""
        found: dict[str, list[tuple[HeadCount, Seen]]] = defaultdict(list)
        for counts in self.counts.values():
            for count in counts:
                for person in count.expected:
                    seen = self._look(count, person)
                    found[person].append((count, seen))
                    self._tally[count.record][seen] += 1
        for rows in found.values():
            rows.sort(key=lambda row: row[0].day)
        return found

    def _look(self, count: HeadCount, person: str) -> Seen:
        if person in count.present or self.units_where(person, count.day):
            return Seen.PRESENT
        if self.cause(person, count.day) is not None:
            return Seen.AWAY
        return Seen.UNSURE if self._unsure[count.record] else Seen.ABSENT

    def _all_unsure(self, count: HeadCount) -> bool:
        """True where the heads without a name are enough to be all who seem absent."""
        if not count.unnamed:
            return False
        missing = [
            person
            for person in count.expected - count.present
            if not self.units_where(person, count.day) and self.cause(person, count.day) is None
        ]
        return count.unnamed >= len(missing)


def _last_day(month: dt.date) -> dt.date:
    return month_of(month + dt.timedelta(days=31)) - dt.timedelta(days=1)
