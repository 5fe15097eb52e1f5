"""The made-up records of FEBRL (BSD) resolved by the rules for persons: which pairs are one."""

import csv
import datetime as dt
import gzip
from itertools import combinations
from pathlib import Path

from primacy.kernels.names.persons import Kind, Person, PersonMatcher, PersonName, Verdict
from primacy.kernels.time import DateRange

Pair = frozenset[str]


def read_people(path: Path) -> list[Person]:
    """The records as persons: names, day of birth where it is one, suburb, insurance number."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [{k.strip(): v.strip() for k, v in row.items()} for row in csv.DictReader(lines)]
    return [_person(row) for row in rows]


def _person(row: dict[str, str]) -> Person:
    parts = ((row["given_name"], Kind.GIVEN), (row["surname"], Kind.FAMILY))
    names = [PersonName(text, kind) for text, kind in parts if text]
    number = row["soc_sec_id"]
    return Person(
        row["rec_id"],
        tuple(names),
        births=_birth(row["date_of_birth"]),
        places=(row["suburb"],) if row["suburb"] else (),
        ids=(("insurance", number),) if number else (),
    )


def _birth(text: str) -> tuple[DateRange, ...]:
    try:
        day = dt.datetime.strptime(text, "%Y%m%d").date()
    except ValueError:
        return ()
    return (DateRange(day, day),)


def true_pairs(people: list[Person]) -> set[Pair]:
    """The pairs of one entity: "rec-12-org" and "rec-12-dup-0"."""
    by_entity: dict[str, list[str]] = {}
    for person in people:
        by_entity.setdefault(person.id.split("-")[1], []).append(person.id)
    return {frozenset(pair) for ids in by_entity.values() for pair in combinations(ids, 2)}


def resolved(people: list[Person]) -> dict[str, object]:
    """Precision, recall and F1 over pairs: called one person, and one or shown to a person."""
    matcher, true = PersonMatcher(people), true_pairs(people)
    said: dict[Verdict, set[Pair]] = {Verdict.SAME: set(), Verdict.REFER: set()}
    for person in people:
        for found in matcher.match(person, limit=60).candidates:
            if found.person != person.id:
                said[found.comparison.verdict].add(frozenset((person.id, found.person)))
    same, shown = said[Verdict.SAME], said[Verdict.SAME] | said[Verdict.REFER]
    return {
        "records": len(people),
        "pairs": len(true),
        "same": figures(same, true),
        "same or shown to a person": figures(shown, true),
    }


def figures(said: set[Pair], true: set[Pair]) -> dict[str, float]:
    """Precision, recall and F1 of pairs."""
    right = len(said & true)
    return {
        "precision": round(right / max(len(said), 1), 4),
        "recall": round(right / max(len(true), 1), 4),
        "f1": round(2 * right / max(len(said) + len(true), 1), 4),
    }
