"""Lists compared on the real DuckDB: what is found, what is proposed, and that it stays so."""

import importlib.util
import stat
from itertools import product
from pathlib import Path

import pytest

from benchmarks.linkage_people import made
from benchmarks.linkage_people.measured import Ground, figures
from primacy.engines.linkage import (
    Backend,
    Grade,
    LinkageMissing,
    LinkageResult,
    LinkageSettings,
    Pair,
    PeopleUnreadable,
    SparkMissing,
    Verdict,
    Why,
    deduplicate,
    link,
)
from primacy.engines.linkage.backends import engine

pytest.importorskip("splink", reason="the extra “linkage” is not installed")

Row = dict[str, object]
QUICK = LinkageSettings(sample=250, threads=1)


def pairs_of(result: LinkageResult) -> set[frozenset[str]]:
    return {frozenset((pair.left, pair.right)) for pair in result.pairs}


def pair(result: LinkageResult, left: str, right: str) -> Pair | None:
    return next((p for p in result.pairs if {p.left, p.right} == {left, right}), None)


@pytest.fixture(scope="module")
def force() -> Ground:
    people = made.people(260, again=0.25, seed=7)
    return Ground(people.rows, people.pairs())


@pytest.fixture(scope="module")
def found(force: Ground) -> LinkageResult:
    return deduplicate(force.rows, QUICK, seed=11)


def test_those_enrolled_twice_are_found_and_nobody_else_is_accepted(
    force: Ground, found: LinkageResult
) -> None:
    assert not found.model.notes, "the list is large enough to learn from"
    accepted = {frozenset((p.left, p.right)) for p in found.accepted}
    assert accepted
    assert accepted <= force.true
    assert len(pairs_of(found) & force.true) >= 0.95 * len(force.true)
    assert len(found.referred) < len(force.rows) / 4, "a person is not asked about everybody"


def test_one_seed_gives_one_result_whatever_the_threads(
    force: Ground, found: LinkageResult
) -> None:
    again = deduplicate(force.rows, LinkageSettings(sample=250, threads=2), seed=11)
    assert again == found


def test_what_one_list_taught_serves_another_run(force: Ground, found: LinkageResult) -> None:
    again = deduplicate(force.rows, QUICK, seed=99, model=found.model)
    assert again.pairs == found.pairs
    assert again.clusters == found.clusters


def test_every_pair_says_in_words_what_agrees_and_why_it_is_asked(found: LinkageResult) -> None:
    for one in found.pairs:
        known = [a for a in one.agreements if a.grade is not Grade.UNKNOWN]
        assert known
        assert all(a.words in one.in_words() for a in known)
        assert (one.verdict is Verdict.REFER) == bool(one.reasons)
        assert ("To decide: " in one.in_words()) == bool(one.reasons)


def test_namesakes_are_asked_about_and_twins_are_not_one_person() -> None:
    twin: Row = {"family": "Gbowee", "birth_date": "1991-03-09", "place": "Totota", "sex": "m"}
    rows: list[Row] = [
        {"id": "n1", "given": "Zwannah", "family": "Kpadeh"},
        {"id": "n2", "given": "Zwannah", "family": "Kpadeh"},
        {"id": "t1", "given": "Prince", **twin},
        {"id": "t2", "given": "Varney", **twin},
    ]
    result = deduplicate(rows)
    namesakes, twins = pair(result, "n1", "n2"), pair(result, "t1", "t2")
    assert not result.clusters
    if namesakes is not None:
        assert namesakes.reasons[0] is Why.NAME_ALONE
    assert twins is None or Why.NAME_OTHER in twins.reasons


def test_a_first_of_january_in_common_is_not_proof() -> None:
    same: Row = {"given": "Fatou", "family": "Sidibe", "place": "Ganta", "unit": "3 Bn"}
    first = [{"id": str(at), "birth_date": "1990-01-01", **same} for at in range(2)]
    real = [{"id": str(at), "birth_date": "1990-05-17", **same} for at in range(2)]
    assert not deduplicate(first).accepted
    assert len(deduplicate(real).accepted) == 1


def test_one_number_under_two_names_is_a_question() -> None:
    rows: list[Row] = [
        {"id": "a", "given": "Ada", "family": "Weah", "sex": "f", "numbers": "card: 123456789"},
        {"id": "b", "given": "Igor", "family": "Popov", "sex": "m", "numbers": "card: 123456789"},
    ]
    (asked,) = deduplicate(rows).pairs
    assert asked.verdict is Verdict.REFER
    assert {Why.NAME_OTHER, Why.SEX_OTHER} <= set(asked.reasons)


def test_a_name_in_another_script_is_the_same_name_and_said_so() -> None:
    born: Row = {"birth_date": "1988-11-02"}
    rows: list[Row] = [
        {"id": "a", "given": "Youssef", "family": "Khalil", **born},
        {"id": "b", "given": "يوسف", "family": "خليل", **born},
        {"id": "c", "given": "Халил", "family": "Юсуф", **born},
    ]
    result = deduplicate(rows)
    spelt, swapped = pair(result, "a", "b"), pair(result, "a", "c")
    assert spelt is not None
    assert spelt.verdict is Verdict.ACCEPT
    assert "the given name in another spelling or script" in spelt.in_words()
    assert swapped is not None
    assert "given and family name have changed places" in swapped.in_words()


def test_between_two_lists_only_pairs_across_are_sought() -> None:
    ada: Row = {"given": "Ada", "family": "Weah", "birth_date": "1990-05-17"}
    igor: Row = {"given": "Igor", "family": "Popov", "birth_date": "1984-02-28"}
    result = link(
        [{"id": "1", **ada}, {"id": "2", **ada}, {"id": "3", **igor}],
        [{"id": "9", **igor}, {"id": "3", "given": "Olga", "family": "Tarr"}],
    )
    assert [(p.left, p.right) for p in result.pairs] == [("3", "9")]
    assert result.clusters[0].members == ("3", "9")


def test_a_key_shared_by_too_many_is_left_out_and_said() -> None:
    rows: list[Row] = [
        {"id": str(at), "given": "Ali", "family": f"T{a}p{b}", "birth_date": "1990-05-17"}
        for at, (a, b) in enumerate(product("bdfgkl", "mnrst"))
    ]
    result = deduplicate(rows, LinkageSettings(largest_block=20))
    assert result.compared == 0
    assert any("“birth date” are shared by more than 20 records" in n for n in result.notes)


def test_a_number_everybody_gives_is_nobodys_own() -> None:
    rows: list[Row] = [
        {"id": str(at), "given": name, "family": "Weah", "numbers": ["n/a", "999999999"]}
        for at, name in enumerate("Ada Ada Igor Olga Prince Ruth Moses Grace".split())
    ]
    result = deduplicate(rows)
    assert not result.accepted
    assert "1 entries of number are given by more than 6 records each and count as unknown" in (
        result.notes
    )
    few = deduplicate(rows[:2])
    assert len(few.accepted) == 1, "two records with one number are another matter"


@pytest.mark.parametrize("rows", [[], [{"id": "a", "given": "Ada"}], [{"id": "a"}, {"id": "b"}]])
def test_lists_with_nothing_to_compare_give_nothing(rows: list[Row]) -> None:
    result = deduplicate(rows)
    assert (result.pairs, result.clusters) == ((), ())


def test_parquet_goes_in_and_comes_out_for_its_owner_only(tmp_path: Path) -> None:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    rows = [{"id": i, "given": "Ada", "family": "Weah", "birth_date": "1990-05-17"} for i in "ab"]
    source = tmp_path / "people.parquet"
    parquet.write_table(arrow.Table.from_pylist(rows), source)
    result = deduplicate(source)
    assert result == deduplicate(arrow.Table.from_pylist(rows))
    pairs, clusters = result.write(tmp_path / "out")
    (line,) = parquet.read_table(pairs).to_pylist()
    assert (line["left"], line["right"], line["verdict"]) == ("a", "b", "accept")
    assert "the same birth date" in line["words"]
    assert [r["id"] for r in parquet.read_table(clusters).to_pylist()] == ["a", "b"]
    assert stat.S_IMODE(pairs.stat().st_mode) == stat.S_IMODE(clusters.stat().st_mode) == 0o600


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "people.parquet"
    broken.write_text("id,given\n1,Ada\n")
    with pytest.raises(PeopleUnreadable, match=r"people\.parquet is not a Parquet file"):
        deduplicate(broken)


def test_duckdb_can_reach_no_file_and_no_network(tmp_path: Path) -> None:
    import duckdb

    target = tmp_path / "names.csv"
    target.write_text("a\n1\n")
    with engine(Backend.DUCKDB, QUICK) as running:
        connection = running.start().duckdb_con
        for statement in (f"SELECT * FROM read_csv('{target}')", "INSTALL httpfs",
                          f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
                          "SET enable_external_access = true"):  # fmt: skip
            with pytest.raises(duckdb.Error):
                connection.execute(statement)
        spill = connection.execute("SELECT current_setting('temp_directory')").fetchone()
    assert spill == ("",)
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    ("missing", "backend", "error"),
    [
        ("splink", Backend.DUCKDB, LinkageMissing),
        ("pyspark", Backend.SPARK, SparkMissing),
    ],
)
def test_a_missing_extra_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, missing: str, backend: Backend, error: type[Exception]
) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == missing else real(name)
    )
    with pytest.raises(error, match="Nothing was compared"):
        deduplicate([{"id": "a"}, {"id": "b"}], backend=backend)


def test_figures_count_only_judged_pairs() -> None:
    ab, ac, bc = (frozenset(pair) for pair in ("ab", "ac", "bc"))
    counted = figures({ab, bc}, Ground([], {ab, ac}, {ab, ac}))
    assert counted == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}
