"""What the chapters of the story share: mission, people, areas, units, days."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from primacy.demo.carana.diary import Diary
from primacy.demo.carana.gaps import Gaps, make_gaps
from primacy.demo.carana.geography import Land
from primacy.demo.carana.naming import Names
from primacy.demo.carana.options import CaranaOptions, Settings
from primacy.demo.carana.profiles import Part, Profile
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.platform.sources.models import Source
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Area, Mission
from primacy.rooms.readiness.facade import Responsibility, Standard

ROUND_DAYS = 91
LAST_ROUND = 12
"""The last round of evidence lies this many days before the end of the story."""

SILENT_SINCE = 0.8
"""From this share of the story nothing comes from the silent districts."""


@dataclass
class Country:
    """The country as far as it is told."""

    options: CaranaOptions
    settings: Settings
    rng: np.random.Generator
    land: Land
    profiles: list[Profile]
    names: Names
    operator: Viewer
    diary: Diary = field(default_factory=Diary)
    people: dict[str, Viewer] = field(default_factory=dict)
    provinces: list[Area] = field(default_factory=list)
    districts: list[Area] = field(default_factory=list)
    towns: list[list[str]] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    functions: dict[str, Responsibility] = field(default_factory=dict)
    standards: list[Standard] = field(default_factory=list)
    _mission: Mission | None = None
    _sources: dict[str, Source] = field(default_factory=dict)
    gaps: Gaps = field(init=False)

    def __post_init__(self) -> None:
        self.gaps = make_gaps(self.profiles)

    @property
    def mission(self) -> Mission:
        """The mission, once it was opened."""
        if self._mission is None:
            raise LookupError("the mission is not open yet")
        return self._mission

    @mission.setter
    def mission(self, mission: Mission) -> None:
        self._mission = mission

    @property
    def standard(self) -> Standard:
        """The standard in force."""
        standard = self.standards[-1]
        standard.refresh_from_db()
        return standard

    def __getitem__(self, person: str) -> Viewer:
        return self.people[person]

    def day(self, share: float) -> dt.date:
        """The day on which this share of the story is over."""
        return self.options.starts_on + dt.timedelta(days=int(share * (self.options.days - 1)))

    def share(self, day: dt.date) -> float:
        """The share of the story that is over on a day."""
        return (day - self.options.starts_on).days / max(1, self.options.days - 1)

    def before_end(self, days: int) -> dt.date:
        """The day this many days before the last one."""
        return self.options.last_day - dt.timedelta(days=days)

    def rounds(self) -> list[dt.date]:
        """The days of the quarterly rounds, oldest first."""
        found, day = [], self.before_end(LAST_ROUND)
        while day > self.options.starts_on + dt.timedelta(days=30):
            found.append(day)
            day -= dt.timedelta(days=ROUND_DAYS)
        return found[::-1]

    def round_near(self, share: float) -> dt.date:
        """The first round after this share of the story, or the last one."""
        return next((day for day in self.rounds() if self.share(day) >= share), self.rounds()[-1])

    def with_part(self, part: Part) -> list[int]:
        """The districts that play a part."""
        return [at for at, profile in enumerate(self.profiles) if profile.part is part]

    def source(self, actor: Viewer, title: str, marking: Marking = Marking.PUBLIC) -> Source:
        """The source of this title, remembered."""
        if title not in self._sources:
            self._sources[title] = ensure_source(
                actor=actor, mission_id=self.mission.pk, title=title, marking=marking
            )
        return self._sources[title]

    def on(self, day: dt.date, act: Callable[[], object]) -> None:
        """Writes an act into the diary."""
        self.diary.on(day, act)


def heard(country: Country, at: int, day: dt.date) -> bool:
    """False where a district has fallen silent: neither evidence nor strength returns."""
    silent = country.profiles[at].part is Part.SILENT
    return not silent or country.share(day) < SILENT_SINCE
