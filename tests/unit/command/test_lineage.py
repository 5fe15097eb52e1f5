"""What became of units: renamed, merged, split, disbanded."""

import pytest

from primacy.kernels.command import BadClaim, Lineage, Name, Posting, Register, Succession
from tests.unit.command.register_of import commands, day, days, event


def successors(unit: str, when: str, *lineage: Lineage) -> list[tuple[str, bool]]:
    found = Register(lineage=lineage).successors(unit, day(when))
    return [(s.unit, s.certain) for s in found]


def test_a_renamed_unit_answers_to_each_of_its_ids() -> None:
    register = Register(lineage=(
        event("renamed", "a", "b", "2010-01-01"), event("renamed", "b", "c", "2012-01-01"),
    ))  # fmt: skip
    assert register.same_body("a") == register.same_body("c") == {"a", "b", "c"}
    asked = {(u, w): register.identity_at(u, day(w))
             for u in "abc" for w in ("2009-12-31", "2010-01-01", "2013-01-01")}  # fmt: skip
    assert {w: {asked[u, w] for u in "abc"} for _, w in asked} == {
        "2009-12-31": {"a"}, "2010-01-01": {"b"}, "2013-01-01": {"c"},
    }  # fmt: skip


def test_a_unit_renamed_back_has_its_old_id_again() -> None:
    register = Register(lineage=(
        event("renamed", "a", "b", "2010-01-01"), event("renamed", "b", "a", "2012-01-01"),
    ))  # fmt: skip
    assert register.identity_at("b", day("2013-01-01")) == "a"
    assert register.identity_at("a", day("2011-01-01")) == "b"


def test_a_posting_under_the_old_id_is_found_under_the_new() -> None:
    held: Posting = commands("ada", "old", "[2010-01-01/2010-12-31]")
    register = Register(postings=(held,), lineage=(event("renamed", "old", "new", "2010-06-01"),))
    found = register.commander_at("new", day("2010-07-01"))
    assert [c.person for c in found.certain] == ["ada"]


def test_two_units_cannot_be_renamed_into_one() -> None:
    """Else what one unit did would be laid at the door of the other: that is a merger."""
    register = Register(lineage=(
        event("renamed", "a", "c", "2010-01-01"),
        event("renamed", "b", "c", "2012-01-01", id="second"),
    ))  # fmt: skip
    assert register.same_body("a") == {"a", "c"}
    assert register.same_body("b") == {"b"}
    assert register.descent.contradicted == ("second",)


def test_a_rename_that_is_not_accepted_joins_nothing() -> None:
    doubt = event("renamed", "a", "b", "2010-01-01", status="conflict")
    assert Register(lineage=(doubt,)).same_body("a") == {"a"}


def test_within_the_days_a_rename_may_lie_the_old_id_stands() -> None:
    register = Register(lineage=(event("renamed", "a", "b", "2010-03"),))
    assert register.identity_at("b", day("2010-03-30")) == "a"
    assert register.identity_at("b", day("2010-03-31")) == "b"


def test_a_unit_merged_away_lives_on_in_its_successor() -> None:
    merger = event("merged", "a b", "c", "2011-04-01")
    assert successors("a", "2011-03-31", merger) == [("a", True)]
    assert successors("a", "2011-04-01", merger) == [("c", True)]


def test_a_split_leads_to_all_its_parts() -> None:
    split = event("split", "a", "b c", "2011-04-01")
    assert successors("a", "2012-01-01", split) == [("b", True), ("c", True)]
    kept = event("split", "a", "a b", "2011-04-01")
    assert successors("a", "2012-01-01", kept) == [("a", True), ("b", True)]


def test_a_disbanded_unit_has_no_successor() -> None:
    assert successors("a", "2012-01-01", event("disbanded", "a", "", "2011-04-01")) == []


def test_succession_runs_through_several_events() -> None:
    events = (
        event("renamed", "a", "b", "2010-01-01"),
        event("merged", "b x", "c", "2011-01-01", id="m"),
        event("split", "c", "d e", "2012-01-01", id="s"),
    )
    assert successors("a", "2013-01-01", *events) == [("d", True), ("e", True)]
    register = Register(lineage=events)
    assert register.predecessors("d") == (
        Succession("a", True, ("s", "m")), Succession("c", True, ("s",)),
        Succession("x", True, ("s", "m")),
    )  # fmt: skip


def test_an_uncertain_merger_leaves_both_answers_possible() -> None:
    doubt = event("merged", "a", "c", "2011-04-01", status="work_needed")
    assert successors("a", "2012-01-01", doubt) == [("a", False), ("c", False)]
    window = event("merged", "a", "c", "2011")
    assert successors("a", "2011-06-01", window) == [("a", False), ("c", False)]


def test_a_unit_set_up_again_by_a_split_exists_again() -> None:
    register = Register(lineage=(
        event("merged", "a b", "c", "2010-01-01"), event("split", "c", "a b", "2012-01-01"),
    ))  # fmt: skip
    assert register.tree_at(day("2011-01-01")).gone.keys() == {"a", "b"}
    assert register.tree_at(day("2013-01-01")).gone.keys() == {"c"}


@pytest.mark.parametrize(
    ("kind", "froms", "tos"),
    [
        ("renamed", "a b", "c"),
        ("merged", "a b", "c d"),
        ("split", "a b", "c"),
        ("disbanded", "a", "b"),
        ("attached", "a", ""),
    ],
)
def test_an_event_with_the_wrong_number_of_units_is_refused(
    kind: str, froms: str, tos: str
) -> None:
    with pytest.raises(BadClaim, match=kind):
        event(kind, froms, tos, "2010")


def test_an_attachment_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadClaim, match="ends before it begins"):
        event("attached", "a", "b", "2010-05-01", "2010-04-30")


def test_names_take_each_others_place_and_aliases_stand_beside() -> None:
    register = Register(names=(
        Name("1", "u", "First Regiment", days("[2005-01-01/2006-01-01)")),
        Name("2", "u", "Guard Regiment", days("[2010-01-01/2010-06-01)")),
        Name("3", "u", "Lions", days("(2005-01-01/2006-01-01)"), alias=True),
    ))  # fmt: skip
    assert register.names_at("u", day("2005-06-01")).certain == ("First Regiment",)
    between = register.names_at("u", day("2009-01-01"))
    assert (between.certain, between.best) == ((), "First Regiment")
    after = register.names_at("u", day("2012-01-01"))
    assert after.possible == ("Guard Regiment",)
    assert after.aliases == ("Lions",)
