"""The sizes of a made-up country, and the settings it is generated from."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from primacy.platform.language.figures import grouped
from primacy.platform.shipped import shipped

ADDRESSES = "carana.example"
"""The domain of the people's e-mail addresses; no mail is ever sent there (RFC 2606)."""

LIMITS = {
    "districts": (6, 500),
    "police": (200, 150_000),
    "incidents": (0, 1_000_000),
    "years": (1, 10),
}
"""The smallest and largest size that was tried."""

Settings = Mapping[str, object]


class BadOptions(ValueError):
    """A size outside what the generator was made for; the message gives the limits."""


@dataclass(frozen=True)
class CaranaOptions:
    """What is asked for. The story ends the day before `until`, so nothing lies in the future."""

    until: dt.date
    seed: int = 7
    districts: int = 40
    police: int = 15_000
    incidents: int = 12_000
    years: int = 3

    def __post_init__(self) -> None:
        for name, (least, most) in LIMITS.items():
            value = getattr(self, name)
            if not least <= value <= most:
                raise BadOptions(
                    _("%(name)s must lie between %(least)s and %(most)s, not %(value)s.")
                    % {
                        "name": name,
                        "least": grouped(least),
                        "most": grouped(most),
                        "value": grouped(value),
                    }
                )
        if self.police < 20 * self.districts:
            raise BadOptions(
                _("%(districts)d districts need at least %(police)s police.")
                % {"districts": self.districts, "police": grouped(20 * self.districts)}
            )

    @property
    def starts_on(self) -> dt.date:
        """The mission's first day."""
        return self.until - dt.timedelta(days=round(self.years * 365.25))

    @property
    def last_day(self) -> dt.date:
        """The last day of the story."""
        return self.until - dt.timedelta(days=1)

    @property
    def days(self) -> int:
        """Days of the story."""
        return (self.last_day - self.starts_on).days + 1

    @property
    def provinces(self) -> int:
        """Provinces: about four districts each."""
        return max(2, min(25, round(self.districts / 4)))


def country_settings() -> Settings:
    """The settings as shipped in `cases/carana/country.json`."""
    found = json.loads(shipped("cases/carana/country.json").read_text(encoding="utf-8"))
    return cast("Settings", found)


def table(settings: Settings, name: str) -> list[dict[str, object]]:
    """A list of entries of the settings."""
    return cast("list[dict[str, object]]", settings[name])


def section(settings: Settings, name: str) -> dict[str, object]:
    """A named part of the settings."""
    return cast("dict[str, object]", settings[name])


def words(settings: Settings, name: str) -> list[str]:
    """A list of words of the settings."""
    return cast("list[str]", settings[name])


def figure(settings: Settings, name: str, default: float | None = None) -> float:
    """A number of the settings."""
    found = settings.get(name, default)
    return float(cast("float", found))
