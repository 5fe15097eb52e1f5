"""Alerts in Carana's last three months: most answered, some accusing, the newest still open.

A watch officer's day begins with what came in overnight: each alert is told the morning after, with
the times of the night before.
"""

import datetime as dt
from dataclasses import dataclass
from functools import partial

import numpy as np

from primacy.demo.carana.country import Country
from primacy.demo.carana.options import ADDRESSES
from primacy.demo.carana.profiles import Part
from primacy.demo.carana.support import answering
from primacy.platform import clock
from primacy.platform.accounts.queries import account_by_email
from primacy.platform.policy import Marking
from primacy.rooms.forces.facade import Unit
from primacy.rooms.warning.facade import (
    Alert,
    Judged,
    NewAlert,
    Sent,
    close,
    enter_alert,
    join,
    mark_alert,
    move_alert,
    name_stand,
    task,
    triage,
)

DAYS = 84
ALERTS = 30
TALE = (
    ("movement", "severe", "expected", "Some twenty armed men crossed the river towards the town."),
    ("attack", "extreme", "immediate", "Shots at the edge of the market; people are running."),
    ("roadblock", "moderate", "expected", "Men stop every bus and take money from passengers."),
    ("intercommunal", "severe", "expected", "Herders and farmers gather on both sides of a well."),
    ("abduction", "severe", "immediate", "A teacher was taken from the school road by four men."),
    ("election", "moderate", "future", "Youths were told to close the polling place on Sunday."),
    ("crsv", "extreme", "immediate", "Women going for firewood were followed by armed men."),
)
"""Threat, severity, urgency and words, in the order in which they come around."""

CHANNELS = ("hotline", "patrol", "radio", "walk_in", "sms", "partner")
STANDS = (("commander", 0), ("commander2", 1))
"""Exercise accounts of the force and the district whose police each stands for."""

CLOCKED = ("response.median_minutes", "response.unaided_share")
"""What the board reads of alerts."""

MINUTES = {"triage": 6, "acknowledge": 8, "task": 14, "depart": 12}


@dataclass(frozen=True)
class Case:
    """One alert of the tale: its place in it, where, when it came in."""

    at: int
    district: int
    received: dt.datetime

    def after(self, minutes: float) -> dt.datetime:
        """A moment after it came in."""
        return self.received + dt.timedelta(minutes=minutes)


def tell_alerts(country: Country) -> None:
    """Writes the alerts into the diary."""
    # A stream of its own: what was told before this chapter stays as it was.
    rng = np.random.default_rng(country.options.seed + 606)
    country.on(country.before_end(DAYS + 1), partial(_place, country))
    weights = np.array(
        [one.violence if _warns(country, at) else 0.0 for at, one in enumerate(country.profiles)]
    )
    days = np.linspace(DAYS, 1, ALERTS - 4).round().astype(int).tolist() + [0] * 4
    for at, before in enumerate(days):
        district = int(rng.choice(len(weights), p=weights / weights.sum()))
        slow = float(rng.uniform(15, 30 if district in answering(country) else 110))
        hours = float(rng.uniform(3, 11)) if before else 0.4 + at % 4 / 2
        country.on(country.before_end(before), partial(_one, country, at, district, hours, slow))


def _warns(country: Country, at: int) -> bool:
    """False where nobody warns: that is what makes a district silent, or leaves it without a clock.

    What is never handed in on paper must not come in by the desk either.
    """
    never = any((at, code) in country.gaps.never for code in CLOCKED)
    return country.profiles[at].part is not Part.SILENT and not never


def _place(country: Country) -> None:
    """For which unit the exercise officers of the force stand."""
    for address, district in STANDS:
        name_stand(
            actor=country["planner"], mission=country.mission,
            account=account_by_email(f"{address}@{ADDRESSES}"),
            unit=country.units[f"cnp-d{district + 1:03d}"],
        )  # fmt: skip


def _one(country: Country, at: int, district: int, hours: float, slow: float) -> None:
    case = Case(at, district, clock.now() - dt.timedelta(hours=hours))
    alert = _entered(country, case)
    open_at = at - (ALERTS - 4)
    if open_at >= 0:
        _left_open(country, alert, case, open_at)
    elif at % 9 == 4:
        _judged(country, alert, case)
        close(
            actor=country["operations"], alert=alert, outcome="unknown", no_action="no_means",
            at=case.after(60), reason="The road is cut and no aircraft flies at night.",
        )  # fmt: skip
    elif at % 9 == 7:
        _told_twice(country, alert, case)
    else:
        _answered(country, alert, case, slow)


def _entered(country: Country, case: Case) -> Alert:
    threat, _severity, urgency, text = TALE[case.at % len(TALE)]
    lon, lat = country.land.points_in(
        np.array([case.district]), np.random.default_rng(country.options.seed + case.at)
    )
    area = country.districts[case.district]
    accused = _accused(country, case)
    if accused:
        threat, text = "misconduct", "Uniformed men beat two traders at a night checkpoint."
    given = NewAlert(
        channel=CHANNELS[case.at % len(CHANNELS)], threat=threat, text=text, urgency=urgency,
        received_at=case.received, area=area, place=country.towns[case.district][0],
        lat=round(float(lat[0]), 4), lon=round(float(lon[0]), 4), where_precision=3,
        target="Residents", alleged="Armed men", reliability="BCBDF"[case.at % 5],
        credibility=(2, 3, 2, 4, 6)[case.at % 5], accused_units=accused,
    )  # fmt: skip
    return enter_alert(actor=country["operations"], mission=country.mission, given=given)


def _accused(country: Country, case: Case) -> list[Unit]:
    """Whom the alert accuses: now and then the police of its own district, once a company."""
    if case.at % 8 == 3:
        return [country.units[f"cnp-d{case.district + 1:03d}"]]
    return [country.units["cnp-rapid"]] if case.at == 6 else []


def _judged(country: Country, alert: Alert, case: Case) -> None:
    _threat, severity, urgency, _text = TALE[case.at % len(TALE)]
    who = country["operations"]
    triage(
        actor=who, alert=alert, at=case.after(MINUTES["triage"]),
        judged=Judged(severity=severity, urgency=urgency, certainty="likely",
                      verification="open"),
    )  # fmt: skip
    move_alert(actor=who, alert=alert, act="acknowledge", at=case.after(14))
    # The host state is told of what accuses nobody: it is often nearer.
    if not alert.accusations.exists():
        mark_alert(actor=who, alert=alert, marking=Marking.INTERNAL, reason="They may be nearer.")


def _answered(country: Country, alert: Alert, case: Case, slow: float) -> None:
    """Sent, reached, closed and told back; the mission goes where the local force may not."""
    who = country["operations"]
    _judged(country, alert, case)
    at = float(sum(MINUTES[step] for step in ("triage", "acknowledge", "task")))
    task(actor=who, alert=alert, sent=_responder(country, alert, case), at=case.after(at))
    move_alert(actor=who, alert=alert, act="depart", at=case.after(at + MINUTES["depart"]))
    move_alert(actor=who, alert=alert, act="arrive", at=case.after(at + slow))
    outcome = ("yes", "no", "prevented", "unknown")[case.at % 4]
    close(actor=who, alert=alert, outcome=outcome, at=case.after(at + slow + 50),
          reason="The group turned back when the patrol stopped at the ford."
          if outcome == "prevented" else "")  # fmt: skip
    if case.at % 5:
        move_alert(actor=who, alert=alert, act="feed_back", at=clock.now(), reason="By telephone.")


def _responder(country: Country, alert: Alert, case: Case) -> Sent:
    """The police of the district where it is able and nobody is accused; else the mission."""
    if alert.accusations.exists():
        return Sent("mission_force", "presence", "Quick reaction section of the sector")
    if case.district in answering(country):
        unit = country.units[f"cnp-d{case.district + 1:03d}"]
        return Sent("host_unit", "patrol", unit.name, unit=unit)
    return Sent("mission_police", "patrol", "Mission Formed Police Unit Alpha",
                unit=country.units["un-fpu-1"])  # fmt: skip


def _told_twice(country: Country, alert: Alert, case: Case) -> None:
    """The same, told by a second caller, and joined to the first."""
    second = enter_alert(
        actor=country["operations"], mission=country.mission,
        given=NewAlert(
            channel="sms", threat=alert.threat, text="Armed people near the same place, many.",
            urgency=alert.urgency, received_at=case.after(9), area=alert.area,
            place=alert.place, lat=alert.lat, lon=alert.lon, where_precision=4,
        ),
    )  # fmt: skip
    _judged(country, alert, case)
    join(actor=country["operations"], alert=second, to=alert, reason="Same place and hour.")
    move_alert(actor=country["operations"], alert=alert, act="monitor", at=clock.now(),
               reason="The team site watches the road.")  # fmt: skip


def _left_open(country: Country, alert: Alert, case: Case, stage: int) -> None:
    """What the watch officer finds in the morning: new, judged, owned, and somebody under way."""
    who = country["operations"]
    if stage == 1:
        triage(actor=who, alert=alert, judged=Judged(severity="severe", certainty="possible"),
               at=case.after(5))  # fmt: skip
    elif stage == 2:
        _judged(country, alert, case)
    elif stage == 3:
        _judged(country, alert, case)
        task(
            actor=who,
            alert=alert,
            at=case.after(25),
            sent=Sent("mission_police", "patrol", "Mission Formed Police Unit Alpha"),
        )
        move_alert(actor=who, alert=alert, act="depart", at=case.after(40))
