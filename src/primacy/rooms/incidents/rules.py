"""Rules of incidents: precision in words, and what an incident that is entered must hold."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.platform.language.figures import grouped
from primacy.platform.language.later import later
from primacy.platform.policy import restricted
from primacy.rooms.incidents.errors import BadIncident

WHERE_WORDS = {
    1: later("exact place"),
    2: later("within about 25 km of a known place"),
    3: later("only the second-order area (district) is known"),
    4: later("only the first-order area (province, county) is known"),
    5: later("a line or a loosely bounded region"),
    6: later("only the country is known"),
    7: later("international waters or airspace"),
}
DATE_WORDS = {
    1: later("exact day"),
    2: "within 2 to 6 days",
    3: later("within a week"),
    4: later("within a month"),
    5: later("within more than a month"),
}
"""Precision codes of the UCDP GED codebook, in words."""

ORIGIN_WORDS = {
    "ucdp_ged": later("UCDP Georeferenced Event Dataset"),
    "ucdp_candidate": later("UCDP Candidate Events"),
    "own": later("entered here"),
    "mission_file": later("file of the mission"),
}
UNKNOWN = later("not known")


@dataclass(frozen=True)
class Deaths:
    """Deaths of an incident: the best estimate and the bounds."""

    best: int
    low: int
    high: int
    withheld: bool = False
    """True where the reader may not know them: too few persons to be shown outside the team."""

    @property
    def in_order(self) -> bool:
        """True where low ≤ best ≤ high; UCDP's own files break this at times."""
        if self.withheld:
            return True
        return self.low <= self.best <= self.high

    @property
    def words(self) -> str:
        """The best estimate with its bounds, where they differ."""
        if self.withheld:
            return restricted().text
        if self.low == self.best == self.high:
            return f"{self.best:,}"
        return _("%(best)s (%(low)s to %(high)s)") % {
            "best": grouped(self.best),
            "low": grouped(self.low),
            "high": grouped(self.high),
        }


def where_words(code: int) -> str:
    """How precisely the place is known."""
    return str(WHERE_WORDS.get(code, UNKNOWN))


def date_words(code: int) -> str:
    """How precisely the day is known."""
    return str(DATE_WORDS.get(code, UNKNOWN))


def origin_words(origin: str) -> str:
    """Where an incident comes from."""
    return str(ORIGIN_WORDS.get(origin, origin))


def require_days(start: dt.date, end: dt.date, today: dt.date) -> None:
    """Nothing, where the days are in order and not to come; `BadIncident` otherwise."""
    if end < start:
        raise BadIncident(
            _(
                "The last day (%(end)s) is before the first (%(start)s). Nothing was "
                "saved; correct one."
            )
            % {"end": end, "start": start}
        )
    if end > today:
        raise BadIncident(
            _("%(end)s is still to come. Nothing was saved; correct the day.") % {"end": end}
        )


def require_deaths(deaths: Deaths) -> None:
    """Nothing, where the bounds hold the best estimate; `BadIncident` otherwise."""
    if deaths.low < 0 or not deaths.in_order:
        raise BadIncident(
            _(
                "Deaths must be 0 or more with low ≤ best ≤ high, not %(low)s, %(best)s, "
                "%(high)s. Nothing was saved."
            )
            % {"low": deaths.low, "best": deaths.best, "high": deaths.high}
        )


def require_point(lat: float, lon: float) -> None:
    """Nothing, where the point is on the globe; `BadIncident` otherwise."""
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BadIncident(
            _(
                "%(lat)s, %(lon)s is not a place: latitude is -90 to 90, longitude -180 "
                "to 180. Nothing was saved."
            )
            % {"lat": lat, "lon": lon}
        )
