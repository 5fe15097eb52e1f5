"""The Common Alerting Protocol 1.2 (OASIS, 1 July 2010) as records: alert, info, resource, area.

The words of the enumerations are the standard's. Fields carry the standard's names in Python's
spelling, and stand in the order of its elements. None means that the element is absent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from primacy.platform.cap.errors import Problem

DEFAULT_LANGUAGE = "en-US"


class Status(StrEnum):
    """Who is to act on it; `Exercise` and `Test` call nobody out."""

    ACTUAL = "Actual"
    EXERCISE = "Exercise"
    SYSTEM = "System"
    TEST = "Test"
    DRAFT = "Draft"


class MsgType(StrEnum):
    """What the message does: it begins an alert or answers earlier ones."""

    ALERT = "Alert"
    UPDATE = "Update"
    CANCEL = "Cancel"
    ACK = "Ack"
    ERROR = "Error"


class Scope(StrEnum):
    """Whom it is for: anybody, those of the restriction, those addressed."""

    PUBLIC = "Public"
    RESTRICTED = "Restricted"
    PRIVATE = "Private"


class Category(StrEnum):
    """What kind of event."""

    GEO = "Geo"
    MET = "Met"
    SAFETY = "Safety"
    SECURITY = "Security"
    RESCUE = "Rescue"
    FIRE = "Fire"
    HEALTH = "Health"
    ENV = "Env"
    TRANSPORT = "Transport"
    INFRA = "Infra"
    CBRNE = "CBRNE"
    OTHER = "Other"


class ResponseType(StrEnum):
    """What those it is for are advised to do."""

    SHELTER = "Shelter"
    EVACUATE = "Evacuate"
    PREPARE = "Prepare"
    EXECUTE = "Execute"
    AVOID = "Avoid"
    MONITOR = "Monitor"
    ASSESS = "Assess"
    ALL_CLEAR = "AllClear"
    NONE = "None"


class Urgency(StrEnum):
    """How soon to act: now, within the hour, in the near future, no longer."""

    IMMEDIATE = "Immediate"
    EXPECTED = "Expected"
    FUTURE = "Future"
    PAST = "Past"
    UNKNOWN = "Unknown"


class Severity(StrEnum):
    """How great the threat to life or property."""

    EXTREME = "Extreme"
    SEVERE = "Severe"
    MODERATE = "Moderate"
    MINOR = "Minor"
    UNKNOWN = "Unknown"


class Certainty(StrEnum):
    """How sure: seen, more likely than not, not more likely, nearly not."""

    OBSERVED = "Observed"
    LIKELY = "Likely"
    POSSIBLE = "Possible"
    UNLIKELY = "Unlikely"
    UNKNOWN = "Unknown"


@dataclass(frozen=True)
class NamedValue:
    """A value of a system-specific list: `valueName` names the list, `value` the entry."""

    value_name: str
    value: str


@dataclass(frozen=True, slots=True)
class Point:
    """A place in WGS 84: latitude and longitude in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Circle:
    """A point and the radius around it in kilometres."""

    centre: Point
    radius: float


@dataclass(frozen=True)
class Area:
    """An area of an info: its description in words, and what encloses it."""

    area_desc: str
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    geocodes: tuple[NamedValue, ...] = ()
    altitude: float | None = None
    """Feet above mean sea level; the lower end when there is a ceiling."""
    ceiling: float | None = None
    """Feet above mean sea level."""


@dataclass(frozen=True)
class Resource:
    """A file that belongs to an info; nothing of it is fetched or decoded."""

    resource_desc: str
    mime_type: str
    size: int | None = None
    """Bytes, as the sender says."""
    uri: str | None = None
    deref_uri: str | None = None
    """The file itself, in base 64, as it came."""
    digest: str | None = None


@dataclass(frozen=True)
class Info:
    """What is the matter, in one language."""

    categories: tuple[Category, ...]
    event: str
    urgency: Urgency
    severity: Severity
    certainty: Certainty
    language: str | None = None
    """RFC 3066; None stands for `en-US`."""
    response_types: tuple[ResponseType, ...] = ()
    audience: str | None = None
    event_codes: tuple[NamedValue, ...] = ()
    effective: datetime | None = None
    onset: datetime | None = None
    expires: datetime | None = None
    sender_name: str | None = None
    headline: str | None = None
    description: str | None = None
    instruction: str | None = None
    web: str | None = None
    contact: str | None = None
    parameters: tuple[NamedValue, ...] = ()
    resources: tuple[Resource, ...] = ()
    areas: tuple[Area, ...] = ()


@dataclass(frozen=True)
class Reference:
    """The name of an earlier message: sender, identifier and when it was sent."""

    sender: str
    identifier: str
    sent: datetime


@dataclass(frozen=True)
class Message:
    """One alert message, with all that the standard allows in it."""

    identifier: str
    sender: str
    sent: datetime
    status: Status
    msg_type: MsgType
    scope: Scope
    source: str | None = None
    restriction: str | None = None
    addresses: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    note: str | None = None
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    infos: tuple[Info, ...] = ()

    @property
    def reference(self) -> Reference:
        """What other messages name this one by."""
        return Reference(self.sender, self.identifier, self.sent)


@dataclass(frozen=True)
class Received:
    """A message as it came: what it says, its version of the standard, what to know of it."""

    message: Message
    version: str
    """`1.0`, `1.1` or `1.2`; what is written is always 1.2."""
    signed: bool
    """A signature is present. It is not verified: it proves nothing by being there."""
    notices: tuple[Problem, ...] = ()
    """What was carried over from an older version, left out, or kept though it breaks a rule."""
