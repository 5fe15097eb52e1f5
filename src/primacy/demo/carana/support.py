"""Support to Carana's forces: one case at each stage, from a draft to a suspension.

It is told in the last months of the story. What a reader should meet is there: a refusal on a
finding, conditions with a waiver, more delivered than was approved, something that went around the
gate, an intercession that was not enough, a case that waits too long.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from primacy.demo.carana.country import Country
from primacy.demo.carana.profiles import Part
from primacy.platform import clock
from primacy.rooms.forces.facade import Unit
from primacy.rooms.support.facade import (
    Handed,
    NewOffice,
    NewRecipient,
    RequestTerms,
    Risk,
    SupportCase,
    answer_for,
    assess_risk,
    conditions_of,
    decide,
    deliver,
    determine_scope,
    draft_condition,
    draft_request,
    intercede,
    meet_condition,
    move_case,
    note_command,
    offices_of,
    plan_visit,
    put_framework_in_force,
    put_policy_in_force,
    raise_tasks,
    recipients_of,
    recommend,
    record_finding,
    record_response,
    report_unassessed,
    report_visit,
    suspend_case,
    tell_host,
    waive_condition,
)

OFFICES = (
    ("rights", "Human rights office", "rights"),
    ("police", "Mission police", "adviser"),
    ("centre", "Operations centre", "operations"),
)
"""Code, name, and whose organisation answers."""

SECTIONS = {
    "forces": "Police and gendarmerie under the ministry of the interior; army under defence.",
    "record": "Ill-treatment in custody during the first year; few cases since, most in two towns.",
    "response": "Eleven cases opened by the inspectorate, four came to court.",
    "measures": "Custody registers introduced; a code of conduct signed by all commanders.",
    "influence": "Withholding fuel stopped night patrols for a month; robberies doubled.",
    "monitoring": "Team sites visit each district once a month; access was refused twice.",
    "risks": "Force against crowds at election time; detention outside the stations.",
}
MEASURES = ("Human rights training before any tactical course", "Custody registers open to visits")
ANSWERS = {
    "a": "The districts cannot patrol at night without it.",
    "b": SECTIONS["record"],
    "c": SECTIONS["response"],
    "d": SECTIONS["measures"],
    "e": SECTIONS["influence"],
    "f": SECTIONS["monitoring"],
    "g": "Unlikely after the measures.",
}

RISK = Risk("Force against crowds", 3, 4, MEASURES[0], 1, 3)
LOW_RISK = Risk("Fuel or skills used against residents", 1, 3, "Visits by the team site", 1, 3)


@dataclass(frozen=True)
class Plan:
    """One request as the story tells it."""

    kind: str
    title: str
    units: tuple[str, ...]
    quantity: int
    measure: str
    budget: int
    clause: str
    by: str = "adviser"


FUEL = Plan("fuel", "Diesel for night patrols", ("cnp-d001", "cnp-d002"), 6000, "litres", 9000,
            "in.logistics")  # fmt: skip
COURSE = Plan("training", "Course for district commanders", ("cnp-d003", "cnp-d004"), 24,
              "persons", 18000, "in.training")  # fmt: skip
CROWDS = Plan("equipment", "Shields and helmets", ("cnp-rapid",), 120, "sets", 42000,
              "in.logistics", "planner")  # fmt: skip
JOINT = Plan("joint_operation", "Joint patrols on the market road", ("cnp-d005",), 40, "patrols",
             12000, "in.joint", "planner")  # fmt: skip
LIFT = Plan("transport", "Lift of a company to the north", ("gnd-2",), 6, "flights", 60000,
            "in.logistics", "operations")  # fmt: skip
RADIOS = Plan("equipment", "Radios for stations", ("cnp-d006",), 30, "radios", 27000,
              "in.logistics")  # fmt: skip
RESPONSE = Plan("joint_operation", "Answers to alerts, planned with the mission", (), 90,
                "responses", 5000, "in.joint", "operations")  # fmt: skip
LAW = Plan("training", "Seminar on the law of detention", ("cnp-d002",), 40, "persons", 3000,
           "out.law")  # fmt: skip


def tell_support(country: Country) -> None:
    """Writes the cases into the diary."""
    country.on(country.before_end(150), partial(_procedure, country))
    country.on(country.before_end(120), partial(_delivered, country))
    country.on(country.before_end(100), partial(_refused, country))
    country.on(country.before_end(86), partial(_responding, country))
    country.on(country.before_end(80), partial(_suspended, country))
    country.on(country.before_end(45), partial(_joint, country))
    country.on(country.before_end(30), partial(_outside, country))
    country.on(country.before_end(14), partial(_waiting, country))
    country.on(country.options.last_day, partial(_look, country))


def _procedure(country: Country) -> None:
    offices = [
        NewOffice(code, name, country[person].organisation_id) for code, name, person in OFFICES
    ]
    put_policy_in_force(
        actor=country["rights"], mission=country.mission, offices=offices,
        title="Standing procedure on due diligence",
        source_title="Standing procedure of the mission, year 3",
    )  # fmt: skip
    put_framework_in_force(
        actor=country["rights"], mission=country.mission, sections=SECTIONS, measures=MEASURES,
        title="Framework for Carana", source_title="Country framework of the mission, year 3",
    )  # fmt: skip


def _delivered(country: Country) -> None:
    """Fuel, delivered beyond what was approved; a course, held and completed."""
    fuel = _active(country, FUEL)
    for at, litres in enumerate((2500, 2600, 1400)):
        _hand(country, fuel, at % 2, "Diesel", litres, "litres", f"Hand-over note {at + 1}")
    course = _active(country, COURSE)
    _hand(country, course, 0, "Course of two weeks", 24, "persons", "Course record 1")
    report_unassessed(
        actor=country["operations"], mission=country.mission, kind="transport",
        named="A platoon of the district police", unit=country.units["cnp-d002"],
        handed=_handed("Ride on a mission convoy", 1, "rides", "Convoy log"),
    )  # fmt: skip


def _refused(country: Country) -> None:
    """Equipment for crowd control, refused; the finding that stands against the unit."""
    rapid = country.units["cnp-rapid"]
    record_finding(
        actor=country["rights"], mission=country.mission, unit=rapid, test="pattern",
        basis="Five verified incidents of beatings in custody within a year, no inquiry.",
        source_title="Verified incidents, summary of the human rights office",
    )  # fmt: skip
    case = _screened(country, CROWDS, colour="red")
    decide(
        actor=country["leader"], case=case, ruling="not_approved",
        reasons="A finding stands against the unit.",
        what_would_change="An inquiry into the five incidents, with its result.",
    )  # fmt: skip
    tell_host(
        actor=country["rights"], mission=country.mission, case=case, unit=rapid, kind="refused",
        addressee="Ministry of the interior",
        text="Support to the unit was not approved under the mission's due diligence policy.",
        what_would_change="An inquiry into the incidents raised, with its result.",
    )  # fmt: skip


def _responding(country: Country) -> None:
    """The police of the districts that answer alerts themselves, cleared to be sent."""
    codes = tuple(f"cnp-d{at + 1:03d}" for at in answering(country))
    _active(country, replace(RESPONSE, units=codes))


def answering(country: Country) -> list[int]:
    """The districts whose police answers alerts alone: all but the weak and the silent."""
    weak = (Part.WEAK, Part.SILENT)
    return [at for at, profile in enumerate(country.profiles) if profile.part not in weak]


def _suspended(country: Country) -> None:
    """A lift that ran until violations were raised and the answer was not enough."""
    case = _active(country, LIFT)
    visit = plan_visit(
        actor=country["rights"], case=case, planned_on=clock.today(),
        what="Where the company is, and how it holds people", owner="Human rights office",
    )  # fmt: skip
    report_visit(
        actor=country["rights"], visit=visit, done_on=clock.today(), access="partial",
        seen="Two persons held in a store room, in no register.", signs=["detention"],
    )  # fmt: skip
    move_case(actor=country["rights"], case=case, act="watch", reason="Detention in a store room.")
    raised = intercede(
        actor=country["rights"], case=case, way="letter", addressee="Minister of the interior",
        text="People were held outside the registers of custody.",
        asked="Release or register them, and say who ordered it.",
        response_due=clock.today() + dt.timedelta(days=10),
    )  # fmt: skip
    record_response(
        actor=country["rights"], intercession=raised, enough=False,
        response="The ministry denies it and gives no access.",
    )  # fmt: skip
    suspend_case(
        actor=country["leader"], case=case, reason="Detention outside the registers goes on.",
        told_host="People are held outside the registers of custody.",
    )  # fmt: skip


def _joint(country: Country) -> None:
    """Joint patrols, approved on conditions: one met, one waived, one still to come."""
    case = _screened(country, JOINT, colour="yellow", conditions=True)
    soon = clock.today() + dt.timedelta(days=60)
    decide(
        actor=country["leader"], case=case, ruling="approved_with_conditions", valid_until=soon,
        reasons="The market road needs it; the measures answer the risk.",
    )  # fmt: skip
    first, second, _third = conditions_of(country["rights"], case)
    meet_condition(
        actor=country["rights"], condition=first,
        evidence="Register of custody seen by the team site.",
    )  # fmt: skip
    waive_condition(
        actor=country["leader"], condition=second, authority="Deputy head of mission, section 9",
        reason="The course begins after the first patrols.",
        expires_on=clock.today() + dt.timedelta(days=40),
    )  # fmt: skip


def _outside(country: Country) -> None:
    """A seminar on the law, out of scope: said by two persons."""
    case = _submitted(country, LAW)
    determine_scope(
        actor=country["rights"], case=case, clause=LAW.clause,
        reason="The law of detention is its whole content.",
    )  # fmt: skip
    move_case(actor=country["rights2"], case=case, act="out_of_scope", reason="Programme seen.")


def _waiting(country: Country) -> None:
    """Radios in screening with one office silent; a draft."""
    case = _submitted(country, RADIOS)
    _validated(country, case, RADIOS)
    _answer(country, case, "green", silent="centre")
    draft_request(
        actor=country["planner"], mission=country.mission,
        terms=_terms(Plan("money", "Allowance for night duty", (), 0, "", 0, ""), bare=True),
        recipients=[NewRecipient("authority", named="Ministry of the interior, police pay office")],
    )  # fmt: skip


def _look(country: Country) -> None:
    raise_tasks(actor=country.operator, mission=country.mission)


def _active(country: Country, plan: Plan) -> SupportCase:
    case = _screened(country, plan, colour="green")
    decide(
        actor=country["leader"], case=case, ruling="approved",
        reasons="Needed, and nothing in the answers stands against it.",
    )  # fmt: skip
    return move_case(actor=country["rights"], case=case, act="activate")


def _screened(
    country: Country, plan: Plan, *, colour: str, conditions: bool = False
) -> SupportCase:
    """A case that waits for its decision."""
    case = _submitted(country, plan)
    _validated(country, case, plan)
    _answer(country, case, colour)
    rights = country["rights"]
    move_case(actor=rights, case=case, act="consolidate")
    assess_risk(
        actor=rights, case=case, answers=ANSWERS, real_risk=False,
        risks=[RISK if conditions or colour == "red" else LOW_RISK],
    )  # fmt: skip
    texts = ("Register of custody is kept and seen", "Course on the use of force is held",
             "An adviser rides on every patrol")  # fmt: skip
    for at, text in enumerate(texts if conditions or colour == "red" else ()):
        draft_condition(
            actor=rights, case=case, kind="before" if at < 2 else "during",
            pillar=("accountability", "training", "operations")[at],
            text=text, owner="District police command",
            due_on=clock.today() + dt.timedelta(days=20 + 100 * at),
        )  # fmt: skip
    for one in recipients_of(rights, case):
        recommend(actor=rights, recipient=one, colour=colour, commentary="As the offices answer.",
                  nominated=colour == "red")  # fmt: skip
    return move_case(actor=rights, case=case, act="send")


def _submitted(country: Country, plan: Plan) -> SupportCase:
    actor = country[plan.by]
    units: Sequence[Unit] = [country.units[code] for code in plan.units if code in country.units]
    case = draft_request(
        actor=actor, mission=country.mission, terms=_terms(plan),
        recipients=[NewRecipient("unit", unit=unit) for unit in units],
    )  # fmt: skip
    return move_case(actor=actor, case=case, act="submit")


def _validated(country: Country, case: SupportCase, plan: Plan) -> None:
    rights = country["rights"]
    determine_scope(actor=rights, case=case, clause=plan.clause, reason="It is what is asked for.")
    note_command(actor=rights, case=case)
    move_case(actor=rights, case=case, act="validate")
    move_case(actor=rights, case=case, act="screen")


def _answer(country: Country, case: SupportCase, colour: str, silent: str = "") -> None:
    persons = {code: person for code, _name, person in OFFICES}
    for one in recipients_of(country["rights"], case):
        for office in offices_of(country["rights"], case):
            if office.code == silent:
                continue
            answer_for(
                actor=country[persons[office.code]], recipient=one, office=office, colour=colour,
                reason="Nothing on file." if colour == "green" else "See the verified incidents.",
                searched=f"own files, register and lists, up to {clock.today()}",
            )  # fmt: skip


def _terms(plan: Plan, *, bare: bool = False) -> RequestTerms:
    start = clock.today()
    return RequestTerms(
        title=plan.title,
        kind=plan.kind,
        starts_on=start,
        ends_on=start + dt.timedelta(days=240),
        asked_for_by="Mission police",
        place="as the recipients' districts",
        quantity=None if bare else Decimal(plan.quantity),
        quantity_unit=plan.measure,
        budget=None if bare else Decimal(plan.budget),
        currency="" if bare else "USD",
        budget_line="" if bare else "Police programme",
        objective="Police present at night.",
        absorption="" if bare else "Storemen and drivers are in post.",
        baseline="" if bare else "Two night patrols a week.",
        sustainment="" if bare else "The ministry takes it over in year 3.",
        cost_year_3=None if bare else Decimal(plan.budget) / 2,
        cost_year_5=None if bare else Decimal(plan.budget) / 4,
    )


def _hand(
    country: Country, case: SupportCase, at: int, what: str, quantity: int, measure: str, paper: str
) -> None:
    rows = recipients_of(country["adviser"], case)
    deliver(
        actor=country["adviser"], recipient=rows[at % len(rows)],
        handed=_handed(what, quantity, measure, paper),
    )  # fmt: skip


def _handed(what: str, quantity: int, measure: str, paper: str) -> Handed:
    return Handed(
        what=what, quantity=Decimal(quantity), quantity_unit=measure, happens_on=clock.today(),
        source_title=paper, place="Store of the region", paper=paper,
    )  # fmt: skip
