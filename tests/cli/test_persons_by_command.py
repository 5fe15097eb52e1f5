"""The register of persons by commands alone: find, read, command, judge, read apart, link."""

import io
import json

import pytest

from primacy.platform.audit.models import AuditEntry
from primacy.rooms.persons.models import Pair, PairJudgement
from tests.cli.conftest import Run
from tests.conftest import Board
from tests.rooms.persons.conftest import MakePerson, MakeUnit, on

GIVEN = "Ama Kofi Yaw Esi Abena Kwame Adwoa Baako".split()
FAMILY = "Owusu Boateng Asante Appiah Darko".split()
NUMBER = ("service number", "77123")


@pytest.fixture
def officers(make_unit: MakeUnit, make_person: MakePerson) -> None:
    """A station with its commander, who stands on record twice."""
    station = make_unit("Harbour Station")
    post = (station, "Commanding officer", "2010-03-01", "2012-08-31", {"rank": "Colonel"})
    make_person("Mohammed Yusuf Kamara", post, code="P-1", numbers=[NUMBER],
                born=(on("1975-03-09"), on("1975-03-09")))  # fmt: skip
    make_person("Kamara Mohamed Yusuf", code="P-2", born=(on("1975-03-09"), on("1975-03-09")))


def test_a_person_is_found_with_reasons_and_read_on_a_day(
    board: Board, run: Run, officers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = json.loads(run("persons", "find", "Kamara", "--number", "service number:77-123",
                           "--json").out)  # fmt: skip
    assert (found[0]["code"], found[0]["verdict"]) == ("P-1", "same")
    # A name typed into the input stands in no history of the shell.
    monkeypatch.setattr("sys.stdin", io.StringIO("Mohamed Kamara\n"))
    spoken = run("persons", "find", "-").out
    assert "P-2  Kamara Mohamed Yusuf" in spoken
    assert "nothing but the name speaks for it" in spoken
    one = json.loads(run("persons", "show", "P-1", "--on", "2011-01-01", "--json").out)
    assert [c["holds"] for c in one["claims"] if c["kind"] == "posting"] == ["certain"]
    assert "Commanding officer" in one["claims"][-1]["text"]
    assert run("persons", "show", "P-1").out.startswith("Mohammed Yusuf Kamara (P-1)")
    nobody = run("persons", "find", "Zzyzx")
    assert "does not say that nobody is there" in nobody.out
    wrong = run("persons", "find", "Kamara", "--born", "the war")
    assert (wrong.code, "1975-03" in wrong.err) == (2, True)


def test_the_commander_of_a_day_and_the_gap_after(run: Run, officers: None) -> None:
    then = run("persons", "commander", "harbour-station", "--on", "2011-01-01").out
    assert "Mohammed Yusuf Kamara (Colonel, Commanding officer): certain" in then
    later = json.loads(run("persons", "commander", "harbour-station", "--on", "2020-01-01",
                           "--json").out)  # fmt: skip
    assert not any(one["certain"] for one in later["commanders"])
    (level,) = json.loads(run("persons", "chain", "harbour-station", "--on", "2011-01-01",
                              "--json").out)  # fmt: skip
    assert (level["level"], len(level["commanders"])) == (0, 1)
    assert run("persons", "chain", "harbour-station", "--on", "2011-01-01").out.startswith("0. ")


def test_two_records_are_judged_read_as_one_and_apart_by_commands(
    board: Board, run: Run, officers: None
) -> None:
    judge = ("persons", "judge", "P-1,P-2")
    who = ("--as", board.accounts["planner"].email)
    reasons = ("--reasons", "Compared the two files by hand.")
    nameless = run(*judge, "same", *reasons, "--ground", "source", "--reference", "Letter 7")
    assert (nameless.code, "person with an account" in nameless.err) == (2, True)
    done = run(*judge, "same", *reasons, "--ground", "birth", "--reference", "both files",
               "--keep", "P-1", *who)  # fmt: skip
    assert done.code == 0, done.err
    assert "Read as one with: P-2" in run("persons", "show", "P-1").out
    (merge,) = json.loads(run("persons", "pairs", "--merged", "--json").out)
    assert (merge["kept"], merge["joined"]) == ("P-1", "P-2")
    pair = json.loads(run("persons", "pair", "P-1,P-2", "--json").out)
    assert [one["opinion"] for one in pair["judgements"]] == ["same"]
    apart = run("persons", "apart", merge["id"], "--reasons", "Two men at one parade.", *who)
    assert apart.code == 0, apart.err
    assert "Read as one" not in run("persons", "show", "P-1").out
    assert PairJudgement.objects.count() == 2
    assert run("persons", "apart", merge["id"], "--reasons", "Two men there.", *who).code == 2


def test_the_whole_register_is_linked_and_pairs_are_put_once(
    board: Board, run: Run, officers: None, make_person: MakePerson
) -> None:
    pytest.importorskip("splink", reason="the extra linkage is not installed")
    for n in range(40):
        day = on(f"{1960 + n}-{1 + n % 12:02}-{1 + n % 28:02}")
        make_person(f"{GIVEN[n % 8]} {FAMILY[n // 8]}", born=(day, day))
    found = json.loads(run("persons", "link", "--json").out)
    assert {found[0]["first"], found[0]["second"]} == {"P-1", "P-2"}
    assert Pair.objects.count() == 0
    assert "new on the queue" in run("persons", "link", "--put").out
    put = Pair.objects.count()
    assert put == len(found)
    assert ", 0 of them new" in run("persons", "link", "--put").out
    assert AuditEntry.objects.filter(action="persons.pairs.put").count() == 1
    assert "not judged" in run("persons", "pairs").out


def test_who_may_not_know_persons_is_refused(board: Board, run: Run, officers: None) -> None:
    donor = ("--as", board.accounts["donor"].email)
    for words in (("find", "Kamara"), ("show", "P-1"), ("commander", "harbour-station"),
                  ("chain", "harbour-station"), ("pairs",), ("link",)):  # fmt: skip
        refused = run("persons", *words, *donor)
        assert (refused.code, "Kamara" in refused.out) == (2, False), words
