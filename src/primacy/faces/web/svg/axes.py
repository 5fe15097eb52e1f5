"""Axes: round ticks, short figures, calendar ticks."""

import datetime as dt
import math

from primacy.platform.language.dates import long_day, short_month
from primacy.platform.language.figures import as_written


def short_figure(value: float | None) -> str:
    """A figure as short as it can stand: 12,500 · 3.4 · 0.82; a dash for None."""
    if value is None or not math.isfinite(value):
        return "–"
    if abs(value) >= 100 or float(value).is_integer():
        return as_written(f"{value:,.0f}").replace("-", "−")
    text = f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}".rstrip("0").rstrip(".")
    return as_written(text).replace("-", "−")


def round_ticks(low: float, high: float, wanted: int = 4) -> list[float]:
    """About `wanted` round values from at or below `low` to at or above `high`."""
    if not high > low:
        high = low + 1
    raw = (high - low) / max(wanted, 1)
    magnitude: float = 10.0 ** math.floor(math.log10(raw))
    step = next(m * magnitude for m in (1, 2, 2.5, 5, 10) if m * magnitude >= raw * 0.999)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 10) for n in range(first, last + 1)]


def year_ticks(start: dt.date, end: dt.date, wanted: int = 8) -> list[tuple[dt.date, str]]:
    """Dates with labels inside the span: years, or months where it is short."""
    years = end.year - start.year + 1
    if years <= 2:
        return _month_ticks(start, end, wanted)
    step = next((s for s in (1, 2, 5, 10, 20, 50) if years / s <= wanted), 100)
    wholes = [y for y in range(start.year, end.year + 1) if y % step == 0]
    days = [(dt.date(y, 1, 1), str(y)) for y in wholes]
    return [(day, label) for day, label in days if start <= day <= end]


def _month_ticks(start: dt.date, end: dt.date, wanted: int) -> list[tuple[dt.date, str]]:
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    step = next((s for s in (1, 2, 3, 6) if (last - first + 1) / s <= wanted), 12)
    days = [dt.date(n // 12, n % 12 + 1, 1) for n in range(first, last + 1) if n % step == 0]
    return [(day, short_month(day)) for day in days if start <= day <= end]


def long_date(day: dt.date) -> str:
    """The day in words, such as 1 June 2010."""
    return long_day(day)
