"""The three cases from the command line: who led what on which day, and the figures."""

import csv
import io
import json

import pytest

from tests.cli.conftest import Run


def leads(run: Run, mission: str, day: str) -> dict[str, dict[str, str | None]]:
    """The first responsibility of each area as of a day."""
    done = run("board", "--mission", mission, "--as-of", day, "--json")
    assert done.code == 0, done.err
    data = json.loads(done.out)
    assert (data["mission"], data["as_of"]) == (mission, day)
    return {area["name"]: area["responsibilities"][0] for area in data["areas"]}


@pytest.mark.parametrize(
    ("day", "local"),
    [
        ("2004-07-05", set()),
        ("2004-07-06", {"Northern Province", "Southern Province"}),
        ("2004-08-04", {"Northern Province", "Southern Province", "Eastern Province"}),
        (
            "2004-09-23",
            {"Northern Province", "Southern Province", "Eastern Province", "Western Area"},
        ),
    ],
)
def test_sierra_leone_takes_over_region_by_region(cases: Run, day: str, local: set[str]) -> None:
    found = leads(cases, "sierra-leone", day)

    assert len(found) == 4
    certain = {name for name, cell in found.items() if cell["lead"] == "local_supported"}
    assert certain == local


def test_the_western_area_is_on_trial_until_the_end_of_november(cases: Run) -> None:
    during = leads(cases, "sierra-leone", "2004-09-23")
    after = leads(cases, "sierra-leone", "2004-12-01")

    assert {name: cell["trial_until"] for name, cell in during.items() if cell["trial_until"]} == {
        "Western Area": "2004-11-26"
    }
    assert after["Western Area"]["trial_until"] is None


def test_timor_leste_resumes_district_by_district(cases: Run) -> None:
    counts = [
        sum(cell["lead"] == "local_overseen" for cell in leads(cases, "timor-leste", day).values())
        for day in ("2009-05-13", "2009-05-14", "2010-06-01", "2011-03-27")
    ]

    assert counts == [0, 1, 6, 10]


def test_liberia_takes_over_the_whole_country_on_one_day(cases: Run) -> None:
    before = leads(cases, "liberia", "2016-06-29")
    after = leads(cases, "liberia", "2016-06-30")

    assert len(after) == 15
    assert {cell["lead"] for cell in before.values()} == {"unknown"}
    assert {cell["lead"] for cell in after.values()} == {"local_overseen"}
    assert {cell["since"] for cell in after.values()} == {"2016-06-30"}


def test_liberia_keeps_sites_ceilings_and_strengths_with_their_sources(cases: Run) -> None:
    facts = json.loads(cases("case", "liberia", "--json").out)["facts"]
    by_statement = {fact["statement"]: fact for fact in facts}

    vacated = next(f for s, f in by_statement.items() if s.startswith("Sites that UN soldiers"))
    taken = next(f for s, f in by_statement.items() if s.startswith("Vacated sites in which"))
    assert (vacated["value"], taken["value"]) == (7, 4)
    ceilings = {f["value"] for s, f in by_statement.items() if s.startswith("Troop ceiling")}
    assert {15000, 14875, 8102, 1240} <= ceilings
    assert sum(f["theme"].startswith("strength") for f in facts) > 10
    assert all(fact["source"] for fact in facts)


def test_facts_are_narrowed_by_day_and_theme(cases: Run) -> None:
    done = cases("case", "liberia", "--theme", "mandate", "--as-of", "2006-12-31", "--json")

    facts = json.loads(done.out)["facts"]
    assert {fact["theme"] for fact in facts} == {"mandate"}
    assert "Troop ceiling after step three" not in {fact["statement"] for fact in facts}


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (("board", "--mission", "sierra-leone", "--as-of", "2004-09-23"), 4),
        (("case", "timor-leste"), 150),
    ],
)
def test_csv_holds_what_json_holds(cases: Run, arguments: tuple[str, ...], lines: int) -> None:
    rows = list(csv.DictReader(io.StringIO(cases(*arguments, "--csv").out)))
    data = json.loads(cases(*arguments, "--json").out)

    assert len(rows) >= lines
    if "facts" in data:
        assert [row["id"] for row in rows] == [fact["id"] for fact in data["facts"]]
    else:
        said = [c["lead"] for a in data["areas"] for c in a["responsibilities"]]
        assert [row["lead"] for row in rows][: len(said)] == said


def test_the_table_says_the_same_as_the_json(cases: Run) -> None:
    table = cases("board", "--mission", "sierra-leone", "--as-of", "2004-09-23").out

    line = next(text for text in table.splitlines() if "Western" in text)
    assert "since 23 Sep 2004, on trial until 26 Nov 2004" in line
    assert "as of 23 September 2004" in table


def test_known_on_shows_what_was_known_then(cases: Run) -> None:
    done = cases(
        "board", "--mission", "liberia", "--as-of", "2016-06-30", "--known-on", "2017-01-01",
        "--json",
    )  # fmt: skip

    found = {c["lead"] for a in json.loads(done.out)["areas"] for c in a["responsibilities"]}
    assert found == {"unknown"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("board", "--as-of", "1 June 2010"), "Write it as year-month-day"),
        (("board", "--as-of", "10-06-01"), "is not a date"),
        (("board", "--as-of", "0010-06-01"), "outside the years"),
        (("case", "atlantis"), "Missions you can open: "),
        (("board", "--mission", "atlantis"), "No mission 'atlantis'"),
        (("board", "--as", "nobody@example.org"), "No account has the address"),
        (("assess", "show", "not-an-id"), "is not an id"),
    ],
)
def test_a_refusal_is_one_plain_line_that_says_what_to_do(
    cases: Run, arguments: tuple[str, ...], said: str
) -> None:
    done = cases(*arguments)

    assert done.code == 2
    assert done.err.startswith("primacy: ")
    assert said in done.err
    assert done.err.count("\n") == 1
    assert done.out == ""


def test_home_without_a_folder_is_refused(run: Run) -> None:
    assert run("board", "--home").code != 0
