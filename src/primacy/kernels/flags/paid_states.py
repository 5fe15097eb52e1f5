"""Rules about pay for those who are away for good, held, elsewhere, or not seen."""

import datetime as dt
from collections.abc import Callable, Iterator

from primacy.kernels.flags.reading import Reading, Seen
from primacy.kernels.flags.records import HeadCount
from primacy.kernels.flags.rule import Flag, Peers, Record, Severity
from primacy.kernels.flags.wording import day_words, month_of, month_words, months_after
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.strength import Absence, Cause
from primacy.kernels.strength.absences import LASTING

STATES = {
    Cause.DEAD: Sentence("dead since %(day)s by the record", day="…"),
    Cause.RETIRED: Sentence("retired since %(day)s by the record", day="…"),
    Cause.DISMISSED: Sentence("dismissed since %(day)s by the record", day="…"),
    Cause.DESERTED: Sentence("deserted since %(day)s by the record", day="…"),
    Cause.DETAINED: Sentence("detained since %(day)s by the record", day="…"),
    Cause.IN_DDR: Sentence(
        "in a programme for former combatants since %(day)s by the record", day="…"
    ),
    Cause.UN_DEPLOYMENT: Sentence("on a UN deployment since %(day)s by the record", day="…"),
}


def paid_while(code: str, cause: Cause, severity: Severity) -> Callable[[Reading], Iterator[Flag]]:
    """The rule that asks about salaries for full months in which a state of one kind held."""

    def find(reading: Reading) -> Iterator[Flag]:
        in_state = {
            person: [absence for absence in rows if absence.cause is cause]
            for person, rows in reading.absences.items()
        }
        in_state = {person: rows for person, rows in in_state.items() if rows}
        found = [
            (person, absence, months)
            for person, rows in sorted(in_state.items())
            for absence in rows
            if (months := _months_paid(reading, person, absence))
        ]
        alike = len({person for person, _, _ in found})
        for person, absence, months in found:
            lines = [line for month in months for line in reading.paid_in(person, month)]
            yield Flag(
                rule=code,
                unit=reading.unit_of(lines[0]),
                subjects=(person,),
                records=(
                    Record("absence", absence.record or person),
                    *(Record("pay", line.record) for line in lines),
                ),
                peers=Peers(
                    Sentence("persons with the same state on record"), len(in_state), alike
                ),
                reasons=(
                    Sentence(STATES[cause].template, day=day_words(absence.first)),
                    Sentence(
                        "paid for full months of that time: %(figure)s, first %(first)s, last "
                        "%(last)s",
                        figure=str(len(months)),
                        first=month_words(months[0]),
                        last=month_words(months[-1]),
                    ),
                ),
                severity=severity,
                since=absence.first.isoformat(),
            )

    return find


def _months_paid(reading: Reading, person: str, absence: Absence) -> list[dt.date]:
    """The months after the one it began in (and those still owed) that lie in it and were paid."""
    owed = reading.limits.months_owed.get(absence.cause, 0)
    first = months_after(month_of(absence.first), 1 + owed)
    last = None if absence.cause in LASTING else absence.last
    return sorted(
        {
            line.month
            for line in reading.salaries.get(person, ())
            if line.month >= first and (last is None or months_after(line.month, 1) <= last)
        }
    )


def paid_not_present(reading: Reading) -> Iterator[Flag]:
    """One flag a person who was paid and not seen at head counts that follow each other."""
    needed = reading.limits.absent_counts
    found = {
        person: run
        for person in sorted(reading.salaries)
        if (run := _run(reading, person, needed, Seen.ABSENT, paid=True))
    }
    asked = sum(len(reading.seen.get(person, ())) >= needed for person in reading.salaries)
    for person, run in found.items():
        months = sorted({month_of(count.day) for count in run})
        lines = [line for month in months for line in reading.paid_in(person, month)]
        nameless = sum(count.unnamed for count in run)
        reasons = [
            Sentence(
                "not seen at %(figure)s head counts that follow each other, %(first)s to %(last)s, "
                "and no leave, course, hospital or order is on record",
                figure=str(len(run)),
                first=day_words(run[0].day),
                last=day_words(run[-1].day),
            ),
            Sentence("paid for each of these months"),
        ]
        if nameless:
            reasons.append(
                Sentence(
                    "%(figure)s heads without a name were counted there, too few to be all who "
                    "were missing",
                    figure=str(nameless),
                )
            )
        yield Flag(
            rule="paid_not_present",
            unit=run[0].unit,
            subjects=(person,),
            records=(
                *(Record("head_count", count.record) for count in run),
                *(Record("pay", line.record) for line in lines),
            ),
            peers=Peers(
                Sentence("paid persons whom enough head counts expected"), asked, len(found)
            ),
            reasons=tuple(reasons),
            severity=Severity.FIRST,
            since=run[0].day.isoformat(),
        )


def present_not_paid(reading: Reading) -> Iterator[Flag]:
    """One flag a person who was seen at head counts and not paid although their unit was."""
    needed = reading.limits.absent_counts
    found = {
        person: run
        for person in sorted(reading.members)
        if (run := _run(reading, person, needed, Seen.PRESENT, paid=False))
    }
    for person, run in found.items():
        yield Flag(
            rule="present_not_paid",
            unit=run[0].unit,
            subjects=(person,),
            records=tuple(Record("head_count", count.record) for count in run),
            peers=Peers(Sentence("persons on the roll"), len(reading.members), len(found)),
            reasons=(
                Sentence(
                    "seen at %(figure)s head counts, %(first)s to %(last)s, in months for which "
                    "the unit was paid and this person was not",
                    figure=str(len(run)),
                    first=day_words(run[0].day),
                    last=day_words(run[-1].day),
                ),
            ),
            severity=Severity.SOON,
            since=run[0].day.isoformat(),
        )


def _run(
    reading: Reading, person: str, needed: int, wanted: Seen, *, paid: bool
) -> list[HeadCount]:
    """The first run, long enough, of head counts that say one thing while paid (or unpaid).

    What is unsure neither breaks a run nor adds to it.
    """
    run: list[HeadCount] = []
    for count, seen in reading.seen.get(person, ()):
        if seen is Seen.UNSURE:
            continue
        month = month_of(count.day)
        known = (count.unit, month) in reading.covered
        fits = known and bool(reading.paid_in(person, month)) is paid
        if seen is wanted and fits:
            run.append(count)
        elif len(run) >= needed:
            break
        else:
            run = []
    return run if len(run) >= needed else []
