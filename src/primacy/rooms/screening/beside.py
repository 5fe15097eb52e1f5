"""Who was asked for and a possible match, field by field, side by side."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from primacy.platform.exchange.list_entries import (
    EntryKind,
    ListedBirth,
    ListedDocument,
    ListedEntry,
    ListedName,
    NameKind,
    Quality,
    entry_of,
)
from primacy.platform.language.dates import long_day
from primacy.platform.policy import Viewer
from primacy.rooms.forces.facade import units
from primacy.rooms.places.facade import Mission
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.models import PossibleMatch
from primacy.rooms.screening.roster_columns import TITLES

SHOWN_IN_ROWS = frozenset(
    ("given_names", "family_name", "full_name", "date_of_birth", "sex", "birth_city", "birth_state",
     "birth_country", "national_id", "force_id", "passport", "unit_alias", "unit_id", "rank",
     "post", "citizenship")
)  # fmt: skip
"""Columns of a roster that stand in a row of their own; the others follow below."""


@dataclass(frozen=True)
class Beside:
    """One row: what it is, what was asked, what the record says."""

    label: str
    asked: tuple[str, ...]
    found: tuple[str, ...]


def rows_beside(
    viewer: Viewer, mission: Mission, asked: Asked, match: PossibleMatch
) -> list[Beside]:
    """The rows of a match that is open to the viewer; those empty on both sides are left out."""
    if match.entry is not None:
        rows = _beside_entry(asked, entry_of(match.entry.content))
    else:
        rows = _beside_unit(viewer, mission, asked, match)
    return [row for row in rows if any(row.asked) or any(row.found)]


def other_cells(asked: Asked) -> list[tuple[str, str]]:
    """What else the roster says, by the column's title."""
    return [
        (str(TITLES[key]), value)
        for key, value in asked.cells.items()
        if key not in SHOWN_IN_ROWS and key in TITLES
    ]


def _beside_entry(asked: Asked, entry: ListedEntry) -> list[Beside]:
    person = entry.kind is EntryKind.PERSON
    born = (asked.birth_as_written,) if asked.birth_as_written else ()
    return [
        Beside(_("Name"), (asked.name,), tuple(_name(name) for name in entry.names)),
        Beside(_("Born"), born, tuple(_birth(birth) for birth in entry.births)),
        Beside(_("Place of birth"), _joined(asked.places), entry.birth_places),
        Beside(
            _("Nationality"),
            tuple(v for v in (asked.cells.get("citizenship", ""),) if v),
            entry.nationalities,
        ),
        Beside(_("Sex"), _some(asked.sex), _some(entry.sex)),
        Beside(_("Numbers"), _numbers(asked.ids), tuple(_paper(p) for p in entry.documents)),
        Beside(
            _("Rank and post"),
            tuple(v for v in (asked.rank, asked.post) if v),
            (*entry.titles, *entry.posts),
        ),
        Beside(_("Unit") if person else _("Under"), _some(asked.unit or asked.parent), ()),
        Beside(_("Addresses"), (), entry.addresses),
        Beside(_("Listed under"), (), _some(entry.programme)),
        Beside(_("Listed on"), (), (long_day(entry.listed_on),) if entry.listed_on else ()),
        Beside(_("Last changed on"), (), tuple(long_day(day) for day in entry.updated_on[-1:])),
        Beside(_("What the list says"), (), _some(entry.narrative)),
    ]


def _beside_unit(
    viewer: Viewer, mission: Mission, asked: Asked, match: PossibleMatch
) -> list[Beside]:
    known = units(viewer, mission)
    unit = known.filter(pk=match.record_id).first() if match.record_id else None
    if unit is None:
        return [Beside(_("Name"), (asked.name,), (match.name,))]
    return [
        Beside(_("Name"), (asked.name,), (unit.name, *map(str, unit.aliases))),
        Beside(_("Code"), _some(asked.unit_code), (unit.code,)),
        Beside(_("Under"), _some(asked.parent), _some(unit.parent.name if unit.parent else "")),
        Beside(_("Force"), (), (unit.force,)),
        Beside(_("Note"), (), _some(unit.note)),
    ]


def _some(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _joined(places: Iterable[str]) -> tuple[str, ...]:
    return _some(", ".join(places))


def _numbers(ids: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return tuple(f"{kind}: {number}" for kind, number in ids)


def _name(name: ListedName) -> str:
    remarks = []
    if name.kind is NameKind.FORMER:
        remarks.append(_("former name"))
    elif name.kind is NameKind.ALIAS and name.quality is Quality.LOW:
        remarks.append(_("weak alias"))
    elif name.kind is NameKind.ALIAS:
        remarks.append(_("alias"))
    if name.note:
        remarks.append(name.note)
    return f"{name.text} ({'; '.join(remarks)})" if remarks else name.text


def _birth(birth: ListedBirth) -> str:
    text = birth.as_written
    if birth.approximate and "approx" not in text.lower() and "circa" not in text.lower():
        text = _("about %(when)s") % {"when": text}
    if birth.of_alias:
        text = _("%(when)s (as %(alias)s)") % {"when": text, "alias": birth.of_alias}
    return text


def _paper(paper: ListedDocument) -> str:
    where = f" ({paper.country})" if paper.country else ""
    return f"{paper.kind}: {paper.number}{where}".strip(": ")
