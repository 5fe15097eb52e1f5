"""Rules about where pay goes: accounts, lines without a person, lines that stand twice."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from primacy.kernels.flags.reading import Reading
from primacy.kernels.flags.records import PayLine
from primacy.kernels.flags.rule import Flag, Peers, Record, Severity
from primacy.kernels.flags.wording import month_words
from primacy.kernels.readiness.sentence import Sentence

COUPLE = 2


def same_account(reading: Reading) -> Iterator[Flag]:
    """One flag an account that was paid for several persons in the same month."""
    payees: dict[str, dict[dt.date, dict[str, PayLine]]] = defaultdict(lambda: defaultdict(dict))
    for lines in reading.salaries.values():
        for line in lines:
            if line.account and line.account not in reading.force.agents:
                payees[line.account][line.month][line.person] = line
    shared = {
        account: {month: found for month, found in months.items() if len(found) > 1}
        for account, months in payees.items()
    }
    shared = {account: months for account, months in shared.items() if months}
    for account in sorted(shared):
        months = shared[account]
        persons = sorted({person for found in months.values() for person in found})
        first, last = min(months), max(months)
        units = {reading.unit_of(line) for found in months.values() for line in found.values()}
        yield Flag(
            rule="same_account",
            unit=units.pop() if len(units) == 1 else "",
            subjects=tuple(persons),
            records=_rows(line for found in months.values() for line in found.values()),
            peers=Peers(Sentence("accounts on the pay rolls"), len(payees), len(shared)),
            reasons=(
                Sentence(
                    "pay of %(figure)s persons went to one account, months: %(months)s, first "
                    "%(first)s, last %(last)s",
                    figure=str(len(persons)),
                    months=str(len(months)),
                    first=month_words(first),
                    last=month_words(last),
                ),
                _how_many_share(len(persons)),
            ),
            severity=Severity.ROUTINE if len(persons) == COUPLE else Severity.FIRST,
            since=first.isoformat(),
        )


def _how_many_share(persons: int) -> Sentence:
    if persons == COUPLE:
        return Sentence("two persons may share an account for good reasons, such as marriage")
    return Sentence("more than a couple share it, and it is not on the list of paying agents")


def superiors_account(reading: Reading) -> Iterator[Flag]:
    """One flag a person whose pay goes to an account on which a superior of theirs is paid."""
    own: dict[str, set[str]] = {
        person: {line.account for line in lines if line.account} - reading.force.agents
        for person, lines in reading.salaries.items()
    }
    found = [
        (person, superior, own[person] & own[superior])
        for person in sorted(own)
        for superior in reading.superiors(person)
        if superior in own and own[person] & own[superior]
    ]
    for person, superior, accounts in found:
        lines = [
            line
            for who in (person, superior)
            for line in reading.salaries[who]
            if line.account in accounts
        ]
        own_lines = [line for line in lines if line.person == person]
        yield Flag(
            rule="superiors_account",
            unit=reading.unit_of(own_lines[0]),
            subjects=(person, superior),
            records=_rows(lines),
            peers=Peers(
                Sentence("persons on the pay rolls who have a superior on record"),
                sum(bool(reading.members[p].superior) for p in own if p in reading.members),
                len({person for person, _, _ in found}),
            ),
            reasons=(
                Sentence(
                    "pay went to an account of a person above in the chain of command, months: "
                    "%(figure)s, first %(first)s",
                    figure=str(len({line.month for line in own_lines})),
                    first=month_words(own_lines[0].month),
                ),
            ),
            severity=Severity.FIRST,
            since=own_lines[0].month.isoformat(),
        )


def paid_not_on_roll(reading: Reading) -> Iterator[Flag]:
    """One flag a person who is paid and stands on no roll."""
    strangers = sorted(person for person in reading.salaries if person not in reading.members)
    for person in strangers:
        lines = reading.salaries[person]
        yield Flag(
            rule="paid_not_on_roll",
            unit=lines[0].unit,
            subjects=(person,),
            records=_rows(lines),
            peers=Peers(
                Sentence("persons on the pay rolls"), len(reading.salaries), len(strangers)
            ),
            reasons=(
                Sentence(
                    "paid and on no roll of the force, months: %(figure)s, first %(first)s",
                    figure=str(len(lines)),
                    first=month_words(lines[0].month),
                ),
            ),
            severity=Severity.FIRST,
            since=lines[0].month.isoformat(),
        )


def paid_twice(reading: Reading) -> Iterator[Flag]:
    """One flag a person who was paid more than one salary for a month."""
    twice: dict[str, list[dt.date]] = {}
    for person, lines in reading.salaries.items():
        often = Counter(line.month for line in lines)
        months = sorted(month for month, times in often.items() if times > 1)
        if months:
            twice[person] = months
    for person in sorted(twice):
        lines = [line for line in reading.salaries[person] if line.month in set(twice[person])]
        yield Flag(
            rule="paid_twice",
            unit=reading.unit_of(lines[0]),
            subjects=(person,),
            records=_rows(lines),
            peers=Peers(Sentence("persons on the pay rolls"), len(reading.salaries), len(twice)),
            reasons=(
                Sentence(
                    "more than one salary for the same month, months: %(figure)s, first %(first)s",
                    figure=str(len(twice[person])),
                    first=month_words(twice[person][0]),
                ),
            ),
            severity=Severity.SOON,
            since=twice[person][0].isoformat(),
        )


def _rows(lines: Iterator[PayLine] | list[PayLine]) -> tuple[Record, ...]:
    return tuple(Record("pay", row) for row in sorted({line.record for line in lines}))
