"""Typed rows that page, file and command line all print."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from primacy.kernels.flags import Flag, rule
from primacy.kernels.recruitment import ALL
from primacy.kernels.strength import Cause, Difference
from primacy.platform.language.later import later
from primacy.rooms.census.models import Question
from primacy.rooms.census.models.roll import CAUSES
from primacy.rooms.census.reading import Sheet
from primacy.rooms.census.recruitment import FunnelReading

SHEET_COLUMNS = (
    "unit", "name", "month", "head_count_on", "assigned", "present", "paid",
    "assigned_less_present", "classed", "paid_less_present", "paid_less_present_classed",
    "paid_less_assigned", "paid_less_assigned_classed", "unexplained", "present_though_away",
)  # fmt: skip
FLAG_COLUMNS = (
    "rule", "title", "severity", "office", "unit", "subjects", "reasons", "compared_with",
    "of", "alike", "question",
)  # fmt: skip
QUESTION_COLUMNS = (
    "id", "rule", "title", "severity", "office", "unit", "subjects", "reasons", "asked", "due_on",
    "state", "outcome",
)  # fmt: skip
FUNNEL_COLUMNS = ("stage", "sex", "region", "reached", "dropped_out_after")

CAUSE_WORDS: Mapping[str, str] = {
    **{code: cast(str, label) for code, label in CAUSES},
    Cause.OTHER_UNIT.value: later("on the roll of another unit"),
    Cause.NO_NAME.value: later("counted without a name"),
    Cause.UNKNOWN.value: later("no reason on record"),
}
HELD_BACK = "held back"


def classed(difference: Difference) -> str:
    """The classes of a difference in one cell: "leave 3, unknown 1; other_unit -2"."""
    parts = [f"{cause.value} {count}" for cause, count in _in_order(difference.missing)]
    parts += [f"{cause.value} -{count}" for cause, count in _in_order(difference.extra)]
    return ", ".join(parts)


def cause_words(difference: Difference) -> list[tuple[str, str]]:
    """The classes of a difference for a page: how many, signed, and why."""
    found = [(f"{count}", CAUSE_WORDS[cause]) for cause, count in _in_order(difference.missing)]
    found += [(f"−{count}", CAUSE_WORDS[cause]) for cause, count in _in_order(difference.extra)]
    return [(count, str(words)) for count, words in found]


def _in_order(found: Mapping[Cause, int]) -> list[tuple[Cause, int]]:
    return [(cause, found[cause]) for cause in Cause if cause in found]


def sheet_rows(sheet: Sheet) -> Iterator[Sequence[object]]:
    """One row a unit. A unit without a head count in the month has no figure of presence."""
    for line in sheet.units:
        three, counted = line.counts, line.head_count is not None
        yield (
            line.unit.code,
            line.unit.name,
            f"{sheet.month:%Y-%m}",
            line.head_count.day if line.head_count else "",
            three.assigned,
            three.present if counted else "",
            three.paid,
            three.assigned_present.size if counted else "",
            classed(three.assigned_present) if counted else "",
            three.paid_present.size if counted else "",
            classed(three.paid_present) if counted else "",
            three.paid_assigned.size,
            classed(three.paid_assigned),
            three.assigned_present.unexplained if counted else "",
            len(three.present_though_away),
        )


def flag_rows(flags: Iterable[Flag], names: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """One row a flag; `names` says how persons and units are written."""
    for flag in flags:
        known = rule(flag.rule)
        yield (
            flag.rule,
            str(known.title),
            flag.severity.value,
            known.office.value,
            names.get(flag.unit, ""),
            "; ".join(names.get(one, one) for one in flag.subjects),
            "; ".join(flag.reasons),
            str(flag.peers.who),
            flag.peers.size,
            flag.peers.alike,
            str(known.question),
        )


def question_rows(rows: Iterable[Question], names: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """One row a question."""
    for row in rows:
        yield (
            row.pk,
            row.rule,
            str(rule(row.rule).title),
            row.severity,
            row.office,
            row.unit.code if row.unit else "",
            "; ".join(names.get(one, one) for one in cast("list[str]", row.subjects)),
            "; ".join(cast("list[str]", row.reasons)),
            row.recorded_at.date(),
            row.due_on,
            row.state,
            row.outcome,
        )


def funnel_rows(reading: FunnelReading) -> Iterator[Sequence[object]]:
    """One row a stage, sex and region with every margin; "all" where one is summed over."""
    for (stage, cell), reached in reading.shown.reached.items():
        dropped: object = ""
        if (stage, cell) in reading.shown.dropped:
            dropped = _figure(reading.shown.dropped[stage, cell])
        sex, region = (value if value != ALL else "all" for value in cell)
        yield stage, sex, region, _figure(reached), dropped


def _figure(value: int | None) -> int | str:
    return HELD_BACK if value is None else value
