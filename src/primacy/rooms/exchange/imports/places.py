"""The area of the mission that a sheet means by the words of a location."""

import re
from collections import Counter
from collections.abc import Iterable

from primacy.rooms.places.facade import Area, fold

OWN = re.compile(r"(?P<name>.+) \(primacy, (?P<code>[^()]+)\)")
"""How Primacy writes an area: its name, and its code on the board."""

FOREIGN = re.compile(r"(?P<name>.+?) \([a-z]+, [a-z]+\) .+")
"""How the monitor writes a place of a gazetteer: "Name (osm, point) id"."""


def written_area(area: Area) -> str:
    """The area as a sheet writes it."""
    return f"{area.name} (primacy, {area.code})"


class AreaWords:
    """Areas found by what sheets write; a name that two areas share finds none."""

    def __init__(self, areas: Iterable[Area]) -> None:
        rows = list(areas)
        self._by_code = {row.code.casefold(): row for row in rows}
        self._by_code |= {row.p_code.casefold(): row for row in rows if row.p_code}
        times = Counter(fold(row.name) for row in rows)
        self._by_name = {fold(row.name): row for row in rows if times[fold(row.name)] == 1}

    def find(self, words: str) -> Area | None:
        """The area meant; None where it cannot be told."""
        own = OWN.fullmatch(words)
        if own:
            return self._by_code.get(own["code"].casefold())
        foreign = FOREIGN.fullmatch(words)
        name = foreign["name"] if foreign else words
        return self._by_code.get(name.casefold()) or self._by_name.get(fold(name) or "\0")
