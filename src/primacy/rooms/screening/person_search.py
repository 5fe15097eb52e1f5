"""The one place where screening meets the person resolver: records to its persons, and back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from primacy.kernels.names.persons import (
    AGAINST,
    Person,
    PersonMatcher,
    PersonName,
    Reason,
    Why,
    in_words,
)
from primacy.kernels.time import DateRange
from primacy.platform.exchange.list_entries import ListedBirth, ListedEntry, NameKind
from primacy.platform.exchange.list_names import names_within
from primacy.rooms.screening.asked import Asked
from primacy.rooms.screening.numbers import ANY_NUMBER, bare_number, numbers_in, paper_kind

LOOKED_THROUGH = 60
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
        places=_places(entry.birth_places),
        ids=_ids((paper.kind, paper.number) for paper in entry.documents),
    )


def asked_person(asked: Asked) -> Person:
    """A person asked for, as the resolver takes one."""
    return Person(
        id=str(asked.row),
        names=(PersonName(asked.name),),
        births=asked.births,
        sex=SEXES.get(asked.sex, ""),
        places=_places(asked.places),
        ids=tuple((kind, bare_number(number)) for kind, number in asked.ids),
    )


@dataclass(frozen=True)
class PersonHit:
    """A candidate of one person: all evidence together, the name alone, what is for and against."""

    person: str
    score: float
    name_score: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


def person_hits(matcher: PersonMatcher, asked: Asked) -> Iterator[PersonHit]:
    """Who may be meant by a person asked for, best first; the resolver's verdict is not used."""
    for one in matcher.match(asked_person(asked), limit=LOOKED_THROUGH).candidates:
        reasons = [reason for reason in one.comparison.reasons if not _of_any_number(reason)]
        if not one.comparison.name.same and not {reason.why for reason in reasons} & ENOUGH:
            continue
        against = AGAINST | {Why.NAME_ALONE}
        yield PersonHit(
            one.person,
            one.score,
            one.comparison.name.score,
            tuple(in_words(reason) for reason in reasons if reason.why not in against),
            tuple(in_words(reason) for reason in reasons if reason.why in against),
        )


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


def _places(places: Iterable[str]) -> tuple[str, ...]:
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
