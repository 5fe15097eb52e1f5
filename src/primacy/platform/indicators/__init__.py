"""The indicator registry: what can be measured, and which rooms provide values from records."""

from primacy.platform.indicators.registry import (
    Indicator,
    IndicatorValue,
    Provider,
    Subject,
    indicator,
    indicators,
    provide,
    provider_of,
    register,
    values,
)

__all__ = [
    "Indicator",
    "IndicatorValue",
    "Provider",
    "Subject",
    "indicator",
    "indicators",
    "provide",
    "provider_of",
    "register",
    "values",
]
