"""Each page asks the database a fixed number of questions, however much is on record."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from primacy.platform.accounts.models import Account
from primacy.platform.claims.rules import Dates
from primacy.platform.imports.actions import open_batch
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.incidents import tallies
from primacy.rooms.incidents.actions import enter_incident
from primacy.rooms.incidents.facade import IncidentType
from primacy.rooms.persons.actions import NewPerson, NewPosting, add_person, put_pairs
from primacy.rooms.persons.models import Pair
from primacy.rooms.places.actions import add_area, add_site
from primacy.rooms.readiness import kept_board
from tests.conftest import STEWARD, Board

MOST_QUERIES = 25
MORE_ALLOWED = {
    "assessment": 34,
    "unit": 48,
    "command chart": 34,
    "chain of command": 35,
    "person": 51,
    "pair of persons": 48,
}
"""Where a proposal waits, the guards of signing ask anew for the lead, the seats, the evidence.

A unit's page reads the claims of five kinds that bear on the unit, its commander and what it is
said to be responsible for, each by a question of its own, so as not to read the whole register.
Where a page shows persons, the audit log notes that it was read: six questions for each kind of
confidential record on it, of which a person's page has four and a unit's page two.
"""
TIMES = 4
M = "/m/exercise"
PAGES = {
    # page: (who asks, address)
    "missions": ("planner", "/missions/"),
    "board": ("planner", f"{M}/board/"),
    "area": ("planner", f"{M}/areas/a1/"),
    "forces": ("planner", f"{M}/forces/"),
    "unit": ("planner", f"{M}/forces/u0/"),
    "command chart": ("planner", f"{M}/command/chart/"),
    "chain of command": ("planner", f"{M}/persons/chain/u0/"),
    "persons": ("planner", f"{M}/persons/"),
    "person": ("planner", f"{M}/persons/record/P-000001/"),
    "matching queue": ("planner", f"{M}/persons/matching/"),
    "pair of persons": ("planner", f"{M}/persons/matching/{{pair}}/"),
    "incidents": ("planner", f"{M}/incidents/"),
    "incident": ("planner", f"{M}/incidents/{{incident}}/"),
    "evidence": ("planner", f"{M}/evidence/"),
    "register of readiness": ("planner", f"{M}/assessments/"),
    "assessment": ("adviser", f"{M}/assessments/{{assessment}}/"),
    "search": ("planner", f"{M}/search/?q=station"),
    "map": ("planner", f"{M}/map/"),
    "areas of the map": ("planner", f"{M}/map/areas.geojson"),
    "incidents of the map": ("planner", f"{M}/map/incidents.geojson?incidents=all"),
    "sites of the map": ("planner", f"{M}/map/sites.geojson"),
    "sites": ("planner", f"{M}/sites/"),
    "standard": ("planner", f"{M}/standard/"),
    "imports": ("planner", f"{M}/imports/"),
    "jobs": ("planner", f"{M}/jobs/"),
    "people": ("administrator", "/people/"),
    "audit": ("administrator", "/audit/"),
}

_counted: dict[str, tuple[int, int]] = {}


@pytest.fixture
def counted(
    make_board: Callable[..., Board],
    make_account: Callable[..., Account],
    monkeypatch: pytest.MonkeyPatch,
    today: dt.date,
) -> dict[str, tuple[int, int]]:
    """For each page its queries with a little on record, and with four times as much."""
    if not _counted:
        # Boards and sums are kept, as on a served site, although the test is a transaction.
        kept_board.forget_boards()
        tallies.forget_sums()
        monkeypatch.setattr(kept_board, "_in_transaction", lambda: False)
        monkeypatch.setattr(tallies, "_in_transaction", lambda: False)
        board, names = make_board(), dict[str, str]()
        few: dict[str, int] = {}
        for step in range(TIMES):
            more(board, today, step, names)
            if step:
                make_account(f"donor.{step}", board.mission)
            few = few or {name: queries(board, name, names) for name in PAGES}
        _counted.update({name: (few[name], queries(board, name, names)) for name in PAGES})
    return _counted


def more(board: Board, today: dt.date, step: int, kept: dict[str, str]) -> None:
    """Nothing; adds a few records of each kind."""
    planner, mission = board["planner"], board.mission
    source = ensure_source(actor=STEWARD, mission_id=mission.pk, title=f"Register {step}")
    if "assessment" not in kept:
        board.lead("joint", today - dt.timedelta(days=90))
        board.evidence()
        kept["assessment"] = str(board.proposed().assessment_id)
    if step:
        parent = board.area.parent
        code = f"b{step}"
        added = add_area(
            actor=STEWARD, mission=mission, code=code, name=f"Ward {step}", level=1, parent=parent
        )
        board.areas.append(added)
    for area in board.areas[-3:]:
        board.lead("joint", today - dt.timedelta(days=60 - step), area=area)
        for value in (4, 9):
            board.see("logistics.fuel_days", value, area=area, source_title=f"Visit {step}")
        board.open(area=area)
    for number in range(3 * step, 3 * step + 3):
        unit = add_unit(
            actor=planner,
            mission=mission,
            code=f"u{number}",
            name=f"Station {number}",
            force=f"Police {number % 2}",
            side="local",
            source=source,
            areas=[board.areas[number % len(board.areas)]],
        )
        commands = NewPosting(unit, Dates(today, today, starting=True), role="station commander")
        two = [
            add_person(
                actor=planner,
                mission=mission,
                new=NewPerson(name=f"Abel Doe {number}", source=source, postings=[commands]),
            )
            for _twice in range(2)
        ]
        put_pairs(actor=planner, mission=mission, pairs=[(two[0], two[1], 0.5)])
        kept.setdefault("pair", str(Pair.objects.earliest("pk").pk))
        for kind in ("present", "assigned"):
            add_strength(
                actor=planner,
                unit=unit,
                kind=kind,
                value=100 + number,
                date_from=today - dt.timedelta(days=20),
                date_to=today - dt.timedelta(days=20),
                source=source,
                area=board.area if number % 2 else None,
            )
        add_site(
            actor=planner,
            mission=mission,
            code=f"s{number}",
            name=f"Station house {number}",
            kind="station",
            lat=1.0,
            lon=1.0,
            source=source,
            area=board.areas[number % len(board.areas)],
        )
        incident = enter_incident(
            actor=planner,
            mission=mission,
            type=IncidentType.CRIME,
            date_start=today - dt.timedelta(days=3),
            source="Patrol report",
            area=board.areas[number % len(board.areas)],
            lat=1.0,
            lon=1.0,
        )
        batch = open_batch(actor=planner, mission_id=mission.pk, kind="ucdp", origin="events.csv")
        ask_for_work(
            actor=planner,
            kind="imports.undo",
            title="A job",
            mission_id=mission.pk,
            arguments={"batch": str(batch.pk), "reason": "A mistake"},
        )
        kept.setdefault("incident", str(incident.pk))


def queries(board: Board, name: str, kept: dict[str, str]) -> int:
    """The queries of a page that is asked for the second time."""
    who, address = PAGES[name]
    client = Client()
    client.force_login(board.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
    asked = address.format(**kept)
    assert client.get(asked).status_code == 200, f"{name}: {asked}"
    with CaptureQueriesContext(connection) as found:
        client.get(asked)
    return len(found)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_no_more_questions_where_more_is_on_record(
    counted: dict[str, tuple[int, int]], name: str
) -> None:
    few, many = counted[name]
    assert many <= few, f"{name}: {few} queries with a little, {many} with four times as much"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_its_budget_of_questions(
    counted: dict[str, tuple[int, int]], name: str
) -> None:
    assert counted[name][1] <= MORE_ALLOWED.get(name, MOST_QUERIES)
