"""Indicators and their providers. Rooms register here; readiness asks here, never the rooms."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from primacy.platform.policy import Marking, Viewer


@dataclass(frozen=True)
class Indicator:
    """A measurable: its unit and meaning. `unit` is one of the kernel's units."""

    code: str
    name: str
    unit: str
    dimension: str
    meaning: str
    numerator_noun: str = ""
    denominator_noun: str = ""


@dataclass(frozen=True)
class Subject:
    """What a value is about: an area or a unit of one mission."""

    kind: str
    id: uuid.UUID
    mission_id: uuid.UUID


@dataclass(frozen=True)
class IndicatorValue:
    """A value computed from records, with the records' own date, source and highest marking."""

    subject: Subject
    observed_on: dt.date
    value: float | None
    source: str
    numerator: float | None = None
    denominator: float | None = None
    low: float | None = None
    high: float | None = None
    marking: int = Marking.PUBLIC


Provider = Callable[[Viewer, Sequence[Subject], dt.date], Iterable[IndicatorValue]]

_INDICATORS: dict[str, Indicator] = {}
_PROVIDERS: dict[str, Provider] = {}


def register(entry: Indicator) -> Indicator:
    """The indicator, now known to the registry; a second registration replaces the first."""
    _INDICATORS[entry.code] = entry
    return entry


def provide(code: str) -> Callable[[Provider], Provider]:
    """Decorator: the function computes this indicator from a room's records."""

    def attach(function: Provider) -> Provider:
        _PROVIDERS[code] = function
        return function

    return attach


def indicators() -> dict[str, Indicator]:
    """All indicators by code."""
    return dict(_INDICATORS)


def indicator(code: str) -> Indicator | None:
    """One indicator, or None where it is not registered."""
    return _INDICATORS.get(code)


def provider_of(code: str) -> Provider | None:
    """The provider of an indicator, or None where people must enter it."""
    return _PROVIDERS.get(code)


def values(
    viewer: Viewer, code: str, subjects: Sequence[Subject], as_of: dt.date
) -> list[IndicatorValue]:
    """Values from records as of a date; empty where no room provides the indicator."""
    provider = _PROVIDERS.get(code)
    return list(provider(viewer, subjects, as_of)) if provider else []
