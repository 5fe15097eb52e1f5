"""Trainings and recipients as tables."""

from collections.abc import Iterable, Iterator

from primacy.rooms.training.models import TrainingReport
from primacy.rooms.training.queries import NameLine

TRAINING_COLUMNS = (
    "fiscal_year", "country", "program", "course", "recipient", "provider", "date_from", "date_to",
    "dates_as_written", "location", "trainees", "cost_usd", "report", "page", "source",
)  # fmt: skip
RECIPIENT_COLUMNS = (
    "country", "written", "reading", "unit", "by", "score", "trainings", "seats", "first_year",
    "last_year",
)  # fmt: skip


def training_rows(rows: Iterable[TrainingReport]) -> Iterator[list[object]]:
    """A line a training."""
    for row in rows:
        yield [
            row.fiscal_year, row.country, row.program, row.course,
            row.recipient.written if row.recipient else "", row.provider, row.date_from,
            row.date_to, row.dates_as_written, row.location, row.trainees, row.cost_usd,
            row.report, row.page, str(row.source),
        ]  # fmt: skip


def recipient_rows(lines: Iterable[NameLine]) -> Iterator[list[object]]:
    """A line a name; the unit by its code where it is open to the reader."""
    for line in lines:
        yield [
            line.row.country, line.row.written, str(line.reading.label),
            line.unit.code if line.unit else "", "matcher" if line.by_matcher else "person",
            line.score, line.trainings, line.seats, line.first_year, line.last_year,
        ]  # fmt: skip
