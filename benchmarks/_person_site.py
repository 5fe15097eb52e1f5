"""A search in a register of 200,000 persons, asked through the site itself.

The site is the embedded one as it is shipped, in a folder that is thrown away; the persons are
those of `benchmarks.persons`, each with a claim for name, birth and number. "First" is what the
first reader waits after a start, while the index is built; "after an act" follows a new name for
one person.
"""

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks._register_site import set_up
from primacy.kernels.names.persons import Person as Described

if TYPE_CHECKING:
    from primacy.rooms.places.facade import Mission

AT_ONCE = 2_000
ACTS = 5
Misspell = Callable[[Described, random.Random], str]


def on_the_site(
    people: Sequence[Described], asked: int, seed: int, misspelt: Misspell
) -> dict[str, object]:
    """Milliseconds of a search, ready for JSON."""
    with tempfile.TemporaryDirectory(prefix="primacy-bench-") as folder:
        set_up(Path(folder))
        return _measure(_mission(people), people, asked, seed, misspelt)


def _mission(people: Sequence[Described]) -> "Mission":
    """A mission with these persons on record, written as rows."""
    from primacy.platform.policy import operator
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.persons.models import BirthClaim, IdNumberClaim, Person, PersonNameClaim
    from primacy.rooms.places.facade import create_mission

    me = operator("benchmark")
    mission = create_mission(
        actor=me, code="bench", name="Bench", short_name="Bench", country="Carana"
    )
    source = ensure_source(actor=me, mission_id=mission.pk, title="Made up")
    for at in range(0, len(people), AT_ONCE):
        part = people[at : at + AT_ONCE]
        rows = [
            Person(mission=mission, code=one.id, name=str(one.names[0]), source=source)
            for one in part
        ]
        Person.objects.bulk_create(rows, batch_size=500)
        claims: dict[type, list[object]] = {PersonNameClaim: [], BirthClaim: [], IdNumberClaim: []}
        for row, one in zip(rows, part, strict=True):
            same = {
                "mission": mission, "person": row, "status": "accepted", "since_beginning": True,
                "marking": row.marking,
            }  # fmt: skip
            claims[PersonNameClaim].append(PersonNameClaim(name=row.name, **same))
            day = one.births[0].earliest
            claims[BirthClaim].append(BirthClaim(earliest=day, latest=day, **same))
            kind, number = one.ids[0]
            claims[IdNumberClaim].append(IdNumberClaim(kind=kind, number=number, **same))
        for model, made in claims.items():
            model.objects.bulk_create(made, batch_size=500)  # type: ignore[attr-defined]
    return mission


def _measure(
    mission: "Mission", people: Sequence[Described], asked: int, seed: int, misspelt: Misspell
) -> dict[str, object]:
    from primacy.platform.claims.actions import Cite
    from primacy.platform.claims.rules import Dates
    from primacy.platform.claims.terms import Terms
    from primacy.platform.policy import operator
    from primacy.platform.policy.reads import Collection
    from primacy.platform.sources.actions import ensure_source
    from primacy.rooms.persons.actions import claim_person_name
    from primacy.rooms.persons.queries import asked_about, find_persons, person_by_code

    me = operator("benchmark")
    chance = random.Random(seed)
    found = 0

    def search(person: Described) -> float:
        nonlocal found
        start = time.perf_counter()
        with Collection("benchmark").open():
            seen = find_persons(me, mission, asked_about(misspelt(person, chance)))
        found += person.id in {one.person.code for one in seen}
        return 1000 * (time.perf_counter() - start)

    def after_an_act(person: Described) -> float:
        row = person_by_code(me, mission, person.id)
        source = ensure_source(actor=me, mission_id=mission.pk, title="Made up")
        terms = Terms(dates=Dates(since_beginning=True), cites=[Cite(source)])
        claim_person_name(actor=me, person=row, name=f"{row.name} Junior", terms=terms)
        return search(person)

    some = chance.sample(list(people), asked)
    first = search(some[0])
    found = 0
    took = [search(one) for one in some]
    among = found / len(took)
    later = [after_an_act(one) for one in some[:ACTS]]
    return {
        "register": len(people),
        "seconds_first": round(first / 1000, 1),
        "milliseconds_median": round(float(np.median(took)), 1),
        "milliseconds_p95": round(float(np.percentile(took, 95)), 1),
        "among_those_shown": round(among, 3),
        "milliseconds_after_an_act_median": round(float(np.median(later)), 1),
    }
