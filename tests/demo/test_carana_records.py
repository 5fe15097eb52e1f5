"""What the records of Carana hold: every stage, every mark, nothing past the rules."""

import ast
import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from typer.testing import CliRunner

from primacy.demo.carana.build import Built
from primacy.demo.carana.injects import (
    NoSuchInject,
    enter_inject,
    exercise_week,
    injects_of,
)
from primacy.demo.carana.options import ADDRESSES
from primacy.demo.exercise import exercise_links
from primacy.faces.cli.commands import application
from primacy.kernels.readiness import Lead
from primacy.platform.accounts.models import Account, Compartment, RoleGrant
from primacy.platform.audit.models import AuditEntry
from primacy.platform.audit.queries import verify
from primacy.platform.indicators import Subject, indicators
from primacy.platform.policy import guest, operator
from primacy.rooms.forces.facade import strengths, units
from primacy.rooms.incidents.facade import Incident, IncidentType, incidents
from primacy.rooms.places.facade import areas, boundaries_at, create_mission, sites
from primacy.rooms.readiness.evidence import collect
from primacy.rooms.readiness.facade import (
    LeadEntry,
    Observation,
    assessments,
    decisions,
    observations,
    open_conditions,
    read_board,
    standards,
)
from tests.demo.conftest import SMALL

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("carana")]
ME = operator("tester")
SOURCE = Path(__file__).resolve().parents[2] / "src" / "primacy" / "demo"
CATALOGUE = {code for code in indicators() if not code.startswith("incidents.")}
BY_REGISTER = {"presence.officers_share", "certification.certified_present_share"}


def test_sizes_are_those_asked_for(carana: Built) -> None:
    mission = carana.mission
    assert mission.exercise
    assert mission.open_to_guests
    assert areas(ME, mission, level=2).count() == SMALL.districts
    assert Incident.objects.filter(mission=mission, origin="carana_log").count() == 200
    whole = strengths(ME, mission).filter(unit__code="cnp", kind="required").first()
    assert whole is not None
    assert whole.value == SMALL.police
    assert units(ME, mission).filter(side="mission").exists()
    assert sites(ME, mission).filter(kind="station").exists()


def test_history_is_recorded_on_its_own_days(carana: Built) -> None:
    days = [row.at[:10] for row in AuditEntry.objects.order_by("sequence")]
    assert days == sorted(days)
    assert days[0] == SMALL.starts_on.isoformat()
    assert days[-1] < SMALL.until.isoformat()
    assert len(set(days)) > 30
    assert verify(ME).intact


def test_every_stage_of_an_assessment_is_there(carana: Built) -> None:
    rows = list(assessments(ME, carana.mission))
    assert {row.state for row in rows} == {"open", "frozen", "decided", "withdrawn"}
    assert {row.result for row in rows} >= {"ready", "ready_with_conditions", "not_ready"}
    open_seats = {row.seats.count() for row in rows if row.state == "open"}
    assert open_seats >= {0, 1, 3}
    made = list(decisions(ME, carana.mission))
    assert {row.state for row in made} == {"proposed", "in_force", "refused", "lapsed"}
    assert {row.kind for row in made} == {"forward", "step_back"}
    waiting = [row for row in made if row.state == "proposed"]
    assert [row.signatures.count() for row in waiting] == [2]
    in_force = [row for row in made if row.state == "in_force"]
    assert any(row.signatures.exclude(dissent="").exists() for row in in_force)
    assert any(row.trial_until for row in in_force)
    overdue = open_conditions(ME, carana.mission).filter(due_on__lt=SMALL.until)
    assert overdue.exists()
    assert {one.version for one in standards(ME, carana.mission)} == {1, 2, 3}


def test_the_board_has_every_mark_and_a_step_back(carana: Built) -> None:
    board = read_board(guest(), carana.mission, SMALL.until - dt.timedelta(days=1))
    cells = [cell for row in board.rows for cell in row.cells]
    # Where the local force leads alone there is no further step to be ready for.
    alone = {cell.lead is Lead.LOCAL for cell in cells if cell.readiness is None}
    assert alone == {True}
    marks = Counter(str(cell.readiness) for cell in cells if cell.readiness is not None)
    assert set(marks) == {"ready", "ready_with_conditions", "not_ready", "unknown"}
    assert len(board.rows) == SMALL.districts
    assert {str(cell.lead) for cell in cells} == {str(lead) for lead in Lead}


def test_the_local_force_leads_alone_where_every_party_signed(carana: Built) -> None:
    alone = LeadEntry.objects.filter(lead="local", decision_id__isnull=False)
    assert alone.count() == 1
    decision = decisions(ME, carana.mission).get(pk=alone.get().decision_id)
    assert decision.state == "in_force"
    assert set(decision.signatures.values_list("party", flat=True)) == {
        "mission", "force", "ministry",
    }  # fmt: skip
    assert not decision.signatures.filter(agrees=False).exists()


def test_every_indicator_is_observed_and_some_districts_are_silent(carana: Built) -> None:
    seen = set(observations(ME, carana.mission).values_list("indicator", flat=True))
    assert seen | BY_REGISTER >= CATALOGUE
    newest = [
        max(area.observations.values_list("observed_on", flat=True))
        for area in areas(ME, carana.mission, level=2)
    ]
    assert min(newest) < SMALL.until - dt.timedelta(days=120)
    assert max(newest) > SMALL.until - dt.timedelta(days=30)
    survey = observations(ME, carana.mission).filter(method="survey").first()
    assert survey is not None
    assert survey.sample
    assert survey.denominator


def test_every_criterion_has_evidence_that_is_fresh_old_missing_and_of_its_methods(
    carana: Built,
) -> None:
    mission, day = carana.mission, SMALL.until - dt.timedelta(days=1)
    standard = standards(ME, mission).get(state="in_force")
    subjects = [Subject("area", one.pk, mission.pk) for one in areas(ME, mission, level=2)]
    by_two_methods = 0
    book = collect(ME, mission, standard, subjects, day)
    for criterion in standard.criteria.all():
        ages, methods, values = [], set(), set()
        for subject in subjects:
            found = [
                i.evidence for i in book.of(subject) if i.evidence.indicator == criterion.indicator
            ]
            ages.append(min(((day - one.observed_on).days for one in found), default=None))
            methods |= {str(one.method) for one in found}
            values |= {(one.value, one.numerator, one.denominator) for one in found}
        assert None in ages, criterion.code
        oldest = max(age for age in ages if age is not None)
        assert min(age for age in ages if age is not None) <= criterion.max_age_days
        assert oldest > criterion.max_age_days, criterion.code
        assert len(values) > 1, criterion.code
        assert methods <= {*criterion.methods, "self"}
        by_two_methods += len(methods) > 1
    assert by_two_methods >= 4


def test_a_finding_stands_and_only_human_rights_entered_findings(carana: Built) -> None:
    rows = Observation.objects.filter(indicator="accountability.no_grave_finding")
    assert set(rows.values_list("entered_as", flat=True)) == {"Exercise human rights officer"}
    standing = rows.filter(value=0, area__isnull=False)
    assert standing.exists()
    assert not any(row.marking == 0 for row in standing)


def test_a_compartment_holds_records_that_nobody_here_opens(carana: Built) -> None:
    compartment = Compartment.objects.get(code="carana-sources")
    kept = Observation.objects.filter(compartment=compartment)
    assert kept.exists()
    assert not compartment.members.filter(is_active=True).exists()
    assert not observations(ME, carana.mission).filter(compartment=compartment).exists()


def test_people_are_exercise_accounts_with_roles_on_this_mission_only(carana: Built) -> None:
    people = Account.objects.filter(is_active=True)
    assert all(one.exercise and one.name.startswith("Exercise ") for one in people)
    assert not any(one.has_usable_password() for one in Account.objects.all())
    grants = RoleGrant.objects.values_list("mission_id", flat=True)
    assert set(grants) == {carana.mission.pk}
    assert len(exercise_links(actor=ME)) == people.count()


def test_guests_see_the_board_and_nothing_that_is_marked(carana: Built) -> None:
    assert incidents(guest(), carana.mission).count() == 200
    assert Incident.objects.filter(mission=carana.mission, marking__gt=0).count() == 3
    assert not observations(guest(), carana.mission).filter(marking__gt=0).exists()
    assert boundaries_at(guest(), carana.mission, SMALL.until)


def test_one_order_steps_back_with_its_reason(carana: Built) -> None:
    back = decisions(ME, carana.mission).get(kind="step_back")
    assert "commanders" in back.reason
    entry = LeadEntry.objects.get(decision_id=back.pk)
    assert entry.lead == "joint"


def test_the_builder_writes_through_actions_only() -> None:
    writes = {"create", "save", "update", "delete", "bulk_create", "get_or_create", "raw"}
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = ast.unparse(node.func.value)
                if node.func.attr in writes and ("objects" in owner or "rows" in owner):
                    found.append(f"{path.name}:{node.lineno}")
            if isinstance(node, ast.ImportFrom) and node.module == "django.db":
                assert {one.name for one in node.names} == {"transaction"}, path.name
    assert found == []


def test_injects_change_what_they_say_and_repeat_safely(carana: Built) -> None:
    for inject in exercise_week():
        before = Incident.objects.count() + Observation.objects.count()
        done = enter_inject(operator=ME, mission=carana.mission, inject=inject)
        after = Incident.objects.count() + Observation.objects.count()
        assert not done.already, inject.title
        assert done.records == len(inject.records)
        assert after > before, inject.title
        assert "{" not in done.tell
        again = enter_inject(operator=ME, mission=carana.mission, inject=inject)
        assert again.already
        assert Incident.objects.count() + Observation.objects.count() == after


def test_the_replaced_commander_fails_the_gate_on_the_board(carana: Built) -> None:
    inject = injects_of(number=2)[0]
    done = enter_inject(operator=ME, mission=carana.mission, inject=inject)
    board = read_board(ME, carana.mission, dt.date.today())
    row = next(row for row in board.rows if row.name == done.place)
    marks = {str(cell.readiness) for cell in row.cells if cell.result}
    assert "ready" not in marks
    assert any(
        cell.result and cell.result.binding == "stability.commander_and_chain"
        for cell in row.cells
    )  # fmt: skip


def test_the_ambush_is_on_record(carana: Built) -> None:
    inject = injects_of(number=6)[0]
    enter_inject(operator=ME, mission=carana.mission, inject=inject)
    found = incidents(ME, carana.mission).filter(source_text=inject.mark)
    assert {row.type for row in found} == {IncidentType.STATE_BASED, IncidentType.ATTACK_ON_UN}


def test_the_class_sees_an_inject_in_the_browser_and_guests_only_what_is_public(
    carana: Built, client: Client
) -> None:
    register = reverse("incidents", args=[carana.mission.code])
    for number in (3, 6):
        enter_inject(operator=ME, mission=carana.mission, inject=injects_of(number=number)[0])
    client.force_login(Account.objects.get(email=f"adviser@{ADDRESSES}"))
    entered = Incident.objects.filter(source_text__startswith="Exercise inject")
    pages = {row: reverse("incident", args=[row.mission.code, row.pk]) for row in entered}
    assert {row.marking for row in pages} == {0, 2}
    seen = client.get(register).content.decode()
    for row, page in pages.items():
        assert page in seen
        assert row.headline in client.get(page).content.decode()
    client.logout()
    seen = client.get(register).content.decode()
    for row, page in pages.items():
        assert (page in seen) == (row.marking == 0)
        assert client.get(page).status_code == (200 if row.marking == 0 else 404)
    assert client.get(reverse("board", args=[carana.mission.code])).status_code == 200


def test_the_links_of_a_class_open_the_site_once_each(carana: Built) -> None:
    done = CliRunner().invoke(
        application, ["exercise", "links", "--address", "http://laptop:8000/", "--json"]
    )
    links = json.loads(done.stdout)
    assert len(links) == Account.objects.filter(exercise=True, is_active=True).count()
    assert all(one["link"].startswith("http://laptop:8000/enter/") for one in links)
    address = links[0]["link"].removeprefix("http://laptop:8000")
    first, second = Client(), Client()
    assert first.post(address).status_code == 302
    assert first.get("/api/v1/session").json()["label"] == links[0]["name"]
    assert second.post(address).status_code == 410


def test_injects_are_refused_outside_exercises(carana: Built) -> None:
    real = create_mission(actor=ME, code="real", name="Real", short_name="Real", country="Real")
    with pytest.raises(NoSuchInject, match="no exercise"):
        enter_inject(operator=ME, mission=real, inject=exercise_week()[0])
    with pytest.raises(NoSuchInject):
        injects_of(number=99)


def test_every_inject_leaves_a_trace_it_can_be_found_by() -> None:
    week = exercise_week()
    assert [one.number for one in week] == list(range(1, len(week) + 1))
    assert {one.day for one in week} == {1, 2, 3, 4, 5}
    for one in week:
        assert any(entry["act"] != "assess" for entry in one.records), one.title
        assert len(one.discuss) >= 2
