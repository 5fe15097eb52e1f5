"""Joint assessments at every stage a trainer wants to show, and the standards they stand under."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from primacy.demo.carana.country import Country
from primacy.demo.carana.evidence import finding_district
from primacy.demo.carana.profiles import Part
from primacy.platform.policy import Marking
from primacy.platform.shipped import shipped
from primacy.rooms.forces.facade import Unit
from primacy.rooms.readiness.actions import (
    add_remark,
    close_condition,
    draft_standard,
    freeze_assessment,
    open_assessment,
    plan_condition,
    propose_decision,
    sign_decision,
    sign_standard,
    take_seat,
    withdraw_assessment,
    withdraw_decision,
)
from primacy.rooms.readiness.facade import Assessment, Decision, read_assessment
from primacy.rooms.readiness.standards import read_standard

SECOND_STANDARD, THIRD_STANDARD = 0.4, 0.7
"""When the larger teams were tried, and when they were given up again (shares of the story)."""

LARGE_TEAM = 3
PARTIES = {
    "mission": ("adviser", "planner", "adviser2"),
    "force": ("commander", "commander2", "commander3"),
    "ministry": ("ministry", "ministry2", "ministry3"),
}
SIGNS_STANDARD = ("planner", "commander", "ministry")

CALM = [(0.25, "joint"), (0.5, "local_supported")]
"""The leads of a cell of a strong district before its next step is assessed."""

BEFORE: dict[str, list[tuple[float, str]]] = {
    "joint": [],
    "local_supported": [(0.35, "joint")],
    "local_overseen": CALM,
    "local": [(0.2, "joint"), (0.38, "local_supported"), (0.6, "local_overseen")],
}
"""The leads a cell had before the step to each lead is assessed there."""


@dataclass(frozen=True)
class Scene:
    """One assessment: where, of what, to which lead, and how far it came."""

    at: int
    function: str
    target: str
    stage: str
    note: str = ""


def scenes(country: Country) -> list[Scene]:
    """The assessments under the standard in force now."""
    strong = country.with_part(Part.STRONG)
    some = country.with_part(Part.CONDITIONS)[0]
    first, second, third = strong[0], strong[1], strong[2]
    further = "local_overseen"
    return [
        Scene(first, "patrol_presence", further, "decided"),
        Scene(first, "community_policing", further, "trial"),
        Scene(first, "access_points", "local", "decided"),
        Scene(second, "key_sites", "local", "seated"),
        Scene(some, "community_policing", "local_supported", "conditions"),
        Scene(second, "public_order", further, "refused",
              "Our crowd control unit has shields for one platoon in three."),
        Scene(second, "patrol_presence", further, "one_short"),
        Scene(second, "community_policing", further, "frozen"),
        Scene(third, "patrol_presence", further, "seated"),
        Scene(third, "key_sites", further, "open"),
        Scene(third, "access_points", further, "one_seat"),
        Scene(third, "rapid_response", further, "withdrawn",
              "The joint team could not reach two of the posts; to be opened again."),
        Scene(third, "public_order", further, "lapsed",
              "The ministry asks for the new commander to be heard first."),
        Scene(some, "patrol_presence", "local_supported", "planned"),
        Scene(finding_district(country), "protection_of_civilians", "joint", "frozen"),
    ]  # fmt: skip


def told_leads(country: Country) -> dict[tuple[int, str], list[tuple[float, str]]]:
    """The leads of cells whose next step is assessed here, so that the step is the next one."""
    told = {(one.at, one.function): list(BEFORE[one.target]) for one in scenes(country)}
    told[(dissent_district(country), DISSENT_FUNCTION)] = [(0.25, "joint")]
    return told


DISSENT_FUNCTION = "investigation_custody"


def dissent_district(country: Country) -> int:
    """Where a decision was made with dissent on the record."""
    return country.with_part(Part.STRONG)[0]


def tell_assessments(country: Country) -> None:
    """Writes standards and assessments into the diary."""
    country.on(country.day(SECOND_STANDARD), partial(_agree, country, LARGE_TEAM,
               "Three seats a party, so that a minority can be heard."))  # fmt: skip
    country.on(country.day(THIRD_STANDARD), partial(_agree, country, 1,
               "Back to one seat a party: nine people could rarely meet."))  # fmt: skip
    day = country.round_near(SECOND_STANDARD + 0.05) + dt.timedelta(days=8)
    country.on(day, partial(_with_dissent, country, day))
    older = country.rounds()[-2] + dt.timedelta(days=8)
    for scene in scenes(country):
        settled = scene.stage in ("decided", "trial", "conditions", "refused", "withdrawn")
        on = older if settled else country.before_end(LATE_DAYS)
        country.on(on, partial(_play, country, scene, on))
    on = country.before_end(LATE_DAYS - 1)
    country.on(on, partial(_assess_unit, country, on))


LATE_DAYS = 5


def _agree(country: Country, seats: int, why: str) -> None:
    """A new version of the standard, drafted and signed by every party."""
    content = replace(read_standard(shipped("standards/default.json")), seats_per_party=seats)
    standard = draft_standard(
        actor=country["planner"], mission=country.mission, content=content, change_note=why
    )
    for person in SIGNS_STANDARD:
        sign_standard(actor=country[person], standard=standard)
    country.standards.append(standard)


def _open(
    country: Country, at: int, function: str, target: str, as_of: dt.date, unit: Unit | None = None
) -> Assessment:
    return open_assessment(
        actor=country["adviser"],
        responsibility=country.functions[function],
        target_lead=target,
        standard=country.standard,
        as_of=as_of,
        area=None if unit else country.districts[at],
        unit=unit,
        marking=Marking.PUBLIC,
    )


def _seat(country: Country, assessment: Assessment, seats: int = 1) -> None:
    for people in PARTIES.values():
        for person in people[:seats]:
            take_seat(actor=country[person], assessment=assessment)


def _sign(
    country: Country, decision: Decision, people: Sequence[str], against: str = "", why: str = ""
) -> None:
    for person in people:
        agrees = person != against
        sign_decision(
            actor=country[person], decision=decision, agrees=agrees, dissent="" if agrees else why
        )


def _with_dissent(country: Country, day: dt.date) -> None:
    """A decision under the larger teams: eight for, one against, and why."""
    at = dissent_district(country)
    assessment = _open(country, at, DISSENT_FUNCTION, "local_supported", day)
    _seat(country, assessment, LARGE_TEAM)
    freeze_assessment(actor=country["adviser"], assessment=assessment)
    decision = propose_decision(
        actor=country["adviser"],
        assessment=assessment,
        effective_on=day + dt.timedelta(days=14),
        reason="Criteria met in two rounds running.",
    )
    people = [person for party in PARTIES.values() for person in party]
    why = "The cells of the district have no separate room for women."
    _sign(country, decision, people, "ministry3", why)


def _play(country: Country, scene: Scene, day: dt.date) -> None:
    """One assessment, as far as its scene goes."""
    assessment = _open(country, scene.at, scene.function, scene.target, day)
    if scene.stage in ("conditions", "planned"):
        _plan_conditions(country, assessment)
    if scene.stage == "one_seat":
        take_seat(actor=country["commander"], assessment=assessment)
    if scene.stage in ("open", "one_seat", "planned"):
        return
    _seat(country, assessment)
    if scene.stage == "seated":
        return
    if scene.stage == "withdrawn":
        withdraw_assessment(actor=country["adviser"], assessment=assessment, reason=scene.note)
        return
    add_remark(actor=country["commander"], assessment=assessment,
               text="The figures agree with our own books.")  # fmt: skip
    freeze_assessment(actor=country["adviser"], assessment=assessment)
    if scene.stage != "frozen":
        _decide(country, scene, assessment, day)


def _decide(country: Country, scene: Scene, assessment: Assessment, day: dt.date) -> None:
    """Proposed, and then signed as far as the scene goes."""
    effective = day + dt.timedelta(days=3)
    decision = propose_decision(
        actor=country["adviser"],
        assessment=assessment,
        effective_on=effective,
        trial_until=country.before_end(-60) if scene.stage == "trial" else None,
        reason=f"Agreed at the joint meeting of {day}.",
    )
    everybody = [people[0] for people in PARTIES.values()]
    if scene.stage == "one_short":
        _sign(country, decision, everybody[:2])
    elif scene.stage == "lapsed":
        _sign(country, decision, everybody[:1])
        withdraw_decision(actor=country["adviser"], decision=decision, reason=scene.note)
    elif scene.stage == "refused":
        _sign(country, decision, everybody, "commander", scene.note)
    else:
        _sign(country, decision, everybody)
    if scene.stage == "conditions":
        _close_one(country, assessment)


def _plan_conditions(country: Country, assessment: Assessment) -> None:
    """An action for each criterion that falls short; due long enough ago to be overdue."""
    reading = read_assessment(country["adviser"], assessment)
    for number, code in enumerate(reading.result.missing_conditions):
        plan_condition(
            actor=country["adviser"],
            assessment=assessment,
            criterion_code=code,
            action=f"Bring '{code.replace('_', ' ').replace('.', ': ')}' up to the standard",
            owner="District commander" if number % 2 == 0 else "Ministry, budget office",
            due_on=assessment.as_of + dt.timedelta(days=30 + 7 * number),
        )


def _close_one(country: Country, assessment: Assessment) -> None:
    """Closes the first condition at the next round; the others become overdue."""
    condition = assessment.conditions.order_by("due_on", "pk").first()
    if condition is None:
        return
    on = country.before_end(LATE_DAYS + 20)
    evidence = "Seen by the team site: books checked and vehicles counted."
    country.on(on, partial(close_condition, actor=country["adviser"], condition=condition,
                           closed_on=on, evidence=evidence))  # fmt: skip


def _assess_unit(country: Country, day: dt.date) -> None:
    """A special unit whose own report and the joint team's visit are far apart."""
    assessment = _open(country, 0, "investigation_custody", "local_supported", day,
                       country.units["cnp-crime"])  # fmt: skip
    _seat(country, assessment)
    add_remark(actor=country["commander"], assessment=assessment,
               text="The branch counts vehicles under repair; the team does not.")  # fmt: skip
    freeze_assessment(actor=country["adviser"], assessment=assessment)
