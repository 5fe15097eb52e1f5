"""Names beside units: which pairs to look at, and what each pair shows, as columns of numbers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.names.units.question import Question
from primacy.kernels.names.units.register import MARKS_KEPT, Bits, Floats, Ints, Register
from primacy.kernels.names.units.words import BRANCH_BITS, ECHELON_BITS, NUMBERED_BITS

CANDIDATES = 30
"""Names of the register looked at closely for each way to read a name."""

AGREES = 0.75
"""Likeness from which a place or parent's word counts as the same."""

SIGNS = {
    "said_found": 1,
    "own_found": 1,
    "both_found": 1,
    "same": 1,
    "same_but_weak": 1,
    "numbers_same": 1,
    "numbers_other": -1,
    "numbers_partly": -1,
    "number_missing": -1,
    "echelon_same": 1,
    "echelon_other": -1,
    "echelon_more": -1,
    "arm_other": -1,
    "arm_missing": -1,
    "branch_other": -1,
    "side_other": -1,
    "country_other": -1,
    "plain_clash": -1,
    "plain_said_only": -1,
    "spelt": -1,
    "parent_same": 1,
    "parent_other": -1,
    "place_same": 1,
    "place_other": -1,
}
"""The columns of a comparison, and whether each speaks for or against the pair."""

ALL = 1 - 1e-6
"""A share from which on nothing is missing, rounding aside."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """Readings (`of`) and rows of the register (`row`) that are compared with each other."""

    of: Ints
    row: Ints


@dataclass(frozen=True)
class Comparison:
    """What the pairs show: the columns of SIGNS, and flags for each gate."""

    pairs: Pairs
    columns: dict[str, Floats]
    gates: dict[str, Flags]
    explained: Flags


def candidates(register: Register, question: Question) -> Pairs:
    """Returns the pairs worth comparing: those that share the rarest words and numbers."""
    rare = (question.keys @ register.blocks_rare).tocsr()
    rare.sort_indices()
    empty = np.flatnonzero(np.diff(rare.indptr) == 0)
    more = (question.keys[empty] @ register.blocks_all).tocsr()
    more.sort_indices()
    of, rows = [], []
    fallback = {int(at): place for place, at in enumerate(empty)}
    for at in range(len(question.readings)):
        found, place = (more, fallback[at]) if at in fallback else (rare, at)
        part = slice(found.indptr[place], found.indptr[place + 1])
        values, columns = found.data[part], found.indices[part]
        if columns.size > CANDIDATES:
            # The register's own order settles ties, so that a batch and one name agree.
            lead = values / np.sqrt(register.row_weight[columns] + 1.0)
            columns = columns[np.argsort(-lead, kind="stable")[:CANDIDATES]]
        rows.append(columns.astype(np.int64))
        of.append(np.full(columns.size, at, dtype=np.int64))
    joined = (np.concatenate(of), np.concatenate(rows)) if of else (np.zeros(0, int),) * 2
    return Pairs(of=joined[0].astype(np.int64), row=joined[1].astype(np.int64))


def added(values: Floats) -> Floats:
    """Returns the sums of rows, column by column, so that they never depend on the batch."""
    total = np.zeros(values.shape[0])
    for at in range(values.shape[1]):
        total += values[:, at]
    return total


def share(part: Floats, whole: Floats) -> Floats:
    """Returns part of whole, at most 1, and 0 where there is no whole."""
    filled: Floats = np.minimum(part / np.where(whole > 0, whole, 1.0), 1.0)
    return np.where(whole > 0, filled, 0.0)


def any_shared(first: Ints, second: Ints) -> Flags:
    """Returns for each row whether a known id stands in both."""
    same = (first[:, :, None] == second[:, None, :]) & (first[:, :, None] >= 0)
    found: Flags = same.any(axis=(1, 2))
    return found


def all_in(first: Ints, second: Ints) -> Flags:
    """Returns for each row whether every id of the first stands in the second; -1 is no id."""
    inside = (first[:, :, None] == second[:, None, :]).any(axis=2)
    found: Flags = ((first == -1) | inside).all(axis=1)
    return found


def disjoint(first: Bits, second: Bits) -> Flags:
    """Returns where both say something and nothing is common to them."""
    found: Flags = (first > 0) & (second > 0) & ((first & second) == 0)
    return found


def compare(register: Register, question: Question, pairs: Pairs) -> Comparison:
    """Returns what each pair shows."""
    columns: dict[str, Floats] = {}
    _words(register, question, pairs, columns)
    gates, explained = _numbers(register, question, pairs, columns)
    _classes(register, question, pairs, columns, gates, explained)
    _context(register, question, pairs, columns, gates)
    return Comparison(
        pairs, {name: columns[name].astype(np.float64) for name in SIGNS}, gates, explained
    )


def _words(
    register: Register, question: Question, pairs: Pairs, columns: dict[str, Floats]
) -> None:
    """Adds the columns on words: how much of each name is found in the other."""
    of, row = pairs.of, pairs.row
    words = register.words[row]
    alike = question.likeness[of[:, None], words].astype(np.float64)
    weighed = question.weighed[of[:, None], words].astype(np.float64)
    around = question.weighed[of[:, None], register.context[row]].astype(np.float64)
    weights, plain = register.word_weights[row], register.plain_weights[row]
    own = share(added(weights * alike), register.row_weight[row])
    in_name = added(weighed)
    said = share(in_name + added(around), question.weight[of])
    said_plain = added(weighed * (plain > 0)) + added(around)
    plain_said_only = np.maximum(question.plain_weight[of] - said_plain, 0.0)
    plain_own_only = added(plain * (1 - alike))
    columns["said_found"], columns["own_found"] = said, own
    columns["both_found"] = np.minimum(said, own)
    exact = share(in_name, question.weight[of])
    columns["same"] = ((exact > ALL) & (own > ALL)).astype(np.float64)
    strong = register.strong_weights[row]
    both_strong = np.minimum(
        share(added(weighed * (strong > 0)), question.strong_weight[of]),
        share(added(strong * alike), added(strong)),
    )
    weak = (both_strong > ALL) & (columns["same"] == 0)
    columns["same_but_weak"] = weak.astype(np.float64)
    columns["plain_clash"] = np.minimum(np.minimum(plain_said_only, plain_own_only), 1.0)
    columns["plain_said_only"] = np.minimum(plain_said_only, 1.0)
    columns["spelt"] = question.spelt[of].astype(np.float64)


def _numbers(
    register: Register, question: Question, pairs: Pairs, columns: dict[str, Floats]
) -> tuple[dict[str, Flags], Flags]:
    """Adds the columns on numbers; returns their gates and where a parent explains a number."""
    of, row = pairs.of, pairs.row
    said, own = question.mark_count[of], register.mark_count[row]
    same_set = question.mark_set[of] == register.mark_set[row]
    attached, own_attached = question.attached_rows[of], register.attached_rows[row]
    above = register.parent_rows[row]
    # "2 Battalion, 5 Brigade" is the 2 Battalion whose parent is the 5 Brigade.
    explained = (
        ~same_set
        & (own > 0)
        & (said > own)
        & (said <= MARKS_KEPT)
        & all_in(own_attached, attached)
        & all_in(attached, np.concatenate([own_attached, above], axis=1))
    )
    shared = any_shared(question.mark_rows[of], register.mark_rows[row])
    swapped = (
        same_set & (said > 1) & ~(all_in(attached, own_attached) & all_in(own_attached, attached))
    )
    # Names with more numbers than are compared one by one agree in none of them.
    agree = (same_set & (said <= MARKS_KEPT)) | explained
    columns["numbers_same"] = (agree & (said > 0) & ~swapped).astype(np.float64)
    columns["numbers_other"] = (~agree & (said > 0) & (own > 0) & ~shared) | swapped
    columns["numbers_partly"] = ~agree & shared
    columns["number_missing"] = ~agree & ((said == 0) | (own == 0))
    gates = {
        "numbers_other": (~agree & (said > 0) & (own > 0)),
        "number_missing": ~agree & ((said == 0) | (own == 0)),
        "numbers_swapped": swapped,
    }
    return gates, explained


def _classes(
    register: Register,
    question: Question,
    pairs: Pairs,
    columns: dict[str, Floats],
    gates: dict[str, Flags],
    explained: Flags,
) -> None:
    """Adds the columns on echelon, arm, branch and country, and their gates."""
    of, row = pairs.of, pairs.row
    said, own = question.echelons[of], register.echelons[row]
    reach = np.where(explained, own | register.parent_echelons[row], own)
    other = disjoint(said, own)
    same = (said == own) | (explained & ((said & ~reach) == 0))
    columns["echelon_same"] = (same & (said > 0)).astype(np.float64)
    columns["echelon_other"] = other.astype(np.float64)
    columns["echelon_more"] = (~same & ~other & (said > 0) & (own > 0)).astype(np.float64)
    arms, own_arms = question.arms[of], register.arms[row]
    arm_other = disjoint(arms, own_arms)
    columns["arm_other"] = arm_other.astype(np.float64)
    columns["arm_missing"] = ((arms != own_arms) & ~arm_other).astype(np.float64)
    branch, own_branch = question.branches[of], register.branches[row]
    # A force's army is not its navy, though both names may say "armed forces".
    apart = (branch > 0) & (own_branch > 0) & (((branch ^ own_branch) & APART) > 0)
    branch_other = disjoint(branch & ONE_SERVICE, own_branch & ONE_SERVICE) | apart
    side_other = (question.sides[of] != register.sides[row]) & (
        (question.sides[of] > 0) & (register.sides[row] > 0)
    )
    columns["side_other"] = side_other.astype(np.float64)
    gates["side_other"] = side_other
    columns["branch_other"] = branch_other.astype(np.float64)
    country, own_country = question.country[of], register.country[row]
    country_other = (country > 0) & (own_country > 0) & (country != own_country)
    columns["country_other"] = country_other.astype(np.float64)
    # One numbered level more on one side is another unit: "1 Brigade Company" is no brigade.
    one_more = ((said ^ own) & np.uint64(NUMBERED_BITS)) > 0
    level_more = one_more & (said > 0) & (own > 0) & ~same
    gates["echelon_other"] = other | level_more | (~same & (((said ^ own) & DEEP) > 0) & (own > 0))
    gates["arm_other"] = arm_other
    gates["branch_other"] = branch_other
    gates["country_other"] = country_other
    gates["too_short"] = question.too_short[of]


ONE_SERVICE = np.uint64(sum(BRANCH_BITS.values()) - BRANCH_BITS["armed forces"])
APART = np.uint64(
    sum(BRANCH_BITS[word] for word in ("navy", "air force", "gendarmerie", "corrections", "fire"))
)

# A word of these on one side only makes another unit of it, whatever else agrees.
DEEP = np.uint64(
    sum(
        ECHELON_BITS[word]
        for word in (
            "garrison", "school", "academy", "college", "training centre", "training school",
            "depot", "prison", "post", "outpost", "station", "detachment",
        )
    )
)  # fmt: skip


def _context(
    register: Register,
    question: Question,
    pairs: Pairs,
    columns: dict[str, Floats],
    gates: dict[str, Flags],
) -> None:
    """Adds the columns on parent and place where the source gives them."""
    of, row = pairs.of, pairs.row
    asked = question.of[of]
    parent_same, parent_other = _parents(register, question, asked, row)
    words = np.concatenate([register.words[row], register.context[row]], axis=1)
    place_found = (question.place_words[of[:, None], words] >= AGREES).any(axis=1)
    unit = register.unit_of[row]
    place_other = question.has_place[asked] & register.placed[unit] & ~place_found
    columns["parent_same"] = parent_same.astype(np.float64)
    columns["parent_other"] = parent_other.astype(np.float64)
    columns["place_same"] = place_found.astype(np.float64)
    columns["place_other"] = place_other.astype(np.float64)
    gates["parent_other"] = parent_other
    gates["place_other"] = place_other


def _parents(register: Register, question: Question, asked: Ints, row: Ints) -> tuple[Flags, Flags]:
    """Returns where the parent given agrees with the unit's, and where it stands against it."""
    same, other = np.zeros(row.size, dtype=bool), np.zeros(row.size, dtype=bool)
    for at in np.unique(asked):
        given = question.parents[at]
        if given is None:
            continue
        echelons = {w for w in given.meanings if w in ECHELON_BITS}
        for pair in np.flatnonzero(asked == at):
            parents = register.parents[register.unit_of[row[pair]]]
            if not parents:
                continue
            if given.designators:
                same[pair] = any(
                    given.designators == p.designators
                    and (not echelons or echelons & set(p.meanings))
                    for p in parents
                )
                level = [p for p in parents if p.designators and echelons & set(p.meanings)]
                other[pair] = bool(level) and not same[pair]
            else:
                words = set(given.meanings)
                same[pair] = any(words <= set(p.meanings) for p in parents)
    return same, other
