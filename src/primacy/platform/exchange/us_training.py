"""Reading of US foreign-training reports: who was trained, in what, by whom, when, at what cost.

The layout is that of the tables which Security Force Monitor takes from the yearly reports "Foreign
Military Training and DoD Engagement Activities of Interest": tab or comma separated, UTF-8, one
line a training. Every line is accounted for: it is read, or it is named with what is wrong.
"""

import csv
import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpError
from primacy.platform.exchange.ucdp_source import open_text

REQUIRED = ("fiscal_year", "country", "recipient_unit", "quantity")
OPTIONAL = (
    "iso3", "program", "course_title", "delivery_unit", "start_date", "end_date",
    "start_date_raw", "end_date_raw", "location", "total_cost", "page", "source_xml", "scrape_run",
)  # fmt: skip
TEXTS = {
    "fiscal_year": 9, "iso3": 3, "country": 100, "program": 300, "course_title": 300,
    "delivery_unit": 300, "recipient_unit": 2_000, "location": 200, "page": 20, "source_xml": 100,
    "start_date_raw": 40, "end_date_raw": 40,
}  # fmt: skip
"""How long each text may be; a longer one is refused, not cut."""

FISCAL_YEAR = re.compile(r"(\d{4})-(\d{4})")
MOST_TRAINEES = 100_000
LEFT_OUT = gettext_noop("The row is left out. Correct it and load the file again.")
KEPT_UNKNOWN = gettext_noop("The row is kept; this value is unknown.")


class TrainingFileRefused(ValueError):
    """A file that is no table of trainings, with what was expected and what to do."""


@dataclass(frozen=True)
class CellProblem:
    """What is wrong with one cell; a warning keeps the row."""

    row: int
    column: str
    value: str
    expected: str
    action: str
    severity: str = "error"


@dataclass(frozen=True)
class TrainingRow:
    """One line of a report, as written; dates, trainees and cost are None where not stated."""

    key: str
    fiscal_year: str
    iso3: str
    country: str
    program: str
    course: str
    provider: str
    recipient: str
    date_from: dt.date | None
    date_to: dt.date | None
    dates_as_written: str
    location: str
    trainees: int | None
    cost_usd: Decimal | None
    page: str
    report: str


@dataclass
class TrainingFile:
    """All lines of a file: the good ones, and a problem for each cell that is not as it should."""

    name: str
    sha256: str
    size: int
    read: int = 0
    rows: list[TrainingRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def bad(self) -> int:
        """Lines that cannot be kept."""
        return self.read - len(self.rows)


def read_us_training(path: Path) -> TrainingFile:
    """The trainings of a file; `TrainingFileRefused` where it is no such table."""
    with path.open("rb") as raw:
        found = TrainingFile(
            path.name, hashlib.file_digest(raw, "sha256").hexdigest(), size=raw.tell()
        )
    seen: Counter[str] = Counter()
    try:
        with open_text(path) as opened:
            for number, cells in _lines(opened.stream, found):
                found.read += 1
                row = _row(number, cells, seen, found.problems.append)
                if row is not None:
                    found.rows.append(row)
    except (OSError, UcdpError, UnicodeDecodeError, csv.Error) as problem:
        raise TrainingFileRefused(_refusal(path.name, str(problem))) from problem
    if not found.read:
        raise TrainingFileRefused(_refusal(path.name, gettext_noop("no line below the header")))
    return found


def _refusal(name: str, problem: str) -> str:
    return gettext_noop(
        "%(name)s cannot be read: %(problem)s. Nothing was changed. Expected: a table in UTF-8, "
        "separated by tabs or commas, plain or packed as .gz, with the columns %(columns)s."
    ) % {"name": name, "problem": problem[:200], "columns": ", ".join(REQUIRED)}


def _lines(text: Iterator[str], found: TrainingFile) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line below the header with its number; notes columns that are not read."""
    header = next(text, "").lstrip("\ufeff").rstrip("\r\n")
    separator = "\t" if "\t" in header else ","
    columns = [name.strip().lower() for name in next(csv.reader([header], delimiter=separator), [])]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise TrainingFileRefused(
            _refusal(
                found.name,
                gettext_noop("the header lacks %(missing)s") % {"missing": ", ".join(missing)},
            )
        )
    if len(set(columns)) != len(columns):
        raise TrainingFileRefused(_refusal(found.name, gettext_noop("a column stands twice")))
    unread = [name for name in columns if name and name not in REQUIRED + OPTIONAL]
    if unread:
        found.notes.append(
            gettext_noop("Columns left unread: %(names)s.") % {"names": ", ".join(unread)[:300]}
        )
    reader = csv.reader(text, delimiter=separator)
    for cells in reader:
        if not cells:
            continue
        number = reader.line_num + 1
        if len(cells) != len(columns):
            found.read += 1
            found.problems.append(
                CellProblem(
                    number,
                    "",
                    gettext_noop("%(n)s cells") % {"n": len(cells)},
                    gettext_noop("%(n)s cells") % {"n": len(columns)},
                    LEFT_OUT,
                )
            )
            continue
        pairs = zip(columns, cells, strict=True)
        # Reports hold runs of blanks and line ends that come from the pages they were read from.
        yield number, {name: " ".join(cell.split()) for name, cell in pairs}


def _row(
    number: int, cells: dict[str, str], seen: Counter[str], note: Callable[[CellProblem], None]
) -> TrainingRow | None:
    """One training; None where the line cannot be kept, with the problem noted."""
    wrong = [
        CellProblem(
            number,
            name,
            cells[name][:60],
            gettext_noop("at most %(limit)s characters") % {"limit": limit},
            LEFT_OUT,
        )
        for name, limit in TEXTS.items()
        if len(cells.get(name, "")) > limit
    ]
    if not cells["country"]:
        wrong.append(_bad(number, "country", cells, gettext_noop("a country")))
    years = FISCAL_YEAR.fullmatch(cells["fiscal_year"])
    if years is None or int(years[2]) != int(years[1]) + 1:
        expected = gettext_noop("two years in a row such as 2010-2011")
        wrong.append(_bad(number, "fiscal_year", cells, expected))
    for problem in wrong:
        note(problem)
    if wrong:
        return None
    date_from, date_to = (_day(number, name, cells, note) for name in ("start_date", "end_date"))
    if date_from and date_to and date_to < date_from:
        note(_odd(number, "end_date", cells, gettext_noop("a day not before the start")))
        date_to = None
    written = " – ".join(
        text for text in (cells.get("start_date_raw", ""), cells.get("end_date_raw", "")) if text
    )
    digest = hashlib.sha256(
        "\x1f".join(cells.get(c, "") for c in REQUIRED + OPTIONAL[:-1]).encode()
    )
    same = digest.hexdigest()[:24]
    seen[same] += 1
    return TrainingRow(
        # Equal lines are trainings of their own, told apart by their place among the equal ones.
        key=f"{same}-{seen[same]}",
        fiscal_year=cells["fiscal_year"],
        iso3=cells.get("iso3", "").upper(),
        country=cells["country"],
        program=cells.get("program", ""),
        course=cells.get("course_title", ""),
        provider=cells.get("delivery_unit", ""),
        recipient=cells["recipient_unit"],
        date_from=date_from,
        date_to=date_to,
        dates_as_written=written,
        location=cells.get("location", ""),
        trainees=_trainees(number, cells, note),
        cost_usd=_cost(number, cells, note),
        page=cells.get("page", ""),
        report=cells.get("source_xml", ""),
    )


def _bad(number: int, column: str, cells: dict[str, str], expected: str) -> CellProblem:
    return CellProblem(number, column, cells.get(column, "")[:60], expected, LEFT_OUT)


def _odd(number: int, column: str, cells: dict[str, str], expected: str) -> CellProblem:
    shown = cells.get(column, "")[:60]
    return CellProblem(number, column, shown, expected, KEPT_UNKNOWN, "warning")


def _day(
    number: int, column: str, cells: dict[str, str], note: Callable[[CellProblem], None]
) -> dt.date | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        note(_odd(number, column, cells, gettext_noop("a day such as 2010-09-13")))
        return None


def _trainees(
    number: int, cells: dict[str, str], note: Callable[[CellProblem], None]
) -> int | None:
    text = cells["quantity"].replace(",", "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and int(text) <= MOST_TRAINEES:
        return int(text)
    note(_odd(number, "quantity", cells, gettext_noop("a whole number of persons")))
    return None


def _cost(
    number: int, cells: dict[str, str], note: Callable[[CellProblem], None]
) -> Decimal | None:
    """US dollars; "$" alone is how the reports write that no cost is stated."""
    text = cells.get("total_cost", "").replace("$", "").replace(",", "").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if value.is_finite() and 0 <= value < Decimal(10) ** 12:
        return value.quantize(Decimal("0.01"))
    note(_odd(number, "total_cost", cells, gettext_noop("US dollars such as $1,234")))
    return None
