"""The one place where screening meets the person resolver: records to its persons, and back."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from primacy.kernels.names.persons import (
    AGAINST,
    Person,
    PersonName,
    Reason,
    Verdict,
    Why,
    closest_names,
    compare,
    in_words,
    of_births,
    of_ids,
)
from primacy.kernels.time import DateRange
from primacy.platform.exchange.list_entries import ListedBirth, ListedEntry, NameKind
from primacy.platform.exchange.list_names import names_within
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.numbers import ANY_NUMBER, bare_number, numbers_in, paper_kind

ENOUGH = frozenset({Why.ID_EQUAL, Why.BIRTH_EQUAL, Why.BIRTH_TURNED})
"""What makes a candidate of another name worth a look. Without it a name must count as the same:
otherwise everybody with a common name would meet dozens of entries, and nobody would read them."""
SEXES = {"male": "m", "female": "f"}
APPROXIMATE_YEARS = 2
"""Years on either side of a birth that a list calls approximate."""


def listed_person(entry: ListedEntry) -> Person:
    """An entry of a list as the resolver takes it."""
    names = [
        PersonName(text)
        for name in entry.names
        for text in (
            (name.text,) if name.kind is NameKind.ORIGINAL_SCRIPT else names_within(name.text)
        )
    ]
    return Person(
        id=entry.reference,
        names=tuple(dict.fromkeys(names)),
        births=_spans(entry.births),
        sex=SEXES.get(entry.sex, ""),
        places=each_place(entry.birth_places),
        ids=_ids((paper.kind, paper.number) for paper in entry.documents),
    )


def asked_person(asked: Asked) -> Person:
    """A person asked for, as the resolver takes one."""
    return Person(
        id=str(asked.row),
        names=(PersonName(asked.name),),
        births=asked.births,
        sex=SEXES.get(asked.sex, ""),
        places=each_place(asked.places),
        ids=tuple((kind, bare_number(number)) for kind, number in asked.ids),
    )


@dataclass(frozen=True)
class PersonHit:
    """A candidate of one person: all evidence together, the name alone, what is for and against.

    `name` is the record's name that fits best.
    """

    known: Person
    name: str
    score: float
    name_score: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    telling: bool
    """True where the name counts as the same, or a number is."""
    verdict: Verdict

    @property
    def order(self) -> tuple[bool, float, str]:
        """What stands first in a list of hits."""
        return (self.verdict is not Verdict.SAME, -self.score, self.known.id)


def person_hits(known: Iterable[Person], asked: Asked) -> list[PersonHit]:
    """Who of these may be meant by a person asked for, best first; the verdict is for the order."""
    wanted = asked_person(asked)
    found = (person_hit(wanted, person) for person in known)
    return sorted((hit for hit in found if hit is not None), key=lambda hit: hit.order)


def person_hit(wanted: Person, known: Person) -> PersonHit | None:
    """What speaks for and against a record being the person asked for; None where too little does.

    Of the names of a record only those are compared in full that are alike at a glance.
    """
    names = closest_names(wanted.names, known.names)
    if not names and not _is_telling(wanted, known):
        return None
    comparison = compare(wanted, replace(known, names=names or known.names[:1]))
    reasons = [reason for reason in comparison.reasons if not _of_any_number(reason)]
    whys = {reason.why for reason in reasons}
    same = comparison.name.same and bool(names)
    if comparison.verdict is Verdict.NONE or not (same or whys & ENOUGH):
        return None
    against = AGAINST | {Why.NAME_ALONE}
    return PersonHit(
        known,
        comparison.name.other,
        comparison.score,
        comparison.name.score,
        tuple(in_words(reason) for reason in reasons if reason.why not in against),
        tuple(in_words(reason) for reason in reasons if reason.why in against),
        telling=same or Why.ID_EQUAL in whys,
        verdict=comparison.verdict,
    )


def _is_telling(wanted: Person, known: Person) -> bool:
    """True where numbers or births say enough for a look, whatever the names."""
    found = of_ids(wanted, known) if wanted.ids and known.ids else []
    if wanted.births and known.births:
        found = [*found, *of_births(wanted.births, known.births)]
    return any(reason.why in ENOUGH for reason in found)


def _of_any_number(reason: Reason) -> bool:
    """True for another number where nobody said what kind of number it is: that tells nothing."""
    return reason.why is Why.ID_DIFFERS and reason.values == (ANY_NUMBER,)


def _ids(papers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The numbers of papers under their kinds, and under none for who asks without a kind."""
    found: dict[tuple[str, str], None] = {}
    for kind, text in papers:
        for number in numbers_in(text):
            found.setdefault((paper_kind(kind), number))
            found.setdefault((ANY_NUMBER, number))
    return tuple(found)


def each_place(places: Iterable[str]) -> tuple[str, ...]:
    """Each place by itself: "Galasi, Carana" has the town and the country in common with others."""
    parts = (part.strip() for place in places for part in place.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _spans(births: Iterable[ListedBirth]) -> tuple[DateRange, ...]:
    found = (_widened(birth) for birth in births)
    return tuple(dict.fromkeys(span for span in found if span is not None))


def _widened(birth: ListedBirth) -> DateRange | None:
    """The days a birth can mean; an approximate one has some years on either side."""
    if birth.span is None or not birth.approximate:
        return birth.span
    first, last = birth.span.earliest, birth.span.latest
    return DateRange(
        first.replace(year=first.year - APPROXIMATE_YEARS, month=1, day=1),
        last.replace(year=last.year + APPROXIMATE_YEARS, month=12, day=31),
    )
