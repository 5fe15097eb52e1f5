"""Rules of incidents: precision in words, and what an incident that is entered must hold."""

import datetime as dt
from dataclasses import dataclass

from primacy.rooms.incidents.errors import BadIncident

WHERE_WORDS = {
    1: "exact place",
    2: "within about 25 km of a known place",
    3: "only the second-order area (district) is known",
    4: "only the first-order area (province, county) is known",
    5: "a line or a loosely bounded region",
    6: "only the country is known",
    7: "international waters or airspace",
}
DATE_WORDS = {
    1: "exact day",
    2: "within 2 to 6 days",
    3: "within a week",
    4: "within a month",
    5: "within more than a month",
}
"""Precision codes of the UCDP GED codebook, in words."""

ORIGIN_WORDS = {
    "ucdp_ged": "UCDP Georeferenced Event Dataset",
    "ucdp_candidate": "UCDP Candidate Events",
    "own": "entered here",
}
UNKNOWN = "not known"


@dataclass(frozen=True)
class Deaths:
    """Deaths of an incident: the best estimate and the bounds."""

    best: int
    low: int
    high: int

    @property
    def in_order(self) -> bool:
        """True where low ≤ best ≤ high; UCDP's own files break this at times."""
        return self.low <= self.best <= self.high

    @property
    def words(self) -> str:
        """The best estimate with its bounds, where they differ."""
        if self.low == self.best == self.high:
            return f"{self.best:,}"
        return f"{self.best:,} ({self.low:,} to {self.high:,})"


def where_words(code: int) -> str:
    """How precisely the place is known."""
    return WHERE_WORDS.get(code, UNKNOWN)


def date_words(code: int) -> str:
    """How precisely the day is known."""
    return DATE_WORDS.get(code, UNKNOWN)


def origin_words(origin: str) -> str:
    """Where an incident comes from."""
    return ORIGIN_WORDS.get(origin, origin)


def require_days(start: dt.date, end: dt.date, today: dt.date) -> None:
    """Nothing, where the days are in order and not to come; `BadIncident` otherwise."""
    if end < start:
        raise BadIncident(
            f"The last day ({end}) is before the first ({start}). Nothing was saved; correct one."
        )
    if end > today:
        raise BadIncident(f"{end} is still to come. Nothing was saved; correct the day.")


def require_deaths(deaths: Deaths) -> None:
    """Nothing, where the bounds hold the best estimate; `BadIncident` otherwise."""
    if deaths.low < 0 or not deaths.in_order:
        raise BadIncident(
            f"Deaths must be 0 or more with low ≤ best ≤ high, not {deaths.low}, {deaths.best}, "
            f"{deaths.high}. Nothing was saved."
        )


def require_point(lat: float, lon: float) -> None:
    """Nothing, where the point is on the globe; `BadIncident` otherwise."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadIncident(
            f"{lat}, {lon} is not a place: latitude is -90 to 90, longitude -180 to 180. "
            "Nothing was saved."
        )
