"""Rows of a roll that may be one person are found by linking the roll, and become questions."""

import pytest

from primacy.engines.linkage import LinkageMissing
from primacy.platform.policy import Denied
from primacy.rooms.census import work
from primacy.rooms.census.actions import put_questions
from primacy.rooms.census.doubles import doubles_of
from primacy.rooms.census.models import Question
from tests.rooms.census.conftest import Census

GIVEN = ("Ama", "Kofi", "Yaw", "Esi", "Abena", "Kwame", "Adwoa", "Mensah", "Efua", "Baako")
FAMILY = ("Owusu", "Boateng", "Mensah", "Asante", "Appiah", "Osei", "Addo", "Darko")
HEAD = "number,name,sex,born,region,unit\n"
needs_linkage = pytest.mark.usefixtures("linkage")


@pytest.fixture
def linkage() -> None:
    pytest.importorskip("splink", reason="the extra linkage is not installed")


def roll(*more: str) -> str:
    """A roll of 80 persons who have little in common, and more lines."""
    lines = [
        f"N{at},{GIVEN[at % 10]} {FAMILY[at // 10]},{'fm'[at % 2]},"
        f"{1970 + at % 27}-{1 + at % 12:02}-{1 + at % 28:02},{'North South West'.split()[at % 3]},"
        f"st{1 + at % 2}"
        for at in range(80)
    ]
    return HEAD + "\n".join([*lines, *more]) + "\n"


@needs_linkage
def test_a_person_enrolled_twice_under_another_spelling_is_asked_about_once(
    census: Census,
) -> None:
    census.bring("census_roll", roll("N900,Owusu Koffi,m,1971-02-02,South,st2",
                                     "N901,Kofi Owusu,m,1995-11-20,West,st1"))  # fmt: skip
    flags = doubles_of(census["planner"], census.round)
    rows = {str(r.pk): r.service_number for r in census.round.roll.all()}
    named = [{rows[one] for one in flag.subjects} for flag in flags]
    assert {"N1", "N900"} in named
    asked = put_questions(
        actor=census["planner"], round=census.round, rules=("enrolled_twice",), linked_by="duckdb"
    )
    sure = [flag for flag in flags if flag.severity == "soon"]
    assert len(asked) == len(sure) <= len(flags)
    assert {rows[one] for one in asked[0].subjects} == {"N1", "N900"}
    assert asked[0].office == "personnel"
    assert "the same birth date" in asked[0].reasons
    assert not put_questions(
        actor=census["planner"], round=census.round, rules=("enrolled_twice",), linked_by="duckdb"
    )


@needs_linkage
def test_a_namesake_alone_is_never_asked_about(census: Census) -> None:
    census.bring("census_roll", roll("N901,Kofi Owusu,m,1995-11-20,West,st1"))
    asked = put_questions(
        actor=census["planner"], round=census.round, rules=("enrolled_twice",), linked_by="duckdb"
    )
    assert asked == []


def test_without_linkage_the_other_questions_are_put_and_the_work_says_so(
    census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_given: object, **_more: object) -> None:
        raise LinkageMissing

    class Run:
        actor = census["planner"]

        @staticmethod
        def progress(*_given: object) -> None:
            return None

    census.filled()
    monkeypatch.setattr("primacy.rooms.census.doubles.deduplicate", missing)
    asked = {"mission": str(census.round.mission_id), "round": str(census.round.pk)}
    done = work.put_questions_of(Run(), asked)  # type: ignore[arg-type]
    assert Question.objects.count() == 5
    assert "linkage is not installed" in done.message


def test_who_may_not_keep_a_census_links_nothing(census: Census) -> None:
    with pytest.raises(Denied):
        doubles_of(census["donor"], census.round)
