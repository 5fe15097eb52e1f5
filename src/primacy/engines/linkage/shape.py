"""The model as Splink wants it: comparisons, rules that bring records together, numbers learnt."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from primacy.engines.linkage.backends import Engine
from primacy.engines.linkage.comparisons import COMPARISONS, Comparison
from primacy.engines.linkage.keys import LISTED_KEYS, SINGLE_KEYS
from primacy.engines.linkage.records import TrainedModel

EVERYONE = "primacy_everyone"
DIGITS = 6
RAREST = 1e-5


def splink_settings(
    engine: Engine,
    model: TrainedModel,
    across: bool,
    frequencies: bool,
    *,
    rules: Sequence[str] = (),
    detail: bool = False,
) -> dict[str, object]:
    """Returns the model as Splink wants it; without `rules`, the keys bring records together."""
    other_list = " AND l.source <> r.source" if across else ""
    # A shared number comes first: Splink names the first rule that brought a pair together.
    found: list[dict[str, object]] = [
        {"blocking_rule": f"l.{key} = r.{key}{other_list}", "arrays_to_explode": [key]}
        for key in LISTED_KEYS
    ]
    found += [{"blocking_rule": f"l.{key} = r.{key}{other_list}"} for key in SINGLE_KEYS]
    given = [{"blocking_rule": rule + other_list} for rule in rules]
    chosen = [comparison for comparison in COMPARISONS if comparison.field in model.m]
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record",
        "probability_two_random_records_match": model.prior,
        "comparisons": [splink_comparison(engine, c, model, frequencies) for c in chosen],
        "blocking_rules_to_generate_predictions": given or found,
        "retain_matching_columns": detail,
        "retain_intermediate_calculation_columns": detail,
    }


def splink_comparison(
    engine: Engine, comparison: Comparison, model: TrainedModel, frequencies: bool
) -> dict[str, object]:
    """Returns one comparison as Splink wants it."""
    levels: list[dict[str, object]] = [
        {
            "sql_condition": engine.sql(comparison.unknown),
            "is_null_level": True,
            "label_for_charts": "unknown",
        }
    ]
    m, u = model.m[comparison.field], model.u[comparison.field]
    for level, seen_within, seen_by_chance in zip(comparison.levels, m, u, strict=True):
        entry: dict[str, object] = {
            "sql_condition": engine.sql(level.condition),
            "label_for_charts": level.code,
            "m_probability": seen_within,
            "u_probability": seen_by_chance,
        }
        if frequencies and level.frequency:
            entry |= {
                "tf_adjustment_column": level.frequency,
                "tf_adjustment_weight": 1.0,
                "tf_minimum_u_value": RAREST,
                "disable_tf_exact_match_detection": True,
            }
        levels.append(entry)
    return {"output_column_name": comparison.field, "comparison_levels": levels}


def pairs_in(sources: Counter[object], across: bool) -> int:
    """Returns how many pairs a group makes, only between the two lists if `across`."""
    everyone = math.comb(sources.total(), 2)
    return everyone - sum(math.comb(n, 2) for n in sources.values()) if across else everyone


def normed(values: Iterable[float]) -> tuple[float, ...]:
    """Returns values that add up to one, in so many digits that the order of adding is lost."""
    listed = list(values)
    total = sum(listed)
    return tuple(float(f"{value / total:.{DIGITS}g}") for value in listed)
