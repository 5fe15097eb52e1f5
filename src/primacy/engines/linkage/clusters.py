"""Clusters of records proposed as one person: what accepted pairs hold together, looked at whole.

A chain of good pairs can join two people. So every cluster is checked once more as a whole, and one
that is too large, or whose members contradict each other, goes to a person.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from primacy.engines.linkage.people import Prepared, Row
from primacy.engines.linkage.records import Cluster, LinkageSettings, Verdict, Why

Edge = tuple[int, int, float]


def clustered(
    prepared: Prepared, edges: Sequence[Edge], settings: LinkageSettings, across: bool
) -> tuple[Cluster, ...]:
    """Returns the clusters the accepted pairs make, in the order of their first record."""
    if not edges:
        return ()
    number = len(prepared.rows)
    left, right = np.array([(e[0], e[1]) for e in edges]).T
    from scipy.sparse import coo_array  # slow to load
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(edges)), (left, right)), shape=(number, number))
    _, label = connected_components(graph, directed=False)
    members: dict[int, set[int]] = defaultdict(set)
    weakest: dict[int, float] = defaultdict(lambda: 1.0)
    for one, other, probability in edges:
        cluster = int(label[one])
        members[cluster] |= {one, other}
        weakest[cluster] = min(weakest[cluster], probability)
    found = []
    for cluster, rows in sorted(members.items(), key=lambda item: min(item[1])):
        inside = sorted(rows)
        reasons = doubts([prepared.rows[at] for at in inside], settings, across)
        verdict = Verdict.REFER if reasons else Verdict.ACCEPT
        names = tuple(prepared.ids[at] for at in inside)
        found.append(Cluster(names, weakest[cluster], verdict, reasons))
    return tuple(found)


def doubts(rows: Sequence[Row], settings: LinkageSettings, across: bool) -> tuple[Why, ...]:
    """Returns why a cluster should not be taken for one person."""
    found = []
    each_twice = across and len({row["source"] for row in rows}) < len(rows)
    if len(rows) > settings.largest_cluster or each_twice:
        found.append(Why.MANY_MEMBERS)
    if any(contradict(one, other) for one, other in combinations(rows, 2)):
        found.append(Why.MEMBERS_CLASH)
    return tuple(found)


def contradict(one: Row, other: Row) -> bool:
    """Returns whether two records cannot both be right about one person."""
    if one["sex"] and other["sex"] and one["sex"] != other["sex"]:
        return True
    if overlap(one["kinds"], other["kinds"]) and not overlap(
        one["numbers_near"], other["numbers_near"]
    ):
        return True
    if not (one["birth_date"] and other["birth_date"]):
        return False
    return digits_apart(str(one["birth_date"]), str(other["birth_date"])) > 2


def overlap(one: object, other: object) -> bool:
    """Returns whether two lists have something in common."""
    return isinstance(one, list) and isinstance(other, list) and bool(set(one) & set(other))


def digits_apart(one: str, other: str) -> int:
    """Returns in how many places two dates differ; exchanged day and month count once."""
    exchanged = one[:4] + one[6:] + one[4:6]
    return 1 if exchanged == other else sum(a != b for a, b in zip(one, other, strict=True))
