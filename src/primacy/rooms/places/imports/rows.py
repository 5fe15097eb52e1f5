"""Turning what was read into rows that can be loaded, and saying what is wrong with the rest."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop

from primacy.platform.imports.actions import Problem
from primacy.rooms.places.imports.columns import samples, text
from primacy.rooms.places.imports.errors import WrongPlace
from primacy.rooms.places.imports.match import key
from primacy.rooms.places.imports.records import (
    AreasOptions,
    ColumnsUsed,
    Feature,
    Figure,
    Layer,
    Repair,
    Row,
)
from primacy.rooms.places.imports.shapes import BadShape, checked
from primacy.rooms.places.models import Mission

NAME_LIMIT = 200
CODE_LIMIT = 40
LARGEST_POPULATION = 2_000_000_000
EVERY_COUNTRY = "*"
LEVEL_COLUMN = "level"
GARBLED = frozenset("Ã├┬\ufffd")
"""Letters that stand in names read with the wrong encoding (of é: Ã©, ├®)."""


@dataclass
class RowsRead:
    """The good rows, the repairs made and the problems found."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repaired: list[Repair] = field(default_factory=list)


def of_this_country(
    layer: Layer, columns: ColumnsUsed, options: AreasOptions, mission: Mission
) -> tuple[list[Feature], list[str]]:
    """The rows of the mission's country, and a remark on those of other countries."""
    everything = list(layer.features)
    found = {text(f.values.get(columns.country)) for f in everything} if columns.country else set()
    if options.only_country == EVERY_COUNTRY or not (len(found) > 1 or options.only_country):
        return everything, []
    wanted = {key(w) for w in (options.only_country,) if w} or {
        key(w) for w in (mission.country, mission.country_code) if w
    }
    kept = [f for f in everything if key(text(f.values.get(columns.country))) in wanted]
    if not kept:
        raise WrongPlace(
            layer.file,
            gettext_noop(
                "It holds rows of %(found)s countries (column %(value)s), none of them "
                "%(value_2)s. Found: %(value_3)s."
            )
            % {
                "found": len(found),
                "value": columns.country or "not found",
                "value_2": options.only_country or mission.country,
                "value_3": ", ".join(sorted(found)[:30]) or samples(layer),
            },
            gettext_noop("Choose with the option only_country, or '*' for all rows."),
        )
    return kept, [
        gettext_noop("%(everything)s rows of other countries were left out (column %(country)s).")
        % {"everything": len(everything) - len(kept), "country": columns.country}
    ]


def of_this_level(
    features: Sequence[Feature], options: AreasOptions
) -> tuple[list[Feature], list[str]]:
    """The rows of the level asked for, in a file whose column `level` tells several apart."""
    stated = [text(f.values.get(LEVEL_COLUMN)) for f in features]
    if options.level is None or not all(stated) or len(set(stated)) < 2:
        return list(features), []
    wanted = str(options.level)
    kept = [f for f, level in zip(features, stated, strict=True) if level == wanted]
    if not kept:
        return list(features), []
    return kept, [
        gettext_noop("%(features)s rows of other levels were left out (column %(level_column)s).")
        % {"features": len(features) - len(kept), "level_column": LEVEL_COLUMN}
    ]


def read_rows(features: Sequence[Feature], columns: ColumnsUsed) -> RowsRead:
    """The rows that have a name and a valid shape, each with its code, parent and figure."""
    read = RowsRead()
    for feature in features:
        row = _row(feature, columns, read)
        if row is not None:
            read.rows.append(row)
    _compose_codes(read, columns, {f.row: f for f in features})
    _warn_of_encoding(read)
    return read


def _row(feature: Feature, columns: ColumnsUsed, read: RowsRead) -> Row | None:
    name = _readable(feature, columns, read)
    if not name or len(name) > NAME_LIMIT:
        read.problems.append(
            Problem(
                feature.row, columns.name, name[:60] or "empty",
                gettext_noop("a name of 1 to %(name_limit)s characters")
                % {"name_limit": NAME_LIMIT},
                gettext_noop("Give this area a name in the file, or choose another name_column."),
            )
        )  # fmt: skip
        return None
    try:
        shape, repair = checked(feature, name)
    except BadShape as bad:
        read.problems.append(
            Problem(feature.row, "geometry", bad.value[:120], bad.expected, f"{name}: {bad.action}")
        )
        return None
    if repair:
        read.repaired.append(repair)
    code = text(feature.values.get(columns.code)) if columns.code else ""
    return Row(
        number=feature.row,
        name=name,
        code=code,
        shape=shape,
        figure=_figure(feature, columns, read),
        parent_name=text(feature.values.get(columns.parent)) if columns.parent else "",
        parent_code=text(feature.values.get(columns.parent_code)) if columns.parent_code else "",
    )


def _readable(feature: Feature, columns: ColumnsUsed, read: RowsRead) -> str:
    """The name of a row; UTF-8 that was once read with another code page is put right."""
    name = text(feature.values.get(columns.name))
    if not GARBLED & set(name):
        return name
    for page in ("cp1252", "latin-1", "cp850", "cp437"):
        try:
            mended = name.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        action = gettext_noop(
            "The name had been read with the wrong encoding and was put right; check it."
        )
        read.problems.append(
            Problem(feature.row, columns.name, name[:60], mended[:60], action, "warning")
        )
        return mended
    return name


def _figure(feature: Feature, columns: ColumnsUsed, read: RowsRead) -> Figure | None:
    """The population of a row, None where it is empty, not a count, or has no year."""
    if not columns.population or columns.population_year is None:
        return None
    said = text(feature.values.get(columns.population)).replace(",", "").replace(" ", "")
    if not said:
        return None
    if said.isdigit() and int(said) <= LARGEST_POPULATION:
        return Figure(columns.population_year, int(said))
    read.problems.append(
        Problem(
            feature.row,
            columns.population,
            said[:60],
            gettext_noop("a whole number of residents, 0 or more"),
            gettext_noop("The shape can be loaded; this figure is left out."), "warning",
        )
    )  # fmt: skip
    return None


def _compose_codes(read: RowsRead, columns: ColumnsUsed, features: dict[int, Feature]) -> None:
    """Makes codes unique: counted anew in each parent they need the parent's code before them."""
    if columns.parent_code and _repeated(row.code for row in read.rows):
        for row in read.rows:
            if row.code and row.parent_code:
                row.code = f"{row.parent_code}-{row.code}"
    repeated = _repeated(row.code for row in read.rows)
    for row in read.rows:
        if row.code in repeated or len(row.code) > CODE_LIMIT:
            said = text(features[row.number].values.get(columns.code))
            read.problems.append(
                Problem(
                    row.number, columns.code, said[:60],
                    gettext_noop(
"a code of its own, up to %(code_limit)s characters"
) % {"code_limit": CODE_LIMIT},
                    gettext_noop("'%(row)s' is recognised by its name alone; the code is not used.")
                    % {"row": row.name},
                    "warning",
                )
            )  # fmt: skip
            row.code = ""


def _repeated(codes: Iterable[str]) -> set[str]:
    counted = Counter(code for code in codes if code)
    return {code for code, times in counted.items() if times > 1}


def _warn_of_encoding(read: RowsRead) -> None:
    """Adds a warning where letters of names are lost, or could not be put right."""
    garbled = [row.name for row in read.rows if GARBLED & set(row.name)]
    if garbled:
        read.problems.append(
            Problem(
                None, "name", garbled[0][:60], gettext_noop("readable letters"),
                gettext_noop(
"Names look read with the wrong encoding; give it with the "
"option encoding (UTF-8 or CP1252)."
),
                "warning",
            )
        )  # fmt: skip
