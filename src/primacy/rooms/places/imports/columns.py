"""Telling which column means what, from the names publishers use."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext_noop

from primacy.rooms.places.imports.errors import ColumnsUnknown
from primacy.rooms.places.imports.records import AreasOptions, ColumnsUsed, Layer

WORDS: tuple[tuple[str, ...], ...] = (
    ("country", "countryname", "adm0name", "admin0name"),
    ("region", "province", "prname", "state"),
    ("county", "countyname", "ccname", "firstccna", "firstccname"),
    ("district", "districtname", "dname", "firstdname", "prefecture"),
    ("subdistrict", "chiefdom", "clan", "clname", "commune", "payam"),
)
"""Level words from the widest area to the narrowest, folded; LISGIS's own names among them."""

PLAIN_NAMES = ("name", "wofname", "nameen", "nameenglish", "shapename", "areaname", "label", "nom")
PLAIN_CODES = ("pcode", "code", "areacode", "wofid", "shapeid", "iso31662", "hasc")
PLAIN_PARENTS = ("parent", "parentname", "parentcode", "parentpcode", "parentid", "wofparentid")
COUNTRIES = (
    "admin0name", "adm0en", "adm0fr", "adm0name", "admin0pcod", "adm0pcode", "country",
    "cntrycode", "iso3", "admin", "adm0a3", "gid0",
)  # fmt: skip
NUMBERED = re.compile(r"^(?:first)?(?:adm|admin|name|l)(\d)(?:name|en|fr|pt|ar|refname|nm|)$")
GADM = re.compile(r"^name(\d)$")
POPULATION = re.compile(
    r"^(?:t?l?pop|population|poptotal|totalpop|totpop|totalpopulation|popest)"
    r"((?:19|20)\d\d)?(?:total|est)?$"
)
YEAR = re.compile(r"(?:19|20)\d\d")


def plain(column: str) -> str:
    """A column's name without case, prefix signs and punctuation: "wof:name" → "wofname"."""
    return re.sub(r"[^a-z0-9]", "", column.casefold())


def text(value: object) -> str:
    """A cell as trimmed text; a whole number read as a decimal loses its ".0"."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    # Control characters (NUL among them) come from damaged tables and break databases.
    return " ".join("".join(c for c in str(value) if c >= " " or c.isspace()).split())


def columns_used(layer: Layer, options: AreasOptions) -> ColumnsUsed:
    """The columns to read: those asked for, and for the rest those the names point to."""
    _require_known(layer, options)
    levelled = _levelled(layer.columns)
    name = options.name_column or _name(layer.columns, levelled, options.level)
    if not name:
        raise ColumnsUnknown(
            layer.file,
            gettext_noop("The column with the areas' names cannot be told. Columns: %(samples)s.")
            % {"samples": samples(layer)},
            gettext_noop("Say it with the option name_column (and code_column, parent_column)."),
        )
    rank = levelled.get(name)
    above = [c for c, r in levelled.items() if rank is not None and r < rank and r > 0]
    # The nearest level above; level 0 is the country and is looked at apart.
    parent = options.parent_column or max(above, key=lambda c: levelled[c], default="")
    parent = parent or _first(layer.columns, PLAIN_PARENTS)
    population = options.population_column or _population(layer.columns)
    year = options.population_year or _year(population)
    if options.population_column and year is None:
        raise ColumnsUnknown(
            layer.file,
            gettext_noop("The column %(population)s does not say the year of its figures.")
            % {"population": population},
            gettext_noop("Give it with the option population_year."),
        )
    return ColumnsUsed(
        name=name,
        code=options.code_column or _code(layer.columns, name),
        parent=parent,
        parent_code=_code(layer.columns, parent, strict=True) if parent else "",
        population=population,
        population_year=year,
        country=options.country_column or _first(layer.columns, COUNTRIES),
    )


def level_in(name_column: str, layer: Layer) -> int | None:
    """The level a file itself states: ADM2_EN, admin1Name, or Who's On First's place type."""
    found = _number(plain(name_column))
    if found is not None:
        return found
    types = {text(f.values.get("placetype", f.values.get("wof:placetype"))) for f in layer.features}
    return {"country": 0, "region": 1, "county": 2}.get(types.pop()) if len(types) == 1 else None


def kind_in(name_column: str) -> str:
    """The kind of area a column's name speaks of, "" where none."""
    folded = plain(name_column)
    for rank, kind in ((2, "county"), (3, "district")):
        if folded in WORDS[rank]:
            return kind
    return folded if folded in ("country", "province") else ""


def samples(layer: Layer) -> str:
    """The columns, each with its first value, for a message."""
    shown = []
    for column in layer.columns[:30]:
        values = (text(f.values.get(column)) for f in layer.features)
        shown.append(f"{column} (e.g. {next((v for v in values if v), 'empty')[:30]})")
    return ", ".join(shown) or "none"


def _require_known(layer: Layer, options: AreasOptions) -> None:
    for option in (
        "name_column", "code_column", "parent_column", "population_column", "country_column"
    ):  # fmt: skip
        column = getattr(options, option)
        if column and column not in layer.columns:
            raise ColumnsUnknown(
                layer.file,
                gettext_noop("It has no column '%(column)s'. Columns: %(samples)s.")
                % {"column": column[:60], "samples": samples(layer)},
                gettext_noop("Give one of them with the option %(option)s; capitals count.")
                % {"option": option},
            )


def _number(folded: str) -> int | None:
    found = NUMBERED.match(folded) or GADM.match(folded)
    return int(found.group(1)) if found else None


def _levelled(columns: Sequence[str]) -> dict[str, int]:
    """Name columns that say their level, with a rank that grows towards narrower areas."""
    numbered = {c: n for c in columns if (n := _number(plain(c))) is not None}
    # Publishers repeat a level in languages; the first column of a level is kept.
    numbered = {c: n for c, n in numbered.items() if _first_of(numbered, n) == c}
    if numbered:
        return numbered
    ranks: dict[str, int] = {}
    for column in columns:
        folded = re.sub(r"(19|20)\d\d$", "", plain(column))
        for rank, words in enumerate(WORDS):
            if folded in words and rank not in ranks.values():
                ranks[column] = rank
    return ranks


def _first_of(numbered: dict[str, int], level: int) -> str:
    same = [c for c, n in numbered.items() if n == level]
    english = [c for c in same if plain(c).endswith(("en", "name"))]
    return (english or same)[0]


def _name(columns: Sequence[str], levelled: dict[str, int], level: int | None) -> str:
    """The name column: of the level asked for, else a plain "name", else the narrowest level."""
    numbered = {c: n for c, n in levelled.items() if _number(plain(c)) is not None}
    for column, number in numbered.items():
        if number == level:
            return column
    ordinary = _first(columns, PLAIN_NAMES)
    if ordinary:
        return ordinary
    return max(levelled, key=lambda c: levelled[c], default="")


def _code(columns: Sequence[str], name: str, strict: bool = False) -> str:
    """The code column that belongs to a name column, or (unless strict) any plain code column."""
    folded = plain(name)
    level = _number(folded)
    wanted: list[str] = []
    if level is not None:
        stems = (f"adm{level}", f"admin{level}")
        wanted = [s + e for s in stems for e in ("pcode", "pcod", "code", "id")]
        wanted.append(f"gid{level}")
    else:
        stem = re.sub(r"(19|20)\d\d$", "", folded).removesuffix("name").removeprefix("first")
        wanted = [stem + e for e in ("pcode", "pcod", "code", "id") if stem]
        if folded in WORDS[2]:
            wanted += ["cccode", "firstccco", "ccode", "countycode"]
        if folded in WORDS[3]:
            wanted += ["dcode", "firstdcode", "districtcode"]
    found = _first(columns, wanted)
    return found or ("" if strict else _first(columns, PLAIN_CODES))


def _first(columns: Sequence[str], wanted: Sequence[str]) -> str:
    """The first wanted column that is there, in the order of wanting."""
    folded = {plain(column): column for column in reversed(columns)}
    return next((folded[w] for w in wanted if w in folded), "")


def _population(columns: Sequence[str]) -> str:
    """The column of all residents (never the men or women alone), the newest where several."""
    found = [c for c in columns if POPULATION.match(plain(c))]
    return max(found, key=lambda c: _year(c) or 0, default="")


def _year(column: str) -> int | None:
    found = YEAR.search(column)
    return int(found.group()) if found else None
