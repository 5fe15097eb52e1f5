"""Who is asked for: a person or a unit, as a roster or a typed line says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from primacy.kernels.time import DateRange, parse_when
from primacy.rooms.screening.models.roster import AskedKind


@dataclass(frozen=True)
class Asked:
    """A person or unit to look for. `births` are the days that the stated birth can mean."""

    kind: AskedKind
    name: str
    row: int = 0
    given: str = ""
    family: str = ""
    births: tuple[DateRange, ...] = ()
    birth_as_written: str = ""
    sex: str = ""
    places: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    unit_code: str = ""
    parent: str = ""
    rank: str = ""
    post: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    """Every cell of the sheet as written, by the column's key."""


def written(asked: Asked) -> dict[str, object]:
    """The asked person or unit as JSON can hold it; `read_asked` reads it back the same."""
    return {
        "kind": str(asked.kind),
        "name": asked.name,
        "row": asked.row,
        "given": asked.given,
        "family": asked.family,
        "births": [str(span) for span in asked.births],
        "birth_as_written": asked.birth_as_written,
        "sex": asked.sex,
        "places": list(asked.places),
        "ids": [list(pair) for pair in asked.ids],
        "unit": asked.unit,
        "unit_code": asked.unit_code,
        "parent": asked.parent,
        "rank": asked.rank,
        "post": asked.post,
        "cells": dict(asked.cells),
    }


def read_asked(content: Mapping[str, object]) -> Asked:
    """The asked person or unit that `written` wrote down."""
    ids = cast(list[list[str]], content["ids"])
    return Asked(
        kind=AskedKind(str(content["kind"])),
        name=str(content["name"]),
        row=int(cast(int, content["row"])),
        given=str(content["given"]),
        family=str(content["family"]),
        births=tuple(parse_when(text) for text in cast(list[str], content["births"])),
        birth_as_written=str(content["birth_as_written"]),
        sex=str(content["sex"]),
        places=tuple(cast(list[str], content["places"])),
        ids=tuple((kind, number) for kind, number in ids),
        unit=str(content["unit"]),
        unit_code=str(content["unit_code"]),
        parent=str(content["parent"]),
        rank=str(content["rank"]),
        post=str(content["post"]),
        cells=cast(dict[str, str], content["cells"]),
    )
