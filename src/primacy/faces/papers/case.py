"""A case study as a paper: its story, who led when, the facts with their sources, the gaps."""

import datetime as dt
import re

from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, Viewer
from primacy.platform.reports import Block, Heading, Listing, Paper, Table, Text
from primacy.platform.reports.words import long_day
from primacy.rooms.cases.facade import GAP, conflicts, fact_lines, facts, story_title
from primacy.rooms.places.facade import Mission
from primacy.rooms.readiness.facade import open_ledger

_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_ITEM = re.compile(r"^[-*]\s+(.*)$")


def case_paper(viewer: Viewer, mission: Mission, as_of: dt.date) -> Paper:
    """The case up to a day; a mission without story prints its lead changes and facts."""
    known = list(facts(viewer, mission, until=as_of))
    lines = fact_lines(known, conflicts(viewer, mission))
    ledger = open_ledger(viewer, mission)
    corrected = {entry.corrects_id for entry in ledger.entries if entry.corrects_id}
    changes = [
        entry
        for entry in sorted(ledger.entries, key=lambda e: (e.from_latest, str(e.area or e.unit)))
        if entry.pk not in corrected and entry.from_latest <= as_of
    ]
    blocks: list[Block] = list(_story(mission.story))
    if changes:
        blocks += [
            Heading(_("Who led, change by change")),
            Table(
                _("Every change of the lead up to the day"),
                [_("From"), _("Area or unit"), _("Responsibility"), _("Lead"), _("Basis")],
                [
                    [
                        _days(entry.from_earliest, entry.from_latest),
                        str(entry.area or entry.unit),
                        entry.responsibility.name,
                        entry.lead.replace("_", " ") or _("not known"),
                        " ".join(entry.references) or str(entry.basis),
                    ]
                    for entry in changes
                ],
                [1.4, 1.4, 1.6, 1.1, 1.5],
            ),
        ]
    if lines:
        blocks += [
            Heading(_("Facts")),
            Table(
                _("What the sources say, in order of time"),
                [_("No."), _("Day"), _("Place"), _("Statement"), _("Figure"), _("How known")],
                [
                    [
                        line.fact.reference,
                        line.fact.date_text or long_day(line.fact.date_from),
                        line.fact.place,
                        line.fact.statement,
                        line.figure,
                        str(_(line.grade))
                        + (f"; {_('against')} {', '.join(line.others)}" if line.others else ""),
                    ]
                    for line in lines
                ],
                [0.8, 1.1, 1.1, 3.6, 1.3, 1.4],
            ),
        ]
    gaps = [line.fact.statement for line in lines if line.fact.grade == GAP]
    if gaps:
        blocks += [Heading(_("Looked for and not found")), Listing(gaps)]
    return Paper(
        title=story_title(mission.story)
        or _("Case study: %(country)s") % {"country": mission.country},
        subtitle=_("What happened, who led, and what the sources do not say."),
        mission=mission.name,
        as_of=as_of,
        marking=Marking(
            max(
                [f.marking for f in known] + [e.marking for e in changes],
                default=int(Marking.PUBLIC if mission.open_to_guests else Marking.INTERNAL),
            )
        ),
        printed_for=viewer.label,
        blocks=blocks,
        sources=sorted({str(fact.source) for fact in known}),
        landscape=True,
    )


def _days(first: dt.date, last: dt.date) -> str:
    if first == last:
        return long_day(last)
    return _("%(first)s to %(last)s") % {"first": long_day(first), "last": long_day(last)}


def _story(text: str) -> list[Block]:
    """The story's paragraphs, headings and lists; bold and marks stay as plain words."""
    blocks: list[Block] = []
    items: list[str] = []
    words: list[str] = []

    def close() -> None:
        if items:
            blocks.append(Listing([_plain(item) for item in items]))
            items.clear()
        if words:
            blocks.append(Text(_plain(" ".join(words))))
            words.clear()

    for number, raw in enumerate([*text.splitlines(), ""]):
        line = raw.strip()
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if heading:
            close()
            # The first heading is the paper's own title.
            if number or len(heading.group(1)) > 1:
                blocks.append(Heading(_plain(heading.group(2)), min(2, len(heading.group(1)) - 1)))
        elif item:
            if words:
                close()
            items.append(item.group(1))
        elif not line:
            close()
        elif items:
            items[-1] += " " + line
        else:
            words.append(line)
    return blocks


def _plain(text: str) -> str:
    return text.replace("**", "")
