"""Which units a command chart shows, in which order, and what it folds away."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from primacy.kernels.command import CommandTree, Edge

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Row:
    """A unit at its depth, or, where `folded` is not 0, so many units that are not shown.

    For folded units `unit` is the one they are below; empty where they stand by themselves.
    """

    unit: str
    depth: int
    superior: str = ""
    certain: bool = True
    folded: int = 0
    alone: bool = False


def chart_rows(
    tree: CommandTree, top: str | None, most: int, name: Callable[[str], str]
) -> list[Row]:
    """The rows of a chart: units nearest the top first come in, then each is put under its own."""
    whole = top is None
    heads = sorted(tree.roots, key=lambda unit: natural(name(unit)))
    if top is not None:
        now = tree.current(top)
        heads = [now] if now in tree.units else []
    shown = heads[: max(most, 1)]
    below = _chosen(tree, shown, most - len(shown), name)
    rows: list[Row] = []
    stack = [Row(unit, 0) for unit in reversed(shown)]
    while stack:
        row = stack.pop()
        rows.append(row)
        if row.folded:
            continue
        inside = below.get(row.unit, ())
        hidden = _hidden(tree, row.unit, inside)
        if hidden:
            stack.append(Row(row.unit, row.depth + 1, row.unit, folded=hidden))
        stack.extend(
            Row(edge.unit, row.depth + 1, row.unit, edge.certain) for edge in reversed(inside)
        )
    left_over = sum(1 + _count(tree, unit) for unit in heads[len(shown) :])
    if left_over:
        rows.append(Row("", 0, folded=left_over))
    return rows + (_lone(tree, most - len(rows), name) if whole else [])


def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which "2 battalion" comes before "10 battalion"."""
    return tuple(
        (int(part), "") if part.isdigit() and part.isascii() else (-1, part.casefold())
        for part in _DIGITS.split(text)
        if part
    )


def _chosen(
    tree: CommandTree, heads: Sequence[str], room: int, name: Callable[[str], str]
) -> dict[str, list[Edge]]:
    """The edges to show below each unit: level by level, all units of a superior or none.

    Only below the units on top a part is shown, so that a wide force is not one line.
    """
    found: dict[str, list[Edge]] = {}
    level = list(heads)
    while level and room > 0:
        deeper: list[str] = []
        for unit in level:
            edges = sorted(
                tree.subordinates(unit), key=lambda e: (not e.certain, natural(name(e.unit)))
            )
            if not edges or (len(edges) > room and unit not in heads):
                continue
            found[unit] = edges[:room]
            room -= len(found[unit])
            deeper.extend(edge.unit for edge in found[unit])
        level = deeper
    return found


def _hidden(tree: CommandTree, unit: str, inside: Sequence[Edge]) -> int:
    """How many units directly or further below are not reached through the edges shown."""
    shown = {edge.unit for edge in inside}
    return sum(
        1 + _count(tree, edge.unit) for edge in tree.subordinates(unit) if edge.unit not in shown
    )


def _count(tree: CommandTree, unit: str) -> int:
    return sum(1 for _ in tree.below(unit))


def _lone(tree: CommandTree, room: int, name: Callable[[str], str]) -> list[Row]:
    """Units that nothing places: shown where there is room for all, else counted."""
    lone = sorted(tree.alone, key=lambda unit: natural(name(unit)))
    if len(lone) <= max(room, 0):
        return [Row(unit, 0, alone=True) for unit in lone]
    return [Row("", 0, folded=len(lone), alone=True)]
