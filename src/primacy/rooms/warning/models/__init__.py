"""The records of warning."""

from primacy.rooms.warning.models.alert import (
    Alert,
    AlertState,
    Certainty,
    Channel,
    Credibility,
    Reliability,
    Severity,
    Threat,
    Urgency,
    Verification,
)
from primacy.rooms.warning.models.answer import (
    AlertStep,
    Decision,
    NoActionReason,
    Outcome,
    Responder,
    ResponseKind,
    Tasking,
)
from primacy.rooms.warning.models.forecast import AreaForecast, ForecastRun, Measure, Target
from primacy.rooms.warning.models.kept_from import Accusation, KeptFrom, StandsFor
from primacy.rooms.warning.models.levels import ServiceLevels
from primacy.rooms.warning.models.source import AlertSource

__all__ = [
    "Accusation",
    "Alert",
    "AlertSource",
    "AlertState",
    "AlertStep",
    "AreaForecast",
    "Certainty",
    "Channel",
    "Credibility",
    "Decision",
    "ForecastRun",
    "KeptFrom",
    "Measure",
    "NoActionReason",
    "Outcome",
    "Reliability",
    "Responder",
    "ResponseKind",
    "ServiceLevels",
    "Severity",
    "StandsFor",
    "Target",
    "Tasking",
    "Threat",
    "Urgency",
    "Verification",
]
