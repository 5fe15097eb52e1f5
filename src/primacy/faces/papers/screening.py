"""A screening as a paper: what was searched first, then every line with what is to be decided."""

from django.utils.translation import gettext as _

from primacy.platform.policy import Marking, Viewer
from primacy.platform.reports import Block, Heading, Listing, Paper, Table, Text
from primacy.rooms.screening.facade import (
    Screening,
    lines,
    match_name,
    outcome_words,
    pass_sentences,
    passes,
)


def screening_paper(viewer: Viewer, screening: Screening) -> Paper:
    """The screening as this viewer may read it; "nothing found" stands with what was searched."""
    searched = passes(viewer, screening)
    blocks: list[Block] = [Heading(_("What was searched"))]
    for one in searched:
        first, *sources = pass_sentences(one)
        blocks += [Text(first), Listing(sources)]
    if screening.undone_at is not None:
        taken = _("This screening was taken back: %(reason)s") % {"reason": screening.undo_reason}
        blocks.append(Text(taken))
    rows = []
    for line in lines(viewer, screening):
        matches = list(line.matches.all())
        found = "; ".join(match_name(match) for match in matches)
        rows.append([str(line.number), line.name, outcome_words(line, searched), found])
    heads = [_("No."), _("Asked for"), _("How it stands"), _("Possible matches")]
    blocks += [
        Heading(_("Who was asked for")),
        Table(_("Everybody asked for, in the order asked"), heads, rows, [0.5, 1.6, 3.4, 2.5]),
        Text(
            _(
                "A possible match is a question. Nothing found means: not in what was searched, "
                "on that day. Neither says that somebody is clean or guilty."
            ),
            quiet=True,
        ),
    ]
    return Paper(
        title=_("Screening %(number)d: %(title)s")
        % {"number": screening.number, "title": screening.title},
        subtitle=_("Possible matches are for people to decide."),
        mission=screening.mission.name,
        as_of=screening.recorded_at.date(),
        marking=Marking(screening.marking),
        printed_for=viewer.label,
        blocks=blocks,
        landscape=True,
    )
