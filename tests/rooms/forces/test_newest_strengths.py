"""The figures the database picks as newest are those the pages would pick from all of them."""

import datetime as dt
import random

from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.forces.queries import newest_strengths, strengths
from primacy.rooms.forces.reading import newest_by_kind
from tests.conftest import STEWARD, Board


def test_newest_picked_by_the_database_equals_the_reading_of_all_figures(
    board: Board, today: dt.date
) -> None:
    chance = random.Random(7)
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Nominal roll")
    made = [
        add_unit(
            actor=STEWARD,
            mission=board.mission,
            code=f"u{n}",
            name=f"Unit {n}",
            force="Police",
            side="local",
            source=source,
        )
        for n in range(3)
    ]
    for n in range(120):
        # Each day once for a unit and kind, so that no choice is left to the order of storage.
        begins = today - dt.timedelta(days=60 - n)
        add_strength(
            actor=STEWARD,
            unit=chance.choice(made),
            kind=chance.choice(["present", "assigned"]),
            area=chance.choice([None, *board.areas]),
            value=chance.randint(1, 900),
            date_from=begins,
            date_to=begins + dt.timedelta(days=chance.choice([0, 0, 90])),
            source=source,
        )
    for back in (0, 20, 45):
        day = today - dt.timedelta(days=back)
        everything = list(strengths(board["adviser"], board.mission, day))
        newest = list(newest_strengths(board["adviser"], board.mission, day))
        assert len(newest) < len(everything)
        for unit in made:
            mine = [row for row in newest if row.unit_id == unit.pk]
            whole = newest_by_kind([r for r in everything if r.unit_id == unit.pk], day)
            assert newest_by_kind(mine, day) == whole
