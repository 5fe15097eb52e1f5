"""A batch of UCDP records checked column by column: good rows, and a problem for each fault."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from django.utils.translation import gettext_noop
from numpy.typing import NDArray

from primacy.kernels.grid import priogrid_id
from primacy.platform.exchange.column_values import (
    BoolColumn,
    blank_mask,
    parse_dates,
    parse_floats,
    parse_ints,
)
from primacy.platform.exchange.ucdp_columns import (
    DATE_COLUMNS,
    INT_COLUMNS,
    LATITUDE,
    LONGITUDE,
    ORIGIN_ID,
    PRIOGRID,
    TEXT_COLUMNS,
    IntSpec,
)
from primacy.platform.exchange.ucdp_rows import (
    NOT_STATED,
    DateColumn,
    FloatColumn,
    IntColumn,
    RowProblem,
    Severity,
    TextColumn,
    UcdpRows,
)

SHOWN_CHARACTERS = 80
LEFT_OUT = gettext_noop(
    "The row is left out. Correct the value at the source and read the file again."
)


@dataclass(frozen=True)
class RecordBatch:
    """Records as text columns under their names at the source, not yet checked.

    `problems` are those met while reading (a record with too few fields); their records are
    not among the columns. `read` counts all records, those too.
    """

    row_numbers: Sequence[int]
    columns: Mapping[str, Sequence[str]]
    read: int
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass
class _Findings:
    """Problems so far, and which rows they leave out."""

    row_numbers: Sequence[int]
    bad: BoolColumn
    problems: list[RowProblem] = field(default_factory=list)

    def note(
        self,
        mask: BoolColumn,
        column: str,
        value_at: Callable[[int], str],
        expected: str,
        action: str = LEFT_OUT,
        severity: Severity = "error",
    ) -> None:
        """Adds a problem for each row of the mask; an error leaves the row out."""
        if not mask.any():
            return
        for index in np.flatnonzero(mask).tolist():
            self.problems.append(
                RowProblem(
                    row=self.row_numbers[index],
                    column=column,
                    value=value_at(index)[:SHOWN_CHARACTERS],
                    expected=expected,
                    action=action,
                    severity=severity,
                )
            )
        if severity == "error":
            self.bad |= mask


class UcdpChecker:
    """Checks batch after batch of one source; remembers ids, to find repeated events."""

    def __init__(self) -> None:
        self._seen: dict[int, int] = {}

    def check(self, batch: RecordBatch) -> tuple[UcdpRows, tuple[RowProblem, ...]]:
        """The good rows of the batch and all its problems, in the order of the rows."""
        count = len(batch.row_numbers)
        findings = _Findings(batch.row_numbers, np.zeros(count, np.bool_), list(batch.problems))
        columns = batch.columns
        ints = {spec.name: _ints(spec, columns, count, findings) for spec in INT_COLUMNS}
        lat = _degrees(LATITUDE, 90, columns[LATITUDE], findings)
        lon = _degrees(LONGITUDE, 180, columns[LONGITUDE], findings)
        dates = {name: _dates(name, columns[name], findings) for name in DATE_COLUMNS}
        _check_date_order(dates, columns, findings)
        self._check_repeated(ints[ORIGIN_ID.name], columns[ORIGIN_ID.name], findings)
        _check_death_bounds(ints, findings)
        _check_year(ints["year"], dates["date_start"], columns["year"], findings)
        gid = _priogrid(lat, lon, columns.get(PRIOGRID), findings)
        texts = {name: columns.get(name) or [""] * count for name in TEXT_COLUMNS}
        rows = _good_rows(batch.row_numbers, ints, texts, dates, (lat, lon, gid), ~findings.bad)
        return rows, tuple(sorted(findings.problems, key=lambda problem: problem.row))

    def _check_repeated(self, ids: IntColumn, texts: Sequence[str], findings: _Findings) -> None:
        """Notes each event whose id stood in an earlier good row."""
        good = np.flatnonzero(~findings.bad)
        seen = self._seen
        for index, origin_id in zip(good.tolist(), ids[good].tolist(), strict=True):
            first = seen.setdefault(origin_id, findings.row_numbers[index])
            if first == findings.row_numbers[index]:
                continue
            findings.bad[index] = True
            findings.problems.append(
                RowProblem(
                    row=findings.row_numbers[index],
                    column=ORIGIN_ID.name,
                    value=texts[index][:SHOWN_CHARACTERS],
                    expected=gettext_noop("each event once in a file"),
                    action=f"The row is left out; row {first} with the same id is kept.",
                    severity="error",
                )
            )


def _ints(
    spec: IntSpec, columns: Mapping[str, Sequence[str]], count: int, findings: _Findings
) -> IntColumn:
    """The whole numbers of a column; values outside its range are noted."""
    values = columns.get(spec.name)
    if values is None:
        return np.full(count, NOT_STATED, np.int64)
    numbers, bad = parse_ints(values)
    if spec.may_be_blank and bad.any():
        blank = blank_mask(values)
        numbers[blank] = NOT_STATED
        bad &= ~blank
    outside = np.zeros(count, np.bool_)
    if spec.low is not None:
        outside |= numbers < spec.low
    if spec.high is not None:
        outside |= numbers > spec.high
    findings.note(bad | outside, spec.name, values.__getitem__, _range_text(spec))
    return numbers


def _range_text(spec: IntSpec) -> str:
    if spec.low is not None and spec.high is not None:
        return gettext_noop("a whole number from %(low)s to %(high)s") % {
            "low": spec.low,
            "high": spec.high,
        }
    return (
        gettext_noop("a whole number")
        if spec.low is None
        else gettext_noop("a whole number, %(low)s or more") % {"low": spec.low}
    )


def _degrees(name: str, limit: int, values: Sequence[str], findings: _Findings) -> FloatColumn:
    """Coordinates; a value that is no number or off the globe is noted."""
    numbers, bad = parse_floats(values)
    with np.errstate(invalid="ignore"):
        bad = bad | ~(np.abs(numbers) <= limit)
    expected = gettext_noop("degrees from -%(limit)s to %(limit)s with a decimal point") % {
        "limit": limit
    }
    findings.note(bad, name, values.__getitem__, expected)
    return numbers


def _dates(name: str, values: Sequence[str], findings: _Findings) -> DateColumn:
    days, bad = parse_dates(values)
    findings.note(bad, name, values.__getitem__, gettext_noop("a date as YYYY-MM-DD"))
    return days


def _check_death_bounds(ints: Mapping[str, IntColumn], findings: _Findings) -> None:
    """Notes, as a warning, rows where low <= best <= high does not hold.

    A warning, because UCDP itself publishes such rows (about one in a hundred of GED 23.1 for
    the Central African Republic): leaving them out would lose real events.
    """
    low, best, high = ints["low"], ints["best"], ints["high"]
    crossed = ~findings.bad & ((low > best) | (best > high))
    findings.note(
        crossed,
        "best",
        lambda row: (
            gettext_noop("low %(low)s, best %(best)s, high %(high)s")
            % {"low": low[row], "best": best[row], "high": high[row]}
        ),
        "low <= best <= high",
        gettext_noop("The row is kept with its three figures as published."),
        "warning",
    )


def _check_date_order(
    dates: Mapping[str, DateColumn], columns: Mapping[str, Sequence[str]], findings: _Findings
) -> None:
    reversed_ = ~findings.bad & (dates["date_start"] > dates["date_end"])
    findings.note(
        reversed_,
        "date_end",
        columns["date_end"].__getitem__,
        gettext_noop("not before date_start"),
    )


def _check_year(
    year: IntColumn, start: DateColumn, texts: Sequence[str], findings: _Findings
) -> None:
    """Notes, as a warning, a year other than that of the first day."""
    of_date = start.astype("datetime64[Y]").astype(np.int64) + 1970
    differs = ~findings.bad & (year != of_date)
    findings.note(
        differs,
        "year",
        texts.__getitem__,
        gettext_noop("the year of date_start"),
        gettext_noop("The row is kept; its dates, not its year, say when the event was."),
        "warning",
    )


def _priogrid(
    lat: FloatColumn, lon: FloatColumn, stated: Sequence[str] | None, findings: _Findings
) -> IntColumn:
    """The cell of each good row, from its coordinates; another cell stated is a warning."""
    good = ~findings.bad
    gid = np.zeros(len(lat), np.int64)
    gid[good] = priogrid_id(lat[good], lon[good])
    if stated is not None:
        given, unreadable = parse_ints(stated)
        differs = good & (unreadable | (given != gid))
        findings.note(
            differs,
            PRIOGRID,
            stated.__getitem__,
            gettext_noop("the PRIO-GRID cell of the coordinates"),
            gettext_noop("The row is kept with the cell computed from its coordinates."),
            "warning",
        )
    return gid


def _good_rows(
    row_numbers: Sequence[int],
    ints: Mapping[str, IntColumn],
    texts: Mapping[str, Sequence[str]],
    dates: Mapping[str, DateColumn],
    place: tuple[FloatColumn, FloatColumn, IntColumn],
    good: NDArray[np.bool_],
) -> UcdpRows:
    """The columns with only the good rows in them."""
    all_good = bool(good.all())
    chosen = good.tolist()

    def number(name: str) -> IntColumn:
        return ints[name] if all_good else ints[name][good]

    def text(name: str) -> TextColumn:
        return list(texts[name] if all_good else compress(texts[name], chosen))

    lat, lon, gid = place
    return UcdpRows(
        row_number=np.asarray(row_numbers, np.int64)[good],
        origin_id=number("id"),
        relid=text("relid"),
        year=number("year"),
        code_status=text("code_status"),
        type_of_violence=number("type_of_violence"),
        conflict_id=number("conflict_new_id"),
        conflict_name=text("conflict_name"),
        dyad_id=number("dyad_new_id"),
        dyad_name=text("dyad_name"),
        side_a_id=number("side_a_new_id"),
        side_a=text("side_a"),
        side_b_id=number("side_b_new_id"),
        side_b=text("side_b"),
        number_of_sources=number("number_of_sources"),
        source_article=text("source_article"),
        source_headline=text("source_headline"),
        source_date=text("source_date"),
        where_prec=number("where_prec"),
        where_coordinates=text("where_coordinates"),
        where_description=text("where_description"),
        adm_1=text("adm_1"),
        adm_2=text("adm_2"),
        lat=lat[good],
        lon=lon[good],
        priogrid_gid=gid[good],
        country=text("country"),
        country_id=number("country_id"),
        event_clarity=number("event_clarity"),
        date_prec=number("date_prec"),
        date_start=dates["date_start"][good],
        date_end=dates["date_end"][good],
        deaths_a=number("deaths_a"),
        deaths_b=number("deaths_b"),
        deaths_civilians=number("deaths_civilians"),
        deaths_unknown=number("deaths_unknown"),
        best=number("best"),
        low=number("low"),
        high=number("high"),
    )
