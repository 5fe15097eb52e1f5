"""A census by commands alone: open, load, hold side by side, ask, and the funnel of a class."""

import json
from pathlib import Path

from primacy.platform.imports.models import ImportBatch
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.census.actions import Group, record_stage, start_cohort
from primacy.rooms.census.models import EnrolledPerson, Question
from primacy.rooms.forces.actions import add_unit
from tests.cli.conftest import Run
from tests.conftest import STEWARD, Board

ROLL = "number,name,born,unit\nP1,Ama One,1990,st1\nP2,Bo Two,2010-01-01,st1\n"
PAY = "month,number,unit,account\n2026-06,P1,st1,0770100001\n2026-06,P3,st1,0770100003\n"


def test_a_census_by_commands(board: Board, run: Run, tmp_path: Path) -> None:
    source = ensure_source(actor=STEWARD, mission_id=board.mission.pk, title="Register")
    add_unit(actor=STEWARD, mission=board.mission, code="st1", name="First station",
             force="Police", side="local", source=source)  # fmt: skip
    for name, text in (("roll.csv", ROLL), ("pay.csv", PAY)):
        (tmp_path / name).write_text(text)
    opened = run("census", "open", "Census 2026", "--day", "2026-06-30", "--source", "Order 7")
    previewed = run("census", "load", "roll", str(tmp_path / "roll.csv"), "--preview")
    assert (opened.code, previewed.code, EnrolledPerson.objects.count()) == (0, 0, 0)
    assert run("census", "load", "roll", str(tmp_path / "roll.csv")).code == 0
    loaded = json.loads(run("census", "load", "pay", str(tmp_path / "pay.csv"), "--json").out)
    assert (loaded["added"], loaded["unmatched"]) == (2, 1)

    (line,) = json.loads(run("census", "reconcile", "--month", "2026-06", "--json").out)
    assert (line["assigned"], line["present"], line["paid"]) == (2, "", 2)
    assert line["paid_less_assigned_classed"] == "unknown 1, unknown -1"
    flags = json.loads(run("census", "flags", "--json").out)
    assert {flag["rule"] for flag in flags} == {"under_age", "paid_not_on_roll"}
    assert "Bo Two (P2)" in {flag["subjects"] for flag in flags}
    assert "2 new questions" in run("census", "flags", "--ask").out
    assert "0 new questions" in run("census", "flags", "--ask").out
    assert Question.objects.count() == 2

    batch = ImportBatch.objects.get(kind="census_pay")
    assert run("import", "undo", str(batch.pk), "--reason", "wrong month").code == 0


def test_what_is_mistyped_is_refused_and_never_reads_as_nothing_found(
    board: Board, run: Run
) -> None:
    none = run("census", "flags")
    assert (none.code, "No enrolment round" in none.err) == (2, True)
    run("census", "open", "Census", "--day", "2026-06-30", "--source", "Order 7")
    wrong = run("census", "flags", "--rule", "no_such")
    assert (wrong.code, "No rule has the code" in wrong.err) == (2, True)
    stranger = run("census", "flags", "--as", board.accounts["donor"].email)
    assert stranger.code == 2


def test_a_funnel_by_command_holds_small_groups_back_from_others(board: Board, run: Run) -> None:
    cohort = start_cohort(
        actor=STEWARD, mission=board.mission, name="Class 14", force="Police",
        advertised_on=board.mission.recorded_at.date(), source_title="Gazette",
    )  # fmt: skip
    for stage, women in (("applied", 40), ("tests", 4)):
        counts = {Group("women", "North"): women, Group("men", "North"): 90}
        record_stage(actor=STEWARD, cohort=cohort, stage=stage, counts=counts)
    own = run("census", "funnel", "class-14", "--csv")
    others = run("census", "funnel", "class-14", "--csv", "--as", board.accounts["official"].email)
    assert "tests,women,North,4," in own.out
    assert "tests,women,North,held back," in others.out


def test_what_a_census_is_held_against_by_commands(board: Board, run: Run, tmp_path: Path) -> None:
    run("census", "open", "Census 2026", "--day", "2026-06-30", "--source", "Order 7")
    (tmp_path / "roll.csv").write_text(
        "number,name,sex,rank,rank_level,region\nP1,Ama,f,Major,3,North\nP2,Bo,m,Major,3,North\n"
        "P3,Cy,m,Private,1,South\n"
    )
    assert run("census", "load", "roll", str(tmp_path / "roll.csv")).code == 0
    assert run("census", "numbers", "--add", "P1-P2", "--from", "2019-01-01").code == 2
    added = run("census", "numbers", "--add", "P1-P2", "--from", "2019-01-01", "--source", "Order")
    assert added.code == 0
    (numbers,) = json.loads(run("census", "numbers", "--json").out)
    assert (numbers["prefix"], numbers["first"], numbers["last"]) == ("P", 1, 2)
    assert run("census", "numbers", "--add", "Q1-P2", "--source", "Order").code == 2

    people = tmp_path / "people.csv"
    people.write_text("sex,region,count\nwomen,North,50\nwomen,North,50\n")
    load = ("census", "population", "--load", str(people), "--year", "2024", "--source", "Count")
    wrong = run(*load)
    assert (wrong.code, "Line 3 of people.csv" in wrong.err) == (2, True)
    people.write_text("sex,region,count\nwomen,North,50\nmen,North,50\nmen,South,0\n")
    assert run(*load).code == 0
    assert len(json.loads(run("census", "population", "--json").out)) == 3

    lines = json.loads(run("census", "make-up", "--json").out)
    assert [(line["level"], line["all"], line["women"]) for line in lines] == [
        ("all", 3, 1), (3, 2, 1), (1, 1, 0),
    ]  # fmt: skip
    assert lines[1]["index"] == 1.0

    assert run("census", "close", "2026-06-01").code == 2
    assert run("census", "close", "2026-07-01").code == 0
    late = run("census", "load", "roll", str(tmp_path / "roll.csv"))
    assert late.code != 0
