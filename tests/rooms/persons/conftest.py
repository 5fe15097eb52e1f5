"""Units, persons and the terms of claims about them."""

import datetime as dt
from collections.abc import Callable

import pytest

from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.policy import Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.actions import NewPerson, NewPosting, add_person
from primacy.rooms.persons.facade import Person
from tests.conftest import STEWARD, Board

MakeUnit = Callable[..., Unit]
MakePerson = Callable[..., Person]
MakeTerms = Callable[..., Terms]


def on(day: str) -> dt.date:
    """The day of an ISO text."""
    return dt.date.fromisoformat(day)


@pytest.fixture
def make_unit(board: Board) -> MakeUnit:
    """Makes a unit of the national police; its code is its name in small letters."""

    def make(name: str, **more: object) -> Unit:
        given: dict[str, object] = {
            "actor": board["planner"], "mission": board.mission,
            "code": name.lower().replace(" ", "-"), "name": name, "force": "Police",
            "side": "local",
            "source": ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register"),
        }  # fmt: skip
        return add_unit(**{**given, **more})

    return make


@pytest.fixture
def make_person(board: Board) -> MakePerson:
    """Makes a person; `posts` are (unit, role, first day, last day or "", more of `NewPosting`)."""

    def make(name: str, *posts: tuple[object, ...], **more: object) -> Person:
        source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Gazette")
        new = NewPerson(
            name=name, source=source, postings=[posting(*post) for post in posts],  # type: ignore[arg-type]
            **{"marking": Marking.CONFIDENTIAL, **more},  # type: ignore[arg-type]
        )  # fmt: skip
        return add_person(actor=board["planner"], mission=board.mission, new=new)

    return make


def posting(
    unit: Unit, role: str, first: str, last: str = "", more: dict[str, object] | None = None
) -> NewPosting:
    """A posting that began with its first day, and ended with its last where one is given."""
    dates = Dates(on(first), on(last or first), starting=True, ending=bool(last))
    return NewPosting(unit, dates, role=role, **(more or {}))  # type: ignore[arg-type]


@pytest.fixture
def terms(board: Board) -> MakeTerms:
    """Terms from a first to a last precise day, cited; columns of dates may be given by name."""

    def make(first: str = "", last: str = "", **more: object) -> Terms:
        cite = Cite(ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Gazette"))
        dates: dict[str, object] = {"starting": True} if first else {"since_beginning": True}
        if first:
            dates |= {"first_precise": on(first), "last_precise": on(last or first)}
        dates |= {k: more.pop(k) for k in list(more) if k in Dates.__dataclass_fields__}
        return Terms(**{"dates": Dates(**dates), "cites": [cite], **more})  # type: ignore[arg-type]

    return make
