"""State machines: random walks stay on their tables and end where they end."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.rooms.readiness.models import AssessmentState, DecisionState, StandardState
from primacy.rooms.readiness.rules import (
    ASSESSMENT_MOVES,
    DECISION_MOVES,
    STANDARD_MOVES,
    Seating,
    Signing,
    equal_seats,
    move,
    signing_outcome,
    still_needed,
)

MACHINES = [
    pytest.param(
        ASSESSMENT_MOVES,
        "open",
        {"decided", "withdrawn"},
        {s.value for s in AssessmentState} - {"recorded"},
        id="assessment",
    ),
    pytest.param(
        DECISION_MOVES,
        "proposed",
        {"in_force", "refused", "lapsed"},
        {s.value for s in DecisionState},
        id="decision",
    ),
    pytest.param(
        STANDARD_MOVES,
        "draft",
        {"replaced", "withdrawn"},
        {s.value for s in StandardState},
        id="standard",
    ),
]
ACTS = sorted(
    {act for table in (ASSESSMENT_MOVES, DECISION_MOVES, STANDARD_MOVES) for _, act in table}
)


@pytest.mark.parametrize(("table", "start", "ends", "states"), MACHINES)
@settings(deadline=None)
@given(acts=st.lists(st.sampled_from([*ACTS, "delete", ""]), max_size=12))
def test_a_random_walk_never_leaves_the_table_and_an_end_is_an_end(
    table: Mapping[tuple[str, str], str],
    start: str,
    ends: set[str],
    states: set[str],
    acts: list[str],
) -> None:
    state = start
    for act in acts:
        after = move(table, state, act)
        assert after is None or (after in states and state not in ends)
        assert after != start
        state = after or state
    assert state in states


@pytest.mark.parametrize(("table", "start", "ends", "states"), MACHINES)
def test_every_state_can_be_reached_and_every_end_is_final(
    table: Mapping[tuple[str, str], str], start: str, ends: set[str], states: set[str]
) -> None:
    reached, frontier = {start}, [start]
    while frontier:
        here = frontier.pop()
        after = {target for (state, _), target in table.items() if state == here}
        frontier += after - reached
        reached |= after
    assert reached == states
    assert {state for state in states if not any(s == state for s, _ in table)} == ends


PARTIES = ("mission", "force", "ministry")
votes = st.lists(st.tuples(st.sampled_from(PARTIES), st.booleans()), max_size=12)


@settings(deadline=None)
@given(votes=votes, seats=st.integers(1, 3))
def test_nothing_is_concluded_before_every_party_gave_its_signatures(
    votes: list[tuple[str, bool]], seats: int
) -> None:
    signing = Signing(votes, PARTIES, seats)
    given_ = {party: sum(1 for who, _ in votes if who == party) for party in PARTIES}
    outcome = signing_outcome(signing)
    assert (outcome is None) == any(number < seats for number in given_.values())
    assert (still_needed(signing) == []) == (outcome is not None)
    if outcome is not None:
        majority = all(
            sum(agrees for who, agrees in votes if who == party) * 2 > given_[party]
            for party in PARTIES
        )
        assert outcome == ("complete" if majority else "refuse")


@settings(deadline=None)
@given(
    taken=st.dictionaries(st.sampled_from(PARTIES), st.integers(0, 4)),
    seats=st.integers(1, 3),
)
def test_a_team_is_complete_only_with_equal_numbers(taken: dict[str, int], seats: int) -> None:
    counts = [taken.get(party, 0) for party in PARTIES]
    complete = min(counts) >= seats and len(set(counts)) == 1
    assert (equal_seats(Seating(taken, PARTIES, seats)) == []) == complete
