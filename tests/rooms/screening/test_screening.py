"""A screening finds candidates and decides nothing; "nothing found" says what was searched."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from primacy.platform.accounts.actions import create_compartment, ensure_organisation
from primacy.platform.audit.models import AuditEntry
from primacy.platform.policy import Denied, Marking, Viewer
from primacy.rooms.forces.facade import Unit
from primacy.rooms.screening.actions import judge, stop_watching, undo_screening
from primacy.rooms.screening.errors import BadJudgement, NothingToSearch
from primacy.rooms.screening.exports import LINE_COLUMNS, line_rows
from primacy.rooms.screening.facade import ListFile, lines, passes, screenings
from primacy.rooms.screening.models import Judgement, PossibleMatch
from primacy.rooms.screening.queries import judgements_of, possible_match
from primacy.rooms.screening.wording import Standing, standing_of
from tests.conftest import STEWARD, Board
from tests.rooms.screening.asking import (
    line_of,
    match_of,
    persons,
    screen,
    unit,
    unit_names,
    words,
)
from tests.rooms.screening.conftest import FRONT, MIRO, ORAN
from tests.rooms.screening.lists import individual

Load = Callable[..., ListFile]
WHY = "Other father's name, seen in the personnel file"


def test_nothing_found_says_what_was_searched_and_when(board: Board, load: Load) -> None:
    made = screen(board, persons("Dulan Peskov Arridge"), [load("2020-01-01", ORAN)], register=True)
    text = words(board, made)
    assert text.startswith("Nothing found. Searched on ")
    assert "by planner" in text
    assert "United Nations Security Council, list of 1 January 2020, 1 entry." in text
    assert "Register of units of this mission: 0 units open to who asked." in text


def test_a_possible_match_is_to_be_decided_and_is_no_verdict(board: Board, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem; 1961-03-04"), [load("2020-01-01", ORAN, MIRO)])
    match = match_of(board, made)
    assert (match.source, match.reference) == ("un", "XXi.001")
    assert match.speaks_for
    assert words(board, made) == "1 possible match: decide"
    assert standing_of([match]) is Standing.DECIDE


def test_everybody_asked_for_has_a_line_in_the_order_asked(board: Board, load: Load) -> None:
    made = screen(
        board, persons("Nobody Known", "Oran Tel Davem", "", "--"), [load("2020-01-01", ORAN)]
    )
    assert [line.name for line in lines(board["overseer"], made)] == [
        "Nobody Known",
        "Oran Tel Davem",
    ]


def test_units_are_held_against_organisations_of_a_list(board: Board, load: Load) -> None:
    made = screen(
        board,
        unit_names("3rd Bn, Carana Liberation Front", "Fourth Battalion of Carana"),
        [load("2020-01-01", ORAN, FRONT)],
    )
    assert match_of(board, made, 1).reference == "XXe.001"
    assert words(board, made, 2).startswith("Nothing found")


def test_units_are_held_against_the_register(board: Board) -> None:
    found = unit(board, "b21", "21 Mobile Brigade")
    made = screen(board, unit_names("21st Mobile Bde", "22nd Mobile Bde"), register=True)
    match = match_of(board, made)
    assert (match.reference, match.record_id) == ("b21", found.pk)
    assert all("another number" in why for m in line_of(board, made, 2).matches.all()
               for why in m.speaks_against[:1])  # fmt: skip


def test_a_hit_on_a_closed_record_says_only_whom_to_ask(board: Board) -> None:
    hidden = unit(board, "s1", "Secret Tracking Brigade 44", Marking.STRICT)
    made = screen(board, unit_names("Secret Tracking Brigade 44"), register=True, who="planner")
    match = match_of(board, made)
    assert match.hidden
    assert (match.reference, match.name, match.record_id, match.score) == ("", "", None, None)
    assert (match.speaks_for, match.speaks_against) == ([], [])
    text = words(board, made)
    assert text == ("restricted information: ask the human rights component or the record's owner")
    assert "Nothing found" not in text
    rows = str(list(line_rows(lines(board["planner"], made), passes(board["planner"], made))))
    assert str(hidden.pk) not in rows
    assert f"'{hidden.code}'" not in rows
    with pytest.raises(BadJudgement, match="cannot be seen"):
        judge(actor=board["human_rights"], match=match, kind="same", reasons=WHY)
    # Whoever may read the record is shown it by a screening of their own.
    seen = screen(board, unit_names("Secret Tracking Brigade 44"), register=True,
                  who="human_rights")  # fmt: skip
    assert match_of(board, seen).reference == "s1"


def test_a_match_with_a_closed_record_is_closed_to_who_reads_the_screening_later(
    board: Board,
) -> None:
    unit(board, "s1", "Secret Tracking Brigade 44", Marking.STRICT)
    asked = unit_names("Secret Tracking Brigade 44")
    made = screen(board, asked, register=True, who="human_rights")
    match = match_of(board, made)
    judge(actor=board["human_rights"], match=match, kind="same", reasons=WHY)
    for label in ("planner", "overseer"):
        viewer = board[label]
        (line,) = lines(viewer, made)
        assert standing_of(list(line.matches.all())) is Standing.RESTRICTED
        told = str(list(line_rows([line], passes(viewer, made))))
        assert "restricted information" in told
        assert not any(word in told for word in ("s1", WHY, "the same name"))
        seen = possible_match(viewer, made, match.pk)
        assert (seen.hidden, seen.name, judgements_of(viewer, seen)) == (True, "", [])


def test_the_words_say_that_closed_records_were_searched_too(board: Board) -> None:
    text = words(board, screen(board, unit_names("Riverine Squadron 9"), register=True))
    assert text.count("Records that are not open to who asked were searched too.") == 2
    assert "Register of persons of this mission: 0 persons open to who asked." in text


def test_a_record_in_a_foreign_compartment_never_reads_as_nothing_found(board: Board) -> None:
    row = unit(board, "c1", "Compartment Riverine Squadron 9")
    owner = ensure_organisation(actor=STEWARD, name="Child protection", party="mission")
    inside = create_compartment(actor=STEWARD, code="child", name="Child", owner=owner)
    Unit.objects.filter(pk=row.pk).update(compartment=inside)
    made = screen(board, unit_names("Compartment Riverine Squadron 9"), register=True)
    assert match_of(board, made).hidden
    assert standing_of(list(line_of(board, made).matches.all())) is Standing.RESTRICTED


def test_several_closed_hits_of_a_line_are_told_as_one(board: Board) -> None:
    for code in ("s1", "s2"):
        unit(board, code, "Secret Tracking Brigade 44", Marking.STRICT)
    made = screen(board, unit_names("Secret Tracking Brigade 44"), register=True)
    assert [m.hidden for m in line_of(board, made).matches.all()] == [True]


def test_a_number_finds_who_goes_by_another_name(board: Board, load: Load) -> None:
    paper = (
        "<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>"
        "<NUMBER>Carana passport number A 4471-220</NUMBER></INDIVIDUAL_DOCUMENT>"
    )
    listed = load("2020-01-01", individual("XXi.7", "Sela Borun Itan", more=paper))
    made = screen(board, persons("Dulan Peskov; ; a4471220", "Dulan Peskov; ; 99"), [listed])
    match = match_of(board, made)
    assert match.reference == "XXi.7"
    assert any("the same number" in why for why in match.speaks_for)
    assert any("other names" in why for why in match.speaks_against)
    assert words(board, made, 2).startswith("Nothing found")


def test_a_weak_likeness_of_names_alone_is_no_possible_match(board: Board, load: Load) -> None:
    listed = load("2020-01-01", individual("XXi.7", "Sela Borun Itan"))
    made = screen(board, persons("Bela Morun", "Pela Borin Tano"), [listed])
    assert words(board, made, 1).startswith("Nothing found")


def test_where_more_fit_than_are_shown_that_is_said(board: Board, load: Load) -> None:
    many = [individual(f"XXi.{n}", "Oran Tel Davem") for n in range(14)]
    made = screen(board, persons("Oran Tel Davem"), [load("2020-01-01", *many)])
    assert len(line_of(board, made).matches.all()) == 10
    assert words(board, made) == (
        "10 possible matches: decide; more records of United Nations Security Council fit than "
        "are shown: ask with a date of birth or a number"
    )


def test_nothing_is_screened_against_nothing(board: Board, load: Load) -> None:
    with pytest.raises(NothingToSearch, match="Choose what to search"):
        screen(board, persons("Oran Tel Davem"))
    with pytest.raises(NothingToSearch, match="Nobody was asked for"):
        screen(board, [], [load("2020-01-01", ORAN)])


@pytest.mark.parametrize("label", ["adviser", "overseer", "commander", "operations", "donor"])
def test_who_may_not_screen_is_refused(board: Board, load: Load, label: str) -> None:
    with pytest.raises(Denied):
        screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)], who=label)


def test_screenings_are_seen_by_who_oversees_and_by_nobody_else(board: Board, load: Load) -> None:
    screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    may = {label for label in board.people if screenings(board[label], board.mission).exists()}
    assert may == {"planner", "human_rights", "overseer"}


def test_reading_a_screening_is_on_record(board: Board, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    list(lines(board["overseer"], made))
    seen = AuditEntry.objects.filter(action="read", subject_type="screening.screening")
    assert [str(made.pk) in str(row.body) for row in seen][-1:] == [True]


def test_the_log_names_no_person_that_was_asked_for(board: Board, load: Load) -> None:
    screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    assert not [row for row in AuditEntry.objects.all() if "Davem" in str(row.body)]


def test_a_judgement_names_its_reasons_and_who(board: Board, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    match = match_of(board, made)
    judge(actor=board["human_rights"], match=match, kind="different", reasons=WHY)
    row = Judgement.objects.get()
    assert (row.kind, row.reasons, row.by) == ("different", WHY, "human rights")
    assert words(board, made).startswith("judged somebody or something else than Oran Tel Davem")


def test_a_later_judgement_stands_beside_the_earlier_one(board: Board, load: Load) -> None:
    made = screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)])
    match = match_of(board, made)
    for kind in ("cannot_say", "same"):
        judge(actor=board["human_rights"], match=match, kind=kind, reasons=WHY)
    assert [row.kind for row in Judgement.objects.order_by("id")] == ["cannot_say", "same"]
    assert words(board, made).startswith("judged the same as")
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), transaction.atomic():
        Judgement.objects.update(kind="different")


@pytest.mark.parametrize(
    ("kind", "reasons", "message"),
    [("same", "yes", "Give your reasons"), ("cleared", WHY, "Choose"), ("reopened", WHY, "Choose")],
)
def test_a_judgement_without_reasons_or_of_another_kind_is_refused(
    board: Board, load: Load, kind: str, reasons: str, message: str
) -> None:
    match = match_of(board, screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)]))
    with pytest.raises(BadJudgement, match=message):
        judge(actor=board["human_rights"], match=match, kind=kind, reasons=reasons)
    assert not Judgement.objects.exists()


def test_who_asked_for_support_does_not_judge_and_no_machine_does(
    board: Board, load: Load, steward: Viewer
) -> None:
    match = match_of(board, screen(board, persons("Oran Tel Davem"), [load("2020-01-01", ORAN)]))
    with pytest.raises(Denied):
        judge(actor=board["planner"], match=match, kind="different", reasons=WHY)
    with pytest.raises(BadJudgement, match="a person with an account"):
        judge(actor=steward, match=match, kind="different", reasons=WHY)


def test_every_row_of_the_file_says_what_was_searched(board: Board, load: Load) -> None:
    made = screen(
        board, persons("Nobody Known", "Oran Tel Davem"), [load("2020-01-01", ORAN, MIRO)]
    )
    viewer = board["overseer"]
    rows = list(line_rows(lines(viewer, made), passes(viewer, made)))
    assert {len(row) for row in rows} == {len(LINE_COLUMNS)}
    assert len(rows) == 2
    assert all("list of 1 January 2020, 2 entries" in str(row[-1]) for row in rows)


# -- a newer list


def test_a_removal_reopens_what_was_judged_the_same(board: Board, load: Load) -> None:
    made = screen(
        board, persons("Oran Tel Davem", "Miro Kestan Valdo"), [load("2020-01-01", ORAN, MIRO)]
    )
    for number, kind in ((1, "same"), (2, "different")):
        judge(
            actor=board["human_rights"],
            match=match_of(board, made, number),
            kind=kind,
            reasons=WHY,
        )
    load("2021-01-01", FRONT)
    tasks = list(line_of(board, made, 1).tasks.all())
    assert [(t.kind, t.reopened) for t in tasks] == [("removed", True)]
    assert words(board, made, 1) == "1 possible match: decide"
    assert match_of(board, made, 1).gone_in is not None
    last = Judgement.objects.order_by("id").last()
    assert last is not None
    assert (last.kind, last.reasons) == (
        "reopened",
        "XXi.001 no longer stands on the list of 2021-01-01.",
    )
    # Somebody else stays somebody else.
    assert not line_of(board, made, 2).tasks.all()
    assert words(board, made, 2).startswith("judged somebody or something else")


def test_an_addition_gives_a_task_to_each_line_it_may_mean(board: Board, load: Load) -> None:
    made = screen(board, persons("Miro Kestan Valdo", "Nobody Known"), [load("2020-01-01", ORAN)])
    assert words(board, made, 1).startswith("Nothing found")
    load("2021-01-01", ORAN, MIRO)
    assert words(board, made, 1) == "1 possible match: decide"
    assert [t.kind for t in line_of(board, made, 1).tasks.all()] == ["added"]
    assert not line_of(board, made, 2).tasks.all()
    text = words(board, made, 2)
    assert "list of 1 January 2020, 1 entry." in text
    assert "Searched again on" in text
    assert "list of 1 January 2021: the 1 entry that is new or names somebody anew." in text


def test_a_change_of_who_is_meant_reopens_any_judgement(board: Board, load: Load) -> None:
    made = screen(board, persons("Miro Kestan Valdo"), [load("2020-01-01", MIRO)])
    old = match_of(board, made)
    judge(actor=board["human_rights"], match=old, kind="different", reasons=WHY)
    load("2021-01-01", individual("XXi.002", "Miro Kestan Valdo"))
    new = match_of(board, made)
    assert new.pk != old.pk
    assert PossibleMatch.objects.get(pk=old.pk).replaced_by == new
    assert words(board, made) == "1 possible match: decide"
    with pytest.raises(BadJudgement, match="has changed since"):
        judge(actor=board["human_rights"], match=old, kind="same", reasons=WHY)
    judge(actor=board["human_rights"], match=new, kind="same", reasons=WHY)
    assert not line_of(board, made).tasks.all()


def test_a_change_of_remarks_reopens_nothing(board: Board, load: Load) -> None:
    made = screen(
        board,
        persons("Sela Borun Itan"),
        [load("2020-01-01", individual("X.1", "Sela Borun Itan"))],
    )
    judge(actor=board["human_rights"], match=match_of(board, made), kind="same", reasons=WHY)
    load("2021-01-01", individual("X.1", "Sela Borun Itan", comments="A new remark."))
    assert not line_of(board, made).tasks.all()
    assert words(board, made).startswith("judged the same")


def test_a_screening_that_is_undone_or_not_watched_gets_no_tasks(board: Board, load: Load) -> None:
    first = load("2020-01-01", ORAN)
    one, two = (screen(board, persons("Miro Kestan Valdo"), [first]) for _ in range(2))
    undo_screening(actor=board["planner"], screening=one, reason="Wrong course")
    stop_watching(actor=board["planner"], screening=two, reason="Course is over")
    load("2021-01-01", ORAN, MIRO)
    assert not line_of(board, one).tasks.all()
    assert not line_of(board, two).tasks.all()
    assert len(passes(board["planner"], two)) == 1


def test_a_list_bears_only_on_screenings_that_searched_it(board: Board, load: Load) -> None:
    load("2020-01-01", ORAN)
    made = screen(board, persons("Miro Kestan Valdo"), register=True)
    load("2021-01-01", ORAN, MIRO)
    assert not line_of(board, made).tasks.all()
    assert len(passes(board["planner"], made)) == 1
