"""UCDP files and API pages read into columns that are ready to be stored. Nothing is written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

import numpy as np
from django.utils.translation import gettext_noop

from primacy.platform.exchange.errors import UcdpError
from primacy.platform.exchange.ucdp_api import UcdpClient, UcdpQuery
from primacy.platform.exchange.ucdp_files import read_ucdp, sniff
from primacy.platform.exchange.ucdp_rows import Chunk, TextColumn, UcdpRows
from primacy.platform.exchange.ucdp_vintage import is_candidate, is_version
from primacy.platform.imports.actions import Problem, first_problems
from primacy.rooms.incidents.errors import UcdpRefused
from primacy.rooms.incidents.imports.records import (
    EVERY_TYPE,
    ORIGIN_CANDIDATE,
    ORIGIN_YEARLY,
    TYPES,
    Events,
    Progress,
    Reading,
    Summary,
)
from primacy.rooms.incidents.models import Incident

SAMPLE_ROWS = 10
VINTAGE_LIMIT = 40


def read_file(path: Path, vintage: str = "", progress: Progress | None = None) -> Reading:
    """All events of a file; `UcdpRefused` where the file as a whole cannot be read."""
    with refusing():
        info = sniff(path)
        release = vintage.strip() or info.vintage
        if release is not None:
            _require_release(release)
        chunks = read_ucdp(path, vintage=release)
        release = release or ""
        reading = Reading(
            file=path.name,
            vintage=release,
            origin=origin_of(release),
            sha256=info.sha256,
            size=info.size,
        )
        return _collect(reading, chunks, progress)


def read_service(
    client: UcdpClient, version: str, query: UcdpQuery, progress: Progress | None = None
) -> Reading:
    """All events the service gives for a query; `UcdpRefused` where it does not."""
    reading = Reading(
        file=f"UCDP API gedevents/{version[:VINTAGE_LIMIT]}",
        vintage=version,
        origin=origin_of(version),
    )
    with refusing():
        return _collect(reading, client.read(version, query), progress)


@contextmanager
def refusing() -> Iterator[None]:
    """Nothing; turns faults of UCDP data into a refusal of the import."""
    try:
        yield
    except UcdpError as problem:
        raise UcdpRefused(str(problem)) from problem


def origin_of(vintage: str) -> str:
    """Which series a release belongs to: the yearly one or the monthly candidate one."""
    return ORIGIN_CANDIDATE if is_candidate(vintage) else ORIGIN_YEARLY


def summary_of(reading: Reading) -> Summary:
    """The counts over the good events, and the first of them."""
    types = Counter(reading.ints("type").tolist())
    countries: Counter[str] = Counter()
    years: Counter[int] = Counter()
    for chunk in reading.chunks:
        countries.update(chunk.country)
        years.update((chunk.date_start.astype("datetime64[Y]").astype(int) + 1970).tolist())
    filled = [chunk for chunk in reading.chunks if len(chunk)]
    return Summary(
        by_type={
            kind.value: types[number]
            for number, kind in EVERY_TYPE.items()
            if number in TYPES or types[number]
        },
        by_country=dict(countries.most_common()),
        by_year={str(year): years[year] for year in sorted(years)},
        first_day=str(min(chunk.date_start.min() for chunk in filled)) if filled else "",
        last_day=str(max(chunk.date_end.max() for chunk in filled)) if filled else "",
        deaths_best=sum(int(chunk.deaths[4].sum()) for chunk in filled),
        sample=_sample(filled[0]) if filled else [],
    )


def _require_release(vintage: str) -> None:
    if len(vintage) > VINTAGE_LIMIT or not is_version(vintage):
        raise UcdpRefused(
            gettext_noop(
                "'%(vintage)s' is not a UCDP release. Nothing was changed. Give one such "
                "as 23.1 (yearly) or 23.0.10 (candidate): it decides which of two "
                "versions of an event is the newer one."
            )
            % {"vintage": vintage[:40]}
        )


def _collect(reading: Reading, chunks: Iterable[Chunk], progress: Progress | None) -> Reading:
    """The reading with all chunks in it."""
    interned: dict[str, str] = {}
    for chunk in chunks:
        if len(chunk.rows):
            reading.chunks.append(_events(chunk.rows, interned))
        reading.read += chunk.read
        reading.problems += [
            Problem(p.row, p.column, p.value, p.expected, p.action, p.severity)
            for p in chunk.problems
        ]
        reading.notes += chunk.notes
        if progress is not None:
            progress(reading.read)
    reading.problems = first_problems(reading.problems, len(reading.problems))
    return reading


def _limit(name: str) -> int:
    """The longest text a column keeps."""
    return int(getattr(Incident._meta.get_field(name), "max_length", 0))


_LIMITS = {
    name: _limit(name) for name in ("place", "adm_1", "adm_2", "country", "side_a", "side_b",
                                    "conflict")
}  # fmt: skip


def _events(rows: UcdpRows, interned: dict[str, str]) -> Events:
    """The stored columns; texts that repeat are kept once, which halves the memory."""

    def text(name: str, values: TextColumn) -> TextColumn:
        limit = _LIMITS[name]
        keep = interned.setdefault
        return [keep(value, value)[:limit] for value in values]

    places = [
        where or described
        for where, described in zip(rows.where_coordinates, rows.where_description, strict=True)
    ]
    return Events(
        origin_id=rows.origin_id,
        type=rows.type_of_violence,
        date_start=rows.date_start,
        date_end=rows.date_end,
        date_precision=rows.date_prec,
        lat=rows.lat,
        lon=rows.lon,
        where_precision=rows.where_prec,
        priogrid=rows.priogrid_gid,
        place=text("place", places),
        adm_1=text("adm_1", rows.adm_1),
        adm_2=text("adm_2", rows.adm_2),
        country=text("country", rows.country),
        side_a=text("side_a", rows.side_a),
        side_b=text("side_b", rows.side_b),
        conflict=text("conflict", rows.conflict_name),
        deaths=tuple(
            np.maximum(column, 0)
            for column in (
                rows.deaths_a,
                rows.deaths_b,
                rows.deaths_civilians,
                rows.deaths_unknown,
                rows.best,
                rows.low,
                rows.high,
            )
        ),
        headline=rows.source_headline,
        source_text=rows.source_article,
    )


def _sample(chunk: Events) -> list[dict[str, object]]:
    """The first events, as they are shown before loading."""
    wanted = {"place", "country", "side_a", "side_b"}
    shown = [f.name for f in fields(Events) if f.name in wanted]
    rows: list[dict[str, object]] = []
    for at in range(min(SAMPLE_ROWS, len(chunk))):
        row: dict[str, object] = {name: getattr(chunk, name)[at] for name in shown}
        row["id"] = chunk.origin_id.tolist()[at]
        row["type"] = str(EVERY_TYPE[int(chunk.type[at])].label)
        row["day"] = str(chunk.date_start[at])
        row["deaths"] = int(chunk.deaths[4][at])
        rows.append(row)
    return rows
