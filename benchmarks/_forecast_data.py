"""The public files the forecast benchmark reads, where they are present."""

import csv
import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from primacy.kernels.forecast.months import month_id
from primacy.kernels.forecast.panel import Panel, panel_of
from primacy.kernels.grid.priogrid import priogrid_id

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("PRIMACY_SHARED_DATA") or ROOT.parent / "shared" / "data")
VIEWS, UCDP = SHARED / "views", SHARED / "ucdp"
CAR, SOUTH_SUDAN = UCDP / "GEDEvent_v23_1_CAR_482.geojson.gz", UCDP / "hdx_conflict_data_ssd.csv"
CELLS = VIEWS / "pgm" / "africa_me_legacy_pgids.json"
COUNTRY_OF = VIEWS / "pgm" / "africa_me_cells_country_ne50m.csv"


@dataclass(frozen=True)
class Events:
    """Cells, months and deaths of a country's events, and the span its record covers."""

    country: str
    cells: npt.NDArray[np.int64]
    months: npt.NDArray[np.int64]
    deaths: npt.NDArray[np.float64]
    first: int
    last: int


def country_months() -> Panel | None:
    """State-based deaths of 191 countries by month, or None where the file is absent."""
    found = sorted(VIEWS.glob("ged_sb_country_month_*.parquet"))
    if not found:
        return None
    import pyarrow.parquet as parquet

    # One column a country, one row a month from January 1990; a country that is not yet has none.
    table = parquet.ParquetFile(found[-1]).read()
    units = np.array([int(name) for name in table.column_names if name.isdigit()])
    values = np.array([table[str(u)].to_numpy() for u in units], dtype=np.float64)
    known = np.isfinite(values)
    first = month_id(1990, 1)
    return Panel(
        units,
        first,
        np.where(known, values, 0.0),
        first + np.argmax(known, axis=1),
        vintage=found[-1].stem,
    )


def actuals(year: int, panel: Panel) -> npt.NDArray[np.float64] | None:
    """What happened in a year by the official file, (units x 12), or None where it is absent."""
    found = list((VIEWS / "actuals" / f"window=Y{year}").glob("*.parquet"))
    if not found:
        return None
    import pyarrow.parquet as parquet

    table = parquet.ParquetFile(found[0]).read().to_pydict()
    value = next(k for k in table if k not in ("month_id", "country_id", "window"))
    span = (month_id(year, 1), month_id(year, 12))
    events = (np.array(table["country_id"]), np.array(table["month_id"]), np.array(table[value]))
    return panel_of(panel.units, span, events).counts


def car() -> Events | None:
    """All organised violence in the Central African Republic, 1989 to 2022."""
    if not CAR.exists():
        return None
    with gzip.open(CAR, "rt", encoding="utf-8") as file:
        rows = [
            {
                **feature["properties"],
                "longitude": feature["geometry"]["coordinates"][0],
                "latitude": feature["geometry"]["coordinates"][1],
            }
            for feature in json.load(file)["features"]
        ]
    return _events("CAF", rows, month_id(1989, 1), month_id(2022, 12))


def south_sudan() -> Events | None:
    """All organised violence in South Sudan, July 2011 to 2021."""
    if not SOUTH_SUDAN.exists():
        return None
    with SOUTH_SUDAN.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["id"].isdigit()]
    return _events("SSD", rows, month_id(2011, 7), month_id(2021, 12))


def _events(country: str, rows: list[dict[str, str]], first: int, last: int) -> Events:
    lat, lon, deaths = (
        np.array([float(r[k]) for r in rows]) for k in ("latitude", "longitude", "best")
    )
    day = [str(r["date_start"]) for r in rows]
    months = np.array([month_id(int(d[:4]), int(d[5:7])) for d in day])
    return Events(country, priogrid_id(lat, lon), months, deaths, first, last)


def cells_of(country: str, events: Events) -> npt.NDArray[np.int64]:
    """The cells that are mostly a country's, and those beyond that its events fall in."""
    own: list[int] = []
    if COUNTRY_OF.exists():
        with COUNTRY_OF.open(encoding="utf-8") as file:
            own = [int(r["gid"]) for r in csv.DictReader(file) if r["iso3"] == country]
    return np.union1d(np.array(own, dtype=np.int64), events.cells)


def grid_cells() -> npt.NDArray[np.int64] | None:
    """The 13,110 cells of Africa and the Middle East, or None where the list is absent."""
    if not CELLS.exists():
        return None
    return np.unique(np.array(json.loads(CELLS.read_text(encoding="utf-8")), dtype=np.int64))
