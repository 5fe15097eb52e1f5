"""A round as the kernels read it: the force for the rules, and the three counts by unit."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from primacy.kernels import flags as rules
from primacy.kernels.strength import Absence, Cause, Count, Reconciliation, causes_on, reconcile
from primacy.kernels.time.ranges import DateRange
from primacy.platform.policy import Viewer, held_aside
from primacy.rooms.census import models
from primacy.rooms.census.models import EnrolledPerson, EnrolmentRound, FigureKind, HeadCount
from primacy.rooms.census.queries import (
    figures,
    head_counts,
    number_ranges,
    pay_rolls,
    require_all_of,
    roll,
)
from primacy.rooms.forces.facade import Unit, units

STRANGER = "stranger:"
"""Before the key of somebody who is on no roll: the number, or the name, as it was written."""


@dataclass(frozen=True)
class UnitCounts:
    """The three counts of one unit in one month."""

    unit: Unit
    head_count: HeadCount | None
    counts: Reconciliation


@dataclass(frozen=True)
class Sheet:
    """A round's reconciliation for a month, by unit."""

    month: dt.date
    units: list[UnitCounts]
    without_unit: int
    """Rows of the roll that name no unit of the register."""

    paid_elsewhere: int
    """Persons paid on a unit that is not in the register."""


def flags_of(
    viewer: Viewer, round: EnrolmentRound, codes: Collection[str] = ()
) -> list[rules.Flag]:
    """The flags of a round by every rule, or by those named; `Withheld` where it is not all open.

    Nobody is shown a record by this: what is shown is noted when a question is read.
    """
    for code in codes:
        rules.rule(code)
    return rules.raise_flags(force_of(viewer, round), rules=codes)


def force_of(viewer: Viewer, round: EnrolmentRound) -> rules.Force:
    """All records of a round for the rules. Persons are ids of roll rows."""
    require_all_of(viewer, round)
    with held_aside():
        members = list(roll(viewer, round).order_by())
        by_number = {row.number_key: str(row.pk) for row in members if row.number_key}
        pay, agents = _pay(viewer, round)
        return rules.Force(
            as_of=round.census_day,
            members=[_member(row, by_number) for row in members],
            pay=pay,
            head_counts=_head_counts(viewer, round, members),
            absences=_absences(round),
            establishments=_establishments(viewer, round),
            rations=_rations(viewer, round),
            promotions=_promotions(members),
            numbers=[
                rules.NumberRange(one.prefix, one.first, one.last, one.issued_from)
                for one in number_ranges(viewer, round.mission)
            ],
            cards=_cards(round),
            stations=_stations(viewer, round),
            censuses=[round.census_day],
            cohorts=_confirmed_cohorts(round),
            agents=agents,
        )


def names_of(viewer: Viewer, round: EnrolmentRound, flags: Sequence[rules.Flag]) -> dict[str, str]:
    """Key of a person or unit in flags → how it is written; each person shown is noted as read."""
    wanted = {one for flag in flags for one in (flag.unit, *flag.subjects) if one}
    keys = [one for one in wanted if not one.startswith(STRANGER)]
    names = {one: one.removeprefix(STRANGER) for one in wanted if one.startswith(STRANGER)}
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        names |= {str(row.pk): str(row) for row in roll(viewer, round).filter(pk__in=part)}
        names |= {str(row.pk): row.name for row in units(viewer, round.mission).filter(pk__in=part)}
    return names


def sheet_of(viewer: Viewer, round: EnrolmentRound, month: dt.date) -> Sheet:
    """Assigned, present and paid of each unit in a month, each difference put down to causes.

    Present is the last head count of the month; a unit without one is compared without it.
    """
    require_all_of(viewer, round)
    end = _last_day(month)
    with held_aside():
        members = list(roll(viewer, round).order_by())
        assigned: dict[uuid.UUID, set[str]] = defaultdict(set)
        home: dict[str, uuid.UUID] = {}
        for row in members:
            if row.unit_id and not (row.entered_on and row.entered_on > end):
                assigned[row.unit_id].add(str(row.pk))
                home[str(row.pk)] = row.unit_id
        counts = _last_counts(viewer, round, month, end)
        paid, elsewhere = _paid_in(viewer, round, month)
        absences = _absences(round)
        known = {*assigned, *counts, *paid}
        rows = []
        for unit in Unit.objects.filter(pk__in=known).order_by("force", "name"):
            head_count, present = counts.get(unit.pk, (None, Count()))
            away = dict(causes_on(absences, head_count.day if head_count else end))
            away |= {
                person: Cause.OTHER_UNIT
                for person, own in home.items()
                if own != unit.pk and person not in away
            }
            three = reconcile(
                Count(frozenset(assigned.get(unit.pk, ()))),
                present,
                Count(frozenset(paid.get(unit.pk, ()))),
                away,
            )
            rows.append(UnitCounts(unit, head_count, three))
    return Sheet(month, rows, sum(row.unit_id is None for row in members), elsewhere)


def _last_day(month: dt.date) -> dt.date:
    return (month + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


def _member(row: EnrolledPerson, by_number: dict[str, str]) -> rules.Member:
    born = None
    if row.born_from and row.born_to:
        born = DateRange(row.born_from, row.born_to)
    return rules.Member(
        person=str(row.pk),
        number=row.service_number,
        unit=str(row.unit_id or ""),
        rank=row.rank_level,
        post=row.post_level,
        born=born,
        hired=row.hired_on,
        entered=row.entered_on,
        cohort=row.cohort,
        superior=by_number.get(rules.plain_number(row.superior_number), ""),
        card=row.card_number,
    )


def stranger(number_key: str, name: str) -> str:
    """The key of somebody on no roll: by number, else by name."""
    return f"{STRANGER}{number_key or ' '.join(name.lower().split())}"


def _pay(viewer: Viewer, round: EnrolmentRound) -> tuple[list[rules.PayLine], frozenset[str]]:
    """The lines of all pay rolls. Accounts marked under another secret are not compared."""
    found, agents = [], set()
    for pay_roll in pay_rolls(viewer, round).order_by("month"):
        for line in pay_roll.lines.all():
            # Marks of different secrets never meet, also where two accounts are the same.
            account = f"{pay_roll.marked_with}:{line.account_mark}" if line.account_mark else ""
            if line.by_agent:
                agents.add(account)
            found.append(
                rules.PayLine(
                    record=str(line.pk),
                    person=str(line.member_id or "")
                    or stranger(line.number_key, line.name_as_written),
                    month=pay_roll.month,
                    unit=str(line.unit_id or ""),
                    account=account,
                    kind=rules.PayKind(line.kind),
                    place=line.place.strip().lower(),
                )
            )
    return found, frozenset(agents)


def _head_counts(
    viewer: Viewer, round: EnrolmentRound, members: list[EnrolledPerson]
) -> list[rules.HeadCount]:
    by_unit: dict[uuid.UUID, list[EnrolledPerson]] = defaultdict(list)
    for row in members:
        if row.unit_id:
            by_unit[row.unit_id].append(row)
    found = []
    for count in head_counts(viewer, round).prefetch_related("presences").order_by("day"):
        present = _present(count)
        found.append(
            rules.HeadCount(
                record=str(count.pk),
                unit=str(count.unit_id),
                day=count.day,
                expected=frozenset(
                    str(row.pk)
                    for row in by_unit[count.unit_id]
                    if row.entered_on is None or row.entered_on <= count.day
                ),
                present=present.persons,
                unnamed=present.unnamed,
            )
        )
    return found


def _present(count: HeadCount) -> Count:
    """Who was seen by name, and how many heads were not named."""
    persons = frozenset(
        str(row.member_id) if row.member_id else stranger(row.service_number, row.name_as_written)
        for row in count.presences.all()
    )
    return Count(persons, max(count.counted - len(persons), 0))


def _last_counts(
    viewer: Viewer, round: EnrolmentRound, month: dt.date, end: dt.date
) -> dict[uuid.UUID, tuple[HeadCount, Count]]:
    rows = head_counts(viewer, round).filter(day__range=(month, end)).order_by("day")
    return {row.unit_id: (row, _present(row)) for row in rows.prefetch_related("presences")}


def _paid_in(
    viewer: Viewer, round: EnrolmentRound, month: dt.date
) -> tuple[dict[uuid.UUID, set[str]], int]:
    """Unit → who was paid a salary on it in the month, and how many on no unit of the register."""
    paid: dict[uuid.UUID, set[str]] = defaultdict(set)
    elsewhere: set[str] = set()
    for pay_roll in pay_rolls(viewer, round).filter(month=month):
        for line in pay_roll.lines.filter(kind=rules.PayKind.SALARY.value).select_related("member"):
            person = str(line.member_id or "") or stranger(line.number_key, line.name_as_written)
            unit = line.unit_id or (line.member.unit_id if line.member else None)
            if unit:
                paid[unit].add(person)
            else:
                elsewhere.add(person)
    return paid, len(elsewhere)


def _absences(round: EnrolmentRound) -> list[Absence]:
    return [
        Absence(str(row.member_id), Cause(row.cause), row.first, row.last, str(row.pk))
        for row in models.Absence.objects.filter(round=round).order_by()
    ]


def _cards(round: EnrolmentRound) -> list[rules.Card]:
    return [
        rules.Card(str(row.pk), row.number, str(row.holder_id), row.issued_on, row.ended_on)
        for row in models.IdCard.objects.filter(round=round).order_by()
    ]


def _promotions(members: list[EnrolledPerson]) -> list[rules.Promotion]:
    return [
        rules.Promotion(
            str(row.pk), str(row.pk), str(row.unit_id), row.promoted_on, row.level_before,
            row.rank_level,
        )
        for row in members
        if row.unit_id and row.promoted_on and row.level_before is not None
        and row.rank_level is not None
    ]  # fmt: skip


def _establishments(viewer: Viewer, round: EnrolmentRound) -> list[rules.Establishment]:
    """Tables of posts by unit and first day: the whole, and by level where it is stated."""
    whole: dict[tuple[str, dt.date], int] = {}
    levels: dict[tuple[str, dt.date], dict[int, int]] = defaultdict(dict)
    for row in figures(viewer, round).filter(kind=FigureKind.POSTS):
        at = (str(row.unit_id), row.first)
        if row.level is None:
            whole[at] = row.value or 0
        else:
            levels[at][row.level] = row.value or 0
    return [
        rules.Establishment(unit, first, whole.get((unit, first), sum(by_rank.values())), by_rank)
        for unit, first in sorted({*whole, *levels})
        for by_rank in (levels.get((unit, first), {}),)
    ]


def _rations(viewer: Viewer, round: EnrolmentRound) -> list[rules.Rations]:
    return [
        rules.Rations(str(row.unit_id), row.first, row.value or 0)
        for row in figures(viewer, round).filter(kind=FigureKind.RATIONS)
    ]


def _stations(viewer: Viewer, round: EnrolmentRound) -> list[rules.Station]:
    return [
        rules.Station(str(row.unit_id), row.place.strip().lower(), row.first, row.last)
        for row in figures(viewer, round).filter(kind=FigureKind.STATION)
    ]


def _confirmed_cohorts(round: EnrolmentRound) -> frozenset[str]:
    rows = models.RecruitmentCohort.objects.filter(
        mission_id=round.mission_id, state=models.CohortState.CONFIRMED
    )
    return frozenset(rows.values_list("code", flat=True))
