"""Telling the level and kind of the areas in a file from the board and the file's own words."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_noop

from primacy.rooms.places.imports.columns import kind_in, level_in
from primacy.rooms.places.imports.errors import LevelUnknown, OptionUnusable
from primacy.rooms.places.imports.match import joined
from primacy.rooms.places.imports.records import AreasOptions, ColumnsUsed, Layer, Row
from primacy.rooms.places.models import Area, AreaKind

LARGEST_LEVEL = 9
ENOUGH = 0.5
"""Share of rows whose name (or parent) is on the board at a level, to take the file for it."""


def level_of(
    layer: Layer,
    columns: ColumnsUsed,
    options: AreasOptions,
    rows: Sequence[Row],
    board: Sequence[Area],
) -> tuple[int, str]:
    """The level, and a remark where it was guessed."""
    if options.level is not None:
        if not 0 <= options.level <= LARGEST_LEVEL:
            raise OptionUnusable(
                layer.file,
                gettext_noop("A level of %(level)s cannot be.") % {"level": options.level},
                gettext_noop(
                    "Give 0 for the country, 1 for the areas in it, up to %(largest_level)s."
                )
                % {"largest_level": LARGEST_LEVEL},
            )
        return options.level, ""
    level = _by_names([row.name for row in rows], board)
    if level is not None:
        return level, gettext_noop(
            "Level %(level)s was taken: most names are on the board there."
        ) % {"level": level}
    stated = level_in(columns.name, layer)
    if stated is not None:
        return stated, gettext_noop("Level %(stated)s was taken from the columns of the file.") % {
            "stated": stated
        }
    above = _by_names([row.parent_name for row in rows], board)
    if above is not None:
        return above + 1, gettext_noop(
            "Level %(above)s was taken: the parents named are on level %(above_2)s."
        ) % {"above": above + 1, "above_2": above}
    raise LevelUnknown(
        layer.file,
        gettext_noop("The level of its areas (column %(columns)s) cannot be told.")
        % {"columns": columns.name},
        gettext_noop(
            "Give it with the option level: 0 country, 1 the areas in it (county, province), "
            "2 those below (district)."
        ),
    )


def kind_of(
    layer: Layer, options: AreasOptions, columns: ColumnsUsed, siblings: Sequence[Area]
) -> str:
    """The kind of the areas: as given, as their siblings are, or as the column says."""
    if options.kind and options.kind not in AreaKind.values:
        raise OptionUnusable(
            layer.file,
            gettext_noop("'%(kind)s' is not a kind of area.") % {"kind": options.kind[:40]},
            gettext_noop("Give one of: %(values)s.") % {"values": ", ".join(AreaKind.values)},
        )
    if options.kind:
        return options.kind
    if siblings:
        return Counter(area.kind for area in siblings).most_common(1)[0][0]
    return kind_in(columns.name) or AreaKind.OTHER


def _by_names(names: Sequence[str], board: Sequence[Area]) -> int | None:
    """The level where at least half of the names are, None where there is none."""
    wanted = [joined(name) for name in names if name]
    hits: Counter[int] = Counter()
    for level in {area.level for area in board}:
        there = {
            joined(name)
            for area in board
            if area.level == level
            for name in (area.name, *(str(alias) for alias in area.aliases))
        }
        hits[level] = sum(name in there for name in wanted)
    if not hits or not wanted:
        return None
    level, count = hits.most_common(1)[0]
    return level if count >= ENOUGH * len(wanted) else None
