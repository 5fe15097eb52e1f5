"""Rules about single rows of the roll: age, hiring, number, rank and post, cards, two places."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from primacy.kernels.flags.reading import Reading
from primacy.kernels.flags.records import Card, HeadCount, Member, NumberRange
from primacy.kernels.flags.rule import Flag, Peers, Record, Severity
from primacy.kernels.flags.wording import day_words, number_parts, plain_number
from primacy.kernels.readiness.sentence import Sentence
from primacy.kernels.strength.absences import LASTING

ON_THE_ROLL = Sentence("persons on the roll")


def birthday(born: dt.date, age: int) -> dt.date:
    """The day on which somebody born on a day reaches an age; 1 March for the 29th of February."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return dt.date(born.year + age, 3, 1)


def under_age(reading: Reading) -> Iterator[Flag]:
    """One flag a person who is, or by an imprecise date may be, below the least age."""
    day, least = reading.force.as_of, reading.limits.least_age
    young = [
        (member, birthday(member.born.earliest, least) > day)
        for member in _serving(reading)
        if member.born and birthday(member.born.latest, least) > day
    ]
    for member, certain in young:
        said = (
            Sentence(
                "under %(age)s on %(day)s by the date of birth on record",
                age=str(least),
                day=day_words(day),
            )
            if certain
            else Sentence(
                "may be under %(age)s on %(day)s: the date of birth is not known to the day",
                age=str(least),
                day=day_words(day),
            )
        )
        severity = Severity.FIRST if certain else Severity.SOON
        yield _about(reading, "under_age", member, said, len(young), severity)


def over_age(reading: Reading) -> Iterator[Flag]:
    """One flag a person who is certainly above the greatest age for their rank."""
    day, limits = reading.force.as_of, reading.limits
    old = []
    for member in _serving(reading):
        most = limits.most_age_by_rank.get(member.rank or 0, limits.most_age)
        if member.born and birthday(member.born.latest, most + 1) <= day:
            old.append((member, most))
    for member, most in old:
        said = Sentence(
            "over %(age)s on %(day)s, the greatest age for the rank",
            age=str(most),
            day=day_words(day),
        )
        yield _about(reading, "over_age", member, said, len(old), Severity.ROUTINE)


def hired_before_18(reading: Reading) -> Iterator[Flag]:
    """One flag a person who was certainly below the least age when hired."""
    least = reading.limits.least_age
    early = [
        (member, member.hired)
        for member in _serving(reading)
        if member.born and member.hired and birthday(member.born.earliest, least) > member.hired
    ]
    for member, hired in early:
        said = Sentence(
            "hired on %(day)s, before the age of %(age)s by the date of birth on record",
            day=day_words(hired),
            age=str(least),
        )
        yield _about(reading, "hired_before_18", member, said, len(early), Severity.SOON)


def rank_above_post(reading: Reading) -> Iterator[Flag]:
    """One flag a person whose rank is above the one their post is for."""
    high = [
        (member, member.rank - member.post)
        for member in _serving(reading)
        if member.rank is not None and member.post is not None and member.rank > member.post
    ]
    for member, levels in high:
        said = Sentence(
            "the rank is %(figure)s levels above the one the post is for",
            figure=str(levels),
        )
        yield _about(reading, "rank_above_post", member, said, len(high), Severity.ROUTINE)


def number_out_of_range(reading: Reading) -> Iterator[Flag]:
    """One flag a person whose service number was never issued, or not yet when they came."""
    if not reading.force.numbers:
        return
    strange = [
        (member, said)
        for member in _serving(reading)
        if member.number and (said := _against_number(member, reading.force.numbers))
    ]
    for member, said in strange:
        yield _about(reading, "number_out_of_range", member, said, len(strange), Severity.SOON)


def _against_number(member: Member, ranges: Sequence[NumberRange]) -> Sentence | None:
    """What is wrong with a number; None where a range holds it and was issued by then."""
    parts = number_parts(member.number)
    if parts is None:
        return Sentence("the service number has no figure at its end")
    prefix, figure = parts
    holding = [
        one
        for one in ranges
        if plain_number(one.prefix) == prefix and one.first <= figure <= one.last
    ]
    if not holding:
        return Sentence("the service number lies in no range that was issued")
    came = member.entered or member.hired
    if came is None or any(one.issued_from is None or one.issued_from <= came for one in holding):
        return None
    first = min(one.issued_from for one in holding if one.issued_from is not None)
    return Sentence(
        "the service number is of a range issued from %(first)s on, and the person came on %(day)s",
        first=day_words(first),
        day=day_words(came),
    )


def number_reused(reading: Reading) -> Iterator[Flag]:
    """One flag a service number that several persons on the roll carry."""
    holders: dict[str, list[Member]] = defaultdict(list)
    for member in reading.force.members:
        if plain_number(member.number):
            holders[plain_number(member.number)].append(member)
    shared = {number: found for number, found in holders.items() if len(found) > 1}
    for number in sorted(shared):
        members = sorted(shared[number], key=lambda member: member.person)
        yield Flag(
            rule="number_reused",
            unit=members[0].unit if len({m.unit for m in members}) == 1 else "",
            subjects=tuple(member.person for member in members),
            records=tuple(Record("roll", member.person) for member in members),
            peers=Peers(Sentence("service numbers on the roll"), len(holders), len(shared)),
            reasons=(
                Sentence(
                    "%(figure)s persons on the roll carry the same service number",
                    figure=str(len(members)),
                ),
            ),
            severity=Severity.SOON,
            since="",
        )


def card_reused(reading: Reading) -> Iterator[Flag]:
    """One flag a card number that several persons held at the same time."""
    holders: dict[str, list[Card]] = defaultdict(list)
    for card in reading.force.cards:
        if plain_number(card.number):
            holders[plain_number(card.number)].append(card)
    shared = {number: found for number, rows in holders.items() if (found := _together(rows))}
    for number in sorted(shared):
        persons = sorted({card.person for card in shared[number]})
        yield Flag(
            rule="card_reused",
            unit="",
            subjects=tuple(persons),
            records=tuple(Record("card", card.record) for card in shared[number]),
            peers=Peers(Sentence("cards on record"), len(holders), len(shared)),
            reasons=(
                Sentence(
                    "%(figure)s persons held a card of the same number at the same time",
                    figure=str(len(persons)),
                ),
            ),
            severity=Severity.SOON,
            since="",
        )


def _together(cards: list[Card]) -> list[Card]:
    """The cards that were valid together with one of another person."""
    return [
        card
        for card in cards
        if any(
            other.person != card.person
            and card.issued <= (other.ended or dt.date.max)
            and other.issued <= (card.ended or dt.date.max)
            for other in cards
        )
    ]


def card_not_issued(reading: Reading) -> Iterator[Flag]:
    """One flag a person who shows a card that was never issued, or to somebody else only."""
    if not reading.force.cards:
        return
    issued: dict[str, set[str]] = defaultdict(set)
    for card in reading.force.cards:
        issued[plain_number(card.number)].add(card.person)
    strange = [
        member
        for member in _serving(reading)
        if member.card and member.person not in issued.get(plain_number(member.card), ())
    ]
    for member in strange:
        said = (
            Sentence("the card number on the roll was issued to somebody else")
            if plain_number(member.card) in issued
            else Sentence("the card number on the roll was never issued")
        )
        yield _about(reading, "card_not_issued", member, said, len(strange), Severity.SOON)


def present_twice(reading: Reading) -> Iterator[Flag]:
    """One flag a person who was seen at head counts of two units on one day."""
    rows: dict[str, dict[dt.date, list[HeadCount]]] = defaultdict(lambda: defaultdict(list))
    for count in reading.force.head_counts:
        for person in count.present:
            rows[person][count.day].append(count)
    twice = {
        person: [
            found for _, found in sorted(days.items()) if len({count.unit for count in found}) > 1
        ]
        for person, days in sorted(rows.items())
    }
    twice = {person: found for person, found in twice.items() if found}
    for person, found in twice.items():
        first = found[0][0].day
        seen = sorted({count.record for day in found for count in day})
        yield Flag(
            rule="present_twice",
            unit=reading.members[person].unit if person in reading.members else "",
            subjects=(person,),
            records=tuple(Record("head_count", row) for row in seen),
            peers=Peers(Sentence("persons seen at head counts"), len(rows), len(twice)),
            reasons=(
                Sentence(
                    "seen at head counts of two units on the same day, on %(figure)s days, first "
                    "%(first)s",
                    figure=str(len(found)),
                    first=day_words(first),
                ),
            ),
            severity=Severity.SOON,
            since=first.isoformat(),
        )


def _serving(reading: Reading) -> list[Member]:
    """The roll without those who left for good, in order of keys."""
    day = reading.force.as_of
    serving = [m for m in reading.force.members if reading.cause(m.person, day) not in LASTING]
    return sorted(serving, key=lambda member: member.person)


def _about(
    reading: Reading, rule: str, member: Member, said: Sentence, alike: int, severity: Severity
) -> Flag:
    """A flag about one row of the roll."""
    return Flag(
        rule=rule,
        unit=member.unit,
        subjects=(member.person,),
        records=(Record("roll", member.person),),
        peers=Peers(ON_THE_ROLL, len(reading.members), alike),
        reasons=(said,),
        severity=severity,
        since="",
    )
