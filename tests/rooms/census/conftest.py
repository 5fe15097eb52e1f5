"""A small census: two units, a roll, head counts, pay rolls, and one of everything that is odd."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.census.actions import open_round
from primacy.rooms.census.imports import CensusLoaded, load_census, preview_census
from primacy.rooms.census.models import EnrolmentRound
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from tests.conftest import STEWARD, Board

DAY = dt.date(2026, 6, 30)

ROLL = """number,name,sex,born,region,unit,rank_level,post_level,superior,card
P1,Ama Boss,f,1980-01-05,North,st1,3,3,,C1
P2,Bo Ghost,m,1990,North,st1,1,1,P1,C2
P3,Cy Honest,f,1991-03,South,st1,1,1,P1,C3
P4,Di Leave,m,1985-05-05,South,st1,1,1,P1,C4
P5,Ed Young,m,2009-07-01,South,st2,1,1,P6,C5
P6,Fe Other,f,1979-01-01,West,st2,2,2,,C6
"""
ABSENCES = "number,cause,first,last,paper\nP4,leave,2026-04-01,2026-06-20,Order 12\n"
HEAD_COUNTS = """unit,day,place,counted,number,name
st1,2026-04-10,Yard,3,P1,Ama Boss
st1,2026-04-10,Yard,,P3,Cy Honest
st1,2026-04-10,Yard,,P6,Fe Other
st1,2026-05-10,Yard,2,P1,Ama Boss
st1,2026-05-10,Yard,,P3,Cy Honest
st2,2026-05-10,Hill,2,P5,Ed Young
st2,2026-05-10,Hill,,P6,Fe Other
"""
PAY = """month,number,name,unit,amount,account
2026-04,P1,Ama Boss,st1,400,0770 100 001
2026-04,P2,Bo Ghost,st1,200,+231 770 100 001
2026-04,P3,Cy Honest,st1,200,0770100003
2026-04,P4,Di Leave,st1,200,0770100004
2026-05,P1,Ama Boss,st1,400,0770100001
2026-05,P2,Bo Ghost,st1,200,0770100001
2026-05,P3,Cy Honest,st1,200,0770100003
2026-05,P4,Di Leave,st1,200,0770100004
2026-05,P6,Fe Other,st2,250,0770100006
2026-05,P99,No Body,st1,200,0770100099
"""

Bring = Callable[..., CensusLoaded]


@dataclass
class Census:
    """A mission with a round and what tests need of it."""

    board: Board
    round: EnrolmentRound
    units: list[Unit]
    bring: Bring

    def __getitem__(self, label: str) -> Viewer:
        return self.board[label]

    def filled(self) -> "Census":
        """The same with every file loaded."""
        self.bring("census_roll", ROLL)
        self.bring("census_absences", ABSENCES)
        self.bring("census_head_counts", HEAD_COUNTS)
        self.bring("census_pay", PAY, calling_code="231")
        return self


@pytest.fixture
def census(board: Board, tmp_path: Path) -> Census:
    """An open round with two units."""
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
    units = [
        add_unit(
            actor=board["planner"],
            mission=board.mission,
            code=code,
            name=name,
            force="National police",
            side="local",
            source=source,
        )
        for code, name in (("st1", "First station"), ("st2", "Second station"))
    ]
    round = open_round(
        actor=board["planner"],
        mission=board.mission,
        name="Census 2026",
        opened_on=dt.date(2026, 4, 1),
        census_day=DAY,
        source_title="Order 7",
        marking=Marking.CONFIDENTIAL,
    )

    def bring(kind: str, text: str, *, actor: str = "planner", **more: object) -> CensusLoaded:
        path = tmp_path / f"{kind}-{len(list(tmp_path.iterdir()))}.csv"
        path.write_text(text, encoding="utf-8")
        seen = preview_census(actor=board[actor], round=round, kind=kind, path=path, **more)  # type: ignore[arg-type]
        return load_census(actor=board[actor], batch_or_preview=seen)

    return Census(board, round, units, bring)
