"""Persons on a list beside persons approved: the exact ones at once, the rest by the resolver."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from primacy.kernels.names.persons import (
    Person,
    PersonMatcher,
    PersonName,
    Verdict,
    Why,
    closest_names,
    compare,
    name_similarity,
    of_births,
    of_ids,
)
from primacy.kernels.time import DateRange

LOOKED_AT = 6
"""Approved persons compared in full with a line that is nobody exactly: the likeliest by sound."""

ALWAYS = DateRange(dt.date.min, dt.date.max)
ONE_LIST = ("one list",)
"""The place that all approved in one case have in common: they were named together. With it an
equal day of birth proves what it could not prove among all persons of a country."""

LEAST_WORDS, LEAST_LETTERS = 2, 3
DESCENT = frozenset({"bin", "ibn", "ben", "bint", "ould", "wuld", "uld"})
"""Words between a person and the father: what stands before and after must not be turned."""

AGAINST = frozenset({Why.ID_DIFFERS, Why.BIRTH_DIFFERS})


@dataclass(frozen=True)
class Held:
    """A line beside somebody approved. `exact`: the same words, whatever order and accents."""

    same: bool
    whys: frozenset[Why]
    name_same: bool
    exact: bool = False
    same_unit: bool = False
    score: float = 1.0
    alike: bool = False

    @property
    def by_number(self) -> bool:
        """True where a number is equal."""
        return Why.ID_EQUAL in self.whys

    @property
    def proof(self) -> int:
        """How strong the proof is, of several that are all enough: number, birth, unit."""
        return 2 * self.by_number + (Why.BIRTH_EQUAL in self.whys)

    @property
    def worth_looking(self) -> bool:
        """True where a person should look whether it is the same."""
        if self.same or self.by_number:
            return True
        against = len(self.whys & AGAINST)
        helps = self.same_unit or bool(self.whys & {Why.BIRTH_EQUAL, Why.BIRTH_TURNED})
        if not self.name_same:
            return self.alike and Why.BIRTH_EQUAL in self.whys and not against
        return against == 0 or (against == 1 and (helps or self.exact))

    @property
    def rank(self) -> tuple[bool, int, bool, float]:
        """What comes first of several to look at."""
        helps = self.same_unit + len(self.whys & {Why.BIRTH_EQUAL, Why.BIRTH_TURNED})
        return self.by_number, helps - len(self.whys & AGAINST), self.exact, self.score


def described(
    name: str, numbers: Sequence[tuple[str, str]], births: Sequence[DateRange], unit: str
) -> Person:
    """A line as the resolver takes it."""
    return _in_list(Person("", (PersonName(name),), tuple(births), ids=tuple(numbers)), unit)


def _in_list(person: Person, unit: str) -> Person:
    postings = ((unit, ALWAYS),) if unit else ()
    return replace(person, places=ONE_LIST, sex="", postings=postings)


class ApprovedPersons:
    """Persons approved in a case, by number, day of birth and name; in the order given."""

    def __init__(self, approved: Sequence[tuple[Person | None, str]]) -> None:
        """Each with the unit approved in; None for what is no person."""
        self._known = [
            None if person is None else replace(_in_list(person, unit), id=str(at))
            for at, (person, unit) in enumerate(approved)
        ]
        self._units = [unit for _person, unit in approved]
        self._exact: dict[object, list[int]] = defaultdict(list)
        for at, person in enumerate(self._known):
            for key in _keys(person) if person is not None else ():
                self._exact[key].append(at)

    def find(self, asked: Person, unit: str | None) -> list[tuple[int, Held]]:
        """The approved who may be meant, each by its place, beside the line.

        First whom a number, birth or name finds at once, under words that agree; then, only where
        that settles nothing, the others found so; then whoever sounds alike.
        """
        exact = dict.fromkeys(at for key in _keys(asked) for at in self._exact.get(key, ()))
        agree = [at for at in exact if _agree(asked, self._person(at))]
        found: dict[int, Held] = {}
        for places in (agree, exact, self._sounding(asked)):
            for at in places:
                if at not in found:
                    same_unit = unit is not None and unit == self._units[at]
                    found[at] = held(asked, self._person(at), same_unit=same_unit)
            if any(one.same or one.by_number for one in found.values()):
                break
        return [*found.items()]

    def named(self, text: str) -> list[int]:
        """Those whose number or name this is: all of them, where several bear it."""
        if found := self._by_text.get(bare(text)):
            return found
        words = plain_words(text)
        # Two words at least are shared: one of them is not the commonest.
        borne = sorted((self._by_text.get((word,), []) for word in set(words)), key=len)
        firm = [
            at
            for at in dict.fromkeys(at for places in borne[:-1] for at in places)
            if any(_words_agree(words, _words(name)) for name in self._person(at).names)
        ]
        return firm or self._alike(text)

    @cached_property
    def _by_text(self) -> dict[object, list[int]]:
        """Places by bare number, and by each word of a name."""
        found: dict[object, list[int]] = defaultdict(list)
        for at, person in enumerate(self._known):
            if person is None:
                continue
            words = {(word,) for name in person.names for word in _words(name)}
            for key in {bare(number) for _kind, number in person.ids} - {""} | words:
                found[key].append(at)
        return found

    def _sounding(self, asked: Person) -> Iterator[int]:
        """The likeliest by sound, those left out whose whole name is nothing like it."""
        for at in self._matcher.candidates(asked)[:LOOKED_AT]:
            person = self._matcher.persons[at]
            if closest_names(asked.names, person.names):
                yield int(person.id)

    def _person(self, at: int) -> Person:
        person = self._known[at]
        if person is None:
            raise LookupError(at)
        return person

    def _alike(self, text: str) -> list[int]:
        found = []
        for at in self._matcher.candidates(Person("", (PersonName(text),)))[:LOOKED_AT]:
            person = self._matcher.persons[at]
            if any(name_similarity(text, name).same for name in person.names):
                found.append(int(person.id))
        return found

    @cached_property
    def _matcher(self) -> PersonMatcher:
        return PersonMatcher([person for person in self._known if person is not None])


def held(asked: Person, known: Person, *, same_unit: bool) -> Held:
    """A line beside somebody approved: whether they are certainly one, and what speaks to it."""
    agree = _agree(asked, known)
    reasons = (*of_ids(asked, known), *of_births(asked.births, known.births))
    whys = frozenset(reason.why for reason in reasons)
    if not agree and whys >= AGAINST and Why.ID_EQUAL not in whys:
        # Another number and another birth: whatever the names, it is nobody to look at.
        return Held(False, whys, False, same_unit=same_unit, score=0.0)
    if not agree:
        return _in_full(asked, known, same_unit)
    proof = whys & {Why.ID_EQUAL, Why.BIRTH_EQUAL} or (same_unit and agree == _WHOLE)
    same = bool(proof) and not whys & {*AGAINST, Why.BIRTH_TURNED}
    return Held(same, whys, True, exact=agree == _WHOLE, same_unit=same_unit)


def _in_full(asked: Person, known: Person, same_unit: bool) -> Held:
    postings = asked.postings if same_unit else ()
    found = compare(asked, replace(known, places=ONE_LIST, sex="", postings=postings))
    whys = frozenset(reason.why for reason in found.reasons)
    return Held(
        found.verdict is Verdict.SAME,
        whys,
        found.name.same,
        exact=Why.NAME_EQUAL in whys,
        same_unit=same_unit,
        score=found.name.score,
        alike=found.verdict is not Verdict.NONE,
    )


_PART, _WHOLE = 1, 2


def _agree(asked: Person, known: Person) -> int:
    mine = _words(asked.names[0])
    return max((_words_agree(mine, _words(name)) for name in known.names), default=0)


def _words_agree(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Whether the words of two names are the same in any order, or those of one within the other's.

    Only what needs no reading of sounds: all else is left to the resolver.
    """
    mine, yours = set(one), set(other)
    shared = mine & yours
    if len(shared) != min(len(mine), len(yours)):
        return 0
    if sum(len(word) >= LEAST_LETTERS for word in shared) < LEAST_WORDS:
        return 0
    if (mine | yours) & DESCENT:
        return _WHOLE if one == other else 0
    return _WHOLE if sorted(one) == sorted(other) else _PART


def _keys(person: Person) -> Iterable[object]:
    """What finds a person at once: numbers of a kind, a precise birth, the words of a name."""
    for kind, number in person.ids:
        if plain := bare(number):
            yield kind.casefold().strip(), plain
    for born in person.births:
        if born.precise:
            yield born.earliest
    for name in person.names:
        words = _words(name)
        if len(words) >= LEAST_WORDS:
            yield frozenset(words)


def _words(name: PersonName | str) -> tuple[str, ...]:
    return plain_words(name if isinstance(name, str) else name.text)


@lru_cache(maxsize=32_768)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of a name in small letters without accents, in their order."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple("".join(kept).split())


def bare(number: str) -> str:
    """A number without blanks, signs and case."""
    plain = unicodedata.normalize("NFKC", number).casefold()
    return "".join(char for char in plain if char.isalnum())
