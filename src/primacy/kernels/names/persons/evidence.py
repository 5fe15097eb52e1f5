"""What two records of persons say beside their names: numbers, births, sex, places, postings."""

import unicodedata
from itertools import product

from primacy.kernels.names.persons.records import Person, Reason, Why
from primacy.kernels.names.persons.scripts import in_latin
from primacy.kernels.time import DateRange

SHORTEST_FILLER = 3
"""From this length on a number of one figure over and over ("0000") fills a field, no more."""


def evidence(one: Person, other: Person) -> list[Reason]:
    """Returns everything beside the names that speaks for or against two records."""
    found = [*of_ids(one, other), *of_births(one.births, other.births)]
    if one.sex and other.sex and one.sex != other.sex:
        found.append(Reason(Why.SEX_DIFFERS))
    places = {plain_place(place) for place in one.places} - {""}
    shared = [place for place in other.places if plain_place(place) in places]
    found += [Reason(Why.PLACE_EQUAL, (shared[0],))] if shared else []
    posting = _shared_posting(one, other)
    return found + ([Reason(Why.POSTING_EQUAL, (posting,))] if posting else [])


def plain_place(place: str) -> str:
    """Returns a place's letters and figures in Latin; empty for a dash or a question mark."""
    return " ".join("".join(c if c.isalnum() else " " for c in in_latin(place)).split())


def plain_number(number: str) -> str:
    """Returns a number without blanks, strokes and case; empty where it names nobody.

    "N/A", "-", "0000" and "none" stand in many sheets where a number should.
    """
    text = unicodedata.normalize("NFKC", number).casefold()
    plain = "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in text
        if letter.isalnum()
    )
    figures = {letter for letter in plain if letter.isdecimal()}
    filler = figures <= {"0"} or (len(set(plain)) == 1 and len(plain) >= SHORTEST_FILLER)
    return "" if filler else plain


def of_ids(one: Person, other: Person) -> list[Reason]:
    """Returns a number that is equal, and a kind in which all numbers differ.

    Of one kind an equal number outweighs another beside it (a card that was renewed); numbers of
    another kind that differ stay a conflict.
    """
    mine, yours = numbers_by_kind(one), numbers_by_kind(other)
    both = sorted(mine.keys() & yours.keys())
    equal = [(kind, number) for kind in both for number in sorted(mine[kind] & yours[kind])]
    differ = [kind for kind in both if not mine[kind] & yours[kind]]
    found = [Reason(Why.ID_EQUAL, equal[0])] if equal else []
    return found + ([Reason(Why.ID_DIFFERS, (differ[0],))] if differ else [])


def numbers_by_kind(person: Person) -> dict[str, set[str]]:
    """Returns the numbers that name somebody, by kind."""
    found: dict[str, set[str]] = {}
    for kind, number in person.ids:
        plain = plain_number(number)
        if plain:
            found.setdefault(kind.casefold().strip(), set()).add(plain)
    return found


def of_births(mine: tuple[DateRange, ...], yours: tuple[DateRange, ...]) -> list[Reason]:
    """Returns the best of all pairs: one of several recorded dates may be wrong."""
    found: list[Reason] = []
    for one, other in product(mine, yours):
        a, b = known_birth(one), known_birth(other)
        if a.precise and a == b:
            return [Reason(Why.BIRTH_EQUAL, (str(one),))]
        shown = (str(one), str(other))
        if a.overlaps(b):
            found.append(Reason(Why.BIRTH_FITS, shown))
        elif a.precise and b.precise and _turned(a, b):
            found.append(Reason(Why.BIRTH_TURNED, shown))
        else:
            found.append(Reason(Why.BIRTH_DIFFERS, shown))
    order = (Why.BIRTH_FITS, Why.BIRTH_TURNED, Why.BIRTH_DIFFERS)
    return sorted(found, key=lambda reason: order.index(reason.why))[:1]


def known_birth(born: DateRange) -> DateRange:
    """Returns what a birth really tells: papers write 1 January where only the year is known."""
    day = born.earliest
    if born.precise and (day.month, day.day) == (1, 1):
        return DateRange(day, day.replace(month=12, day=31))
    return born


def _turned(one: DateRange, other: DateRange) -> bool:
    a, b = one.earliest, other.earliest
    return a.year == b.year and a.month == b.day and a.day == b.month


def _shared_posting(one: Person, other: Person) -> str:
    shared = [
        unit
        for unit, when in one.postings
        for same, then in other.postings
        if unit == same and when is not None and then is not None and when.overlaps(then)
    ]
    return min(shared, default="")
