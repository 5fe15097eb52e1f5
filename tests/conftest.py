"""Shared fixtures: missions with areas and a standard, people of every party, evidence."""

import datetime as dt
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone, translation
from pytest_django import DjangoDbBlocker

from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
from primacy.platform.accounts.models import Account
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Marking, Viewer, operator
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.places.actions import add_area
from primacy.rooms.places.facade import Area, Mission, create_mission
from primacy.rooms.readiness.actions import (
    adopt_sourced_standard,
    define_responsibilities,
    freeze_assessment,
    observe,
    open_assessment,
    propose_decision,
    record_lead,
    sign_decision,
    take_seat,
)
from primacy.rooms.readiness.facade import (
    DEFAULT_RESPONSIBILITIES,
    Assessment,
    Decision,
    LeadEntry,
    Observation,
    Responsibility,
    Standard,
)
from primacy.rooms.readiness.rules import RIGHT_FOR
from primacy.rooms.readiness.standards import read_standard
from tests import empty_site

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PRIMACY_SHARED_DATA") or ROOT.parent / "shared" / "data")
STANDARD_FILE = ROOT / "data" / "standards" / "default.json"
STEWARD = operator("test")


def pytest_configure(config: pytest.Config) -> None:
    """Names the folder in which all processes of the run share one migrated database."""
    if empty_site.FOLDER not in os.environ:
        os.environ[empty_site.FOLDER] = tempfile.mkdtemp(prefix="primacy-empty-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(empty_site.FOLDER)))
    if connection.vendor == "sqlite":
        # The tables come from the migrated file, with triggers: see `django_db_setup`.
        connection.settings_dict["TEST"]["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The test database as the migrations make it; on SQLite copied from one migrated file."""
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(empty_site.migrated())) as base:
            connection.ensure_connection()
            base.backup(connection.connection)


FINDING_GATE = {
    "code": "accountability.no_grave_finding",
    "dimension": "accountability",
    "indicator": "accountability.no_grave_finding",
    "label": "No standing finding",
    "comparison": "equals",
    "threshold": 1,
    "gate": True,
    "methods": ["records", "field"],
    "unit": "yes_no",
}
"""The one criterion that no draft of a standard may leave out."""

PEOPLE = {
    # label: (role, organisation, party)
    "adviser": ("adviser", "UN Police", "mission"),
    "adviser_2": ("adviser", "UN Police", "mission"),
    "planner": ("planner", "Mission planning", "mission"),
    "human_rights": ("human_rights", "Human rights component", "mission"),
    "operations": ("operations", "Operations centre", "mission"),
    "commander": ("commander", "National police", "force"),
    "commander_2": ("commander", "National police", "force"),
    "official": ("ministry", "Ministry of the interior", "ministry"),
    "official_2": ("ministry", "Ministry of the interior", "ministry"),
    "overseer": ("oversight", "Inspectorate", "oversight"),
    "donor": ("partner", "Donor", "partner"),
    "administrator": ("administrator", "System administration", ""),
}


@dataclass
class Board:
    """A mission with what a test needs to walk through a handover."""

    mission: Mission
    functions: dict[str, Responsibility]
    areas: list[Area]
    standard: Standard
    people: dict[str, Viewer]
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getitem__(self, label: str) -> Viewer:
        return self.people[label]

    @property
    def area(self) -> Area:
        """The first area."""
        return self.areas[0]

    @property
    def patrols(self) -> Responsibility:
        """The first responsibility."""
        return next(iter(self.functions.values()))

    def lead(self, lead: str, since: dt.date, **more: object) -> LeadEntry:
        """A ledger entry for patrols in the first area, unless said otherwise."""
        source = ensure_source(actor=STEWARD, mission_id=self.mission.pk, title="Handover order")
        given: dict[str, object] = {
            "actor": self["planner"],
            "responsibility": self.patrols,
            "lead": lead,
            "from_earliest": since,
            "source": source,
        }
        if "unit" not in more:
            given["area"] = self.area
        return record_lead(**{**given, **more})

    def see(self, indicator: str, value: float | None = None, **more: object) -> Observation:
        """A field value for the first area, entered by the adviser five days ago."""
        given: dict[str, object] = {
            # Only the human rights component says whether a finding stands.
            "actor": self["human_rights" if indicator in RIGHT_FOR else "adviser"],
            "mission": self.mission,
            "area": self.area,
            "indicator": indicator,
            "method": "field",
            "observed_on": timezone.localdate() - dt.timedelta(days=5),
            "source_title": "Joint field visit",
            "value": value,
        }
        return observe(**{**given, **more})

    def evidence(self, changed: Mapping[str, Mapping[str, object] | None] | None = None) -> None:
        """Evidence that meets every criterion, by team and force; None leaves one out."""
        changed = changed or {}
        for row in self.standard.criteria.all():
            if changed.get(row.code, {}) is None:
                continue
            method = next(m for m in ("field", "survey", "records") if m in row.methods)
            values = {
                **passing(row.unit, row.comparison, row.threshold),
                **changed.get(row.code, {}),
            }
            self.see(row.indicator, **{"method": method, **values})
            if "self" in row.methods:
                self.see(
                    row.indicator,
                    actor=self["commander"],
                    method="self",
                    source_title="Self-assessment",
                    **values,
                )

    def open(self, target: str = "local_supported", **more: object) -> Assessment:
        """An open assessment of patrols in the first area."""
        given: dict[str, object] = {
            "actor": self["adviser"],
            "responsibility": self.patrols,
            "area": self.area,
            "target_lead": target,
            "standard": self.standard,
            "as_of": timezone.localdate(),
        }
        return open_assessment(**{**given, **more})

    def seat(self, assessment: Assessment, *labels: str) -> None:
        """Takes the seats of these people; of one person a party where none is named."""
        for label in labels or ("adviser", "commander", "official"):
            take_seat(actor=self[label], assessment=assessment)

    def frozen(self, target: str = "local_supported", **more: object) -> Assessment:
        """An assessment with seats of three parties, frozen."""
        assessment = self.open(target, **more)
        self.seat(assessment)
        freeze_assessment(actor=self["adviser"], assessment=assessment)
        return assessment

    def proposed(self, target: str = "local_supported", **more: object) -> Decision:
        """A proposal that takes effect today, on a frozen assessment."""
        assessment = self.frozen(target)
        given: dict[str, object] = {
            "actor": self["adviser"],
            "assessment": assessment,
            "effective_on": timezone.localdate(),
        }
        return propose_decision(**{**given, **more})

    def sign(self, decision: Decision, *labels: str) -> Decision:
        """The decision after these people agreed to it."""
        for label in labels or ("adviser", "commander", "official"):
            sign_decision(actor=self[label], decision=decision, agrees=True)
        decision.refresh_from_db()
        return decision


def passing(unit: str, comparison: str, threshold: float) -> dict[str, object]:
    """Values that meet a criterion with room to spare."""
    if unit == "share":
        return {"numerator": 950.0, "denominator": 1000.0}
    if comparison == "equals":
        return {"value": threshold}
    return {"value": threshold / 2 if comparison == "at_most" else threshold * 2}


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test begins in English, whatever language the request before it asked for."""
    translation.activate("en")


@pytest.fixture
def today() -> dt.date:
    """Today, as the actions see it."""
    return timezone.localdate()


@pytest.fixture
def steward() -> Viewer:
    """The operator at the command line."""
    return STEWARD


@pytest.fixture
def make_account(db: None) -> Callable[..., Account]:
    """Makes an account with one role, for one mission or (None) for all."""

    def make(label: str, mission: Mission | None = None, role: str = "") -> Account:
        known, organisation, party = PEOPLE[label.split(".")[0]]
        account = create_account(
            actor=STEWARD,
            email=f"{label}@{mission.code if mission else 'everywhere'}.example.org",
            name=label.replace("_", " "),
            organisation=ensure_organisation(actor=STEWARD, name=organisation, party=party),
        )
        # The server has one administrator for all missions; it reads none of them.
        scope = mission.pk if mission and known != "administrator" else None
        grant_role(actor=STEWARD, account=account, role=role or known, mission_id=scope)
        return account

    return make


@pytest.fixture
def make_board(db: None, make_account: Callable[..., Account]) -> Callable[..., Board]:
    """Makes a mission with ten responsibilities, three areas, the default standard, people."""

    def make(
        code: str = "exercise",
        *,
        seats: int = 1,
        open_to_guests: bool = False,
        marking: Marking = Marking.INTERNAL,
    ) -> Board:
        mission = create_mission(
            actor=STEWARD,
            code=code,
            name=f"Mission {code}",
            short_name=code.upper(),
            country="Carana",
            open_to_guests=open_to_guests,
        )
        rows = define_responsibilities(
            actor=STEWARD, mission=mission, entries=DEFAULT_RESPONSIBILITIES
        )
        country = add_area(
            actor=STEWARD, mission=mission, code="c", name="Carana", level=0, marking=marking
        )
        areas = [
            add_area(
                actor=STEWARD,
                mission=mission,
                code=f"a{number}",
                name=f"District {number}",
                level=1,
                parent=country,
                marking=marking,
            )
            for number in range(1, 4)
        ]
        content = replace(read_standard(STANDARD_FILE), seats_per_party=seats)
        standard = adopt_sourced_standard(
            actor=STEWARD,
            mission=mission,
            content=content,
            in_force_from=timezone.localdate() - dt.timedelta(days=365),
        )
        accounts = {label: make_account(label, mission) for label in PEOPLE}
        return Board(
            mission=mission,
            functions={row.code: row for row in rows},
            areas=areas,
            standard=standard,
            people={label: viewer_of(account) for label, account in accounts.items()},
            accounts=accounts,
        )

    return make


@pytest.fixture
def board(make_board: Callable[..., Board]) -> Board:
    """A mission ready for a test."""
    return make_board()


@pytest.fixture
def shared_data() -> Path:
    """The folder of real data sets; skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("no shared data: set PRIMACY_SHARED_DATA to the folder of real data sets")
    return SHARED
