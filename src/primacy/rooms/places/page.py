"""What every page of a mission starts from: the viewer, the mission, the day asked for."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from primacy.platform import clock
from primacy.platform.as_of import parse_as_of
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.places.models import Mission
from primacy.rooms.places.queries import missions, opened_mission


@dataclass(frozen=True)
class Page:
    """The frame of a mission page."""

    viewer: Viewer
    mission: Mission
    missions: tuple[Mission, ...]
    as_of: dt.date
    today: dt.date

    def context(
        self,
        *,
        place: str,
        title: str,
        purpose: str,
        crumbs: list[tuple[str, str]] | None = None,
        marking: Marking | None = None,
        evidence_ages: tuple[int, int] | None = None,
        shows_evidence: bool = False,
        **content: object,
    ) -> dict[str, object]:
        """The template context: frame first, then what the page itself brings.

        `place` is the key of the place of work in the menu; `crumbs` are (label, url) pairs.
        """
        trail = [{"label": label, "url": url} for label, url in crumbs or []]
        return {
            "page": self,
            "viewer": self.viewer,
            "mission": self.mission,
            "missions": self._mission_links(),
            "as_of": self.as_of,
            "today": self.today,
            "today_url": f"?as_of={self.today.isoformat()}" if self.mission.default_as_of else "",
            "section": place,
            "title": title,
            "purpose": purpose,
            "crumbs": [*trail, {"label": title, "url": ""}] if trail else [],
            "marking": int(marking if marking is not None else self.default_marking),
            # An empty mapping reads "none on record"; pages that hold no evidence show no line.
            "evidence": {} if evidence_ages is None and shows_evidence else evidence_ages,
            **content,
        }

    def _mission_links(self) -> list[dict[str, object]]:
        """The mission switcher: each mission's board on its own opening day."""
        return [
            {
                "label": f"{row.country}: {row.short_name}",
                "url": reverse("board", args=[row.code]),
                "current": row.pk == self.mission.pk,
            }
            for row in self.missions
        ]

    @property
    def default_marking(self) -> Marking:
        """Public for boards open to guests, internal for all others."""
        return Marking.PUBLIC if self.mission.open_to_guests else Marking.INTERNAL


def open_page(request: HttpRequest, mission: str) -> Page:
    """The page's frame; raises `NoSuchMission` or `BadDate`, which the web face answers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = opened_mission(viewer, mission)
    today = clock.today()
    asked = request.GET.get("as_of") or ""
    day = parse_as_of(asked, today) if asked else (found.default_as_of or today)
    return Page(
        viewer=viewer,
        mission=found,
        missions=tuple(missions(viewer)),
        as_of=day,
        today=today,
    )
