"""Rosters and hand-over notes held against approvals: planted problems, clean lists, the acts."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from primacy.kernels.names.persons import Person, PersonName
from primacy.kernels.names.units import Unit as KernelUnit
from primacy.kernels.time import DateRange
from primacy.platform import clock
from primacy.platform.policy import Denied, Marking
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.actions import add_unit
from primacy.rooms.forces.facade import Unit
from primacy.rooms.persons.actions import NewPerson, add_person
from primacy.rooms.screening.facade import read_sheet
from primacy.rooms.support.actions.rosters import judge_line, reconcile, undo_reconciliation
from primacy.rooms.support.actions.stops import suspend
from primacy.rooms.support.errors import BadRequest, NoSuchSupport, RosterRefused
from primacy.rooms.support.models import (
    LineStanding,
    PolicyVersion,
    Recipient,
    ReconciledLine,
    Reconciliation,
    ScreeningAnswer,
    ScreeningOffice,
    SupportCase,
)
from primacy.rooms.support.queries import lines_of
from primacy.rooms.support.reconciling import Approval, LineReading, ListedLine, reconcile_lines
from primacy.rooms.support.reconciling_units import NamedUnits
from primacy.rooms.support.roster_reading import approvals_of, listed_line, reconcile_preview
from tests.conftest import STEWARD, Board
from tests.rooms.support import rosters
from tests.rooms.support.rosters import SERVICE

BORN = dt.date(1980, 4, 25)
TO_APPROVED = ("submitted", "validated", "screening", "consolidated", "decision", "approved")


def read(roster: rosters.Roster) -> list[LineReading]:
    return reconcile_lines(roster.lines, roster.approvals, roster.units)


# ---- the seeded lists -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", [5, 21])
def test_a_clean_list_raises_nothing(seed: int) -> None:
    roster = rosters.clean(seed)
    found = read(roster)
    wrong = [(one, roster.kinds[one.row]) for one in found if one.standing != "approved"]
    assert wrong == []
    assert len(set(roster.kinds.values())) == 12, "each harmless way to write is there"
    assert {one.recipient for one in found} == {one.recipient for one in roster.approvals}


@pytest.mark.parametrize("seed", [7, 22])
def test_every_planted_problem_is_found_as_what_it_is(seed: int) -> None:
    roster = rosters.planted(seed)
    found = read(roster)
    wrong = [
        (roster.kinds[one.row], roster.expected[one.row], one)
        for one in found
        if one.row and one.standing != roster.expected[one.row]
    ]
    assert wrong == []
    assert {one.recipient for one in found if one.standing == "absent"} == roster.absent
    assert {one.standing for one in found} == set(LineStanding)
    assert all(one.reasons for one in found)


# ---- the rule, case by case -----------------------------------------------------------------

UNITS = NamedUnits(
    [KernelUnit("a", ("1st Infantry Battalion",)), KernelUnit("b", ("2nd Infantry Battalion",))],
    {"BN1": "a", "BN2": "b"},
)


def day(born: dt.date = BORN) -> DateRange:
    return DateRange(born, born)


def approval(name: str = "Amadou Bakari Kelomba", **more: object) -> Approval:
    ids, births = more.pop("ids", ((SERVICE, "NP 100"),)), more.pop("births", (day(),))
    person = Person("p", (PersonName(name),), births, ids=ids)  # type: ignore[arg-type]
    return Approval(**{"recipient": "r", "named": name, "unit": "a", "person": person, **more})  # type: ignore[arg-type]


def one(approved: Sequence[Approval] | Approval, name: str = "Amadou Bakari Kelomba",
        **more: object) -> LineReading:  # fmt: skip
    approved = [approved] if isinstance(approved, Approval) else approved
    line = ListedLine(2, name, **more)  # type: ignore[arg-type]
    return reconcile_lines([line], approved, UNITS)[0]


def test_nobody_is_approved_on_the_name_alone() -> None:
    assert one(approval()).standing == "near"
    assert one(approval(), numbers=((SERVICE, "np-100"),)).standing == "approved"
    assert one(approval(), births=(day(),)).standing == "approved"
    assert one(approval(), unit="1 Inf Bn").standing == "approved"
    # Part of the name and the unit: many in a battalion share two names.
    assert one(approval(), name="Amadou Kelomba", unit="1 Inf Bn").standing == "near"


def test_what_differs_keeps_a_line_from_being_approved() -> None:
    other_birth, other_number = (day(BORN + dt.timedelta(1)),), ((SERVICE, "NP 101"),)
    same = ((SERVICE, "NP 100"),)
    assert one(approval(), numbers=same, births=other_birth).standing == "near"
    assert one(approval(), numbers=other_number, births=(day(),)).standing == "near"
    assert one(approval(), numbers=other_number, births=other_birth).standing == "never"
    # A number of another kind says nothing of this one.
    national = (("national id", "NP 100"),)
    assert one(approval(), numbers=national).standing == "near"
    renamed = one(approval(), name="Zeno Quidam", numbers=same)
    assert (renamed.standing, renamed.recipient) == ("near", "r")


def test_father_and_son_are_not_one() -> None:
    approved = approval("Omar bin Yusuf")
    assert one(approved, name="Yusuf bin Omar", births=(day(),)).standing != "approved"
    assert one(approved, name="Omar bin Yusuf", births=(day(),)).standing == "approved"


def test_two_approved_who_fit_alike_are_told_apart_by_somebody() -> None:
    both = [approval(ids=()), approval(ids=(), recipient="s")]
    assert one(both, births=(day(),)).standing == "near"
    numbered = [approval(), approval(recipient="s", ids=((SERVICE, "NP 200"),))]
    found = one(numbered, numbers=((SERVICE, "NP 200"),), births=(day(),))
    assert (found.standing, found.recipient) == ("approved", "s")


def test_a_unit_that_cannot_be_told_is_said_and_another_number_is_another_unit() -> None:
    same = {"births": (day(),)}
    unclear = one(approval(), unit="Reserve", **same)
    assert unclear.standing == "approved"
    assert "Reserve" in unclear.reasons[0]
    assert one(approval(), unit="2nd Infantry Battalion", **same).standing == "wrong_unit"
    assert one(approval(), unit="7th Infantry Battalion", **same).standing == "wrong_unit"
    assert one(approval(), unit_code="bn-2", **same).standing == "wrong_unit"
    # The brigade above is of another size: no proof of another unit.
    assert one(approval(), unit="5th Infantry Brigade", **same).standing == "approved"


def test_what_bars_comes_before_what_has_run_out() -> None:
    worst = approval(barred=("Left out.",), expired=("Too old.",))
    barred = one(worst, births=(day(),), unit="2 Inf Bn")
    assert (barred.standing, barred.reasons[1:]) == ("excluded", ("Left out.",))
    expired = one(replace(worst, barred=()), births=(day(),), unit="2 Inf Bn")
    assert (expired.standing, expired.reasons[1:]) == ("expired", ("Too old.",))
    near = one(worst)
    assert near.standing == "near"
    assert "Left out." in near.reasons
    # Nobody waits for somebody who may not receive.
    assert reconcile_lines([], [worst], UNITS) == []


def test_in_the_place_of_somebody_who_is_there_is_never_vetted() -> None:
    there = ListedLine(2, "Amadou Bakari Kelomba", births=(day(),))
    stranger = ListedLine(3, "Zeno Quidam", replaces="Kelomba Amadou Bakari")
    _first, second = reconcile_lines([there, stranger], [approval()], UNITS)
    assert second.standing == "never"
    assert "row 2" in second.reasons[-1]
    alone, missing = reconcile_lines([stranger], [approval()], UNITS)
    assert (alone.standing, alone.recipient) == ("replaced", "r")
    assert missing.standing == "absent"
    assert "Row 3" in missing.reasons[-1]
    unknown = one(approval(), name="Zeno Quidam", replaces="Somebody Else")
    assert unknown.standing == "never"
    assert "Somebody Else" in unknown.reasons[-1]


def test_an_alternate_stands_for_the_only_one_missing_of_the_unit() -> None:
    alternate = ListedLine(2, "Zeno Quidam", unit="1 Inf Bn", takes_part_as="Remplaçant")
    assert reconcile_lines([alternate], [approval()], UNITS)[0].standing == "replaced"
    two = [approval(), approval("Ousmane Moïse Lubadan", recipient="s")]
    assert reconcile_lines([alternate], two, UNITS)[0].standing == "never"
    plain = replace(alternate, takes_part_as="Participant")
    assert reconcile_lines([plain], [approval()], UNITS)[0].standing == "never"


def test_a_closed_part_of_a_record_is_signalled_and_not_told() -> None:
    known = approval(ids=((SERVICE, "NP 100"), ("passport", "X 9"))).person
    seen = Person("p", (PersonName("Amadou Bakari Kelomba"),), (day(),))
    closed = Approval("r", "Amadou Bakari Kelomba", "a", known, seen=seen)
    # Equal in what is open.
    assert one(closed, births=(day(),)).standing == "approved"
    # Only what is closed speaks for it: whom it may be is not told.
    hidden = one(closed, name="Zeno Quidam", numbers=(("passport", "X 9"),))
    assert (hidden.standing, hidden.recipient) == ("near", "")
    assert "Kelomba" not in " ".join(hidden.reasons)
    assert "estricted" in " ".join(hidden.reasons)
    # What is closed speaks against what is open.
    against = one(closed, births=(day(),), numbers=(("passport", "Y 1"),))
    assert (against.standing, against.recipient) == ("near", "")


def unit_approval(unit: str, named: str, **more: object) -> Approval:
    return Approval(f"u{unit}", named, unit, **more)  # type: ignore[arg-type]


def test_a_hand_over_note_names_units_only() -> None:
    approved = [unit_approval("a", "1st Infantry Battalion"), approval(unit="b")]
    note = [
        ListedLine(row, name, is_unit=True)
        for row, name in enumerate(
            ("1 Inf Bn", "First Infantry Battalion", "2nd Infantry Battalion",
             "Infantry Battalion", "9th Infantry Battalion", "Coast guard"), 2,
        )
    ]  # fmt: skip
    found = [line.standing for line in reconcile_lines(note, approved, UNITS) if line.row]
    assert found == ["approved", "twice", "never", "near", "never", "never"]
    barred = unit_approval("a", "1st Infantry Battalion", barred=("Stopped.",))
    assert reconcile_lines(note[:1], [barred], UNITS)[0].standing == "excluded"
    old = unit_approval("a", "1st Infantry Battalion", expired=("Old.",))
    assert reconcile_lines(note[:1], [old], UNITS)[0].standing == "expired"
    # People of an approved unit were not screened with it.
    person = ListedLine(2, "Zeno Quidam", unit="1st Infantry Battalion")
    found = reconcile_lines([person], approved[:1], UNITS)
    assert [line.standing for line in found] == ["never", "absent"]
    assert "1st Infantry Battalion" in found[0].reasons[-1]


# ---- the acts, on the database --------------------------------------------------------------


class Desk:
    """A case that is approved, with three people and a unit."""

    def __init__(self, board: Board, folder: Path) -> None:
        self.board, self.folder, self.today = board, folder, clock.today()
        self.source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
        self.units = [self.unit(at) for at in (1, 2)]
        self.policy = PolicyVersion.objects.create(
            mission=board.mission, number=1, title="Procedure", in_force_from=self.today,
            freshness_days=90, source=self.source, marking=Marking.INTERNAL,
        )  # fmt: skip
        self.office = ScreeningOffice.objects.create(policy=self.policy, code="hr", name="HR")
        self.case = SupportCase.objects.create(
            mission=board.mission, number=7, title="Course", kind="training", policy=self.policy,
            starts_on=self.today, ends_on=self.today + dt.timedelta(60), asked_for_by="Police",
            state_since=clock.now(), marking=Marking.CONFIDENTIAL,
        )  # fmt: skip

    def unit(self, at: int) -> Unit:
        return add_unit(
            actor=self.board["planner"], mission=self.board.mission, code=f"BN{at}", force="Army",
            name=f"{rosters.ordinal(at)} Infantry Battalion", side="local", source=self.source,
        )  # fmt: skip

    def approve(
        self, *named: tuple[str, str], days_ago: int | None = 0, **more: object
    ) -> list[Recipient]:
        """Recipients by name and number, answered so many days ago."""
        rows = []
        for name, number in named:
            given = {"named": name, "service_number": number, "unit": self.units[0], **more}
            rows.append(Recipient.objects.create(case=self.case, kind="person", **given))
            if days_ago is not None:
                self.answer(rows[-1], days_ago)
        return rows

    def answer(self, row: Recipient, days_ago: int = 0, colour: str = "green") -> None:
        ScreeningAnswer.objects.create(
            case=self.case, recipient=row, office=self.office, round=1, colour=colour,
            reason="r", answered_on=self.today - dt.timedelta(days_ago),
            by=self.board.accounts["adviser"],
        )  # fmt: skip

    def decide(self, states: Sequence[str] = TO_APPROVED) -> None:
        for state in states:
            SupportCase.objects.filter(pk=self.case.pk).update(state=state)
        self.case.refresh_from_db()

    def sheet(self, text: str, name: str = "list.csv") -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def take(self, path: Path, by: str = "planner", **more: object) -> Reconciliation:
        given = {"when": "before", "day": self.today, "file_name": "roster.csv"}
        return reconcile(actor=self.board[by], case=self.case, path=path, **{**given, **more})  # type: ignore[arg-type]

    def standings(self, row: Reconciliation) -> list[tuple[int, str]]:
        found = lines_of(self.board["planner"], row)
        return sorted((line.row, line.standing) for line in found)


@pytest.fixture
def desk(board: Board, tmp_path: Path) -> Desk:
    return Desk(board, tmp_path)


LIST = (
    "Course list\n"
    "Name,Service number,DOB,Unit,Replaces\n"
    "Kelomba Amadou,NP 1,,1 Inf Bn,\n"
    "Oran Davem,,,,\n"
    ",NP 9,,,\n"
    "Zeno Quidam,NP 77,1980-13-40,1 Inf Bn,Miro Tan\n"
)


def test_a_list_is_kept_with_its_bad_rows(desk: Desk) -> None:
    amadou, oran, miro = desk.approve(("Amadou Kelomba", "NP 1"), ("Oran Davem", "NP 2"),
                                      ("Miro Tan", "NP 3"))  # fmt: skip
    desk.decide()
    row = desk.take(desk.sheet(LIST))
    assert (row.file, row.rows_read, row.rows_bad) == ("roster.csv", 4, 1)
    assert [(p["row"], p["column"], p["value"], p["severity"]) for p in row.problems] == [
        (5, "full_name", "", "bad"),
        (6, "date_of_birth", "1980-13-40", "warning"),
    ]
    assert all(problem["expected"] for problem in row.problems)
    lines = lines_of(desk.board["planner"], row)
    assert [(line.row, line.standing, line.recipient) for line in lines if line.row] == [
        (3, "approved", amadou), (4, "near", oran), (6, "replaced", miro),
    ]  # fmt: skip
    assert {line.recipient for line in lines if not line.row} == {oran, miro}
    assert row.marking == desk.case.marking


def test_a_workbook_of_a_hand_over_note_is_read(desk: Desk) -> None:
    row = Recipient.objects.create(
        case=desk.case, kind="unit", named="1st Infantry Battalion", unit=desk.units[0]
    )
    desk.answer(row)
    desk.decide()
    book = Workbook()
    for cells in (["Fuel handed over"], ["Unit", "Litres", "Signed by"], ["1 Inf Bn", 200, "x"],
                  ["2nd Infantry Battalion", 90, "y"], [None, 10, "z"], ["", "", ""]):  # fmt: skip
        book.active.append(cells)
    path = desk.folder / "note.xlsx"
    book.save(path)
    found = desk.take(path, when="after")
    assert desk.standings(found) == [(3, "approved"), (4, "never")]
    assert desk.take(path, when="before").rows_bad == found.rows_bad
    bad = desk.sheet("Unit,Litres\n1 Inf Bn,20\n,30\n-,40\n")
    found = desk.take(bad, when="after")
    assert [(p["row"], p["column"], p["expected"]) for p in found.problems] == [
        (4, "unit_alias", "a unit")
    ]


def test_the_same_file_is_taken_once_until_it_is_undone(desk: Desk) -> None:
    desk.approve(("Amadou Kelomba", "NP 1"))
    desk.decide()
    path = desk.sheet(LIST)
    first = desk.take(path)
    kept = ReconciledLine.objects.count()
    with pytest.raises(RosterRefused, match=r"roster\.csv"):
        desk.take(path, by="adviser", file_name="other.csv")
    assert (Reconciliation.objects.count(), ReconciledLine.objects.count()) == (1, kept)
    assert desk.take(path, when="after").pk != first.pk
    with pytest.raises(BadRequest):
        undo_reconciliation(actor=desk.board["planner"], reconciliation=first, reason=" ")
    with pytest.raises(Denied):
        undo_reconciliation(actor=desk.board["overseer"], reconciliation=first, reason="x")
    undone = undo_reconciliation(
        actor=desk.board["planner"], reconciliation=first, reason="The wrong list."
    )
    assert undone.undone_at is not None
    assert desk.standings(undone) == desk.standings(desk.take(path)), "nothing of it is lost"
    with pytest.raises(RosterRefused):
        undo_reconciliation(actor=desk.board["planner"], reconciliation=first, reason="again")


def test_a_preview_keeps_nothing_and_says_the_same(desk: Desk) -> None:
    desk.approve(("Amadou Kelomba", "NP 1"))
    desk.decide()
    path = desk.sheet(LIST)
    seen = reconcile_preview(desk.board["planner"], desk.case, "before", desk.today, path)
    assert not Reconciliation.objects.exists()
    kept = desk.take(path)
    assert sorted((line.row, line.standing) for line in seen.lines) == desk.standings(kept)
    assert sum(seen.tally.values()) == len(seen.lines)


def test_nothing_is_approved_before_the_decision(desk: Desk) -> None:
    desk.approve(("Amadou Kelomba", "NP 1"))
    path = desk.sheet(LIST)
    with pytest.raises(RosterRefused, match="Draft"):
        desk.take(path)
    desk.decide()
    with pytest.raises(RosterRefused, match="day to come"):
        desk.take(path, when="after", day=desk.today + dt.timedelta(1))
    with pytest.raises(RosterRefused, match="before or after"):
        desk.take(path, when="")
    with pytest.raises(RosterRefused, match="header"):
        desk.take(desk.sheet("nothing,here\n1,2\n"))
    with pytest.raises(Denied):
        desk.take(path, by="human_rights")
    SupportCase.objects.filter(pk=desk.case.pk).update(marking=Marking.STRICT)
    with pytest.raises(NoSuchSupport):
        desk.take(path)
    assert not Reconciliation.objects.exists()


ON_THE_DAY: dict[str, tuple[Callable[["Desk", Recipient], object] | None, int | None, str]] = {
    "answered today": (None, 0, "approved"),
    "not answered": (None, None, "expired"),
    "answered, and then open again": (
        lambda desk, row: desk.answer(row, 0, "pending"), 0, "expired"),
    "answered on the last day that counts": (None, 90, "approved"),
    "answered a day earlier": (None, 91, "expired"),
    "approved until today": (
        lambda desk, row: SupportCase.objects.update(approved_until=desk.today), 0, "approved"),
    "approved until yesterday": (
        lambda desk, row: SupportCase.objects.update(
            approved_until=desk.today - dt.timedelta(1)), 0, "expired"),
    "begins tomorrow": (
        lambda desk, row: SupportCase.objects.update(
            starts_on=desk.today + dt.timedelta(1)), 0, "expired"),
    "left out": (
        lambda desk, row: Recipient.objects.filter(pk=row.pk).update(
            excluded=True, excluded_reason="r"), 0, "excluded"),
    "the unit stopped": (
        lambda desk, row: suspend(
            actor=desk.board["human_rights"], mission=desk.board.mission, unit=desk.units[0],
            reason="r", told_host="t"), 0, "excluded"),
}  # fmt: skip


@pytest.mark.parametrize("what", ON_THE_DAY)
def test_what_holds_on_the_day(desk: Desk, what: str) -> None:
    change, days_ago, standing = ON_THE_DAY[what]
    [row] = desk.approve(("Amadou Kelomba", "NP 1"), days_ago=days_ago)
    desk.decide()
    if change is not None:
        change(desk, row)
    desk.case.refresh_from_db()
    found = desk.take(desk.sheet("Name,Service number\nAmadou Kelomba,NP 1\n"))
    assert desk.standings(found)[0] == (2, standing)


def test_a_suspended_case_bars_everybody_from_the_day_on(desk: Desk) -> None:
    desk.approve(("Amadou Kelomba", "NP 1"))
    for state, days, barred in (("suspended", 0, True), ("withdrawn", 0, True),
                                ("suspended", -1, False), ("active", 0, False)):  # fmt: skip
        desk.case.state = state  # as the acts leave it; only read here
        day = desk.today + dt.timedelta(days)
        [approved], _units = approvals_of(desk.board["planner"], desk.case, "after", day)
        assert bool(approved.barred) is barred, (state, days)


def test_who_came_before_the_order_did_nothing_against_it(desk: Desk) -> None:
    desk.approve(("Amadou Kelomba", "NP 1"), days_ago=1)
    desk.decide()
    SupportCase.objects.update(starts_on=desk.today - dt.timedelta(9))
    yesterday = desk.today - dt.timedelta(1)
    suspend(actor=desk.board["human_rights"], mission=desk.board.mission, unit=desk.units[0],
            reason="r", told_host="t")  # fmt: skip
    path = desk.sheet("Name,Service number\nAmadou Kelomba,NP 1\n")
    assert desk.standings(desk.take(path, when="after", day=yesterday)) == [(2, "approved")]
    assert desk.standings(desk.take(path, when="before", day=yesterday)) == [(2, "excluded")]


def test_a_near_line_is_judged_by_a_named_person_with_a_reason(desk: Desk) -> None:
    desk.approve(("Oran Davem", "NP 2"), ("Amadou Kelomba", "NP 1"))
    desk.decide()
    path = desk.sheet("Name,Service number\nOran Davem,\nOran Davém,\nAmadou Kelomba,NP 1\n")
    first, second, approved, missing = sorted(
        lines_of(desk.board["planner"], desk.take(path)), key=lambda line: line.row or 99
    )
    who = desk.board["human_rights"]
    for actor, line, reason in (
        (STEWARD, first, "Card seen"), (who, first, " "), (who, approved, "x"), (who, missing, "x"),
    ):  # fmt: skip
        with pytest.raises(BadRequest):
            judge_line(actor=actor, line=line, same=True, reason=reason)
    with pytest.raises(Denied):
        judge_line(actor=desk.board["overseer"], line=first, same=True, reason="x")
    judged = judge_line(actor=who, line=first, same=True, reason="Card seen")
    assert (judged.judged, judged.judged_reason) == ("same", "Card seen")
    assert judged.judged_by == desk.board.accounts["human_rights"]
    assert judged.standing == "near", "what was found is not written over"
    missing.refresh_from_db()
    assert missing.judged == "same", "nobody waits for somebody who is there"
    with pytest.raises(BadRequest, match="Row 2"):
        judge_line(actor=who, line=second, same=True, reason="x")
    judge_line(actor=who, line=second, same=False, reason="A cousin")
    missing.refresh_from_db()
    assert missing.judged == "same"
    judge_line(actor=who, line=first, same=False, reason="It was the cousin's card")
    missing.refresh_from_db()
    assert missing.judged == "different"
    undo_reconciliation(
        actor=desk.board["planner"], reconciliation=first.reconciliation, reason="x"
    )
    with pytest.raises(BadRequest, match="undone"):
        judge_line(actor=who, line=first, same=True, reason="x")


def test_a_person_closed_to_who_asks_is_neither_told_nor_lost(desk: Desk) -> None:
    person = add_person(
        actor=STEWARD, mission=desk.board.mission,
        new=NewPerson(name="Oran Davem", source=desk.source, numbers=[("military id", "SECRET-5")],
                      born=(BORN, BORN), marking=Marking.STRICT),
    )  # fmt: skip
    [row] = desk.approve(("Source of the case", ""), person=person)
    desk.decide()
    path = desk.sheet("Name,Service number\nOran Davem,SECRET-5\n")
    found = {line.row: line for line in lines_of(desk.board["planner"], desk.take(path))}
    assert (found[2].standing, found[2].recipient) == ("near", None)
    assert "Davem" not in " ".join(found[2].reasons)
    said = [reason for line in found.values() for reason in line.reasons]
    assert sum("estricted" in reason for reason in said) == 2
    assert (found[0].standing, found[0].recipient) == ("absent", row)
    with pytest.raises(BadRequest):
        judge_line(actor=desk.board["human_rights"], line=found[2], same=True, reason="x")


def test_what_the_register_knows_serves_beside_the_request(desk: Desk) -> None:
    person = add_person(
        actor=STEWARD, mission=desk.board.mission,
        new=NewPerson(name="Oran Tel Davem", source=desk.source, aliases=["Orhan Davim"],
                      numbers=[("military id", "77-5")], born=(BORN, BORN)),
    )  # fmt: skip
    desk.approve(("Captain Davem", ""), person=person)
    desk.decide()
    for text in ("Orhan Davim,77 5,", "Oran Tel Davem,,1980-04-25"):
        path = desk.sheet(f"Name,Service number,DOB\n{text}\n", "one.csv")
        assert desk.standings(desk.take(path)) == [(2, "approved")], text


def test_one_named_twice_in_the_request_is_one_approval(desk: Desk) -> None:
    person = add_person(
        actor=STEWARD, mission=desk.board.mission,
        new=NewPerson(name="Oran Davem", source=desk.source, numbers=[("military id", "77-5")]),
    )  # fmt: skip
    _first, second = desk.approve(("Oran Davem", ""), ("O. Davem", ""), person=person)
    desk.decide()
    path = desk.sheet("Name,Service number\nOran Davem,77-5\n")
    assert desk.standings(desk.take(path)) == [(2, "approved")]
    Recipient.objects.filter(pk=second.pk).update(excluded=True, excluded_reason="r")
    assert desk.standings(desk.take(path, when="after")) == [(2, "excluded")]


def test_a_seeded_list_comes_out_the_same_through_a_file(desk: Desk) -> None:
    """The whole way of a list with planted problems: sheet, register of units, approvals, rows."""
    maker = rosters.Maker(9, 40, units=2)
    names = [maker.unit_name(at) for at in range(2)]
    Unit.objects.filter(pk=desk.units[0].pk).update(name=names[0], code="U-0")
    Unit.objects.filter(pk=desk.units[1].pk).update(name=names[1], code="U-1")
    made = Recipient.objects.bulk_create(
        Recipient(
            case=desk.case, kind="person", named=one.name, service_number=one.number,
            born=one.born.isoformat(), unit=desk.units[one.unit],
        )
        for one in maker.officers
    )  # fmt: skip
    for row in made:
        desk.answer(row)
    desk.decide()
    lines = [maker.harmless(one)[0] for one in maker.officers[:-1]]
    stranger = maker.line(maker.officer(-1), replaces=maker.officers[-1].name)
    path = rosters.write_sheet(desk.folder / "long.csv", [*lines, stranger])
    found = desk.take(path)
    counts = [standing for _row, standing in desk.standings(found)]
    assert (found.rows_read, found.rows_bad) == (40, 0)
    assert sorted(set(counts)) == ["absent", "approved", "replaced"]
    assert counts.count("approved") == 39


@pytest.mark.parametrize(
    ("cells", "replaces"),
    [
        ("Replaces: Oran Davem,", "Oran Davem"),
        (",en remplacement de NP 2", "NP 2"),
        ("Participant,was late", ""),
    ],
)
def test_who_is_replaced_is_read_from_status_and_remarks(
    tmp_path: Path, cells: str, replaces: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Name,Participant status,Remarks\nZeno Quidam,{cells}\n", encoding="utf-8")
    [row] = read_sheet(path).rows
    assert listed_line(row).replaces == replaces
