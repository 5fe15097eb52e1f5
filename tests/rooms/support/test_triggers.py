"""Each trigger: raised the same day with its reason, once, and for those it concerns alone."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from primacy.platform import clock
from primacy.platform.accounts.models import Compartment
from primacy.platform.audit.models import AuditEntry
from primacy.platform.claims.actions import Cite
from primacy.platform.claims.rules import Dates
from primacy.platform.claims.terms import Terms
from primacy.platform.jobs.worker import ask_following, ask_today, run_next
from primacy.platform.policy import Denied, Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import claim_relation, record_lineage, rename_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.incidents.actions import claim_responsibility, enter_incident
from primacy.rooms.incidents.facade import IncidentType, ResponsibilityClaim
from primacy.rooms.persons.actions import NewPerson, add_people, claim_leaving, claim_posting
from primacy.rooms.persons.facade import Person, deputies
from primacy.rooms.support.actions.adding import add_task
from primacy.rooms.support.actions.tasks import raise_tasks, settle_task
from primacy.rooms.support.errors import BadRequest
from primacy.rooms.support.models import (
    Condition,
    CountryFramework,
    GraveFinding,
    Intercession,
    PolicyVersion,
    Recipient,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
    SupportTask,
    TaskKind,
    Visit,
    Waiver,
)
from primacy.rooms.support.snapshots import snapshots_of
from primacy.rooms.support.triggers import changes
from tests.conftest import STEWARD, Board
from tests.rooms.persons.conftest import (  # noqa: F401
    MakePerson,
    MakeUnit,
    make_person,
    make_unit,
    on,
    posting,
)

START = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
DAY = START.date()
ON_THE_WAY = ("submitted", "validated", "screening", "consolidated", "decision", "approved")
LOOK_AT_IT = "Look whether the assessment still holds; reopen the case where it does not."


@dataclass
class Watch:
    """A force of four levels, and cases of support to its units."""

    board: Board
    units: dict[str, Unit]
    policy: PolicyVersion
    make_person: MakePerson
    source: Any
    number: int = 0

    def __getitem__(self, name: str) -> Unit:
        return self.units[name]

    def terms(self, first: dt.date | None = None, **more: Any) -> Terms:
        """Terms from a day on, with no end on record."""
        dates = Dates(first, first, starting=True, **more.pop("dates", {})) if first else Dates()
        return Terms(**{"dates": dates, "cites": [Cite(self.source)], **more})

    def case(self, unit: Unit | None = None, *, person: Person | None = None,
             **more: Any) -> Recipient:  # fmt: skip
        """The one recipient of an approved case, confirmed today."""
        row = self.add(unit, person, **more)
        self.confirm(row)
        return Recipient.objects.select_related("case").get(pk=row.pk)

    def cases(self, *names: str) -> None:
        """A case each for units, confirmed today."""
        self.confirm(*[self.add(self[name], None) for name in names])

    def add(self, unit: Unit | None, person: Person | None, **more: Any) -> Recipient:
        """The recipient of a case, nobody yet confirmed."""
        self.number += 1
        given: dict[str, Any] = {
            "mission": self.board.mission, "number": self.number, "title": "Fuel", "kind": "fuel",
            "policy": self.policy, "starts_on": DAY, "ends_on": DAY + dt.timedelta(days=900),
            "asked_for_by": "Police component", "state_since": clock.now(),
            "marking": Marking.CONFIDENTIAL,
        }  # fmt: skip
        states = more.pop("states", ON_THE_WAY)
        case = SupportCase.objects.create(**{**given, **more})
        named = person.name if person is not None else unit.name if unit is not None else ""
        for state in states:
            SupportCase.objects.filter(pk=case.pk).update(state=state)
        return Recipient.objects.create(
            case=case, kind="unit" if person is None else "person", named=named, unit=unit,
            person=person,
        )  # fmt: skip

    def confirm(self, *rows: Recipient) -> None:
        """Keeps what the registers say now."""
        day = max(clock.today(), *(row.case.starts_on for row in rows))
        seen = snapshots_of(self.board.mission, rows, day, self.policy.levels_above)
        for pk, command in seen.items():
            Recipient.objects.filter(pk=pk).update(command=command)

    def post(self, unit: Unit, name: str, role: str = "Commander", **more: Any) -> Person:
        """Somebody new who took a post today."""
        person = self.make_person(name)
        claim_posting(actor=self.board["human_rights"], person=person, unit=unit, role=role,
                      terms=self.terms(clock.today(), **more))  # fmt: skip
        return person

    def say(self, unit: Unit | None = None, person: Person | None = None, **more: Any
            ) -> ResponsibilityClaim:  # fmt: skip
        """An allegation of today."""
        day, inside = more.pop("day", clock.today()), more.pop("inside", None)
        incident = enter_incident(
            actor=self.board["planner"], mission=self.board.mission, type=IncidentType.ONE_SIDED,
            date_start=day, source="Patrol", area=self.board.area, place="Market", lat=1.0,
            lon=1.0,
        )  # fmt: skip
        if inside is not None:
            type(incident).objects.filter(pk=incident.pk).update(compartment=inside)
            incident.refresh_from_db()
        return claim_responsibility(
            actor=self.board["human_rights"], incident=incident, part="committed",
            terms=self.terms(**more), unit=unit, person=person,
        )  # fmt: skip

    def raised(self) -> list[tuple[int, str, str]]:
        """What a sweep adds now: number of the case, kind, reason."""
        made = raise_tasks(actor=STEWARD, mission=self.board.mission)
        assert all(task.raised_on == clock.today() for task in made)
        assert all(task.marking == task.case.marking for task in made if task.case)
        return sorted((task.case.number, str(task.kind), task.reason)
                      for task in made if task.case)  # fmt: skip

    def kinds(self) -> list[tuple[int, str]]:
        """The same without the reasons."""
        return [(number, kind) for number, kind, _reason in self.raised()]


@pytest.fixture
def now() -> Any:
    """A clock that stands on the first day."""
    with clock.standing(START) as standing:
        yield standing


@pytest.fixture
def watch(now: clock.ExerciseClock, board: Board, make_unit: MakeUnit,  # noqa: F811
          make_person: MakePerson) -> Watch:  # noqa: F811  # fmt: skip
    """Headquarters, division, brigade and battalion, and one elsewhere; each has a commander."""
    names = ("HQ", "Division", "Brigade", "Battalion", "Elsewhere")
    units = {name: make_unit(name) for name in names}
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
    policy = PolicyVersion.objects.create(
        mission=board.mission, number=1, title="Procedure", in_force_from=DAY, source=source,
        freshness_days=90, levels_above=2,
    )  # fmt: skip
    made = Watch(board, units, policy, make_person, source)
    early = on("2025-01-01")
    for low, high in (("Division", "HQ"), ("Brigade", "Division"), ("Battalion", "Brigade")):
        claim_relation(actor=board["planner"], unit=units[low], superior=units[high],
                       terms=made.terms(early))  # fmt: skip
    firsts = [
        NewPerson(f"First of {name}", source, marking=Marking.CONFIDENTIAL,
                  postings=[posting(units[name], "Commander", "2025-01-01")])
        for name in names
    ]  # fmt: skip
    add_people(actor=board["planner"], mission=board.mission, people=firsts)
    return made


def confirmed(day: str = "4 May 2026") -> str:
    return f"than was confirmed as of {day}. {LOOK_AT_IT}"


def test_another_commander_is_told_the_same_day_once_and_of_that_unit_alone(watch: Watch) -> None:
    watch.cases("Battalion", "Elsewhere")
    assert watch.raised() == []
    watch.post(watch["Battalion"], "Second")
    reason = f"Another commander is on record for Battalion {confirmed()}"
    assert watch.raised() == [(1, "commander", reason)]
    assert watch.raised() == []
    entry = AuditEntry.objects.filter(action="support.task.raise").get()
    assert "Second" not in entry.body


def test_a_post_that_ended_and_a_post_without_command_raise_nothing(watch: Watch) -> None:
    watch.case(watch["Battalion"])
    past = {"last_precise": on("2024-12-31"), "first_precise": on("2024-01-01")}
    person = watch.make_person("Gone")
    claim_posting(
        actor=watch.board["human_rights"], person=person, unit=watch["Battalion"],
        role="Commander", terms=Terms(Dates(**past, starting=True, ending=True),
                                      [Cite(watch.source)]),
    )  # fmt: skip
    watch.post(watch["Battalion"], "Keeper of stores", "Quartermaster")
    assert watch.raised() == []


def test_a_commander_who_left_with_nobody_new_is_told(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    watch.case(watch["Elsewhere"])
    first = Person.objects.get(name="First of Elsewhere")
    now.move_to(START + dt.timedelta(days=1))
    claim_leaving(actor=watch.board["human_rights"], person=first, kind="retired",
                  earliest=DAY, terms=watch.terms(DAY))  # fmt: skip
    assert watch.raised() == [(
        1, "commander",
        "The commander of Elsewhere as of 4 May 2026 is no longer on record as such, and nobody "
        f"new is. {LOOK_AT_IT}",
    )]  # fmt: skip


def test_another_deputy_is_told_and_read_with_certainty(watch: Watch) -> None:
    watch.case(watch["Battalion"])
    deputy = watch.post(watch["Battalion"], "Second", "Deputy Battalion Commander")
    assert watch.raised() == [
        (1, "deputy", f"Another deputy commander is on record for Battalion {confirmed()}")
    ]
    asked = [watch["Battalion"], watch["Brigade"]]
    viewer, mission = watch.board["human_rights"], watch.board.mission
    read = deputies(viewer, mission, asked, DAY)
    assert [(one.person, one.certain) for one in read[asked[0].pk]] == [(deputy, True)]
    assert read[asked[1].pk] == ()
    later = deputies(viewer, mission, asked, DAY + dt.timedelta(days=30))[asked[0].pk]
    assert [(one.name, one.certain) for one in later] == [("Second", False)]


def test_units_below_are_concerned_within_the_levels_watched_and_not_beyond(watch: Watch) -> None:
    watch.cases("Battalion", "Brigade", "Division", "Elsewhere")
    watch.post(watch["Division"], "Second")
    assert watch.raised() == [
        (1, "commander", "Another commander of the unit above Battalion (Division) is on record "
         + confirmed()),
        (2, "commander", "Another commander of the unit above Brigade (Division) is on record "
         + confirmed()),
        (3, "commander", f"Another commander is on record for Division {confirmed()}"),
    ]  # fmt: skip
    watch.post(watch["HQ"], "Third")
    assert watch.kinds() == [(2, "commander"), (3, "commander")], "HQ is three above the battalion"


def test_a_commander_who_comes_back_is_a_further_change(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    row = watch.case(watch["Battalion"])
    watch.post(watch["Battalion"], "Second")
    assert watch.kinds() == [(1, "commander")]
    task = SupportTask.objects.get()
    settle_task(actor=watch.board["human_rights"], task=task, outcome="no_change", words="Known.")
    assert watch.raised() == []
    row.refresh_from_db()
    assert [one["person"] for one in row.command["commanders"]] == [
        str(Person.objects.get(name="Second").pk)
    ]
    now.move_to(START + dt.timedelta(days=9))
    first = Person.objects.get(name="First of Battalion")
    claim_posting(actor=watch.board["human_rights"], person=first, unit=watch["Battalion"],
                  role="Commander", terms=watch.terms(clock.today()))  # fmt: skip
    assert watch.kinds() == [(1, "commander")]
    assert SupportTask.objects.filter(done_at__isnull=True).count() == 1


def test_what_else_changed_is_raised_before_a_recipient_is_confirmed_anew(watch: Watch) -> None:
    watch.case(watch["Battalion"])
    watch.post(watch["Battalion"], "Second")
    watch.kinds()
    task = SupportTask.objects.get()
    watch.say(watch["Battalion"])
    done = settle_task(
        actor=watch.board["human_rights"], task=task, outcome="no_change", words="Known."
    )
    assert (done.outcome, done.words) == ("no_change", "Known.")
    left = SupportTask.objects.get(done_at__isnull=True)
    assert left.kind == TaskKind.ALLEGATION
    assert watch.raised() == []


def test_a_task_is_settled_by_a_named_person_once_and_in_words(watch: Watch) -> None:
    watch.case(watch["Battalion"])
    watch.post(watch["Battalion"], "Second")
    watch.kinds()
    task, officer = SupportTask.objects.get(), watch.board["human_rights"]
    for given in ({"words": " "}, {"outcome": "ignored"}, {"actor": STEWARD}):
        with pytest.raises(BadRequest):
            settle_task(**{"actor": officer, "task": task, "outcome": "settled", "words": "Done.",
                           **given})  # type: ignore[arg-type]  # fmt: skip
    for label in ("donor", "commander"):
        with pytest.raises(Denied):
            settle_task(actor=watch.board[label], task=task, outcome="settled", words="Done.")
        with pytest.raises(Denied):
            raise_tasks(actor=watch.board[label], mission=watch.board.mission)
    settle_task(actor=officer, task=task, outcome="settled", words="Done.")
    with pytest.raises(BadRequest, match="done already"):
        settle_task(actor=officer, task=task, outcome="settled", words="Done.")
    assert watch.raised() == [], "what was settled is not raised anew"


def test_a_renaming_is_told_of_the_unit_and_those_below(watch: Watch) -> None:
    watch.cases("Battalion", "Brigade", "Elsewhere")
    rename_unit(actor=watch.board["planner"], unit=watch["Brigade"], name="Guards",
                terms=watch.terms(DAY))  # fmt: skip
    assert watch.raised() == [
        (1, "lineage", "The unit above Battalion (Guards) was renamed, merged, split or disbanded "
         f"since it was confirmed as of 4 May 2026. {LOOK_AT_IT}"),
        (2, "lineage", "Guards was renamed, merged, split or disbanded since it was confirmed as "
         f"of 4 May 2026. {LOOK_AT_IT}"),
    ]  # fmt: skip


def test_a_disbandment_is_told_once_and_on_its_day(watch: Watch, now: clock.ExerciseClock) -> None:
    watch.case(watch["Elsewhere"])
    ends = DAY + dt.timedelta(days=10)
    record_lineage(actor=watch.board["planner"], kind="disbanded", froms=[watch["Elsewhere"]],
                   terms=watch.terms(ends))  # fmt: skip
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=10))
    assert watch.kinds() == [(1, "lineage")]


def test_another_superior_is_told(watch: Watch) -> None:
    watch.cases("Battalion", "Elsewhere")
    claim_relation(actor=watch.board["planner"], unit=watch["Elsewhere"], superior=watch["HQ"],
                   terms=watch.terms(DAY))  # fmt: skip
    assert watch.raised() == [
        (2, "parent", "Elsewhere stands, or may stand, under another unit "
         f"{confirmed()}"),
    ]  # fmt: skip


def test_an_attachment_is_told_when_it_begins_and_when_it_ends(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    watch.case(watch["Battalion"])
    first, last = DAY + dt.timedelta(days=2), DAY + dt.timedelta(days=5)
    record_lineage(
        actor=watch.board["planner"], kind="attached", froms=[watch["Battalion"]],
        tos=[watch["Elsewhere"]],
        terms=Terms(Dates(first, last, starting=True, ending=True), [Cite(watch.source)]),
    )  # fmt: skip
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=2))
    assert watch.raised() == [
        (1, "attached", "Battalion is, or may be, attached to another unit since it was confirmed "
         f"as of 4 May 2026. {LOOK_AT_IT}"),
    ]  # fmt: skip
    settle_task(actor=watch.board["human_rights"], task=SupportTask.objects.get(),
                outcome="no_change", words="Expected.")  # fmt: skip
    now.move_to(START + dt.timedelta(days=6))
    assert watch.raised() == [
        (1, "attached", "Battalion, attached elsewhere as of 6 May 2026, is attached there no "
         f"longer. {LOOK_AT_IT}"),
    ]  # fmt: skip


def test_an_allegation_is_told_of_the_unit_and_units_below_within_the_levels(
    watch: Watch,
) -> None:
    watch.cases("Battalion", "Brigade", "Elsewhere")
    watch.say(watch["Division"])
    found = watch.raised()
    assert [(number, kind) for number, kind, _reason in found] == [
        (1, "allegation"), (2, "allegation")
    ]  # fmt: skip
    assert found[0][2] == (
        "An allegation that bears on Battalion, a unit above it or its commander is on record and "
        "was not when it was confirmed as of 4 May 2026. It is what a source says, no finding. "
        "Look at it, and reopen the case where the assessment no longer holds."
    )
    watch.say(watch["HQ"])
    assert watch.kinds() == [(2, "allegation")]


def test_only_an_allegation_that_the_register_relies_on_counts(watch: Watch) -> None:
    watch.cases("Battalion")
    for status, raised in (("work_needed", 0), ("issue", 0), ("conflict", 1), ("accepted", 1)):
        watch.say(watch["Battalion"], status=status)
        assert len(watch.raised()) == raised, status


def test_an_allegation_follows_the_commander_through_former_units_and_days_there(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    """The commander served Elsewhere in 2023; what that unit did since then is not theirs."""
    first = Person.objects.get(name="First of Battalion")
    claim_posting(
        actor=watch.board["human_rights"], person=first, unit=watch["Elsewhere"], role="Driver",
        terms=Terms(Dates(on("2023-01-01"), on("2023-12-31"), starting=True, ending=True),
                    [Cite(watch.source)]),
    )  # fmt: skip
    watch.case(watch["Battalion"])
    watch.say(watch["Elsewhere"], day=on("2024-03-01"))
    assert watch.raised() == []
    watch.say(watch["Elsewhere"], day=on("2023-06-01"))
    assert watch.kinds() == [(1, "allegation")]
    watch.say(person=first)
    assert watch.kinds() == [(1, "allegation")]
    # Somebody else commands: what is said of the former one concerns the unit no more.
    now.move_to(START + dt.timedelta(days=1))
    watch.post(watch["Battalion"], "Second")
    assert watch.kinds() == [(1, "commander")]
    watch.say(person=first)
    watch.say(watch["Elsewhere"], day=on("2023-07-01"))
    assert watch.raised() == []


def test_a_new_allegation_against_a_new_commander_is_told_and_an_old_one_with_the_change(
    watch: Watch,
) -> None:
    other = watch.make_person("Second")
    watch.say(person=other)
    watch.case(watch["Battalion"])
    claim_posting(actor=watch.board["human_rights"], person=other, unit=watch["Battalion"],
                  role="Commander", terms=watch.terms(DAY))  # fmt: skip
    assert watch.kinds() == [(1, "commander")]
    watch.say(person=other)
    assert watch.kinds() == [(1, "allegation")]


def test_a_person_who_receives_is_watched_as_well(watch: Watch) -> None:
    trainee = watch.make_person("Trainee", (watch["Battalion"], "Driver", "2025-01-01"))
    watch.say(person=trainee)
    watch.case(watch["Battalion"], person=trainee)
    assert watch.raised() == []
    watch.say(person=trainee)
    watch.post(watch["Battalion"], "Second")
    assert watch.kinds() == [(1, "allegation"), (1, "commander")]


def test_what_is_closed_to_readers_of_the_case_raises_a_task_that_does_not_name_it(
    watch: Watch,
) -> None:
    watch.cases("Battalion")
    watch.say(watch["Battalion"], marking=Marking.STRICT)
    team = Compartment.objects.create(
        code="team", name="Team", owner=watch.board.accounts["human_rights"].organisation
    )
    assert watch.say(watch["Battalion"], inside=team).compartment_id == team.pk
    watch.post(watch["Battalion"], "Second", marking=Marking.STRICT)
    found = watch.raised()
    assert [kind for _number, kind, _reason in found] == ["allegation", "allegation", "commander"]
    assert {reason for _number, _kind, reason in found} == {
        "Something that bears on Battalion changed since it was last confirmed as of 4 May 2026: "
        "restricted information: ask the human rights component or the record's owner. Have them "
        "say whether the assessment still holds."
    }
    stored = str(Recipient.objects.get().command)
    assert not any(word in stored for word in ("Market", "Second", "Battalion"))


def finding(watch: Watch, **about: Any) -> GraveFinding:
    return GraveFinding.objects.create(
        mission=watch.board.mission, test="gross", basis="Verified.", found_on=clock.today(),
        source=watch.source, **{"marking": Marking.CONFIDENTIAL, **about},
    )  # fmt: skip


def test_a_finding_reaches_those_below_and_those_whom_the_person_commands(watch: Watch) -> None:
    trainee = watch.make_person("Trainee")
    watch.cases("Battalion", "Elsewhere")
    watch.case(person=trainee)
    finding(watch, unit=watch["HQ"])
    ((number, kind, reason),) = watch.raised()
    assert (number, kind) == (1, "finding")
    assert reason.startswith("A finding of grave violations stands that reaches Battalion, ")
    finding(watch, person=Person.objects.get(name="First of Elsewhere"))
    assert watch.kinds() == [(2, "finding")]
    finding(watch, person=trainee, marking=Marking.STRICT)
    ((number, kind, reason),) = watch.raised()
    assert (number, kind) == (3, "finding")
    assert "grave" not in reason
    assert SupportTask.objects.filter(level=2).count() == 3
    finding(watch, unit=watch["HQ"], lifted_on=DAY, lifted_reason="Wrong unit.")
    assert watch.raised() == []


def test_answers_that_are_no_longer_fresh_are_told_by_office_and_day(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    row = watch.case(watch["Battalion"])
    second = Recipient.objects.create(case=row.case, kind="unit", named="Elsewhere",
                                      unit=watch["Elsewhere"])  # fmt: skip
    office = ScreeningOffice.objects.create(policy=watch.policy, code="hr", name="Human rights")
    by = watch.board.accounts["human_rights"]
    given = {"case": row.case, "office": office, "round": 1, "colour": "green", "by": by}
    for one in (row, second):
        ScreeningAnswer.objects.create(recipient=one, answered_on=DAY, **given)
    now.move_to(START + dt.timedelta(days=90))
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=91))
    assert watch.raised() == [(
        1, "freshness",
        "The answers of Human rights of 4 May 2026 on 2 recipients of case 1 are older than 90 "
        "days and count no more. Ask the office to confirm or change them.",
    )]  # fmt: skip
    ScreeningAnswer.objects.create(recipient=row, answered_on=clock.today(), **given)
    assert watch.raised() == []


def test_conditions_and_waivers_are_told_after_their_day(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    case = watch.case(watch["Battalion"]).case
    given: dict[str, Any] = {
        "case": case, "round": 1, "kind": "during", "pillar": "review", "owner": "Police",
        "due_on": DAY,
    }  # fmt: skip
    Condition.objects.create(**given, text="Report monthly.")
    Condition.objects.create(**given, text="Done", state="met", evidence="Seen")
    waived = Condition.objects.create(**given, text="Train first", state="waived")
    by = watch.board.accounts["human_rights"]
    Waiver.objects.create(condition=waived, authority="Head", reason="Urgent", by=by,
                          expires_on=DAY + dt.timedelta(days=3))  # fmt: skip
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=1))
    assert watch.raised() == [(
        1, "condition",
        "A condition was due on 4 May 2026 and is not met: Report monthly. Its owner is Police: "
        "have it met with evidence or waived, or suspend support.",
    )]  # fmt: skip
    now.move_to(START + dt.timedelta(days=4))
    ((_number, kind, reason),) = watch.raised()
    assert (kind, reason.split(": ")[0]) == (
        "waiver", "The waiver of a condition ran out on 7 May 2026"
    )  # fmt: skip


def test_an_approval_that_ended_is_told(watch: Watch, now: clock.ExerciseClock) -> None:
    watch.case(watch["Battalion"], approved_until=DAY)
    watch.case(watch["Elsewhere"], ends_on=DAY + dt.timedelta(days=1))
    now.move_to(START + dt.timedelta(days=1))
    assert watch.kinds() == [(1, "ended")]
    now.move_to(START + dt.timedelta(days=2))
    ((number, kind, reason),) = watch.raised()
    assert (number, kind) == (2, "ended")
    assert reason.startswith("What was approved in case 2 ended on 5 May 2026.")


def test_a_case_that_waits_is_told_and_passed_on_when_twice_overdue(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    watch.case(watch["Battalion"], states=("submitted",), due_on=DAY + dt.timedelta(days=3))
    watch.case(watch["Battalion"], states=("cancelled",), due_on=DAY)
    now.move_to(START + dt.timedelta(days=4))
    assert watch.raised() == [(
        1, "clock",
        "Case 1 is 'submitted' and was due on 7 May 2026. Take the next step, or say why it waits.",
    )]  # fmt: skip
    now.move_to(START + dt.timedelta(days=6))
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=7))
    assert watch.kinds() == [(1, "clock")]
    assert list(SupportTask.objects.order_by("id").values_list("level", flat=True)) == [1, 2]


def test_a_newer_framework_is_told_to_cases_on_an_older_one(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    first, second = (
        CountryFramework.objects.create(
            mission=watch.board.mission, number=n, title=f"Framework {n}", source=watch.source,
            in_force_from=DAY + dt.timedelta(days=n - 1),
        )
        for n in (1, 2)
    )  # fmt: skip
    watch.case(watch["Battalion"], framework=first)
    watch.case(watch["Battalion"], framework=second)
    watch.case(watch["Battalion"], framework=first, states=())
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=1))
    assert watch.raised() == [(
        1, "framework",
        "A newer country framework is in force than the one case 1 rests on: Framework 2. Look "
        "whether the assessment still holds under it.",
    )]  # fmt: skip


def test_visits_and_responses_are_told_after_their_day(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    case = watch.case(watch["Battalion"]).case
    by = watch.board.accounts["human_rights"]
    Visit.objects.create(case=case, planned_on=DAY, what="Look at the stores", owner="Monitors")
    Visit.objects.create(case=case, planned_on=DAY, what="Seen", owner="Monitors", done_on=DAY)
    Intercession.objects.create(case=case, way="letter", addressee="Minister", made_on=DAY,
                                text="-", asked="-", response_due=DAY, by=by)  # fmt: skip
    assert watch.raised() == []
    now.move_to(START + dt.timedelta(days=1))
    assert watch.raised() == [
        (1, "response", "No response of Minister is on record; it was due on 4 May 2026. Record "
         "it, remind them, or suspend support."),
        (1, "visit", "A monitoring visit was planned for 4 May 2026 and is not on record as done: "
         "Look at the stores. Monitors records what was seen, or that access was refused."),
    ]  # fmt: skip
    assert watch.raised() == []


def test_cases_that_are_not_decided_or_left_out_recipients_are_not_watched(watch: Watch) -> None:
    watch.case(watch["Battalion"], states=ON_THE_WAY[:3])
    row = watch.case(watch["Battalion"])
    Recipient.objects.filter(pk=row.pk).update(excluded=True, excluded_reason="Replaced")
    watch.post(watch["Battalion"], "Second")
    watch.say(watch["Battalion"])
    finding(watch, unit=watch["Battalion"])
    assert watch.raised() == []


def test_support_that_begins_later_is_compared_on_the_day_it_begins(watch: Watch) -> None:
    watch.case(watch["Battalion"], starts_on=DAY + dt.timedelta(days=30))
    assert Recipient.objects.get().command["day"] == "2026-06-03"
    assert watch.raised() == []
    watch.post(watch["Battalion"], "Second")
    assert watch.kinds() == [(1, "commander")]


def test_work_of_the_day_and_after_acts_raises_tasks(
    watch: Watch, now: clock.ExerciseClock
) -> None:
    watch.case(watch["Battalion"], approved_until=DAY)

    def work() -> list[str]:
        ask_today()
        ask_following()
        while run_next():
            pass
        return list(SupportTask.objects.order_by("id").values_list("kind", flat=True))

    work()
    watch.post(watch["Battalion"], "Second")
    assert work() == ["commander"], "the same day"
    now.move_to(START + dt.timedelta(days=1))
    assert work() == ["commander", "ended"]


def test_a_task_of_an_act_is_added_once(watch: Watch) -> None:
    case = watch.case(watch["Battalion"]).case
    given: dict[str, Any] = {"mission": watch.board.mission, "case": case, "kind": TaskKind.SIGN,
                             "key": "sign:1", "reason": "Seen."}  # fmt: skip
    first = add_task(**given)
    assert first is not None
    assert (first.due_on, first.marking) == (DAY + dt.timedelta(days=3), case.marking)
    assert add_task(**given) is None
    assert add_task(**{**given, "key": "sign:2"}) is not None


def test_nothing_is_compared_without_a_first_look() -> None:
    person = {"person": str(uuid.uuid4()), "certain": True}
    assert changes({}, {"commanders": [person]}) == []


def test_a_sweep_over_many_cases_reads_the_registers_once(
    watch: Watch, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for _number in range(12):
        watch.cases("Battalion", "Elsewhere")
    watch.case(watch["Division"])
    watch.case(watch["Brigade"])
    with django_assert_max_num_queries(70):
        assert watch.raised() == []
