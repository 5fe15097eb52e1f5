"""A screening as rows of a file: one for each possible match, or one where nothing was found.

Every row carries what was searched, where and when, so that none can be cut out and read alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from primacy.rooms.screening.models import PossibleMatch, ScreeningLine, SearchPass
from primacy.rooms.screening.wording import (
    judgement_of,
    match_name,
    outcome_words,
    searched_words,
    source_name,
    standing_of,
)

LINE_COLUMNS = (
    "number",
    "kind",
    "asked_for",
    "outcome",
    "to_do",
    "possible_match",
    "source",
    "reference",
    "score",
    "speaks_for",
    "speaks_against",
    "judgement",
    "reasons",
    "judged_by",
    "judged_at",
    "searched",
)

WITHOUT_MATCH = len(LINE_COLUMNS) - 6
"""Cells that stay empty where nothing was found."""


def line_rows(
    rows: Iterable[ScreeningLine], searched: Sequence[SearchPass]
) -> Iterator[list[object]]:
    """The rows of a screening's file."""
    words = searched_words(searched)
    for line in rows:
        matches = list(line.matches.all())
        first: list[object] = [
            line.number,
            line.kind,
            line.name,
            outcome_words(line, searched),
            standing_of(matches).value,
        ]
        for match in matches:
            yield [*first, *_match_cells(match), words]
        if not matches:
            yield [*first, *[""] * WITHOUT_MATCH, words]


def _match_cells(match: PossibleMatch) -> list[object]:
    judged = judgement_of(match)
    return [
        match_name(match),
        source_name(match.source),
        match.reference,
        "" if match.score is None else match.score,
        "; ".join(match.speaks_for),
        "; ".join(match.speaks_against),
        judged.get_kind_display() if judged else "",
        judged.reasons if judged else "",
        judged.by if judged else "",
        judged.recorded_at if judged else "",
    ]
