"""What a screening says, in words: what was searched, what was found, what is still to decide.

There are no verdicts here. A line has possible matches that somebody decides, or nothing was
found in what was searched; and what was searched always stands beside it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from primacy.platform.language.dates import long_day
from primacy.platform.language.sentences import said
from primacy.platform.policy import restricted
from primacy.rooms.screening.models import (
    BY_PEOPLE,
    REGISTER,
    Judgement,
    JudgementKind,
    PassKind,
    PossibleMatch,
    Publisher,
    ScreeningLine,
    SearchPass,
)


class Standing(StrEnum):
    """How a line stands: what is to be done, never what somebody is."""

    DECIDE = "decide"
    RESTRICTED = "restricted"
    DECIDED = "decided"
    NOTHING = "nothing"


def source_name(code: str) -> str:
    """Whose list it is, or our own register."""
    return _("Register of this mission") if code == REGISTER else str(Publisher(code).label)


def judgement_of(match: PossibleMatch) -> Judgement | None:
    """The judgement that holds; None where nobody judged, or it was opened again."""
    rows = list(match.judgements.all())
    last = max(rows, key=lambda row: row.pk) if rows else None
    return last if last is not None and last.kind in BY_PEOPLE else None


def standing_of(matches: Sequence[PossibleMatch]) -> Standing:
    """How a line with these matches stands; what nobody decided comes first."""
    if any(not match.hidden and judgement_of(match) is None for match in matches):
        return Standing.DECIDE
    if any(match.hidden for match in matches):
        return Standing.RESTRICTED
    return Standing.DECIDED if matches else Standing.NOTHING


def outcome_words(line: ScreeningLine, searched: Sequence[SearchPass]) -> str:
    """What stands beside a line; with nothing found, what was searched and when."""
    matches = list(line.matches.all())
    parts = []
    undecided = sum(1 for m in matches if not m.hidden and judgement_of(m) is None)
    if undecided:
        parts.append(
            ngettext("%(n)d possible match: decide", "%(n)d possible matches: decide", undecided)
            % {"n": undecided}
        )
    for source in line.more:
        parts.append(
            _("more records of %(source)s fit than are shown: ask with a date of birth or a number")
            % {"source": source_name(source)}
        )
    for kind in BY_PEOPLE:
        named = [
            match_name(match)
            for match in matches
            if (judged := judgement_of(match)) is not None and judged.kind == kind
        ]
        if named:
            parts.append(_decided(kind, named))
    if any(match.hidden for match in matches):
        parts.append(restricted().text)
    if not parts:
        parts.append(_("Nothing found. %(searched)s") % {"searched": searched_words(searched)})
    return "; ".join(parts)


def _decided(kind: str, named: Sequence[str]) -> str:
    names = ", ".join(named)
    if kind == JudgementKind.SAME:
        return _("judged the same as %(names)s") % {"names": names}
    if kind == JudgementKind.DIFFERENT:
        return _("judged somebody or something else than %(names)s") % {"names": names}
    return _("judged: cannot say whether %(names)s") % {"names": names}


def match_name(match: PossibleMatch) -> str:
    """A match by its name, its number and its list; one that is not open says only that."""
    if match.hidden:
        return restricted().text
    if match.source == REGISTER:
        return f"{match.name} ({match.reference})" if match.reference else match.name
    return f"{match.name} ({match.reference}, {source_name(match.source)})"


def searched_words(searched: Iterable[SearchPass]) -> str:
    """All that was searched, when and by whom, as one text; never empty."""
    said_of = [sentence for one in searched for sentence in pass_sentences(one)]
    return " ".join(said_of) or _("Nothing was searched.")


def pass_sentences(one: SearchPass) -> list[str]:
    """What one search looked at: when and by whom, then each source with its day and its gaps."""
    values = {"day": long_day(one.recorded_at.date()), "who": one.by}
    if one.kind == PassKind.WHOLE:
        first = _("Searched on %(day)s by %(who)s:") % values
    else:
        first = _("Searched again on %(day)s, when %(who)s loaded a newer list:") % values
    sources = cast(list[Mapping[str, object]], one.sources)
    return [first, *(sentence for source in sources for sentence in source_sentences(source))]


def source_sentences(source: Mapping[str, object]) -> list[str]:
    """One source in words: which, of which day, how many entries, and what could not be seen."""
    if source["kind"] == "register":
        return _register_sentences(source)
    values = {
        "list": source_name(str(source["publisher"])),
        "day": long_day(dt.date.fromisoformat(str(source["list_date"]))),
        "n": cast(int, source["entries"]),
    }
    if source.get("only_changes"):
        found = [
            ngettext(
                "%(list)s, list of %(day)s: the %(n)d entry that is new or names somebody anew.",
                "%(list)s, list of %(day)s: the %(n)d entries that are new or name somebody anew.",
                cast(int, source["entries"]),
            )
            % values
        ]
    else:
        found = [
            ngettext(
                "%(list)s, list of %(day)s, %(n)d entry.",
                "%(list)s, list of %(day)s, %(n)d entries.",
                cast(int, source["entries"]),
            )
            % values
        ]
    left_out = cast(int, source.get("left_out", 0))
    if left_out:
        found.append(
            ngettext(
                "%(n)d record of that file could not be read and was not searched.",
                "%(n)d records of that file could not be read and were not searched.",
                left_out,
            )
            % {"n": left_out}
        )
    return [*found, *(said(note) for note in cast(list[str], source.get("notes", [])))]


def _register_sentences(source: Mapping[str, object]) -> list[str]:
    if source.get("absent"):
        return [_("No register of persons was searched.")]
    count = cast(int, source["entries"])
    if source["what"] == "persons":
        found = [
            ngettext(
                "Register of persons of this mission: %(n)d person open to who asked.",
                "Register of persons of this mission: %(n)d persons open to who asked.",
                count,
            )
            % {"n": count}
        ]
    else:
        found = [
            ngettext(
                "Register of units of this mission: %(n)d unit open to who asked.",
                "Register of units of this mission: %(n)d units open to who asked.",
                count,
            )
            % {"n": count}
        ]
    if source["closed_too"]:
        found.append(_("Records that are not open to who asked were searched too."))
    else:
        found.append(
            _("What stands in closed compartments was not searched: ask those who keep them.")
        )
    return found
