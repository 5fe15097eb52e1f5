"""The units of a register laid out in arrays, so that a name is compared with many at once."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.names.units.normalise import Read, is_plain, read_name
from primacy.kernels.names.units.records import Unit
from primacy.kernels.names.units.similar import NearWords
from primacy.kernels.names.units.words import (
    ARM_BITS,
    BRANCH_BITS,
    CLASS_WEIGHT,
    COUNTRY_NUMBERS,
    ECHELON_BITS,
    SIDE_BITS,
    class_of,
    is_strong,
)

WORDS_KEPT, CONTEXT_KEPT, MARKS_KEPT = 40, 20, 4
"""Most words of a name, of its parents and places, and most numbers that are compared."""

COMMON_LEAST = 200
COMMON_SHARE = 25
"""A word borne by more names than this (or one in so many) does not find candidates alone."""

RARITY_FLOOR = 0.25

REMEMBERED = 100_000
"""Words whose likes are kept, so that a long list does not look each place up again."""

INITIALS_LEAST, INITIALS_MOST, EXPANSIONS = 3, 7, 3

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bits = NDArray[np.uint64]


def bits(words: Iterable[str], table: dict[str, int]) -> int:
    """Returns the bits of those words that are in the table."""
    return reduce(int.__or__, (table.get(word, 0) for word in words), 0)


def block_keys(read: Read) -> list[str]:
    """Returns the keys that find a name besides its words: numbers, and what they count."""
    marks = sorted(read.designators)
    kinds = [w for w in read.meanings if w in ECHELON_BITS or w in ARM_BITS]
    return [f"#{m}" for m in marks] + [f"#{m} {kind}" for m in marks for kind in kinds]


def runs(read: Read) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Yields the initials of each run of words in a name, with the meanings of the run."""
    letters: list[str] = []
    meanings: list[str] = []
    for meaning, written in read.words:
        first = "".join(word[0] for word in written.split())
        if meanings and written == read.words[len(meanings) - 1][1]:
            first = ""
        letters.append(first)
        meanings.append(meaning)
    for start in range(len(letters)):
        initials = ""
        for end in range(start, len(letters)):
            initials += letters[end]
            if len(initials) > INITIALS_MOST:
                break
            whole = end - start + 1 == len(letters) and len(initials) > 1
            if end > start and (len(initials) >= INITIALS_LEAST or whole):
                yield initials, tuple(meanings[start : end + 1])


class Marks:
    """Numbers and letters, and what each counts, as small integers in rows of four."""

    def __init__(self, ids: dict[object, int]) -> None:
        self.ids = ids

    def row(self, items: Iterable[object], fresh: bool) -> list[int]:
        """Returns ids of the items in a row; -1 fills it, unknown items count down from -2."""
        found = []
        for at, item in enumerate(sorted(items, key=repr)):
            if fresh:
                found.append(self.ids.setdefault(item, len(self.ids)))
            else:
                found.append(self.ids.get(item, -2 - at))
        found = found[:MARKS_KEPT]
        return found + [-1] * (MARKS_KEPT - len(found))


class Register:
    """Units with all their names, read once; rows are names, several may belong to one unit."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = list(units)
        self.names = [name for unit in self.units for name in unit.names]
        self.unit_of = np.array(
            [at for at, unit in enumerate(self.units) for _ in unit.names], dtype=np.int64
        )
        self.reads = [read_name(name) for name in self.names]
        self._read_contexts()
        self._weigh_words()
        self._lay_out_words()
        self._lay_out_marks()
        self._lay_out_classes()
        self._lay_out_blocks()
        self._learn_initials()

    def _read_contexts(self) -> None:
        self.parents = [[read_name(n) for n in unit.parents] for unit in self.units]
        self.places = [[read_name(n) for n in unit.places] for unit in self.units]
        self.placed = np.array(
            [any(r.meanings for r in reads) for reads in self.places], dtype=bool
        )
        self.countries = np.array([country_number(u.country) for u in self.units], dtype=np.int64)

    def _weigh_words(self) -> None:
        counts = Counter(word for read in self.reads for word in read.meanings)
        context = {
            word
            for group in (self.parents, self.places)
            for reads in group
            for read in reads
            for word in read.meanings
        }
        self.word_ids = {word: at for at, word in enumerate(sorted(counts | Counter(context)))}
        self.counts = counts
        self.weights = {word: self.weight(word) for word in self.word_ids}
        plain = sorted(word for word in self.word_ids if is_plain(word))
        self.near_words = NearWords(plain)
        self.plain_ids = [self.word_ids[word] for word in plain]
        self._like: dict[tuple[str, bool], list[tuple[int, float]]] = {}

    def like(self, word: str, arabic: bool) -> list[tuple[int, float]]:
        """Returns the register's words that this one is or is like, with the likeness."""
        key = (word, arabic)
        if key not in self._like:
            if len(self._like) >= REMEMBERED:
                self._like.clear()
            if is_plain(word):
                near = self.near_words.near(word, arabic)
                self._like[key] = [(self.plain_ids[at], value) for at, value in near]
            else:
                at = self.word_ids.get(word)
                self._like[key] = [] if at is None else [(at, 1.0)]
        return self._like[key]

    def weight(self, word: str) -> float:
        """Returns how much a word says here: by its class, and the more the rarer it is."""
        total = max(len(self.names), 2)
        rarity = math.log((total + 1) / (self.counts.get(word, 0) + 0.5)) / math.log(2 * total + 2)
        return CLASS_WEIGHT[class_of(word)] * max(rarity, RARITY_FLOOR)

    def _lay_out_words(self) -> None:
        pad, rows = len(self.word_ids), len(self.names)
        width = min(max((len(read.words) for read in self.reads), default=1) or 1, WORDS_KEPT)
        self.words: Ints = np.full((rows, width), pad, dtype=np.int64)
        self.word_weights: Floats = np.zeros((rows, width))
        self.plain_weights: Floats = np.zeros((rows, width))
        self.strong_weights: Floats = np.zeros((rows, width))
        self.context: Ints = np.full((rows, CONTEXT_KEPT), pad, dtype=np.int64)
        for row, read in enumerate(self.reads):
            for at, word in enumerate(read.meanings[:WORDS_KEPT]):
                self.words[row, at] = self.word_ids[word]
                self.word_weights[row, at] = self.weights[word]
                self.plain_weights[row, at] = self.weights[word] if is_plain(word) else 0.0
                self.strong_weights[row, at] = self.weights[word] if is_strong(word) else 0.0
            unit = self.unit_of[row]
            around = {w for r in (*self.parents[unit], *self.places[unit]) for w in r.meanings}
            for at, word in enumerate(sorted(around - set(read.meanings))[:CONTEXT_KEPT]):
                self.context[row, at] = self.word_ids[word]
        self.row_weight: Floats = self.word_weights.sum(axis=1)

    def _lay_out_marks(self) -> None:
        self.marks, self.attached = Marks({}), Marks({})
        self.mark_sets: dict[frozenset[str], int] = {}
        self.mark_rows: Ints = np.array(
            [self.marks.row(r.designators, True) for r in self.reads], dtype=np.int64
        ).reshape(-1, MARKS_KEPT)
        self.attached_rows: Ints = np.array(
            [self.attached.row(r.attached, True) for r in self.reads], dtype=np.int64
        ).reshape(-1, MARKS_KEPT)
        self.mark_set: Ints = np.array(
            [self.mark_sets.setdefault(r.designators, len(self.mark_sets)) for r in self.reads],
            dtype=np.int64,
        )
        self.mark_count: Ints = np.array([len(r.designators) for r in self.reads], dtype=np.int64)
        above = [
            frozenset(pair for read in parents for pair in read.attached)
            for parents in self.parents
        ]
        self.parent_rows: Ints = np.array(
            [self.attached.row(above[unit], True) for unit in self.unit_of], dtype=np.int64
        ).reshape(-1, MARKS_KEPT)

    def _lay_out_classes(self) -> None:
        def column(table: dict[str, int]) -> Bits:
            return np.array([bits(r.meanings, table) for r in self.reads], dtype=np.uint64)

        self.echelons, self.arms = column(ECHELON_BITS), column(ARM_BITS)
        self.branches, self.sides = column(BRANCH_BITS), column(SIDE_BITS)
        self.parent_echelons: Bits = np.array(
            [
                bits([w for r in self.parents[u] for w in r.meanings], ECHELON_BITS)
                for u in self.unit_of
            ],
            dtype=np.uint64,
        )
        named: Ints = np.array([country_in(r.meanings) for r in self.reads], dtype=np.int64)
        own = self.countries[self.unit_of] if len(self.names) else named
        self.country: Ints = np.where(own > 0, own, named)

    def _lay_out_blocks(self) -> None:
        self.block_ids: dict[str, int] = {}
        entries: list[tuple[int, int, float]] = []
        for row, read in enumerate(self.reads):
            for key in block_keys(read):
                entries.append((row, self.block_ids.setdefault(key, len(self.block_ids)), 1.0))
            for word in read.meanings:
                at = self.block_ids.setdefault(word, len(self.block_ids))
                entries.append((row, at, self.weights[word]))
        self.block_of_word = {
            at: self.block_ids[word] for word, at in self.word_ids.items() if word in self.block_ids
        }
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.names), len(self.block_ids))
        from scipy import sparse  # slow to load, and most starts match nothing

        whole = sparse.csc_matrix((values, (rows, columns)), shape=shape)
        borne = np.diff(whole.indptr)
        common = max(COMMON_LEAST, len(self.names) // COMMON_SHARE)
        keep = sparse.diags((borne <= common).astype(float))
        total = max(len(self.names), 2)
        rarity = sparse.diags(np.log((total + 1) / (borne + 0.5)))
        self.blocks_all = sparse.csr_matrix((whole @ rarity).T)
        self.blocks_rare = sparse.csr_matrix((whole @ rarity @ keep).T)
        self.blocks_rare.eliminate_zeros()

    def _learn_initials(self) -> None:
        found: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        joined: dict[str, tuple[str, ...]] = {}
        self.capitals: set[str] = set()
        for name, read in zip(self.names, self.reads, strict=True):
            for initials, run in runs(read):
                found[initials][run] += 1
            for first, second in zip(read.meanings, read.meanings[1:], strict=False):
                if is_plain(first) and is_plain(second):
                    joined.setdefault(first + second, (first, second))
            if not name.isupper():
                self.capitals.update(
                    w for w in read.meanings if is_plain(w) and w.upper() in name.replace(".", "")
                )
        self.initials = {
            key: [run for run, _ in sorted(c.items(), key=lambda i: (-i[1], i[0]))[:EXPANSIONS]]
            for key, c in found.items()
        }
        self.joined = joined


def country_number(name: str) -> int:
    """Returns the number of the country that a name or demonym stands for, 0 for none known."""
    return country_in(read_name(name).meanings) if name else 0


def country_in(words: Iterable[str]) -> int:
    """Returns the number of the first country among the words, 0 for none."""
    return next((COUNTRY_NUMBERS[w] for w in words if w in COUNTRY_NUMBERS), 0)
