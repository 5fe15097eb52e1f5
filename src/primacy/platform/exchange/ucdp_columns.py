"""The columns of a UCDP event: name at the source, kind, allowed range, may it be blank.

Source: UCDP GED codebook (Högbladh, Uppsala University); the header of the published csv files.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpColumnsMissing


@dataclass(frozen=True, slots=True)
class IntSpec:
    """How a whole-number column is named at the source and what it may hold."""

    name: str
    low: int | None = None
    high: int | None = None
    may_be_blank: bool = False


ORIGIN_ID = IntSpec("id", low=0)
INT_COLUMNS: tuple[IntSpec, ...] = (
    ORIGIN_ID,
    IntSpec("year", low=1, high=9999),
    IntSpec("type_of_violence", low=1, high=3),
    IntSpec("conflict_new_id", may_be_blank=True),
    IntSpec("dyad_new_id", may_be_blank=True),
    IntSpec("side_a_new_id", may_be_blank=True),
    IntSpec("side_b_new_id", may_be_blank=True),
    IntSpec("number_of_sources", may_be_blank=True),
    IntSpec("where_prec", low=1, high=7),
    IntSpec("country_id", may_be_blank=True),
    IntSpec("event_clarity", may_be_blank=True),
    IntSpec("date_prec", low=1, high=5),
    IntSpec("deaths_a", low=0),
    IntSpec("deaths_b", low=0),
    IntSpec("deaths_civilians", low=0),
    IntSpec("deaths_unknown", low=0),
    IntSpec("best", low=0),
    IntSpec("low", low=0),
    IntSpec("high", low=0),
)
TEXT_COLUMNS = (
    "relid",
    "code_status",
    "conflict_name",
    "dyad_name",
    "side_a",
    "side_b",
    "source_article",
    "source_headline",
    "source_date",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "country",
)
LATITUDE, LONGITUDE = "latitude", "longitude"
DATE_COLUMNS = ("date_start", "date_end")
PRIOGRID = "priogrid_gid"

WANTED = (
    *(spec.name for spec in INT_COLUMNS),
    *TEXT_COLUMNS,
    LATITUDE,
    LONGITUDE,
    PRIOGRID,
    *DATE_COLUMNS,
)
OPTIONAL = frozenset(
    {
        "relid",
        "code_status",
        "number_of_sources",
        "source_article",
        "source_headline",
        "source_date",
        "where_coordinates",
        "where_description",
        "adm_1",
        "adm_2",
        "event_clarity",
        PRIOGRID,
    }
)
REQUIRED = tuple(name for name in WANTED if name not in OPTIONAL)

_ACLED_MARKS = frozenset({"event_id_cnty", "event_type", "sub_event_type", "actor1", "inter1"})
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": gettext_noop("vertical bars")}


def normalised(name: str) -> str:
    """A column name as it is compared: trimmed, lower case."""
    return name.strip().lower()


def require_columns(file: str, found: Sequence[str]) -> None:
    """Nothing, where every needed column is there; `UcdpColumnsMissing` otherwise."""
    names = [normalised(name) for name in found]
    missing = tuple(name for name in REQUIRED if name not in names)
    if not missing:
        return
    raise UcdpColumnsMissing(
        file,
        _what_is_wrong(names, missing),
        gettext_noop("the columns of a UCDP GED or Candidate event file (%(required)s are needed).")
        % {"required": len(REQUIRED)},
        _what_to_do(names),
        missing,
    )


def _what_is_wrong(names: list[str], missing: tuple[str, ...]) -> str:
    """One or two sentences: which columns are missing, and what is there instead."""
    separator = _other_separator(names)
    if separator is not None:
        return gettext_noop(
            "the header is separated by %(separator)s, so it reads as one single column."
        ) % {"separator": separator}
    if len(_ACLED_MARKS.intersection(names)) >= 2:
        return gettext_noop(
            "this looks like an ACLED export: %(missing)s UCDP columns are missing, the "
            "first %(missing_2)s."
        ) % {"missing": len(missing), "missing_2": ", ".join(missing[:5])}
    shown = []
    for name in missing[:10]:
        near = get_close_matches(name, names, n=1, cutoff=0.75)
        shown.append(
            gettext_noop("%(name)s (nearest found: %(near)s)") % {"name": name, "near": near[0]}
            if near
            else name
        )
    more = (
        gettext_noop(" and %(missing)s more") % {"missing": len(missing) - 10}
        if len(missing) > 10
        else ""
    )
    return gettext_noop("columns are missing: %(shown)s%(more)s.") % {
        "shown": ", ".join(shown),
        "more": more,
    }


def _what_to_do(names: list[str]) -> str:
    if _other_separator(names) is not None:
        return gettext_noop("Save or download the file again as csv separated by commas.")
    if len(_ACLED_MARKS.intersection(names)) >= 2:
        return gettext_noop("Choose a UCDP file; ACLED data is not read here.")
    return gettext_noop(
        "Download the file again from ucdp.uu.se/downloads, or restore the column names."
    )


def _other_separator(names: list[str]) -> str | None:
    """The word for the separator, where the header was evidently not split by commas."""
    if len(names) > 5:
        return None
    text = ",".join(names)
    return next((word for mark, word in _SEPARATORS.items() if text.count(mark) >= 10), None)
