"""A desk of alerts: forces of the host state, and accounts that stand for their units."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from primacy.platform import clock
from primacy.platform.accounts.actions import create_account, ensure_organisation, grant_role
from primacy.platform.accounts.queries import viewer_of
from primacy.platform.policy import Marking, Viewer
from primacy.rooms.forces.facade import Unit
from primacy.rooms.places.facade import Mission
from primacy.rooms.warning.actions import (
    Judged,
    NewAlert,
    Sent,
    close,
    enter_alert,
    move_alert,
    name_stand,
    task,
    triage,
)
from primacy.rooms.warning.models import Alert
from tests.conftest import STEWARD, Board
from tests.rooms.support.conftest import Desk, make_desk

STANDS = {"of_battalion": "b1-1", "of_brigade": "b1", "of_other": "b2", "of_nobody": ""}
"""Accounts of the force, by the unit each stands for."""


@dataclass
class Watch:
    """People and units around an alert desk."""

    desk: Desk
    people: dict[str, Viewer]

    def __getitem__(self, label: str) -> Viewer:
        return self.people[label]

    @property
    def mission(self) -> Mission:
        """The mission."""
        return self.desk.mission

    @property
    def units(self) -> dict[str, Unit]:
        """The units of the desk, by code."""
        return {one.code: one for one in (self.desk.brigade, self.desk.battalion, self.desk.other)}

    def enter(self, by: str = "operations", source: Any = None, **more: Any) -> Alert:
        """An alert of armed men, marked so that the host state reads it unless it is kept."""
        given: dict[str, Any] = {
            "channel": "hotline", "threat": "movement", "text": "Armed men seen at the ford.",
            "urgency": "expected", "place": "The ford", "marking": Marking.INTERNAL,
        }  # fmt: skip
        return enter_alert(actor=self[by], mission=self.mission, given=NewAlert(**given | more),
                           source=source)  # fmt: skip

    def to(self, state: str, alert: Alert | None = None) -> Alert:
        """An alert brought to a state by the shortest way."""
        alert = alert or self.enter()
        way = ["triage", "acknowledge", "task", "depart", "arrive", "close", "feed_back"]
        states = ["triaged", "acknowledged", "tasked", "departed", "on_site", "closed", "fed_back"]
        for act in way[: states.index(state) + 1] if state in states else []:
            alert = self.step(alert, act)
        return alert

    def step(self, alert: Alert, act: str, **more: Any) -> Alert:
        """The alert after one step."""
        who = self["operations"]
        if act == "triage":
            return triage(actor=who, alert=alert, judged=Judged(severity="severe"), **more)
        if act == "task":
            task(actor=who, alert=alert, sent=patrol(), **more)
            alert.refresh_from_db()
            return alert
        if act == "close":
            return close(actor=who, alert=alert, **{"outcome": "unknown", **more})
        return move_alert(actor=who, alert=alert, act=act, **more)


def patrol(**more: Any) -> Sent:
    """A patrol of the mission's force."""
    return Sent(**{"responder": "mission_force", "kind": "patrol", "named": "Company B", **more})


def ago(minutes: float) -> dt.datetime:
    """A moment that many minutes back."""
    return clock.now() - dt.timedelta(minutes=minutes)


def make_watch(board: Board) -> Watch:
    """A watch on a board."""
    desk = make_desk(board)
    people = dict(desk.people)
    units = {one.code: one for one in (desk.brigade, desk.battalion, desk.other)}
    for label, unit in STANDS.items():
        account = create_account(
            actor=STEWARD, email=f"{label}@{desk.mission.code}.example.org", name=label,
            organisation=ensure_organisation(actor=STEWARD, name="National police", party="force"),
        )  # fmt: skip
        grant_role(actor=STEWARD, account=account, role="commander", mission_id=desk.mission.pk)
        if unit:
            name_stand(actor=people["operations"], mission=desk.mission, account=account,
                       unit=units[unit])  # fmt: skip
        people[label] = viewer_of(account)
        desk.accounts[label] = account
    second = create_account(
        actor=STEWARD, email=f"operations_2@{desk.mission.code}.example.org", name="operations 2",
        organisation=ensure_organisation(actor=STEWARD, name="Operations centre", party="mission"),
    )  # fmt: skip
    grant_role(actor=STEWARD, account=second, role="operations", mission_id=desk.mission.pk)
    people["operations_2"], desk.accounts["operations_2"] = viewer_of(second), second
    return Watch(desk, people)


@pytest.fixture
def watch(board: Board) -> Watch:
    """A watch ready for a test."""
    return make_watch(board)
