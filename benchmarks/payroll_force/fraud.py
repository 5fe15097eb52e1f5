"""Fraud of every kind, seeded into an honest force; some of it hides as well as it can."""

import datetime as dt
from dataclasses import replace

from benchmarks.payroll_force.made import (
    CENSUS,
    COUNT_DAYS,
    MONTHS,
    Maker,
    Row,
    add_pay,
    leave,
    promote,
    rewritten,
    written_account,
)
from primacy.kernels.strength import Cause
from primacy.kernels.strength.absences import LASTING
from primacy.kernels.time.ranges import DateRange

STAND_IN = 0.04
"""How often a ghost is answered for at a head count."""

UNDERFED = 0.85

STATES = {
    "paid_dead": Cause.DEAD,
    "paid_deserted": Cause.DESERTED,
    "paid_detained": Cause.DETAINED,
    "paid_in_ddr": Cause.IN_DDR,
    "paid_un_deployment": Cause.UN_DEPLOYMENT,
    "paid_retired": Cause.RETIRED,
    "paid_dismissed": Cause.DISMISSED,
}


def mark(maker: Maker, rule: str, rows: list[Row]) -> list[Row]:
    """Notes persons as seeded for a rule."""
    maker.truth[rule] |= {row.person for row in rows}
    return rows


def seed_on_the_roll(maker: Maker) -> None:
    """False ages and ranks."""
    some = maker.some
    for row in mark(maker, "under_age", maker.pick(some(30))):
        # The day is known, or only the year: then the record says "may be".
        born = dt.date(2009, 1, 1) + dt.timedelta(days=int(maker.rng.integers(600)))
        exact = maker.rng.random() < 0.7
        row.born = DateRange(born, born) if exact else DateRange(
            dt.date(born.year, 1, 1), dt.date(born.year, 12, 31)
        )  # fmt: skip
        row.hired = row.entered = dt.date(2025, 3, 1)
        maker.truth["hired_before_18"].add(row.person)
    for row in mark(maker, "over_age", maker.pick(some(40))):
        born = dt.date(1962, 1, 1) + dt.timedelta(days=int(maker.rng.integers(900)))
        row.born, row.hired = DateRange(born, born), dt.date(1990, 1, 1)
    for row in mark(maker, "hired_before_18", maker.pick(some(40))):
        born = row.hired - dt.timedelta(days=int(maker.rng.integers(14 * 365, 17 * 365)))
        row.born = DateRange(born, born)
    for row in mark(maker, "rank_above_post", maker.pick(some(40), rank=3)):
        row.post = 1


def seed_numbers(maker: Maker) -> None:
    """Service numbers and cards that are false, or carried by two."""
    some = maker.some
    for row in mark(maker, "number_out_of_range", maker.pick(some(40))):
        row.number = f"P{int(maker.rng.integers(70_000, 99_000))}"
    for pair in _pairs(maker, 30):
        mark(maker, "number_reused", pair)
        pair[1].number = f"p-0{pair[0].number[1:]}" if maker.rng.random() < 0.5 else pair[0].number
    for row in mark(maker, "card_not_issued", maker.pick(some(30))):
        row.card = f"C9{row.card[1:]}"
    for pair in _pairs(maker, 30):
        mark(maker, "card_reused", pair)
        card = next(card for card in maker.cards if card.person == pair[0].person)
        at = next(at for at, one in enumerate(maker.cards) if one.person == pair[1].person)
        maker.cards[at] = replace(maker.cards[at], number=card.number.lower())
        pair[1].card = card.number


def seed_entries(maker: Maker) -> None:
    """Promotions without a vacancy, and entries just before the census."""
    some = maker.some
    gone = {absence.person for absence in maker.absences if absence.cause in LASTING}
    for row in mark(maker, "promotion_without_vacancy", maker.pick(some(20), rank=4)):
        promote(maker, row, dt.date(2026, 6, 1))
        table = maker.establishments[row.unit]
        holders = sum(
            r.unit == row.unit and r.rank == 4 and r.person not in gone for r in maker.rows
        )
        maker.establishments[row.unit] = replace(
            table, by_rank={**table.by_rank, 4: min(table.by_rank[4], holders - 1)}
        )
    for row in mark(maker, "new_before_census", maker.pick(some(60))):
        row.hired = row.entered = CENSUS - dt.timedelta(days=int(maker.rng.integers(5, 55)))
        row.born = DateRange(dt.date(2003, 1, 1), dt.date(2003, 12, 31))
        for day in COUNT_DAYS:
            if day < row.entered:
                maker.expected[row.unit, day].discard(row.person)


def _pairs(maker: Maker, share: float) -> list[list[Row]]:
    rows = maker.pick(2 * maker.some(share))
    return [rows[at : at + 2] for at in range(0, len(rows), 2)]


def seed_in_accounts(maker: Maker) -> None:
    """Accounts that several are paid on, and pay that goes to a superior."""
    for _ in range(maker.some(40)):
        group = maker.pick(int(maker.rng.integers(3, 9)))
        mark(maker, "same_account", group)
        account = written_account(maker)
        for row in group:
            row.account = rewritten(maker, account)
    for pair in _pairs(maker, 20):
        mark(maker, "same_account", pair)
        pair[1].account = rewritten(maker, pair[0].account)
    maker.unpaid |= {row.person for row in mark(maker, "present_not_paid", _always_there(maker))}
    by_person = {row.person: row for row in maker.rows}
    for row in mark(maker, "superiors_account", maker.pick(maker.some(40))):
        above = by_person[row.superior]
        if maker.rng.random() < 0.3 and above.superior:
            above = by_person[above.superior]
        row.account = rewritten(maker, above.account)
        # The shared account is a finding of the other rule as well.
        maker.truth["same_account"] |= {row.person, above.person}


def _always_there(maker: Maker) -> list[Row]:
    """Officers who came to every head count and whose pay will be stopped."""
    rows = maker.pick(maker.some(30))
    for row in rows:
        for day in COUNT_DAYS:
            maker.away.pop((row.person, day), None)
    return rows


def seed_states(maker: Maker) -> None:
    """Persons whose pay went on after they died, left, were held or went elsewhere."""
    for rule, cause in STATES.items():
        for row in mark(maker, rule, maker.pick(maker.some(40))):
            day = maker.day(dt.date(2025, 8, 1), dt.date(2026, 3, 31))
            leave(maker, row, cause, day, None)


def seed_in_pay(maker: Maker) -> None:
    """Lines for nobody, lines twice, allowances for elsewhere, units above their posts."""
    rng = maker.rng
    units = sorted(maker.establishments)
    for at in range(maker.some(60)):
        person, unit = f"ghost-{at}", units[int(rng.integers(len(units)))]
        maker.truth["paid_not_on_roll"].add(person)
        account = written_account(maker)
        for month in MONTHS[int(rng.integers(6)) :]:
            add_pay(maker, person, month, unit, account)
    for row in mark(maker, "paid_twice", maker.pick(maker.some(30))):
        for month in MONTHS[int(rng.integers(9)) :][:3]:
            add_pay(maker, row.person, month, row.unit, row.account)
    for row in mark(maker, "allowance_elsewhere", maker.pick(maker.some(40))):
        for month in MONTHS[3:7]:
            add_pay(maker, row.person, month, row.unit, row.account, "harbour")
    # Detached by word of mouth: an honest allowance for elsewhere.
    for row in maker.pick(maker.some(10)):
        add_pay(maker, row.person, MONTHS[5], row.unit, row.account, "border post")
    for unit in _units(maker, 10):
        maker.truth["paid_above_establishment"].add(unit)
        paid = max(
            len({line.person for line, _ in maker.lines if line.unit == unit and line.month == m})
            for m in MONTHS
        )
        table = maker.establishments[unit]
        maker.establishments[unit] = replace(table, posts=paid - int(rng.integers(2, 8)))
    # An establishment that was not written anew after a unit grew by two.
    for unit in _units(maker, 4):
        table = maker.establishments[unit]
        size = sum(row.unit == unit for row in maker.rows)
        maker.establishments[unit] = replace(table, posts=size - 2)
    maker.truth["paid_above_rations"] |= set(_units(maker, 10))


def _units(maker: Maker, share: float) -> list[str]:
    """Units that no other fraud was seeded on as units."""
    free = [unit for unit in sorted(maker.establishments) if unit not in maker.taken]
    chosen = [free[int(at)] for at in maker.rng.choice(len(free), maker.some(share, 2), False)]
    maker.taken |= set(chosen)
    return chosen


def seed_at_head_counts(maker: Maker) -> None:
    """Ghosts, stand-ins, groups that come and stay away as one."""
    rng = maker.rng
    for row in mark(maker, "paid_not_present", maker.pick(maker.some(300))):
        _drop(maker, row)
        for day in COUNT_DAYS:
            if rng.random() < STAND_IN:
                maker.there[row.unit, day].add(row.person)
    for row in mark(maker, "present_twice", maker.pick(maker.some(30))):
        day = COUNT_DAYS[int(rng.integers(len(COUNT_DAYS)))]
        other = f"U{(int(row.unit[1:]) + 1) % (maker.size // 80):03d}"
        maker.there[row.unit, day].add(row.person)
        maker.there[other, day].add(row.person)
    for _ in range(maker.some(8)):
        group = _group(maker, 6)
        mark(maker, "same_presence", group)
        absent = set(rng.choice(len(COUNT_DAYS), 3, replace=False).tolist())
        for row in group:
            _drop(maker, row)
            for at, day in enumerate(COUNT_DAYS):
                if at not in absent or rng.random() < STAND_IN:
                    maker.there[row.unit, day].add(row.person)
        maker.truth["paid_not_present"] |= _twice_absent(group, absent)


def seed_sheets(maker: Maker) -> None:
    """Sheets that are copied from the one before."""
    rng = maker.rng
    for unit in _units(maker, 8):
        maker.truth["same_sheet"].add(unit)
        first = maker.there[unit, COUNT_DAYS[1]]
        for day in COUNT_DAYS[2:5]:
            # A careful copyist changes a name or two.
            changed = rng.choice(sorted(maker.expected[unit, day]), int(rng.integers(3)), False)
            maker.there[unit, day] = set(first) ^ set(map(str, changed))


def seed_full_counts(maker: Maker) -> None:
    """Head counts that are the establishment, filled up with heads without a name."""
    for unit in _units(maker, 8):
        maker.truth["count_equals_establishment"].add(unit)
        posts = maker.establishments[unit].posts
        for day in COUNT_DAYS[1:5]:
            maker.unnamed[unit, day] = max(posts - len(maker.there[unit, day]), 0)


def _drop(maker: Maker, row: Row) -> None:
    """A ghost answers nowhere, and no paper explains it."""
    for day in COUNT_DAYS:
        maker.there[row.unit, day].discard(row.person)
    maker.absences[:] = [a for a in maker.absences if a.person != row.person]


def _group(maker: Maker, size: int) -> list[Row]:
    """Untouched members of one unit."""
    units = sorted({row.unit for row in maker.rows})
    while True:
        unit = units[int(maker.rng.integers(len(units)))]
        free = [r for r in maker.rows if r.unit == unit and r.person not in maker.taken]
        free = [r for r in free if r.entered < COUNT_DAYS[0]]
        if len(free) >= size and unit not in maker.taken:
            maker.taken |= {row.person for row in free[:size]}
            maker.taken.add(unit)
            return free[:size]


def _twice_absent(group: list[Row], absent: set[int]) -> set[str]:
    """Those of a group whom the rule on two missed head counts is about as well."""
    if any(at + 1 in absent for at in absent):
        return {row.person for row in group}
    return set()
