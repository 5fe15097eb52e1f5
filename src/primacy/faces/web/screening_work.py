"""Loading a list and screening a roster as long work: both can take longer than a page should."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.faces.web.import_files import forget_upload
from primacy.platform.jobs.kinds import Outcome, Running, kind_of_work
from primacy.rooms.places.facade import Mission, NoSuchMission, missions
from primacy.rooms.screening.facade import (
    ListFileRefused,
    Publisher,
    ScreeningError,
    list_files,
    lists_in_force,
    load_list,
    read_list,
    rosters,
    screen_roster,
    screenings,
)

LOAD_LIST = "screening.load"
SCREEN_ROSTER = "screening.roster"
REFUSALS = (ScreeningError, ListFileRefused, NoSuchMission)


@kind_of_work(LOAD_LIST, permission="screening.run", refusals=REFUSALS)
def load_published_list(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Loads an uploaded list. Resumed, it finds the list in force and says so."""
    mission = _mission(run, arguments)
    paths = {name: Path(arguments[name]) for name in ("file", "names", "addresses")
             if arguments.get(name)}  # fmt: skip
    try:
        run.progress(0, 2, _("reading and checking"))
        day = arguments.get("list_date", "")
        read = read_list(
            Publisher(arguments["publisher"]),
            paths["file"],
            list_date=dt.date.fromisoformat(day) if day else None,
            names=paths.get("names"),
            addresses=paths.get("addresses"),
        )
        known = list_files(run.actor, mission).filter(publisher=read.publisher).first()
        if known is not None and known.sha256 == read.sha256:
            link = reverse("screening-list", args=[mission.code, known.pk])
            return Outcome(_("This list is in force. Nothing was doubled."), link)
        run.progress(1, 2, _("looking at earlier screenings again"))
        made = load_list(
            actor=run.actor,
            mission=mission,
            read=read,
            gaps_accepted=arguments.get("gaps") == "yes",
            shrinking_accepted=arguments.get("shrinks") == "yes",
        )
    finally:
        for path in paths.values():
            forget_upload(path)
    text = _(
        "The list has %(entries)d entries: %(added)d added, %(removed)d removed, %(changed)d "
        "changed."
    )
    counts = {"entries": made.entries, "added": made.added, "removed": made.removed}
    link = reverse("screening-list", args=[mission.code, made.pk])
    return Outcome(text % {**counts, "changed": made.changed}, link)


@kind_of_work(SCREEN_ROSTER, permission="screening.run", refusals=REFUSALS)
def screen_previewed_roster(run: Running, arguments: Mapping[str, str]) -> Outcome:
    """Screens a previewed sheet. Resumed, it finds the screening made of it."""
    mission = _mission(run, arguments)
    roster = rosters(run.actor, mission).filter(pk=arguments["roster"]).first()
    if roster is None:
        raise ScreeningError(_("There is no such sheet here."))
    made = screenings(run.actor, mission).filter(roster=roster, undone_at=None).first()
    if made is None:
        chosen = arguments.get("lists", "").split()
        made = screen_roster(
            actor=run.actor,
            roster=roster,
            title=arguments.get("title", ""),
            purpose=arguments.get("purpose", ""),
            lists=[row for row in lists_in_force(run.actor, mission) if str(row.pk) in chosen],
            register=arguments.get("register") == "yes",
            keep_good=arguments.get("rows", "good") == "good",
            progress=lambda done, total: run.progress(done, total, _("looked for")),
        )
    link = reverse("screening", args=[mission.code, made.pk])
    return Outcome(_("Screening %(number)d is made.") % {"number": made.number}, link)


def _mission(run: Running, arguments: Mapping[str, str]) -> Mission:
    found = missions(run.actor).filter(pk=arguments["mission"]).first()
    if found is None:
        raise NoSuchMission(_("The mission of this work is not open to you any more."))
    return found
