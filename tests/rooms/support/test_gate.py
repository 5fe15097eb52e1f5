"""The gate: what it answers and why, and that nothing is written around it."""

import datetime as dt
import inspect
import itertools
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from primacy.platform import clock
from primacy.platform.policy import Denied, Marking
from primacy.rooms.support.actions import (
    ask_gate,
    correct_delivery,
    exclude_recipient,
    lift_finding,
    record_finding,
    report_unassessed,
    suspend,
)
from primacy.rooms.support.actions.adding import add_task
from primacy.rooms.support.clearance import Cleared, clearance
from primacy.rooms.support.errors import NotCleared
from primacy.rooms.support.models import (
    Answer,
    Clearance,
    Delivery,
    GraveFinding,
    StopEntry,
    SupportCase,
    TaskKind,
)
from tests.rooms.support.conftest import Desk

DAY = dt.timedelta(days=1)
SOURCE = Path(__file__).parents[3] / "src"


def ask(desk: Desk, by: str = "planner", **more: Any) -> Cleared:
    """The gate's answer on fuel for the battalion today, unless said otherwise."""
    subject = {} if "person" in more else {"unit": desk.battalion}
    given = {"purpose": "fuel", "day": clock.today(), **subject, **more}
    return clearance(desk[by], desk.mission, **given)


def words_of(found: Cleared) -> str:
    return " ".join(found.reasons)


class TestAnswers:
    def test_nothing_on_record_is_unknown_and_never_a_yes(self, desk: Desk) -> None:
        found = ask(desk)
        assert found.answer == Answer.UNKNOWN
        assert not found.lets_through
        assert "does not mean that nothing stands against it" in words_of(found)

    def test_a_case_in_force_allows_for_its_purpose_its_recipient_and_its_days(
        self, desk: Desk
    ) -> None:
        case = desk.active()
        found = ask(desk)
        assert (found.answer, found.case, found.until) == (Answer.ALLOWED, case, case.ends_on)
        assert f"Case {case.number}" in words_of(found)
        assert ask(desk, purpose="equipment").answer == Answer.UNKNOWN
        assert ask(desk, unit=desk.other).answer == Answer.UNKNOWN
        assert ask(desk, unit=desk.brigade).answer == Answer.UNKNOWN
        assert ask(desk, person=desk.persons["sergeant"]).answer == Answer.UNKNOWN
        for day in (case.starts_on - DAY, case.ends_on + DAY):
            outside = ask(desk, day=day)
            assert outside.answer == Answer.NOT_ALLOWED
            assert "outside the support" in words_of(outside)

    @pytest.mark.parametrize(
        ("state", "answer"),
        [
            ("draft", Answer.UNKNOWN), ("screening", Answer.UNKNOWN), ("decision", Answer.UNKNOWN),
            ("approved", Answer.UNKNOWN), ("deferred", Answer.UNKNOWN),
            ("monitored", Answer.CONDITIONS), ("interceded", Answer.CONDITIONS),
            ("not_approved", Answer.NOT_ALLOWED), ("out_of_scope", Answer.NOT_ALLOWED),
            ("suspended", Answer.NOT_ALLOWED), ("expired", Answer.NOT_ALLOWED),
            ("completed", Answer.NOT_ALLOWED), ("withdrawn", Answer.NOT_ALLOWED),
        ],
    )  # fmt: skip
    def test_each_state_has_its_answer(self, desk: Desk, state: str, answer: Answer) -> None:
        case = desk.to(state)
        found = ask(desk)
        assert found.answer == answer
        assert found.reasons
        if state == "draft" or not found.lets_through:
            with pytest.raises(NotCleared):
                desk.deliver(case)

    def test_conditions_are_said_and_one_that_is_not_kept_closes_the_gate(self, desk: Desk) -> None:
        case = desk.to("decision")
        desk.condition(case, kind="during", text="Keep a log", due_on=clock.today() + 9 * DAY)
        desk.decide(case, "approved_with_conditions")
        desk.move(case, "activate")
        found = ask(desk)
        assert found.answer == Answer.CONDITIONS
        assert "On condition: Keep a log" in words_of(found)
        late = ask(desk, day=clock.today() + 10 * DAY)
        assert late.answer == Answer.NOT_ALLOWED
        assert "A condition is not kept: Keep a log" in words_of(late)

    def test_the_approval_and_the_screening_run_out(self, desk: Desk) -> None:
        case = desk.to("decision", ends_on=clock.today() + 300 * DAY)
        desk.decide(case, valid_until=clock.today() + 200 * DAY)
        desk.to("active", case)
        assert ask(desk, day=clock.today() + 90 * DAY).answer == Answer.ALLOWED
        stale = ask(desk, day=clock.today() + 91 * DAY)
        assert stale.answer == Answer.NOT_ALLOWED
        assert "Human rights, UN Police must answer anew" in words_of(stale)
        over = ask(desk, day=clock.today() + 201 * DAY)
        assert "The approval runs out" in words_of(over)

    def test_who_is_left_out_gets_nothing(self, desk: Desk) -> None:
        case = desk.active(recipients=[desk.battalion, desk.other])
        one = case.recipients.get(unit=desk.battalion)
        exclude_recipient(actor=desk["human_rights"], recipient=one, reason="Looted a village.")
        found = ask(desk)
        assert found.answer == Answer.NOT_ALLOWED
        assert "leaves this recipient out: Looted a village." in words_of(found)
        assert ask(desk, unit=desk.other).answer == Answer.ALLOWED

    @pytest.mark.parametrize("kind", [TaskKind.COMMANDER, TaskKind.ALLEGATION, TaskKind.LINEAGE])
    def test_a_task_that_waits_closes_the_gate(self, desk: Desk, kind: TaskKind) -> None:
        case = desk.active(recipients=[desk.battalion, desk.other])
        one = case.recipients.get(unit=desk.battalion)
        row = add_task(mission=desk.mission, case=case, recipient=one, kind=kind, key="x",
                       reason="Who is he?")  # fmt: skip
        found = ask(desk)
        assert found.answer == Answer.NOT_ALLOWED
        assert "Look at this first: Who is he?" in words_of(found)
        assert ask(desk, unit=desk.other).answer == Answer.ALLOWED
        assert row is not None
        row.done_at = clock.now()
        row.save()
        assert ask(desk).answer == Answer.ALLOWED

    def test_a_task_that_only_reminds_does_not(self, desk: Desk) -> None:
        case = desk.active()
        add_task(mission=desk.mission, case=case, kind=TaskKind.VISIT, key="x",
                 reason="A visit is due.")  # fmt: skip
        assert ask(desk).answer == Answer.ALLOWED

    @pytest.mark.parametrize("where", ["battalion", "brigade"])
    def test_a_stop_on_the_unit_or_above_closes_it(self, desk: Desk, where: str) -> None:
        desk.active()
        desk.active(kind="training", recipients=[desk.persons["sergeant"]])
        suspend(actor=desk["leader"], mission=desk.mission, unit=getattr(desk, where),
                reason="Beatings.", told_host="Conduct.")  # fmt: skip
        for found in (ask(desk), ask(desk, purpose="training", person=desk.persons["sergeant"])):
            assert found.answer == Answer.NOT_ALLOWED
            assert "stop list" in words_of(found)
        assert ask(desk, unit=desk.other).answer == Answer.UNKNOWN

    def test_a_unit_put_under_a_stopped_one_later_is_stopped_too(self, desk: Desk) -> None:
        suspend(actor=desk["leader"], mission=desk.mission, unit=desk.brigade, reason="Beatings.",
                told_host="Conduct.", exempt=[desk.battalion])  # fmt: skip
        assert not StopEntry.objects.filter(unit=desk.battalion).exists()
        assert ask(desk).answer == Answer.NOT_ALLOWED

    @pytest.mark.parametrize("whom", ["battalion", "brigade", "major"])
    def test_a_finding_closes_it_and_says_no_more_than_whom_to_ask(
        self, desk: Desk, whom: str
    ) -> None:
        desk.active()
        subject = {"person": desk.persons["major"]} if whom == "major" else {
            "unit": getattr(desk, whom)}  # fmt: skip
        finding = record_finding(
            actor=desk["human_rights"], mission=desk.mission, test="gross",
            basis="SECRET-WITNESS", source_title="Report", marking=Marking.STRICT, **subject,
        )  # fmt: skip
        for by in ("planner", "leader", "commander"):
            found = ask(desk, by=by)
            assert found.answer == Answer.NOT_ALLOWED
            assert "There is no override" in words_of(found)
            assert "SECRET" not in words_of(found)
        lift_finding(actor=desk["human_rights_2"], finding=finding, reason="Tried.")
        assert ask(desk).answer == Answer.ALLOWED

    def test_who_may_not_read_the_case_gets_the_same_answer_in_closed_words(
        self, desk: Desk
    ) -> None:
        case = desk.active()
        open_words, closed = ask(desk, by="human_rights"), ask(desk, by="commander")
        assert (closed.answer, closed.until) == (open_words.answer, open_words.until)
        assert closed.reasons != open_words.reasons
        assert f"Case {case.number}" not in words_of(closed)
        assert "estricted" in words_of(closed)
        late = case.ends_on + DAY
        assert ask(desk, by="commander", day=late).answer == Answer.NOT_ALLOWED
        with pytest.raises(Denied):
            ask(desk, by="donor")

    def test_an_answer_is_kept_as_it_was_given(self, desk: Desk) -> None:
        case = desk.active()
        kept, found = ask_gate(actor=desk["planner"], mission=desk.mission, purpose="fuel",
                               day=clock.today(), unit=desk.battalion)  # fmt: skip
        assert (kept.answer, kept.case, kept.reasons) == (found.answer, case, list(found.reasons))
        no, _found = ask_gate(actor=desk["planner"], mission=desk.mission, purpose="money",
                              day=clock.today(), unit=desk.battalion)  # fmt: skip
        assert (no.answer, no.case) == (Answer.UNKNOWN, None)


@contextmanager
def refused(words: str = "") -> Iterator[None]:
    """Within, the database itself refuses, in these words."""
    with pytest.raises(DatabaseError, match=words or None), transaction.atomic():
        yield


def columns(row: models.Model, **changed: Any) -> dict[str, Any]:
    """The fields of a new row that equals another but for what is changed."""
    found = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    return {**found, "id": uuid.uuid4(), **changed}


def insert(row: models.Model, **changed: Any) -> None:
    """Nothing; writes such a row with SQL of its own, as a stranger to the program would."""
    kinds = {field.attname: field for field in row._meta.fields}
    given = columns(row, **changed)
    values = [kinds[name].get_db_prep_save(value, connection) for name, value in given.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(kinds[n].column for n in given)}) "
            f"VALUES ({', '.join(['%s'] * len(given))})",
            values,
        )


def by_orm(row: models.Model, **changed: Any) -> None:
    type(row).objects.create(**columns(row, **changed))  # type: ignore[attr-defined]


def in_bulk(row: models.Model, **changed: Any) -> None:
    type(row).objects.bulk_create([type(row)(**columns(row, **changed))])  # type: ignore[attr-defined]


WAYS = {"ORM": by_orm, "bulk": in_bulk, "SQL": insert}
Write = Callable[..., None]


@pytest.fixture(params=WAYS)
def write(request: pytest.FixtureRequest) -> Write:
    """A way to write a row around the acts."""
    return WAYS[request.param]


class TestNothingAroundTheGate:
    def test_a_whole_copy_passes_so_that_what_is_refused_is_what_was_changed(
        self, desk: Desk, write: Write
    ) -> None:
        row = desk.deliver(desk.active())
        write(row, number=2)
        assert Delivery.objects.count() == 2

    def test_no_delivery_without_a_clearance_that_covers_it(self, desk: Desk, write: Write) -> None:
        case = desk.active(recipients=[desk.battalion, desk.other])
        row = desk.deliver(case)
        number = itertools.count(2)
        other = desk.active()
        for words, changed in (
            ("without a clearance", {"clearance_id": None}),
            ("without a clearance", {"clearance_id": uuid.uuid4()}),
            ("without a clearance", {"happens_on": row.happens_on - DAY}),
            ("without a clearance", {"unit_id": desk.brigade.pk}),
            ("without a clearance", {"unit_id": None, "person_id": desk.persons["major"].pk}),
            ("another case, recipient or kind", {"case_id": other.pk}),
            ("another case, recipient or kind", {"kind": "equipment"}),
            ("another case, recipient or kind", {"recipient_id": desk.kept(other)[0].pk}),
            ("another case, recipient or kind", {"recipient_id": None}),
            ("", {"case_id": None}),
            ("", {"standing": "unassessed"}),
            ("", {"standing": "unassessed", "clearance_id": None}),
            ("", {"standing": "cleared"}),
        ):
            with refused(words):
                write(row, number=next(number), **changed)
        assert Delivery.objects.count() == 1

    def test_no_clearance_is_forged(self, desk: Desk, write: Write) -> None:
        case = desk.active()
        real = desk.deliver(case).clearance
        assert real is not None
        waiting = desk.to("approved", recipients=[desk.other])
        for changed in (
            {"case_id": None},
            {"case_id": waiting.pk, "unit_id": desk.other.pk},
            {"unit_id": desk.other.pk},
            {"unit_id": None, "person_id": desk.persons["major"].pk},
            {"purpose": "equipment"},
            {"day": case.ends_on + DAY},
            {"day": case.starts_on - DAY},
        ):
            with refused():
                write(real, **changed)
        write(real, answer="not_allowed", case_id=None)
        no = Clearance.objects.get(answer="not_allowed")
        with refused("without a clearance in force"):
            write(Delivery.objects.get(), number=2, clearance_id=no.pk)

    @pytest.mark.parametrize("cause", ["stop", "finding", "state", "excluded"])
    def test_an_old_clearance_does_not_outlive_what_it_rests_on(
        self, desk: Desk, write: Write, cause: str
    ) -> None:
        case = desk.active()
        row = desk.deliver(case)
        if cause == "stop":
            suspend(actor=desk["leader"], mission=desk.mission, unit=desk.brigade, reason="x",
                    told_host="y")  # fmt: skip
        elif cause == "finding":
            record_finding(actor=desk["human_rights"], mission=desk.mission, test="gross",
                           basis="x", source_title="y", unit=desk.battalion)  # fmt: skip
        elif cause == "state":
            desk.move(case, "reopen")
        else:
            exclude_recipient(actor=desk["human_rights"], recipient=desk.kept(case)[0], reason="x")
        for old in (row, row.clearance):
            with refused("support:"):
                write(old, **({"number": 2} if old is row else {}))

    def test_an_unassessed_entry_carries_no_case_and_raises_a_task(
        self, desk: Desk, write: Write
    ) -> None:
        accepted = desk.deliver(desk.active())
        row = report_unassessed(actor=desk["planner"], mission=desk.mission, kind="fuel",
                                named="A patrol", handed=desk.handed())  # fmt: skip
        assert (row.standing, row.case_id, row.clearance_id) == ("unassessed", None, None)
        assert row.tasks.get().kind == TaskKind.UNASSESSED
        for changed in (
            {"case_id": accepted.case_id},
            {"clearance_id": accepted.clearance_id},
            {"standing": "accepted"},
        ):
            with refused():
                write(row, number=9, **changed)

    def test_a_case_does_not_come_into_force_by_itself(self, desk: Desk, write: Write) -> None:
        states = ("draft", "submitted", "decision", "approved_with_conditions", "suspended")
        for state in states:
            case = desk.to(state)
            with refused("support:"):
                SupportCase.objects.filter(pk=case.pk).update(state="active")
            with refused("support:"):
                case.state = "active"
                SupportCase.objects.bulk_update([case], ["state"])
            with refused("support:"), connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE support_supportcase SET state = 'monitored' WHERE number = %s",
                    [case.number],
                )
            with refused("begins as a draft"):
                write(case, number=900, state="active")

    def test_nothing_on_record_is_changed_or_deleted(self, desk: Desk) -> None:
        case = desk.active()
        row = desk.deliver(case)
        tables = {
            Delivery: {"quantity": 1}, Clearance: {"answer": "allowed"},
            type(case.moves.get(act="activate")): {"reason": "x"},
            type(case.decisions.get()): {"reasons": "x"},
            type(case.assessments.get()): {"level_after": "low"},
            type(case.answers.first()): {"colour": "green"},
        }  # fmt: skip
        for model, change in tables.items():
            with refused("append-only"):
                model.objects.update(**change)  # type: ignore[attr-defined]
            with refused("append-only"), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {model._meta.db_table}")
        with refused():
            row.delete()
        assert Delivery.objects.get() == row

    def test_a_mistake_is_taken_back_by_an_entry_beside_it(self, desk: Desk) -> None:
        row = desk.deliver(desk.active())
        back = correct_delivery(actor=desk["planner"], delivery=row, reason="Typed twice.")
        assert (back.corrects, back.quantity) == (row, -row.quantity)
        assert Delivery.objects.count() == 2

    def test_what_is_closed_to_somebody_they_neither_add_to_nor_take_back(self, desk: Desk) -> None:
        case = desk.active()
        row = desk.deliver(case)
        by_orm(row, number=2, marking=Marking.STRICT)
        with pytest.raises(Denied):
            correct_delivery(actor=desk["planner"], delivery=Delivery.objects.get(number=2),
                             reason="Typed twice.")  # fmt: skip
        SupportCase.objects.filter(pk=case.pk).update(marking=Marking.STRICT)
        with pytest.raises(Denied):
            desk.deliver(case)
        assert Delivery.objects.count() == 2

    def test_a_closed_finding_stops_as_well(self, desk: Desk, write: Write) -> None:
        row = desk.deliver(desk.active())
        finding = record_finding(
            actor=desk["human_rights"], mission=desk.mission, test="gross", basis="x",
            source_title="y", person=desk.persons["sergeant"], marking=Marking.STRICT,
        )  # fmt: skip
        GraveFinding.objects.filter(pk=finding.pk).update(unit=desk.battalion, person=None)
        with refused("grave-violation finding"):
            write(row, number=2)


class TestDoors:
    def test_there_is_no_administration_site(self) -> None:
        assert not apps.is_installed("django.contrib.admin")

    def test_the_ledger_is_written_in_one_place(self) -> None:
        made = re.compile(r"\bDelivery(\.objects\.\w*(create|update|save)\w*)?\($|\bDelivery\(\w")
        found = {
            path.relative_to(SOURCE / "primacy").as_posix()
            for path in SOURCE.rglob("*.py")
            for line in path.read_text().splitlines()
            if made.search(line.rstrip()) and not line.startswith("class ")
        }
        assert found == {"rooms/support/actions/deliveries.py"}

    def test_the_interface_writes_to_the_ledger_by_the_acts_alone(self) -> None:
        from primacy.faces.api.site import api
        from primacy.rooms.support.actions import deliveries

        acts = {name for name, one in inspect.getmembers(deliveries, inspect.isfunction)
                if one.__module__ == deliveries.__name__ and not name.startswith("_")}  # fmt: skip
        assert {"deliver", "report_unassessed", "correct_delivery", "ask_gate"} == acts
        for path, operation in write_operations(api):
            view = inspect.unwrap(operation)
            source = inspect.getsource(view)
            assert "Delivery" not in source or "objects" not in source, path
            if "deliver" in path:
                assert any(re.search(rf"\b{act}\(", source) for act in acts), path


def write_operations(api: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every operation of the interface that writes: its path and its function."""
    found = 0
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                if set(operation.methods) - {"GET"}:
                    found += 1
                    yield f"{prefix}{path}", operation.view_func
    assert found > 10
