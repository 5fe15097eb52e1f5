"""Persons as rows of a file."""

import datetime as dt
from collections.abc import Iterator

from primacy.kernels.command import Holding
from primacy.platform.claims.rules import range_of
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.persons.models import PostingClaim
from primacy.rooms.persons.queries import claims_of, persons
from primacy.rooms.places.facade import Mission

PERSON_COLUMNS = ("code", "name", "force", "sex", "marking", "unit", "role", "title", "rank",
                  "acting", "on_the_day", "source")  # fmt: skip


def person_rows(viewer: Viewer, mission: Mission, day: dt.date) -> Iterator[list[object]]:
    """A row for each person and posting that may hold on the day; one for a person without."""
    held: dict[object, list[PostingClaim]] = {}
    for row in claims_of(viewer, PostingClaim, mission.pk).select_related("unit").order_by("claim"):
        if range_of(row).holds(day) is not Holding.NO:
            held.setdefault(row.person_id, []).append(row)
    for person in persons(viewer, mission).order_by("name", "code"):
        start = [person.code, person.name, person.force, person.sex,
                 Marking(person.marking).name.lower()]  # fmt: skip
        for post in held.get(person.pk, ()) or (None,):
            told = (
                [post.unit.code, post.role, post.title, post.rank, "yes" if post.acting else "",
                 str(range_of(post).holds(day).value)]
                if post is not None
                else [""] * 6
            )  # fmt: skip
            yield [*start, *told, str(person.source)]
