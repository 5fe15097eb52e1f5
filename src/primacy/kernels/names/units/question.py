"""The names asked about, laid out in arrays against one register."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.names.units.normalise import Read, is_plain, read_name
from primacy.kernels.names.units.records import Asked
from primacy.kernels.names.units.register import (
    MARKS_KEPT,
    Bits,
    Floats,
    Ints,
    Register,
    bits,
    block_keys,
    country_in,
    country_number,
    runs,
)
from primacy.kernels.names.units.words import (
    ARM_BITS,
    BRANCH_BITS,
    ECHELON_BITS,
    SIDE_BITS,
    is_strong,
)

Singles = NDArray[np.float32]

SHORT_LEAST, SHORT_MOST = 2, 7
READINGS = 4
CONTEXT_SHARE = 0.8
"""How far a word that stands only in the place or parent given counts as said in the name."""


@dataclass(frozen=True)
class Reading:
    """One way to read a name: as written, or with initials spelt out by the register.

    `too_short` marks two letters spelt out: they stand for too many things to be accepted.
    """

    asked: int
    read: Read
    spelt: bool = False
    too_short: bool = False


def readings(register: Register, at: int, read: Read) -> list[Reading]:
    """Returns the ways to read a name: as written first, then with initials or joins resolved."""
    found = [Reading(at, read)]
    words = read.words
    for place, (word, written) in enumerate(words):
        if not is_plain(word):
            continue
        spelt = register.initials.get(word, []) if SHORT_LEAST <= len(word) <= SHORT_MOST else []
        for run in spelt:
            new = with_words(read, place, 1, run, written)
            found.append(Reading(at, new, spelt=True, too_short=len(word) <= SHORT_LEAST))
        if word in register.joined and word not in register.counts:
            found.append(Reading(at, with_words(read, place, 1, register.joined[word], written)))
        if place + 1 < len(words) and is_plain(words[place + 1][0]):
            both = word + words[place + 1][0]
            if both in register.counts:
                found.append(Reading(at, with_words(read, place, 2, (both,), written)))
    meanings = read.meanings
    for initials, run in runs(read):
        if initials in register.capitals and len(run) > 1 and len(initials) > SHORT_LEAST:
            start = meanings.index(run[0])
            new = with_words(read, start, len(run), (initials,), initials)
            found.append(Reading(at, new, spelt=True))
    return found[:READINGS]


def with_words(read: Read, start: int, size: int, new: Sequence[str], written: str) -> Read:
    """Returns the reading with some words replaced by others."""
    words = [*read.words[:start], *((word, written) for word in new), *read.words[start + size :]]
    return replace(read, words=tuple(dict(words).items()))


class Question:
    """A few names in all their readings, as arrays beside those of the register."""

    def __init__(self, register: Register, asked: Sequence[Asked]) -> None:
        self.register = register
        self.asked = asked
        self.readings = [
            reading
            for at, one in enumerate(asked)
            for reading in readings(register, at, read_name(one.name))
        ]
        self.of: Ints = np.array([r.asked for r in self.readings], dtype=np.int64)
        self.spelt = np.array([r.spelt for r in self.readings], dtype=bool)
        self.too_short = np.array([r.too_short for r in self.readings], dtype=bool)
        self._lay_out_words()
        self._lay_out_marks()
        self._lay_out_context()

    def _lay_out_words(self) -> None:
        register, rows = self.register, len(self.readings)
        width = len(register.word_ids) + 1
        self.likeness: Singles = np.zeros((rows, width), dtype=np.float32)
        self.weighed: Singles = np.zeros((rows, width), dtype=np.float32)
        self.weight: Floats = np.zeros(rows)
        self.plain_weight: Floats = np.zeros(rows)
        self.strong_weight: Floats = np.zeros(rows)
        places: list[int] = []
        keys: list[int] = []
        values: list[float] = []
        for row, reading in enumerate(self.readings):
            for word in reading.read.meanings:
                weight = register.weight(word)
                self.weight[row] += weight
                self.plain_weight[row] += weight if is_plain(word) else 0.0
                self.strong_weight[row] += weight if is_strong(word) else 0.0
                for at, alike in register.like(word, word in reading.read.from_arabic):
                    self.likeness[row, at] = max(self.likeness[row, at], alike)
                    self.weighed[row, at] = max(self.weighed[row, at], weight * alike)
                    key = register.block_of_word.get(at)
                    if key is not None:
                        places.append(row)
                        keys.append(key)
                        values.append(weight * alike)
            for name in block_keys(reading.read):
                key = register.block_ids.get(name)
                if key is not None:
                    places.append(row)
                    keys.append(key)
                    values.append(1.0)
        shape = (rows, len(register.block_ids))
        from scipy import sparse  # slow to load

        self.keys = sparse.csr_matrix((values, (places, keys)), shape=shape)

    def _lay_out_marks(self) -> None:
        register, reads = self.register, [r.read for r in self.readings]
        self.mark_rows: Ints = np.array(
            [register.marks.row(r.designators, False) for r in reads], dtype=np.int64
        ).reshape(-1, MARKS_KEPT)
        self.attached_rows: Ints = np.array(
            [register.attached.row(r.attached, False) for r in reads], dtype=np.int64
        ).reshape(-1, MARKS_KEPT)
        self.mark_set: Ints = np.array(
            [register.mark_sets.get(r.designators, -2) for r in reads], dtype=np.int64
        )
        self.mark_count: Ints = np.array([len(r.designators) for r in reads], dtype=np.int64)

        def column(table: dict[str, int]) -> Bits:
            return np.array([bits(r.meanings, table) for r in reads], dtype=np.uint64)

        self.echelons, self.arms = column(ECHELON_BITS), column(ARM_BITS)
        self.branches, self.sides = column(BRANCH_BITS), column(SIDE_BITS)

    def _lay_out_context(self) -> None:
        register, rows = self.register, len(self.readings)
        self.place_words: Singles = np.zeros((rows, len(register.word_ids) + 1), dtype=np.float32)
        self.parents = [read_name(one.parent) if one.parent else None for one in self.asked]
        self.has_place = np.array(
            [bool(one.place) and bool(plain_of([one.place])) for one in self.asked], dtype=bool
        )
        numbers = {name: country_number(name) for name in {one.country for one in self.asked}}
        country = [numbers[one.country] for one in self.asked]
        for row, reading in enumerate(self.readings):
            one = self.asked[reading.asked]
            for word in plain_of([one.place] if one.place else []):
                for at, alike in register.like(word, False):
                    self.place_words[row, at] = max(self.place_words[row, at], alike)
            for word in plain_of([one.parent] if one.parent else []):
                for at, alike in register.like(word, False):
                    self.likeness[row, at] = max(self.likeness[row, at], CONTEXT_SHARE * alike)
        self.likeness = np.maximum(self.likeness, CONTEXT_SHARE * self.place_words)
        self.country: Ints = np.array(
            [country[r.asked] or country_in(r.read.meanings) for r in self.readings], dtype=np.int64
        )


def plain_of(names: Iterable[str]) -> list[str]:
    """Returns the plain words of some names: places, persons, mottoes."""
    return [w for name in names if name for w in read_name(name).meanings if is_plain(w)]
