"""On a made-up force of another seed each rule finds what was seeded, and errs seldom."""

import pytest

from benchmarks.payroll import figures, named
from benchmarks.payroll_force import plain_sql
from benchmarks.payroll_force.made import MadeForce, make
from primacy.kernels.flags import RULES

SIZE = 4_000
MOST_FALSE_ALARMS = 60


@pytest.fixture(scope="module")
def made() -> MadeForce:
    return make(SIZE, seed=77)


@pytest.fixture(scope="module")
def table(made: MadeForce) -> dict[str, dict[str, object]]:
    return figures(made, named(made))


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_a_rule_finds_what_was_seeded_for_it(
    table: dict[str, dict[str, object]], code: str
) -> None:
    row = table[code]
    assert int(str(row["seeded"])) >= 2
    assert float(str(row["recall"])) >= 0.95
    assert int(str(row["false_alarms"])) <= MOST_FALSE_ALARMS


def test_fewer_honest_persons_are_asked_about_than_by_plain_queries(
    made: MadeForce, table: dict[str, dict[str, object]]
) -> None:
    plain = figures(made, plain_sql.asked(made))
    ours = sum(int(str(row["false_alarms"])) for row in table.values())
    theirs = sum(int(str(row["false_alarms"])) for row in plain.values())
    assert ours * 10 < theirs


def test_the_same_force_gives_the_same_questions(made: MadeForce) -> None:
    assert named(made) == named(make(SIZE, seed=77))
