"""What every page of a mission starts from: the viewer, the mission, the day asked for."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.places.models import Mission
from primacy.rooms.places.queries import mission_by_code, missions


@dataclass(frozen=True)
class Page:
    """The frame of a mission page."""

    viewer: Viewer
    mission: Mission
    missions: tuple[Mission, ...]
    as_of: dt.date
    today: dt.date

    @property
    def is_past(self) -> bool:
        """True where the page shows another day than today."""
        return self.as_of != self.today

    def context(
        self,
        *,
        place: str,
        title: str,
        purpose: str,
        crumbs: list[tuple[str, str]] | None = None,
        marking: Marking | None = None,
        evidence_ages: tuple[int, int] | None = None,
        **content: object,
    ) -> dict[str, object]:
        """The template context: frame first, then what the page itself brings.

        `place` is the key of the place of work in the menu; `crumbs` are (label, url) pairs.
        """
        return {
            "page": self,
            "viewer": self.viewer,
            "mission": self.mission,
            "missions": self.missions,
            "as_of": self.as_of,
            "today": self.today,
            "is_past": self.is_past,
            "place": place,
            "title": title,
            "purpose": purpose,
            "crumbs": crumbs or [],
            "marking": marking if marking is not None else self.default_marking,
            "evidence_ages": evidence_ages,
            **content,
        }

    @property
    def default_marking(self) -> Marking:
        """Public for boards open to guests, internal for all others."""
        return Marking.PUBLIC if self.mission.open_to_guests else Marking.INTERNAL


def open_page(request: HttpRequest, mission: str) -> Page:
    """The page's frame; raises `NoSuchMission` or `BadDate`, which the web face answers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = mission_by_code(viewer, mission)
    today = timezone.localdate()
    asked = request.GET.get("as_of") or ""
    day = parse_as_of(asked, today) if asked else (found.default_as_of or today)
    return Page(
        viewer=viewer,
        mission=found,
        missions=tuple(missions(viewer)),
        as_of=day,
        today=today,
    )
