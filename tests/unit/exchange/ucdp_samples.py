"""Synthetic UCDP events and files for the tests; the real files where they are present."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import pytest

HEADER = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
    "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a "
    "side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office "
    "source_date source_headline source_original where_prec where_coordinates "
    "where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians "
    "deaths_unknown best high low gwnoa gwnob"
).split()


def event(number: int, **changed: object) -> dict[str, object]:
    """A valid synthetic event; keywords replace its fields."""
    fields: dict[str, object] = {
        "id": number,
        "relid": f"CAR-2020-1-1-{number}",
        "year": 2020,
        "active_year": 1,
        "code_status": "Clear",
        "type_of_violence": 1,
        "conflict_dset_id": "10",
        "conflict_new_id": 10,
        "conflict_name": "Carana: Government",
        "dyad_dset_id": "20",
        "dyad_new_id": 20,
        "dyad_name": "Government of Carana - Northern Front",
        "side_a_dset_id": "30",
        "side_a_new_id": 30,
        "side_a": "Government of Carana",
        "side_b_dset_id": "40",
        "side_b_new_id": 40,
        "side_b": "Northern Front",
        "number_of_sources": 1,
        "source_article": "Carana Press, 2020-03-05",
        "source_office": "Carana Press",
        "source_date": "2020-03-06",
        "source_headline": "Clash near the river",
        "source_original": "",
        "where_prec": 1,
        "where_coordinates": "Galasi town",
        "where_description": "Galasi",
        "adm_1": "North",
        "adm_2": "Galasi",
        "latitude": 4.85,
        "longitude": 31.616667,
        "geom_wkt": "POINT (31.616667 4.85)",
        "priogrid_gid": 136504,
        "country": "Carana",
        "country_id": 999,
        "region": "Africa",
        "event_clarity": 1,
        "date_prec": 1,
        "date_start": "2020-03-05 00:00:00.000",
        "date_end": "2020-03-06 00:00:00.000",
        "deaths_a": 1,
        "deaths_b": 2,
        "deaths_civilians": 0,
        "deaths_unknown": 0,
        "best": 3,
        "high": 4,
        "low": 3,
        "gwnoa": "999",
        "gwnob": None,
    }
    return {**fields, **changed}


def events(count: int) -> list[dict[str, object]]:
    """Valid synthetic events numbered from 1."""
    return [event(number) for number in range(1, count + 1)]


def csv_text(
    rows: Iterable[dict[str, object]],
    header: Sequence[str] = HEADER,
    separator: str = ",",
    line_end: str = "\n",
    quote_all: bool = False,
) -> str:
    """The events as a csv file."""
    out = io.StringIO(newline="")
    # Everything quoted where wanted: Python 3.11 leaves a lone carriage return unquoted.
    quoting: Literal[0, 1] = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=quoting)
    writer.writerow(header)
    writer.writerows([row.get(name) for name in header] for row in rows)
    return out.getvalue()


def shared_file(name: str) -> Path:
    """The path of a real UCDP file; skips the test where the data folder is absent."""
    default = Path(__file__).parents[4] / "shared" / "data"
    path = Path(os.environ.get("PRIMACY_SHARED_DATA", default)) / "ucdp" / name
    if not path.is_file():
        pytest.skip(f"the UCDP file {name} is not present; set PRIMACY_SHARED_DATA to its folder")
    return path
