"""Alerts in the Common Alerting Protocol: read 1.0, 1.1 and 1.2, written as 1.2, acknowledged.

`read` takes the bytes of one alert, `read_all` those of a feed or of one alert; `write` gives bytes
back. Pure: no network, no clock, no database, no files. `docs/methods/cap.md` says what is read,
refused and mapped.
"""

from primacy.platform.cap.acknowledging import (
    Chain,
    Thread,
    Unmatch,
    Unmatched,
    acknowledge,
    chain,
    private_alert,
)
from primacy.platform.cap.errors import CapRefused, Problem, Reason
from primacy.platform.cap.feeds import Collection, Entry, read_all
from primacy.platform.cap.message import (
    DEFAULT_LANGUAGE,
    Area,
    Category,
    Certainty,
    Circle,
    Info,
    Message,
    MsgType,
    NamedValue,
    Point,
    Received,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
)
from primacy.platform.cap.reading import read
from primacy.platform.cap.validity import check, problems_of
from primacy.platform.cap.writing import write

__all__ = [
    "DEFAULT_LANGUAGE",
    "Area",
    "CapRefused",
    "Category",
    "Certainty",
    "Chain",
    "Circle",
    "Collection",
    "Entry",
    "Info",
    "Message",
    "MsgType",
    "NamedValue",
    "Point",
    "Problem",
    "Reason",
    "Received",
    "Reference",
    "Resource",
    "ResponseType",
    "Scope",
    "Severity",
    "Status",
    "Thread",
    "Unmatch",
    "Unmatched",
    "Urgency",
    "acknowledge",
    "chain",
    "check",
    "private_alert",
    "problems_of",
    "read",
    "read_all",
    "write",
]
