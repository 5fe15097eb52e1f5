"""Persons of a register who may be the one asked for: found by sound, number, birth and posting."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from primacy.kernels.names.persons.compare import compare
from primacy.kernels.names.persons.evidence import known_birth, numbers_by_kind
from primacy.kernels.names.persons.likeness import root, skeletons, sounds
from primacy.kernels.names.persons.model import DEFAULT, Model
from primacy.kernels.names.persons.naming import as_name
from primacy.kernels.names.persons.records import (
    Candidate,
    Kind,
    Person,
    PersonMatch,
    Reason,
    Verdict,
    Why,
)
from primacy.kernels.names.persons.words import Use, words_of

LOOKED_AT = 60
"""Records compared in full for one question, those that share the rarest sounds."""

STEM = 4
YEAR = 366
ORDER = (Verdict.SAME, Verdict.REFER, Verdict.NONE)


class PersonMatcher:
    """Finds the persons of a register that a description may mean.

    >>> matcher = PersonMatcher([Person("a", ("Muhammad Yusuf",), ids=(("card", "17"),))])
    >>> matcher.match(Person("", ("Mohammed Youssouf",), ids=(("card", "17"),))).same
    'a'
    """

    def __init__(self, persons: Sequence[Person], model: Model = DEFAULT) -> None:
        self.persons = tuple(persons)
        self.model = model
        rows: dict[str, list[int]] = defaultdict(list)
        for at, person in enumerate(self.persons):
            for key in _keys(person):
                rows[key].append(at)
        self._rows: dict[str, NDArray[np.int32]] = {
            key: np.array(found, dtype=np.int32) for key, found in rows.items()
        }

    def match(self, asked: Person, limit: int = 5) -> PersonMatch:
        """Returns who may be meant, best first, and what may be done with the first."""
        found = [
            Candidate(self.persons[at].id, compare(asked, self.persons[at], self.model))
            for at in self.candidates(asked)
        ]
        found = [one for one in found if one.comparison.verdict is not Verdict.NONE]
        found.sort(key=lambda one: (ORDER.index(one.comparison.verdict), -one.score, one.person))
        if not found:
            return PersonMatch(asked, Verdict.NONE, ())
        verdict, because = found[0].comparison.verdict, []
        if sum(one.comparison.verdict is Verdict.SAME for one in found) > 1:
            # Two records that both fit are a duplicate in the register: a person looks first.
            verdict = Verdict.REFER
            because.append(Reason(Why.SEVERAL))
        return PersonMatch(asked, verdict, tuple(found[:limit]), tuple(because))

    def candidates(self, asked: Person) -> list[int]:
        """Returns the rows worth a full comparison: equal numbers, then the rarest sounds."""
        weight = np.zeros(len(self.persons), dtype=np.float32)
        for key in _keys(asked):
            rows = self._rows.get(key)
            if rows is not None:
                weight[rows] += np.float32(np.log1p(len(self.persons) / len(rows)))
                if key.startswith("#"):
                    weight[rows] += 1_000
        some = np.flatnonzero(weight)
        if len(some) > LOOKED_AT:
            best = np.argpartition(-weight[some], LOOKED_AT)[:LOOKED_AT]
            some = some[best]
        return [int(at) for at in some[np.lexsort((some, -weight[some]))]]


def _keys(person: Person) -> set[str]:
    """Returns what a record is found by: numbers, sounds of words, and births and postings."""
    numbers = numbers_by_kind(person).items()
    keys = {f"#{kind}:{number}" for kind, held in numbers for number in held}
    known = [known_birth(born) for born in person.births]
    # Beside the beginning of a word: a common name alone would find thousands of namesakes.
    beside = {f"y{born.earliest.year}" for born in known if born.days <= YEAR}
    beside |= {f"d{born.earliest.isoformat()}" for born in known if born.precise}
    beside |= {f"p{unit}" for unit, _ in person.postings}
    for name in person.names:
        named = as_name(name)
        for word in words_of(named.text, named.kind is Kind.ORGANISATION):
            if word.use not in (Use.NAME, Use.NUMBER):
                continue
            for bare in skeletons(root(word.text)) + skeletons(word.text):
                keys.add(f"s{bare}")
                keys.update(f"{known_too} {bare[:2]}" for known_too in beside)
            keys.update(f"h{heard[:STEM]}" for heard in sounds(word.text))
    return keys
