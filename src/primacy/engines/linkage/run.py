"""The two questions: who stands twice in one list, and who stands in both of two lists."""

import logging

from primacy.engines.linkage.backends import Backend, Engine, engine
from primacy.engines.linkage.clusters import clustered
from primacy.engines.linkage.comparisons import BY_FIELD, Comparison
from primacy.engines.linkage.decide import decided
from primacy.engines.linkage.errors import LinkageError, LinkageFailed
from primacy.engines.linkage.keys import keyed, only_own
from primacy.engines.linkage.people import People, Prepared, prepare, read
from primacy.engines.linkage.records import (
    Agreement,
    Grade,
    LinkageResult,
    LinkageSettings,
    Pair,
    TrainedModel,
    Verdict,
)
from primacy.engines.linkage.shape import EVERYONE, splink_settings
from primacy.engines.linkage.train import ENOUGH_TO_LEARN, compared, learnt

logger = logging.getLogger(__name__)

LARGEST_PROBABILITY = 0.999999
DIGITS = 6
UNKNOWN = "unknown"
SHARED_NUMBER = 0


def deduplicate(
    people: People,
    settings: LinkageSettings | None = None,
    *,
    seed: int = 1,
    backend: Backend = Backend.DUCKDB,
    model: TrainedModel | None = None,
) -> LinkageResult:
    """Returns the records of one list that may be of one person. The list itself is not changed.

    `model` takes what another list has taught; without it the list teaches itself, with the seed.
    """
    return run(prepare(read(people)), settings or LinkageSettings(), seed, backend, model, False)


def link(
    people: People,
    others: People,
    settings: LinkageSettings | None = None,
    *,
    seed: int = 1,
    backend: Backend = Backend.DUCKDB,
    model: TrainedModel | None = None,
) -> LinkageResult:
    """Returns the records of two lists that may be of one person, `left` being of the first.

    Pairs within one list are not sought: ask `deduplicate` first. Ids may repeat between lists.
    """
    one = prepare(read(people))
    other = prepare(read(others), source=1, first=len(one.rows))
    both = Prepared(one.rows + other.rows, one.ids + other.ids, one.notes + other.notes)
    return run(both, settings or LinkageSettings(), seed, backend, model, True)


def run(
    prepared: Prepared,
    settings: LinkageSettings,
    seed: int,
    backend: Backend,
    model: TrainedModel | None,
    across: bool,
) -> LinkageResult:
    """Returns the pairs and clusters of prepared records."""
    only_year(prepared, settings)
    only_own(prepared, settings.largest_cluster)
    keyed(prepared, settings.largest_block)
    with engine(backend, settings) as running:
        sources = {row["source"] for row in prepared.rows}
        if len(prepared.rows) < 2 or (across and len(sources) < 2) or not compared(prepared):
            empty = model or TrainedModel(0.0, {}, {}, ("nothing to compare",))
            return LinkageResult((), (), empty, len(prepared.rows), 0, tuple(prepared.notes))
        try:
            running.load(EVERYONE, prepared.rows)
            known = model or learnt(running, prepared, settings, seed, across)
            found, looked_at = scored(running, prepared, settings, known, across)
        except LinkageError:
            raise
        except Exception as error:
            logger.exception("linkage stopped in %s", backend.value)
            raise LinkageFailed(backend.value) from error
    pairs = [pair_of(row, prepared, settings, known) for row in found]
    kept = [(row, pair) for row, pair in zip(found, pairs, strict=True) if pair is not None]
    kept.sort(key=lambda item: (-item[1].probability, item[0]["record_l"], item[0]["record_r"]))
    edges = [
        (int(str(row["record_l"])), int(str(row["record_r"])), pair.probability)
        for row, pair in kept
        if pair.verdict is Verdict.ACCEPT
    ]
    return LinkageResult(
        tuple(pair for _, pair in kept),
        clustered(prepared, edges, settings, across),
        known,
        len(prepared.rows),
        looked_at,
        tuple(prepared.notes) + known.notes,
    )


def only_year(prepared: Prepared, settings: LinkageSettings) -> None:
    """Keeps only the year of birth dates on a day that is written where the day is not known."""
    days = {day.replace("-", "") for day in settings.placeholder_days}
    for row in prepared.rows:
        if str(row["birth_date"] or "")[4:] in days:
            row |= {"birth_date": None, "birth_month": None, "birth_flipped": None}


def scored(
    running: Engine,
    prepared: Prepared,
    settings: LinkageSettings,
    model: TrainedModel,
    across: bool,
) -> tuple[list[dict[str, object]], int]:
    """Returns the pairs worth showing as Splink scored them, and how many were compared."""
    from splink import Linker

    frequencies = len(prepared.rows) >= ENOUGH_TO_LEARN
    quick, slow = (
        Linker(
            running.table(EVERYONE),
            splink_settings(running, model, across, frequencies, detail=detail),
            log_level=None,
        )
        for detail in (False, True)
    )
    blocked = quick.inference.compute_blocked_pairs_for_predict().physical_name
    counted = quick.misc.query_sql(f"SELECT count(*) AS n FROM {blocked}")  # noqa: S608
    likely = quick.inference.predict(
        threshold_match_probability=settings.thresholds.refer, warning_mode="never"
    ).physical_name
    # Names are carried along only for the pairs worth showing: those probable enough, and those
    # that share a number however little else agrees.
    kept = slow.misc.query_sql(
        f"SELECT record_l AS join_key_l, record_r AS join_key_r, match_key FROM {likely} UNION "  # noqa: S608
        f"SELECT join_key_l, join_key_r, match_key FROM {blocked} "
        f"WHERE match_key = '{SHARED_NUMBER}'"
    )
    slow.table_management.register_blocked_pairs_for_predict(kept)
    rows = slow.inference.predict(warning_mode="never").as_pyarrow_table().to_pylist()
    return [turned(row) for row in rows], int(counted.as_record_list()[0]["n"])


def turned(row: dict[str, object]) -> dict[str, object]:
    """Returns the pair with the record that stands first in the list on the left."""
    left, right = int(str(row["record_l"])), int(str(row["record_r"]))
    return row | {"record_l": min(left, right), "record_r": max(left, right)}


def pair_of(
    row: dict[str, object], prepared: Prepared, settings: LinkageSettings, model: TrainedModel
) -> Pair | None:
    """Returns a scored pair with its steps in words and its verdict; None if not worth showing."""
    agreements = tuple(agreement(BY_FIELD[field], row) for field in model.m)
    probability = min(round(float(str(row["match_probability"])), DIGITS), LARGEST_PROBABILITY)
    decision = decided(probability, {a.field: a.grade for a in agreements}, settings.thresholds)
    if decision is None:
        return None
    left, right = (prepared.ids[int(str(row[side]))] for side in ("record_l", "record_r"))
    return Pair(left, right, probability, decision[0], agreements, decision[1])


def agreement(comparison: Comparison, row: dict[str, object]) -> Agreement:
    """Returns one comparison of a pair in words, with its weight."""
    level = comparison.level(int(str(row[f"gamma_{comparison.field}"])))
    if level is None:
        return Agreement(
            comparison.field, UNKNOWN, Grade.UNKNOWN, f"{comparison.field}: unknown", 0.0
        )
    weights = (row.get(f"{prefix}{comparison.field}") for prefix in ("mw_", "mw_tf_adj_"))
    weight = sum(float(str(one)) for one in weights if one is not None)
    return Agreement(comparison.field, level.code, level.grade, level.words, round(weight, 3))
