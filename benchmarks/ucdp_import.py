"""Import of 300,000 UCDP events, read from a file and loaded into a mission with real areas.

The file is made here from a generated seed: fresh ids, points drawn over Liberia's counties, texts
and names that repeat as UCDP's do. The database is the embedded one as it is shipped: SQLite in
WAL mode with `synchronous=FULL`. The peer is Django's own `bulk_create` of the first 60,000 of the
same rows, from columns already read; it finds no areas and checks nothing. (The smaller table is
to the peer's advantage.)

Quality: every event is on record once, in the right area (checked against shapely, point by
point, on a sample), and a second import adds none.
"""

import csv
import gzip
import json
import os
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results" / "ucdp_import.json"
SHAPES = ROOT / "data" / "shapes" / "liberia.geojson"
ROWS = int(os.environ.get("PRIMACY_BENCH_ROWS", "300000"))
SEED = 20101122
PEER_ROWS = min(ROWS, 60_000)
SAMPLE = 300
HEADER = (
    "id relid year code_status type_of_violence conflict_new_id conflict_name dyad_new_id "
    "dyad_name side_a_new_id side_a side_b_new_id side_b number_of_sources source_article "
    "source_headline source_date where_prec where_coordinates where_description adm_1 adm_2 "
    "latitude longitude priogrid_gid country country_id event_clarity date_prec date_start "
    "date_end deaths_a deaths_b deaths_civilians deaths_unknown best low high"
).split()


def run() -> dict[str, object]:
    """The figures of one run, in a folder of its own that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="primacy-bench-") as folder:
        _set_up(Path(folder))
        result = _measure(Path(folder))
    print(json.dumps(result, indent=2))
    return result


def _set_up(home: Path) -> None:
    """A fresh embedded site."""
    os.environ["PRIMACY_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "primacy.settings.embedded"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _measure(folder: Path) -> dict[str, object]:
    from primacy.platform.policy import operator
    from primacy.rooms.incidents.facade import load_incidents, preview_ucdp, undo_incidents
    from primacy.rooms.incidents.models import Incident
    from primacy.rooms.places.facade import (
        AreasOptions,
        create_mission,
        load_areas,
        preview_areas,
    )

    me = operator("benchmark")
    mission = create_mission(
        actor=me, code="bench", name="Bench", short_name="Bench", country="Liberia"
    )
    shapes = preview_areas(actor=me, mission=mission, path=SHAPES, options=AreasOptions(level=1))
    load_areas(actor=me, batch_or_preview=shapes, keep_good=True)
    path = write_events(folder / "GEDEvent_v23_1.csv.gz", ROWS)

    before = _memory()
    started, ticks = time.perf_counter(), time.process_time()
    preview = preview_ucdp(actor=me, mission=mission, path=path)
    read = time.perf_counter() - started
    loaded = load_incidents(actor=me, batch_or_preview=preview)
    ours, busy = time.perf_counter() - started, time.process_time() - ticks
    memory = _memory() - before
    stored = Incident.objects.filter(mission=mission).count()
    wrong = _wrong_areas()
    del preview

    started = time.perf_counter()
    again = load_incidents(
        actor=me, batch_or_preview=preview_ucdp(actor=me, mission=mission, path=path)
    )
    second = time.perf_counter() - started
    started = time.perf_counter()
    removed = undo_incidents(actor=me, batch=loaded.batch, reason="benchmark")
    undo = time.perf_counter() - started
    peer = _peer(path, mission)
    return {
        "benchmark": "ucdp_import",
        "python": platform.python_version(),
        "rows": ROWS,
        "areas": shapes.rows,
        "ours": {
            "seconds_read_and_load": round(ours, 2),
            "rows_per_second": round(ROWS / ours),
            "processor_seconds_read_and_load": round(busy, 2),
            "rows_per_processor_second": round(ROWS / busy),
            "seconds_until_previewed": round(read, 2),
            "peak_memory_added_megabytes": round(memory),
            "seconds_second_import": round(second, 2),
            "seconds_undo": round(undo, 2),
        },
        "peer": peer,
        "times_faster_than_peer_on_loading_alone": round(
            ROWS / (ours - read) / float(str(peer["rows_per_second"])), 1
        ),
        "quality": {
            "counts_equal": stored == ROWS == loaded.added == removed and peer["rows"] == PEER_ROWS,
            "second_import_added": again.added,
            "outside_areas": loaded.outside_areas,
            f"wrong_area_among_{SAMPLE}": wrong,
        },
    }


def _wrong_areas() -> int:
    """How many of a sample of stored events lie in another area than shapely says."""
    import shapely

    from primacy.rooms.incidents.models import Incident
    from primacy.rooms.places.models import AreaBoundary

    shapes = [
        (row.area_id, row.area.level, shapely.from_geojson(row.geometry))
        for row in AreaBoundary.objects.select_related("area")
    ]
    wrong = 0
    for row in Incident.objects.order_by("origin_id")[:SAMPLE]:
        point = shapely.Point(row.lon, row.lat)
        hits = [(level, pk) for pk, level, shape in shapes if shape.intersects(point)]
        deepest = {pk for level, pk in hits if level == max(hits)[0]} if hits else {None}
        wrong += row.area_id not in deepest
    return wrong


def _peer(path: Path, mission: object) -> dict[str, object]:
    """`bulk_create` of the same rows, 2,000 at a time, in one transaction."""
    from django.db import transaction

    from primacy.rooms.incidents.imports.read import read_file
    from primacy.rooms.incidents.imports.records import TYPES
    from primacy.rooms.incidents.models import Incident

    chunks = read_file(path).chunks
    names = ("place", "adm_1", "adm_2", "country", "side_a", "side_b", "conflict", "headline")
    deaths = ("a", "b", "civilians", "unknown", "best", "low", "high")

    def rows() -> Iterator[Incident]:
        for chunk in chunks:
            texts = {name: getattr(chunk, name) for name in names}
            for at in range(len(chunk)):
                yield Incident(
                    mission=mission,
                    origin="peer",
                    origin_id=str(chunk.origin_id[at]),
                    vintage="23.1",
                    type=TYPES[int(chunk.type[at])],
                    date_start=chunk.date_start[at].item(),
                    date_end=chunk.date_end[at].item(),
                    date_precision=int(chunk.date_precision[at]),
                    lat=float(chunk.lat[at]),
                    lon=float(chunk.lon[at]),
                    where_precision=int(chunk.where_precision[at]),
                    h3=0,
                    priogrid=int(chunk.priogrid[at]),
                    source_text=chunk.source_text[at],
                    **{name: column[at] for name, column in texts.items()},
                    **{
                        f"deaths_{name}": int(column[at])
                        for name, column in zip(deaths, chunk.deaths, strict=True)
                    },
                )

    started = time.perf_counter()
    with transaction.atomic():
        Incident.objects.bulk_create(islice(rows(), PEER_ROWS), batch_size=2_000)
    seconds = time.perf_counter() - started
    return {
        "method": "Django bulk_create, columns already read, no area, no cell",
        "seconds": round(seconds, 2),
        "rows_per_second": round(PEER_ROWS / seconds),
        "rows": Incident.objects.filter(origin="peer").count(),
    }


def write_events(path: Path, rows: int) -> Path:
    """The path of a csv file with this many generated events."""
    random = np.random.default_rng(SEED)
    lat, lon = random.uniform(4.3, 8.6, rows).round(6), random.uniform(-11.5, -7.4, rows).round(6)
    days = np.datetime64("1989-01-01") + random.integers(0, 12_400, rows)
    kinds = random.choice([1, 1, 2, 3], rows)
    dead = random.geometric(0.2, rows) - 1
    cells = np.floor((lat + 90) / 0.5) * 720 + np.floor((lon + 180) / 0.5) + 1
    with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=1) as handle:
        writer = csv.writer(handle)
        writer.writerow(HEADER)
        for at in range(rows):
            place, side, day = int(at % 997), int(at % 61), str(days[at])
            count = int(dead[at])
            writer.writerow(
                [
                    at + 1, f"LBR-{at}", day[:4], "Clear", kinds[at], 300 + side,
                    f"Carana: conflict {side}", 600 + side, f"Government - Front {side}", 1,
                    "Government of Carana", 900 + side, f"Front {side}", 1,
                    f'"Agence {place}, {day}, clash reported near place {place}, number {at}"',
                    f"Clash near place {place} leaves {count} dead, report {at}", day, 1 + at % 3,
                    f"place {place}", f"place {place} in district {place % 90}",
                    f"County {place % 15}", f"District {place % 90}", lat[at], lon[at],
                    int(cells[at]), "Liberia", 450, 1, 1 + at % 2,
                    f"{day} 00:00:00.000", f"{day} 00:00:00.000",
                    0, 0, count, 0, count, count, count + 2,
                ]
            )  # fmt: skip
    return path


def _memory() -> float:
    """The highest memory of this process so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Nothing; runs and writes the result beside the other benchmarks."""
    result = run()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
