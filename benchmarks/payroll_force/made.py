"""Makes a force: honest first, with the noise of honest papers, then fraud of every kind seeded.

Everything follows from the seed. `truth` holds, for each rule, the persons (or units) for which the
fraud was seeded; whatever else a rule finds is a false alarm, also where the paper itself is wrong
by honest mistake.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from primacy.kernels.flags import (
    Card,
    Establishment,
    Force,
    HeadCount,
    Member,
    NumberRange,
    PayKind,
    PayLine,
    Promotion,
    Rations,
    Station,
    plain_account,
)
from primacy.kernels.flags.wording import months_after
from primacy.kernels.strength import Absence, Cause
from primacy.kernels.time.ranges import DateRange

SEED = 2026
AS_OF = dt.date(2026, 6, 30)
MONTHS = [months_after(dt.date(2025, 7, 1), n) for n in range(12)]
COUNT_DAYS = [dt.date(2025, 8, 20), dt.date(2025, 10, 20), dt.date(2025, 12, 20),
              dt.date(2026, 2, 20), dt.date(2026, 4, 20), dt.date(2026, 6, 20)]  # fmt: skip
CENSUS = dt.date(2026, 5, 15)
RANKS = ((1, 0.62), (2, 0.2), (3, 0.1), (4, 0.05), (5, 0.03))
UNIT_SIZE = 80


@dataclass
class Row:
    """A member while the force is being made."""

    person: str
    number: str
    unit: str
    rank: int
    post: int
    born: DateRange
    hired: dt.date
    entered: dt.date
    cohort: str = ""
    superior: str = ""
    card: str = ""
    account: str = ""  # as a clerk wrote it
    clean: bool = True


@dataclass
class MadeForce:
    """A force, the accounts as they were written, and what was seeded for each rule."""

    force: Force
    written: dict[str, str]
    truth: dict[str, set[str]]


@dataclass
class Maker:
    """All that is put together before the force is sealed."""

    size: int
    rng: np.random.Generator
    rows: list[Row] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    away: dict[tuple[str, dt.date], bool] = field(default_factory=dict)
    stopped: dict[str, dt.date] = field(default_factory=dict)
    unpaid: set[str] = field(default_factory=set)
    lines: list[tuple[PayLine, str]] = field(default_factory=list)
    there: dict[tuple[str, dt.date], set[str]] = field(default_factory=dict)
    expected: dict[tuple[str, dt.date], set[str]] = field(default_factory=dict)
    unnamed: dict[tuple[str, dt.date], int] = field(default_factory=dict)
    establishments: dict[str, Establishment] = field(default_factory=dict)
    promotions: list[Promotion] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    stations: list[Station] = field(default_factory=list)
    truth: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    taken: set[str] = field(default_factory=set)

    def some(self, share: float, least: int = 3) -> int:
        """How many of a kind for a force of this size; `share` is per 20,000."""
        return max(least, round(share * self.size / 20_000))

    def pick(self, count: int, rank: int | None = None) -> list[Row]:
        """So many honest members nobody has touched yet."""
        free = [
            row
            for row in self.rows
            if row.person not in self.taken and (rank is None or row.rank == rank)
        ]
        chosen = [free[int(at)] for at in self.rng.choice(len(free), count, replace=False)]
        self.taken |= {row.person for row in chosen}
        return chosen

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day between two."""
        return first + dt.timedelta(days=int(self.rng.integers((last - first).days + 1)))


def written_account(maker: Maker) -> str:
    """A mobile number as clerks write it."""
    figure = f"{int(maker.rng.integers(70_000_000, 79_999_999))}{int(maker.rng.integers(10))}"
    return rewritten(maker, figure)


def rewritten(maker: Maker, figure: str) -> str:
    """The same number in one of the ways clerks write it."""
    plain = "".join(sign for sign in figure if sign.isdigit()).removeprefix("231").lstrip("0")
    ways = (f"0{plain}", f"+231{plain}", f"+231 {plain[:2]} {plain[2:5]} {plain[5:]}", plain,
            f"0{plain[:3]}-{plain[3:]}")  # fmt: skip
    return ways[int(maker.rng.choice(5, p=[0.7, 0.1, 0.1, 0.05, 0.05]))]


def honest_roll(maker: Maker) -> None:
    """Members in units of a tree, with ages, numbers, cards and recruit classes."""
    rng = maker.rng
    heads: dict[str, str] = {}
    ranks = rng.choice([r for r, _ in RANKS], maker.size, p=[p for _, p in RANKS])
    for at in range(maker.size):
        unit = f"U{at // UNIT_SIZE:03d}"
        rank = 5 if unit not in heads else min(int(ranks[at]), 4)
        hired = maker.day(dt.date(1990, 1, 1), dt.date(2024, 12, 31))
        born = hired - dt.timedelta(days=int(rng.integers(19 * 366, 27 * 366)))
        while AS_OF.year - born.year >= 59:
            born += dt.timedelta(days=366)
            hired = max(hired, born + dt.timedelta(days=19 * 366))
        known = DateRange(born, born)
        if rng.random() < 0.2:
            known = DateRange(dt.date(born.year, 1, 1), dt.date(born.year, 12, 31))
        row = Row(
            person=f"p{at:05d}",
            number=f"P{10_000 + at}",
            unit=unit,
            rank=rank,
            post=rank,
            born=known,
            hired=hired,
            entered=hired,
            card=f"C{at:06d}",
            account=written_account(maker),
        )
        heads.setdefault(unit, row.person)
        above = int(unit[1:]) // 5
        row.superior = heads[unit] if row.person != heads[unit] else heads[f"U{above:03d}"]
        if row.superior == row.person:
            row.superior = ""
        maker.rows.append(row)
    # A recruit class came shortly before the census; a few of its papers are missing.
    for row in maker.pick(maker.some(400)):
        row.hired = row.entered = maker.day(dt.date(2026, 3, 20), dt.date(2026, 5, 10))
        row.born = DateRange(dt.date(2004, 1, 1), dt.date(2004, 12, 31))
        row.cohort = "" if rng.random() < 0.02 else "class-14"
    maker.taken.clear()
    maker.taken |= {row.person for row in maker.rows if row.hired.year == 2026}
    maker.taken |= set(heads.values())


def honest_noise(maker: Maker) -> None:
    """Mistakes of honest papers: slips in dates and numbers, acting posts, shared accounts."""
    rng = maker.rng
    for row in maker.pick(maker.some(20)):
        slip = int(rng.choice([-20, 15]))
        born = row.born.earliest
        row.born = DateRange(*[dt.date(born.year + slip, born.month, min(born.day, 28))] * 2)
    for row in maker.pick(maker.some(15)):
        row.number = row.number[:2] + row.number[2:][::-1]
    for row in maker.pick(maker.some(10)):
        row.number = "P" + row.number[1:] + str(int(rng.integers(10)))
    for row in maker.pick(maker.some(100)):
        row.rank, row.post = max(row.rank, 2), max(row.rank, 2) - 1
    for row in maker.pick(maker.some(8)):
        row.card = row.card[:-1] + "X"
    couples = maker.pick(2 * maker.some(60))
    for one, other in zip(couples[::2], couples[1::2], strict=True):
        other.account = one.account


def honest_absences(maker: Maker) -> None:
    """Leave, course, hospital and orders on record; some days away that nobody wrote down."""
    rng = maker.rng
    for row in maker.rows:
        for day in COUNT_DAYS:
            maker.expected.setdefault((row.unit, day), set())
            if row.entered > day:
                continue
            maker.expected[row.unit, day].add(row.person)
            draw = rng.random()
            if draw < 0.07:
                cause = (Cause.LEAVE, Cause.COURSE, Cause.HOSPITAL, Cause.DEPLOYED)[
                    int(rng.integers(4))
                ]
                first = day - dt.timedelta(days=int(rng.integers(15)))
                last = day + dt.timedelta(days=int(rng.integers(15)))
                maker.absences.append(
                    Absence(row.person, cause, first, last, f"a{len(maker.absences)}")
                )
                maker.away[row.person, day] = True
            elif draw < 0.10:
                maker.away[row.person, day] = True
    # Papers of a long leave are lost: two head counts missed without a reason on record.
    for row in maker.pick(maker.some(40)):
        at = int(rng.integers(len(COUNT_DAYS) - 1))
        for day in COUNT_DAYS[at : at + 2]:
            maker.away[row.person, day] = True
    # Squads out together whose order was not written down.
    units = sorted({row.unit for row in maker.rows})
    for unit in rng.choice(units, min(3, len(units)), replace=False):
        squad = [r for r in maker.rows if r.unit == unit and r.person not in maker.taken][:5]
        maker.taken |= {row.person for row in squad}
        for row in squad:
            for day in COUNT_DAYS:
                maker.away[row.person, day] = day in COUNT_DAYS[1:3]


def honest_leavers(maker: Maker) -> None:
    """Persons who died, retired or were detained; now and then the pay office heard late."""
    for cause, share in ((Cause.DEAD, 60), (Cause.RETIRED, 120), (Cause.DETAINED, 40),
                         (Cause.UN_DEPLOYMENT, 80), (Cause.DESERTED, 60)):  # fmt: skip
        for row in maker.pick(maker.some(share)):
            day = maker.day(dt.date(2025, 9, 1), dt.date(2026, 3, 31))
            late = 2 if maker.rng.random() < 0.08 else 1
            leave(maker, row, cause, day, months_after(day.replace(day=1), late))


def leave(maker: Maker, row: Row, cause: Cause, day: dt.date, stopped: dt.date | None) -> None:
    """Puts a state on record, and stops the pay from a month on."""
    maker.absences.append(Absence(row.person, cause, day, None, f"a{len(maker.absences)}"))
    if stopped is not None:
        maker.stopped[row.person] = stopped
    for count in COUNT_DAYS:
        if count >= day:
            maker.away[row.person, count] = True


def honest_units(maker: Maker) -> None:
    """Posts a little above the roll, stations, promotions into vacant posts, cards."""
    rng = maker.rng
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for row in maker.rows:
        by_unit[row.unit].append(row)
        maker.cards.append(Card(f"c{len(maker.cards)}", f"C{int(row.person[1:]):06d}", row.person,
                                min(row.hired, dt.date(2020, 1, 1))))  # fmt: skip
    for unit, rows in by_unit.items():
        levels = {level: sum(r.rank == level for r in rows) for level, _ in RANKS}
        by_rank = {level: count + int(rng.integers(1, 4)) for level, count in levels.items()}
        posts = len(rows) + int(rng.integers(2, 9))
        maker.establishments[unit] = Establishment(unit, dt.date(2020, 1, 1), posts, by_rank)
        maker.stations.append(Station(unit, f"town-{unit}", dt.date(2015, 1, 1)))
        for day in COUNT_DAYS:
            if rng.random() < 0.1:
                maker.unnamed[unit, day] = int(rng.integers(1, 4))
    for row in maker.pick(maker.some(500), rank=2):
        promote(maker, row, maker.day(dt.date(2025, 8, 1), dt.date(2026, 5, 31)))


def promote(maker: Maker, row: Row, day: dt.date) -> None:
    """A promotion that ended in the rank the person has today."""
    maker.promotions.append(
        Promotion(f"pr{len(maker.promotions)}", row.person, row.unit, day, row.rank - 1, row.rank)
    )
    row.post = row.rank


def make(size: int = 20_000, seed: int = SEED) -> MadeForce:
    """A force of so many members with fraud seeded, the same for the same seed."""
    from benchmarks.payroll_force import fraud

    maker = Maker(size, np.random.default_rng(seed))
    honest_roll(maker)
    honest_noise(maker)
    honest_absences(maker)
    honest_leavers(maker)
    honest_units(maker)
    fraud.seed_on_the_roll(maker)
    fraud.seed_numbers(maker)
    fraud.seed_in_accounts(maker)
    fraud.seed_states(maker)
    fraud.seed_entries(maker)
    pay(maker)
    fraud.seed_in_pay(maker)
    present(maker)
    fraud.seed_sheets(maker)
    fraud.seed_at_head_counts(maker)
    fraud.seed_full_counts(maker)
    return sealed(maker)


def pay(maker: Maker) -> None:
    """A salary a month for everybody on the roll, an allowance for some."""
    allowed = {row.person for row in maker.rows if maker.rng.random() < 0.05}
    for row in maker.rows:
        for month in MONTHS:
            end = months_after(month, 1)
            if row.entered >= end or month >= maker.stopped.get(row.person, dt.date.max):
                continue
            if row.person in maker.unpaid and month >= MONTHS[6]:
                continue
            add_pay(maker, row.person, month, row.unit, row.account)
            if row.person in allowed:
                add_pay(maker, row.person, month, row.unit, row.account, f"town-{row.unit}")


def add_pay(
    maker: Maker, person: str, month: dt.date, unit: str, account: str, place: str = ""
) -> None:
    """One line of a pay roll."""
    kind = PayKind.ALLOWANCE if place else PayKind.SALARY
    line = PayLine(f"l{len(maker.lines)}", person, month, unit,
                   plain_account(account, calling_code="231"), kind, place)  # fmt: skip
    maker.lines.append((line, account))


def present(maker: Maker) -> None:
    """Who was seen at each head count."""
    for (unit, day), persons in maker.expected.items():
        maker.there[unit, day] = {
            person for person in persons if not maker.away.get((person, day), False)
        }


def sealed(maker: Maker) -> MadeForce:
    """The force as the rules get it."""
    members = [
        Member(r.person, r.number, r.unit, r.rank, r.post, r.born, r.hired, r.entered, r.cohort,
               r.superior, r.card)
        for r in maker.rows
    ]  # fmt: skip
    counts = [
        HeadCount(f"h-{unit}-{day}", unit, day, frozenset(maker.expected[unit, day]),
                  frozenset(there), maker.unnamed.get((unit, day), 0))
        for (unit, day), there in maker.there.items()
    ]  # fmt: skip
    top = 10_000 + maker.size
    force = Force(
        as_of=AS_OF,
        members=members,
        pay=[line for line, _ in maker.lines],
        head_counts=counts,
        absences=maker.absences,
        establishments=list(maker.establishments.values()),
        rations=_rations(maker),
        promotions=maker.promotions,
        numbers=[NumberRange("P", 10_000, top, dt.date(1989, 1, 1))],
        cards=maker.cards,
        stations=maker.stations,
        censuses=[CENSUS],
        cohorts=frozenset({"class-14"}),
    )
    return MadeForce(force, {line.record: text for line, text in maker.lines}, dict(maker.truth))


def _rations(maker: Maker) -> list[Rations]:
    """Rations as drawn: for those on the roll, less two or three now and then; or seeded."""
    from benchmarks.payroll_force.fraud import UNDERFED

    paid: dict[tuple[str, dt.date], int] = defaultdict(int)
    for line, _ in maker.lines:
        if line.kind is PayKind.SALARY:
            paid[line.unit, line.month] += 1
    fed = []
    for (unit, month), count in sorted(paid.items()):
        drawn = count - int(maker.rng.integers(0, 4))
        if unit in maker.truth["paid_above_rations"]:
            drawn = round(count * UNDERFED)
        fed.append(Rations(unit, month, drawn))
    return fed
