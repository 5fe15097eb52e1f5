"""A site with one record of each kind, and a twin of each hidden in a foreign compartment."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import CharField, Model, TextField

from primacy.platform.accounts.actions import create_compartment, ensure_organisation
from primacy.platform.accounts.models import Compartment
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.models import Claim
from primacy.platform.claims.rules import Dates
from primacy.platform.imports.actions import open_batch
from primacy.platform.jobs.actions import ask_for_work
from primacy.platform.policy import Marking
from primacy.platform.records import ProtectedRecord
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.cases.actions import FactContent, add_facts
from primacy.rooms.census.actions import (
    add_number_range,
    open_objection_window,
    open_round,
    receive_objection,
    start_cohort,
)
from primacy.rooms.census.models import Question
from primacy.rooms.exchange.facade import load_sheets, preview_sheets
from primacy.rooms.forces.actions import (
    Terms,
    add_strength,
    add_unit,
    claim_classification,
    claim_relation,
    record_lineage,
)
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.actions import claim_responsibility, enter_incident
from primacy.rooms.incidents.facade import IncidentType
from primacy.rooms.persons.actions import (
    NewPerson,
    NewPosting,
    add_people,
    judge_pair,
    keep_term,
    put_pairs,
)
from primacy.rooms.persons.models import Merge, Pair, PostingClaim
from primacy.rooms.places.actions import add_site
from primacy.rooms.readiness.actions import draft_standard, plan_condition
from primacy.rooms.readiness.facade import checked
from primacy.rooms.screening.facade import (
    AskedKind,
    Publisher,
    load_list,
    preview_roster,
    read_list,
    read_typed,
    screen_lines,
)
from primacy.rooms.screening.models import RescreenTask
from primacy.rooms.training.facade import load_training, preview_training
from primacy.rooms.training.models import RecipientName
from tests.conftest import FINDING_GATE, STEWARD, Board
from tests.permissions.support import furnish_support
from tests.permissions.warning import furnish_warning
from tests.rooms.screening.lists import entity, individual, un_xml

HIDDEN = "HIDDENTWIN"
"""What stands in every word of a planted record; no answer may hold it."""

WORDS = frozenset(
    {"name", "code", "note", "statement", "reference", "place", "headline", "side_a",
     "reason", "title", "definition", "origin_id", "pseudonym", "classification", "base",
     "written", "key", "course", "program", "receipt", "grounds", "public_note", "internal_note",
     "start_context", "end_context", "point", "number", "role", "rank", "words", "told_host",
     "basis", "text", "what", "named", "addressee", "what_would_change", "target", "alleged"}
)  # fmt: skip


def furnish(board: Board, today: dt.date) -> dict[str, str]:
    """Fills the mission with one record of each kind; values for every address."""
    mission = board.mission
    board.lead("joint", today - dt.timedelta(days=60))
    board.evidence()
    open_one = board.open()
    plan_condition(
        actor=board["adviser"],
        assessment=open_one,
        criterion_code="logistics.fuel_days",
        action="Deliver fuel",
        owner="Logistics",
        due_on=today + dt.timedelta(days=30),
    )
    decision = board.proposed()
    source = ensure_source(actor=STEWARD, mission_id=mission.pk, title="A register")
    unit = add_unit(
        actor=board["planner"],
        mission=mission,
        code="u1",
        name="First station",
        force="National police",
        side="local",
        source=source,
        areas=[board.area],
    )
    add_strength(
        actor=board["planner"],
        unit=unit,
        kind="present",
        value=120,
        women=14,
        date_from=today - dt.timedelta(days=20),
        date_to=today - dt.timedelta(days=20),
        source=source,
    )
    claim = _claim_about(unit, board, today)
    add_site(
        actor=board["planner"],
        mission=mission,
        code="s1",
        name="Harbour post",
        kind="station",
        lat=1.0,
        lon=1.0,
        source=source,
        area=board.area,
    )
    incident = enter_incident(
        actor=board["planner"],
        mission=mission,
        type=IncidentType.ONE_SIDED,
        date_start=today - dt.timedelta(days=3),
        source="Patrol report",
        area=board.area,
        lat=1.0,
        lon=1.0,
        place="Market",
    )
    said = claim_responsibility(
        actor=board["human_rights"], incident=incident, unit=unit, part="present",
        terms=Terms(cites=[Cite(source)]),
    )  # fmt: skip
    content = FactContent(
        reference="ex-001",
        date_from=today - dt.timedelta(days=9),
        date_to=today - dt.timedelta(days=9),
        date_text="last week",
        theme="security",
        place="Market",
        statement="A fact.",
        grade="read",
        source=source,
    )
    add_facts(actor=board["planner"], mission=mission, facts=[content], marking=Marking.INTERNAL)
    load_reports(board)
    load_a_sheet(board, unit)
    batch = open_batch(
        actor=board["planner"], mission_id=mission.pk, kind="ucdp", origin="events.csv"
    )
    job = ask_for_work(
        actor=board["planner"],
        kind="imports.undo",
        title="A job",
        mission_id=mission.pk,
        arguments={"mission": str(mission.pk), "batch": str(batch.pk)},
    )
    draft = draft_standard(
        actor=board["planner"],
        mission=mission,
        content=checked(
            {"name": "Draft", "confidence": 0.8, "criteria": [FINDING_GATE],
             "parties": list(board.standard.parties)}
        ),
        change_note="only the gate",
    )  # fmt: skip
    census = furnish_census(board, today)
    return {
        **census,
        **furnish_persons(board, unit, today),
        **furnish_screening(board),
        **furnish_support(board, unit, today),
        **furnish_warning(board, unit),
        "mission": mission.code,
        "area": board.area.code,
        "unit": unit.code,
        "claim": claim,
        "assessment": str(open_one.pk),
        "decision": str(decision.pk),
        "condition": str(open_one.conditions.get().pk),
        "standard": str(draft.pk),
        "incident": str(incident.pk),
        "responsibility": str(said.claim),
        "import": str(batch.pk),
        "job": str(job.pk),
        "fact": "ex-001",
        "recipient": str(RecipientName.objects.get(mission=mission).pk),
        "account": str(board.accounts["donor"].pk),
        "grant": str(board.accounts["donor"].grants.get().pk),
    }


def load_a_sheet(board: Board, unit: Unit) -> None:
    """Another name of a unit, from a sheet with its source."""
    with tempfile.TemporaryDirectory() as folder:
        sources, names = Path(folder) / "sources.csv", Path(folder) / "units.csv"
        sources.write_text(
            "source:access_point_id:admin,source:title\ns-1,Order of battle\n", encoding="utf-8"
        )
        names.write_text(
            "unit:id:admin,unit:other_names,unit:other_names:source\n"
            f"{unit.code},Another name,s-1\n",
            encoding="utf-8",
        )
        seen = preview_sheets(actor=board["planner"], mission=board.mission, paths=[sources, names])
        load_sheets(actor=board["planner"], batch_or_preview=seen)


def load_reports(board: Board) -> None:
    """One training under one name, loaded as anybody would."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.csv"
        path.write_text(
            "fiscal_year,country,recipient_unit,quantity,course_title\n"
            "2010-2011,Carana,First station,4,Patrolling\n",
            encoding="utf-8",
        )
        seen = preview_training(
            actor=board["planner"], mission=board.mission, path=path, marking=Marking.INTERNAL
        )
        load_training(actor=board["planner"], batch_or_preview=seen)


def furnish_persons(board: Board, unit: Unit, today: dt.date) -> dict[str, str]:
    """A person with a claim of each kind, a namesake merged with them, and a rank."""
    officer, mission = board["human_rights"], board.mission
    new = NewPerson(
        "Oran Tel Davem",
        unit.source,
        born=(today.replace(year=1975), today.replace(year=1975)),
        numbers=[("service number", "77123")],
        postings=[NewPosting(unit, Dates(today, today, starting=True), role="station commander")],
        left=("retired", today, today),
        marking=Marking.INTERNAL,
    )
    twin = NewPerson("O. T. Davem", unit.source, numbers=[("service number", "77123")],
                     marking=Marking.INTERNAL)  # fmt: skip
    one, two = add_people(actor=officer, mission=mission, people=[new, twin])
    put_pairs(actor=officer, mission=mission, pairs=[(one, two, 0.9)])
    pair = Pair.objects.get(mission=mission)
    judge_pair(actor=officer, pair=pair, opinion="same", ground="number", reference="77123",
               reasons="The same service number.")  # fmt: skip
    term = keep_term(actor=officer, mission=mission, kind="role", words="Keeper",
                     source_title="Police act", commands="yes")  # fmt: skip
    return {
        "register-person": one.code,
        "pair": str(pair.pk),
        "merge": str(Merge.objects.get(mission=mission).pk),
        "term": str(term.pk),
        "person-claim": str(PostingClaim.objects.get(person=one).claim),
    }


def furnish_census(board: Board, today: dt.date) -> dict[str, str]:
    """A round, a question on it, and a class of recruits with an objection."""
    planner, mission = board["planner"], board.mission
    round = open_round(
        actor=planner,
        mission=mission,
        name="Census",
        opened_on=today,
        census_day=today,
        source_title="Order",
    )
    add_number_range(actor=planner, mission=mission, first=1, last=9, source_title="Order")
    question = Question.objects.create(
        mission=mission,
        round=round,
        rule="paid_dead",
        key="one",
        office="pay",
        severity="soon",
        reasons=["dead since 1 May 2026 by the record"],
        peers={"who": "persons", "size": 9, "alike": 1},
        due_on=today,
        marking=Marking.CONFIDENTIAL,
    )
    cohort = start_cohort(
        actor=planner,
        mission=mission,
        name="Class 14",
        force="National police",
        advertised_on=today,
        source_title="Order",
    )
    window = open_objection_window(
        actor=planner,
        cohort=cohort,
        opens_on=today - dt.timedelta(days=20),
        closes_on=today + dt.timedelta(days=20),
        channel="Any police post",
    )
    receive_objection(actor=planner, window=window, about="17", grounds="Seen.", received_on=today)
    return {"round": str(round.pk), "question": str(question.pk), "cohort": cohort.code}


def furnish_screening(board: Board) -> dict[str, str]:
    """A list, a screening with a possible match, a task of a newer list, a sheet that waits."""
    actor, mission = board["human_rights"], board.mission
    person = individual("XXi.001", "Oran Tel Davem")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        for day, records in (("2020-01-01", [person]), ("2021-01-01", [entity("XXe.1", "Front")])):
            (path / "un.xml").write_text(un_xml(f"{day}T09:00:00Z", *records), encoding="utf-8")
            read = read_list(Publisher.UN, path / "un.xml")
            listed = load_list(actor=actor, mission=mission, read=read)
            if day.startswith("2020"):
                made = screen_lines(
                    actor=actor,
                    mission=mission,
                    title="Course",
                    asked=read_typed("Oran Tel Davem", AskedKind.PERSON),
                    lists=[listed],
                    register=True,
                )
        (path / "roster.csv").write_text("Last name,Rank\nDavem,Inspector\n", encoding="utf-8")
        roster = preview_roster(actor=actor, mission=mission, path=path / "roster.csv")
    task = RescreenTask.objects.get(line__screening=made)
    return {
        "list": str(listed.pk),
        "screening": str(made.pk),
        "match": str(task.match_id),
        "task": str(task.pk),
        "roster": str(roster.pk),
    }


def _claim_about(unit: Unit, board: Board, today: dt.date) -> str:
    """One claim of each kind about a unit; the id of the one that pages are asked for."""
    above = add_unit(
        actor=board["planner"], mission=board.mission, code="u2", name="District police",
        force=unit.force, side="local", source=unit.source,
    )  # fmt: skip
    dates = Dates(today, today, starting=True)
    terms = Terms(dates, [Cite(unit.source, "page", "3")], public_note="Seen.")
    claim_classification(actor=board["planner"], unit=unit, classification="police", terms=terms)
    record_lineage(actor=board["planner"], kind="attached", froms=[unit], tos=[above], terms=terms)
    made = claim_relation(actor=board["planner"], unit=unit, superior=above, terms=terms)
    return str(made.claim)


def plant_twins(board: Board) -> list[str]:
    """The kinds of record that got a twin in a compartment nobody of the board belongs to."""
    owner = ensure_organisation(actor=STEWARD, name="Child protection", party="mission")
    compartment = foreign_compartment(owner)
    planted = []
    for model in protected_models():
        row = _one(model, board)
        if row is None:
            continue
        for field in model._meta.concrete_fields:
            if field.name in WORDS and isinstance(field, CharField | TextField):
                setattr(row, field.attname, HIDDEN[: field.max_length or len(HIDDEN)])
        row.pk = type(row)._meta.pk.get_default()
        if isinstance(row, Claim):
            # Versions of one claim never differ in their compartment.
            row.claim = row.pk
        row.compartment = compartment  # type: ignore[attr-defined]
        row._state.adding = True
        row.save(force_insert=True)
        planted.append(model._meta.label_lower)
    return planted


def foreign_compartment(owner: object) -> Compartment:
    """A compartment of another organisation, without members."""
    return create_compartment(actor=STEWARD, code="child", name="Children", owner=owner)  # type: ignore[arg-type]


def protected_models() -> Iterator[type[Model]]:
    """Every kind of record that can stand in a compartment."""
    for model in apps.get_models():
        if issubclass(model, ProtectedRecord):
            yield model


def _one(model: type[Model], board: Board) -> Model | None:
    rows = model._default_manager.all()
    names = {field.name for field in model._meta.get_fields()}
    if "mission" in names or "mission_id" in {f.attname for f in model._meta.concrete_fields}:
        rows = rows.filter(mission_id=board.mission.pk)
    return rows.first()
