"""A kept board is the board: after every act, for every reader, it equals one read anew."""

import datetime as dt
import random
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from primacy.platform.accounts.actions import admit_to_compartment, create_compartment
from primacy.platform.accounts.models import Organisation
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, Marking, Viewer, guest
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_strength, add_unit
from primacy.rooms.incidents.facade import (
    IncidentType,
    enter_incident,
    load_incidents,
    undo_incidents,
)
from primacy.rooms.incidents.imports.load import preview_incident_file
from primacy.rooms.places.actions import add_area, add_population
from primacy.rooms.readiness import kept_board
from primacy.rooms.readiness.actions import (
    plan_condition,
    withdraw_assessment,
)
from primacy.rooms.readiness.facade import Board as ShownBoard
from primacy.rooms.readiness.facade import ReadinessError, read_board
from tests.conftest import STEWARD, Board

FINDING = "accountability.no_grave_finding"
READERS = ("adviser", "commander", "human_rights", "official", "donor")


def anew(viewer: Viewer, board: Board, day: dt.date) -> ShownBoard:
    """The board with nothing kept: as within a transaction, where it is always read whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_board, "_in_transaction", lambda: True)
        return read_board(viewer, board.mission, day)


@pytest.fixture(autouse=True)
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boards are kept although each test runs inside a transaction of its own."""
    kept_board.forget_boards()
    monkeypatch.setattr(kept_board, "_in_transaction", lambda: False)


def assert_fresh(board: Board, readers: dict[str, Viewer], day: dt.date, after: str) -> None:
    for label, viewer in readers.items():
        kept, whole = read_board(viewer, board.mission, day), anew(viewer, board, day)
        for part in ("standard", "responsibilities", "changes", "units", "rows"):
            assert getattr(kept, part) == getattr(whole, part), f"{label}: {part} after {after}"
        assert kept.evidence_ages == whole.evidence_ages, f"{label} after {after}"


class Story:
    """Random acts on a board, each through the action a person uses."""

    def __init__(self, board: Board, chance: random.Random, today: dt.date, folder: Path) -> None:
        self.board, self.chance, self.today, self.folder = board, chance, today, folder
        self.inside, self.compartment = self._member()
        self.unit = self._unit()
        self.loaded: list[object] = []
        self.number = 0

    def _member(self) -> tuple[Viewer, object]:
        account = self.board.accounts["human_rights"]
        owner = Organisation.objects.get(pk=account.organisation_id)
        compartment = create_compartment(actor=STEWARD, code="cases", name="Cases", owner=owner)
        admit_to_compartment(actor=STEWARD, compartment=compartment, account=account)
        return viewer_of(account), compartment

    def _unit(self) -> object:
        source = ensure_source(actor=STEWARD, mission_id=self.board.mission.pk, title="Order")
        return add_unit(
            actor=STEWARD,
            mission=self.board.mission,
            code="u1",
            name="Police of District 1",
            force="Police",
            side="local",
            source=source,
        )

    def _area(self) -> object:
        return self.chance.choice(self.board.areas)

    def observe(self) -> None:
        rows = list(self.board.standard.criteria.exclude(indicator=FINDING))
        row = self.chance.choice([row for row in rows if "field" in row.methods])
        value = self.chance.choice([row.threshold / 2, row.threshold, row.threshold * 2])
        figures: dict[str, object] = {"value": value}
        if row.unit == "share":
            figures = {"numerator": self.chance.randint(1, 100), "denominator": 100.0}
        if row.unit == "yes_no":
            figures = {"value": float(self.chance.randint(0, 1))}
        marking = self.chance.choice([Marking.INTERNAL, Marking.CONFIDENTIAL])
        days = dt.timedelta(days=self.chance.randint(0, 40))
        self.board.see(
            row.indicator,
            area=self._area(),
            marking=marking,
            observed_on=self.today - days,
            **figures,
        )

    def hold_finding(self) -> None:
        self.board.see(
            FINDING,
            float(self.chance.randint(0, 1)),
            actor=self.inside,
            area=self._area(),
            marking=Marking.STRICT,
            source_title=f"Statement {self.number}",
            **({"compartment": self.compartment} if self.chance.random() < 0.5 else {}),
        )

    def evidence(self) -> None:
        self.board.evidence()

    def lead(self) -> None:
        days = self.chance.randint(0, 50)
        lead = self.chance.choice(["mission", "joint", "local_supported", ""])
        more: dict[str, object] = {}
        if self.chance.random() < 0.3:
            more["area"] = self.board.areas[0].parent
        marking = self.chance.choice([Marking.INTERNAL, Marking.CONFIDENTIAL])
        self.board.lead(lead, self.today - dt.timedelta(days=days), marking=marking, **more)

    def incident(self) -> None:
        days = dt.timedelta(days=self.chance.randint(0, 120))
        enter_incident(
            actor=self.board["operations"],
            mission=self.board.mission,
            type=IncidentType.CRIME,
            date_start=self.today - days,
            source="Patrol",
            lat=1.0,
            lon=1.0,
            area=self._area(),
            marking=self.chance.choice([Marking.INTERNAL, Marking.CONFIDENTIAL]),
        )

    def import_incidents(self) -> None:
        path = self.folder / f"incidents{self.number}.csv"
        day = self.today - dt.timedelta(days=self.chance.randint(0, 100))
        path.write_text(
            f"id,type,date_start,lat,lon,source\n{self.number},crime,{day},1,1,Log\n", "utf-8"
        )
        shown = preview_incident_file(
            actor=STEWARD, mission=self.board.mission, path=path, origin=f"log{self.number}"
        )
        load_incidents(actor=STEWARD, batch_or_preview=shown)
        self.loaded.append(shown.batch)

    def undo_import(self) -> None:
        if self.loaded:
            undo_incidents(actor=STEWARD, batch=self.loaded.pop(), reason="twice in the log")

    def strength(self) -> None:
        source = ensure_source(actor=STEWARD, mission_id=self.board.mission.pk, title="Return")
        for kind, value in (("required", 100), ("present", self.chance.randint(10, 100))):
            add_strength(
                actor=STEWARD,
                unit=self.unit,
                area=self.board.area,
                kind=kind,
                value=value,
                date_from=self.today,
                date_to=self.today,
                source=source,
            )

    def population(self) -> None:
        source = ensure_source(actor=STEWARD, mission_id=self.board.mission.pk, title="Census")
        value = self.chance.randint(1, 10**6)
        year = self.today.year
        add_population(actor=STEWARD, area=self._area(), year=year, value=value, source=source)

    def new_area(self) -> None:
        add_area(
            actor=STEWARD,
            mission=self.board.mission,
            code=f"n{self.number}",
            name=f"New {self.number}",
            level=1,
            parent=self.board.areas[0].parent,
        )

    def decide(self) -> None:
        self.board.lead("joint", self.today - dt.timedelta(days=60))
        self.board.evidence()
        decision = self.board.proposed()
        self.board.sign(decision)

    def withdraw(self) -> None:
        row = self.board.open()
        withdraw_assessment(actor=self.board["adviser"], assessment=row, reason="mistaken")

    def condition(self) -> None:
        row = self.board.open()
        criterion = self.board.standard.criteria.filter(gate=False).first()
        plan_condition(
            actor=self.board["adviser"],
            assessment=row,
            criterion_code=criterion.code,
            action="Send fuel",
            owner="Logistics",
            due_on=self.today + dt.timedelta(days=20),
        )

    def someone_is_refused(self) -> None:
        """An act that fails half way leaves nothing behind, here neither."""
        with suppress(LookupError), transaction.atomic():
            self.observe()
            read_board(self.board["adviser"], self.board.mission, self.today)
            raise LookupError

    def tell(self) -> str:
        """The name of the next act, carried out."""
        acts: list[Callable[[], None]] = [
            *[self.observe] * 4,
            *[self.lead] * 3,
            *[self.incident] * 3,
            self.hold_finding,
            self.evidence,
            self.import_incidents,
            self.undo_import,
            self.strength,
            self.population,
            self.new_area,
            self.decide,
            self.withdraw,
            self.condition,
            self.someone_is_refused,
        ]
        act = self.chance.choice(acts)
        self.number += 1
        try:
            act()
        except (ValueError, Denied, ReadinessError) as refusal:
            return f"{act.__name__} (refused: {refusal})"
        return act.__name__


@pytest.mark.parametrize("seed", range(2))
def test_after_every_act_the_kept_board_is_the_board(
    board: Board, today: dt.date, tmp_path: Path, seed: int
) -> None:
    story = Story(board, random.Random(seed), today, tmp_path)
    readers = {label: board[label] for label in READERS}
    readers |= {"inside": story.inside, "operator": STEWARD}
    assert_fresh(board, readers, today, "the start")
    for _ in range(25):
        assert_fresh(board, readers, today, story.tell())


def test_a_board_asked_for_again_reads_the_log_and_little_else(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=40))
    board.evidence()
    read_board(board["commander"], board.mission, today)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        read_board(board["commander"], board.mission, today)
    assert len(asked) <= 2


def test_readers_of_another_class_get_a_board_of_their_own(board: Board, today: dt.date) -> None:
    board.lead("joint", today - dt.timedelta(days=40), marking=Marking.CONFIDENTIAL)
    for label in ("adviser", "commander", "adviser", "donor", "commander"):
        lead = read_board(board[label], board.mission, today).rows
        seen = [row.cells[0].lead for row in lead if row.name == "District 1"]
        assert seen == {"adviser": ["joint"], "commander": [None], "donor": []}[label]
    with pytest.raises(Denied):
        read_board(guest(), board.mission, today)


def test_a_kept_board_still_notes_who_was_shown_protected_evidence(
    board: Board, today: dt.date
) -> None:
    board.lead("joint", today - dt.timedelta(days=40), marking=Marking.CONFIDENTIAL)
    for label in ("adviser", "adviser_2", "planner"):
        before = AuditEntry.objects.filter(action="read").count()
        read_board(board[label], board.mission, today)
        noted = AuditEntry.objects.filter(action="read").order_by("-sequence")
        assert noted.count() > before, label
        assert noted[0].actor_id == str(board[label].account_id)
