"""Rules about groups and moves: like presences, promotions, allowances, entries before a census."""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from primacy.kernels.flags.reading import Reading, Seen
from primacy.kernels.flags.records import Member, PayKind, PayLine, Promotion
from primacy.kernels.flags.rule import Flag, Peers, Record, Severity
from primacy.kernels.flags.wording import day_words, month_words, months_after
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.strength import Cause
from primacy.kernels.strength.absences import LASTING

LEAST_COUNTS, LEAST_ABSENCES, LEAST_GROUP = 5, 2, 3
ELSEWHERE = frozenset({Cause.DEPLOYED, Cause.DETACHED, Cause.COURSE, Cause.UN_DEPLOYMENT})

Pattern = tuple[tuple[str, Seen], ...]


def same_presence(reading: Reading) -> Iterator[Flag]:
    """One flag a group of a unit that comes and stays away together, more than chance lets it."""
    groups = _groups(reading)
    found = []
    for (unit, pattern), persons in sorted(groups.items(), key=lambda row: (row[0][0], row[1])):
        absences = sum(seen is Seen.ABSENT for _, seen in pattern)
        there = sum(seen is Seen.PRESENT for _, seen in pattern)
        if len(pattern) < LEAST_COUNTS or absences < LEAST_ABSENCES or not there:
            continue
        if len(persons) < LEAST_GROUP:
            continue
        if _tail(reading, unit, pattern, len(persons)) < reading.limits.chance:
            near = _nearly(groups, unit, pattern)
            found.append((unit, pattern, sorted({*persons, *near}), absences))
    for unit, pattern, persons, absences in found:
        yield Flag(
            rule="same_presence",
            unit=unit,
            subjects=tuple(persons),
            records=tuple(Record("head_count", row) for row, _ in pattern),
            peers=Peers(Sentence("patterns of presence in all units"), len(groups), len(found)),
            reasons=(
                Sentence(
                    "%(figure)s persons were present and absent at the same %(counts)s head "
                    "counts, or all but one of them; absent without a reason %(absences)s times",
                    figure=str(len(persons)),
                    counts=str(len(pattern)),
                    absences=str(absences),
                ),
                Sentence("given how often others of the unit are absent, chance would not do that"),
            ),
            severity=Severity.ROUTINE,
            since=next(
                count.day for count in reading.counts[unit] if count.record == pattern[0][0]
            ).isoformat(),
        )


def _groups(reading: Reading) -> dict[tuple[str, Pattern], list[str]]:
    """Unit and pattern → the persons who show it."""
    groups: dict[tuple[str, Pattern], list[str]] = defaultdict(list)
    for person, rows in reading.seen.items():
        if rows:
            pattern = tuple((count.record, seen) for count, seen in rows)
            groups[(rows[0][0].unit, pattern)].append(person)
    return groups


def _nearly(groups: dict[tuple[str, Pattern], list[str]], unit: str, pattern: Pattern) -> list[str]:
    """Persons of the unit who differ from a pattern at one count, and share enough absences."""
    near: list[str] = []
    for (other, own), persons in groups.items():
        if other != unit or len(own) != len(pattern) or own == pattern:
            continue
        pairs = list(zip(own, pattern, strict=True))
        differs = sum(mine != theirs for mine, theirs in pairs)
        shared = sum(mine == theirs and mine[1] is Seen.ABSENT for mine, theirs in pairs)
        if differs == 1 and shared >= LEAST_ABSENCES:
            near += persons
    return near


def _tail(reading: Reading, unit: str, pattern: Pattern, size: int) -> float:
    """The probability that so many others share one person's pattern, by the unit's absences.

    Each of the unit's other persons shows it with the product of the shares at its counts; the
    group itself is left out of these shares. The number is taken as Poisson.
    """
    counts = {count.record: count for count in reading.counts[unit]}
    if any(row not in counts for row, _ in pattern):
        return 1.0
    others = max(len(counts[row].expected) for row, _ in pattern)
    share = math.prod(reading.share_of(row, seen, size) for row, seen in pattern)
    expected = share * max(others - 1, 1)
    below = sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(size - 1))
    return max(1.0 - below, 0.0)


def promotion_without_vacancy(reading: Reading) -> Iterator[Flag]:
    """One flag a promotion after which a unit had more holders of the rank than posts for it."""
    history: dict[str, list[Promotion]] = defaultdict(list)
    for row in sorted(reading.force.promotions, key=lambda row: row.day):
        history[row.person].append(row)
    by_unit: dict[str, list[Member]] = defaultdict(list)
    for member in reading.force.members:
        by_unit[member.unit].append(member)
    found = []
    for row in sorted(reading.force.promotions, key=lambda row: (row.day, row.person)):
        posts = _posts(reading, row)
        if posts is None:
            continue
        holders = sum(
            _rank_on(member, history.get(member.person, ()), row.day) == row.to_rank
            and not _gone(reading, member.person, row.day)
            for member in by_unit[row.unit]
        )
        if holders > posts:
            found.append((row, holders, posts))
    for row, holders, posts in found:
        yield Flag(
            rule="promotion_without_vacancy",
            unit=row.unit,
            subjects=(row.person,),
            records=(Record("promotion", row.record), Record("roll", row.person)),
            peers=Peers(
                Sentence("promotions on record"), len(reading.force.promotions), len(found)
            ),
            reasons=(
                Sentence(
                    "promoted on %(day)s, after which %(holders)s persons of the unit held the "
                    "rank and %(posts)s posts were for it",
                    day=day_words(row.day),
                    holders=str(holders),
                    posts=str(posts),
                ),
            ),
            severity=Severity.ROUTINE,
            since=row.day.isoformat(),
        )


def _posts(reading: Reading, row: Promotion) -> int | None:
    """Posts for the rank in the unit on the day; None where the table does not say."""
    tables = [
        table
        for table in reading.force.establishments
        if table.unit == row.unit and table.first <= row.day and table.by_rank
    ]
    if not tables:
        return None
    return max(tables, key=lambda table: table.first).by_rank.get(row.to_rank, 0)


def _rank_on(member: Member, history: Sequence[Promotion], day: dt.date) -> int | None:
    """The level a person held on a day: today's, taken back over what came later."""
    later = [row for row in history if row.day > day]
    return later[0].from_rank if later else member.rank


def _gone(reading: Reading, person: str, day: dt.date) -> bool:
    return reading.cause(person, day) in LASTING


def allowance_elsewhere(reading: Reading) -> Iterator[Flag]:
    """One flag a person with an allowance for a place where their unit was not."""
    stations: dict[str, list[tuple[str, dt.date, dt.date]]] = defaultdict(list)
    for row in reading.force.stations:
        stations[row.unit].append((row.place, row.first, row.last or dt.date.max))
    lines = [line for line in reading.force.pay if line.kind is PayKind.ALLOWANCE and line.place]
    wrong: dict[str, list[PayLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.month):
        end = months_after(line.month, 1) - dt.timedelta(days=1)
        places = {
            place
            for place, first, last in stations.get(reading.unit_of(line), ())
            if first <= end and last >= line.month
        }
        if places and line.place not in places:
            if not reading.away_in(line.person, line.month, ELSEWHERE):
                wrong[line.person].append(line)
    for person, found in sorted(wrong.items()):
        yield Flag(
            rule="allowance_elsewhere",
            unit=reading.unit_of(found[0]),
            subjects=(person,),
            records=tuple(Record("pay", line.record) for line in found),
            peers=Peers(
                Sentence("persons with an allowance for a place"),
                len({line.person for line in lines}),
                len(wrong),
            ),
            reasons=(
                Sentence(
                    "an allowance for a place while the unit was stationed elsewhere and no order "
                    "sent the person there, months: %(figure)s, first %(first)s",
                    figure=str(len(found)),
                    first=month_words(found[0].month),
                ),
            ),
            severity=Severity.ROUTINE,
            since=found[0].month.isoformat(),
        )


def new_before_census(reading: Reading) -> Iterator[Flag]:
    """One flag a person who came onto the roll just before a census with no class on record."""
    window = dt.timedelta(days=reading.limits.window_days)
    dated = [(member, member.entered) for member in reading.force.members if member.entered]
    for census in sorted(reading.force.censuses):
        new = [
            (member, entered)
            for member, entered in dated
            if census - window <= entered < census and member.cohort not in reading.force.cohorts
        ]
        by_unit = Counter(member.unit for member, _ in new)
        for member, entered in sorted(new, key=lambda row: row[0].person):
            yield Flag(
                rule="new_before_census",
                unit=member.unit,
                subjects=(member.person,),
                records=(Record("roll", member.person),),
                peers=Peers(
                    Sentence("persons on the roll with a day of entry"), len(dated), len(new)
                ),
                reasons=(
                    Sentence(
                        "came onto the roll on %(day)s, %(figure)s days before the census of "
                        "%(census)s, with no recruit class on record",
                        day=day_words(entered),
                        figure=str((census - entered).days),
                        census=day_words(census),
                    ),
                    Sentence(
                        "such entries in the same unit: %(figure)s",
                        figure=str(by_unit[member.unit]),
                    ),
                ),
                severity=Severity.SOON,
                since=census.isoformat(),
            )
