"""Criteria and observations with the defaults most tests do not care about."""

import datetime as dt
from typing import Any

from primacy.kernels.readiness import Comparison, Criterion, Method, Observation

AS_OF = dt.date(2030, 6, 30)


def criterion(**changes: Any) -> Criterion:
    """A gate on the certified share, at least 0.80, evidence of any method up to 90 days old."""
    values: dict[str, Any] = {
        "code": "certification",
        "dimension": "certification",
        "indicator": "certified_share",
        "comparison": Comparison.AT_LEAST,
        "threshold": 0.8,
        "gate": True,
        "methods": frozenset(Method),
        "max_age_days": 90,
        "tolerance": 0.1,
        "unit": "share",
        "numerator_noun": "certified officers",
    }
    return Criterion(**values | changes)


def minutes(**changes: Any) -> Criterion:
    """A criterion, no gate, on the median minutes to arrival: at most 60."""
    values: dict[str, Any] = {
        "code": "response",
        "dimension": "response",
        "indicator": "response_minutes",
        "comparison": Comparison.AT_MOST,
        "threshold": 60,
        "gate": False,
        "unit": "minutes",
        "numerator_noun": "",
        "tolerance": 10,
    }
    return criterion(**values | changes)


def yes_no(**changes: Any) -> Criterion:
    """A gate that must be answered with yes."""
    values: dict[str, Any] = {
        "code": "command",
        "indicator": "command_complete",
        "comparison": Comparison.EQUALS,
        "threshold": 1.0,
        "unit": "yes_no",
        "numerator_noun": "",
        "tolerance": 0.0,
    }
    return criterion(**values | changes)


def seen(value: float | None = None, **changes: Any) -> Observation:
    """A field observation of the certified share ten days before `AS_OF`."""
    values: dict[str, Any] = {
        "id": "o1",
        "indicator": "certified_share",
        "method": Method.FIELD,
        "observed_on": AS_OF - dt.timedelta(days=10),
        "value": value,
    }
    return Observation(**values | changes)


def days_ago(days: int) -> dt.date:
    """The date so many days before `AS_OF`."""
    return AS_OF - dt.timedelta(days=days)
