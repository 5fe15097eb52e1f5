"""The tree of a day: one superior, no cycles, certain apart from possible, conflicts reported."""

from primacy.kernels.command import (
    CommandTree,
    Holding,
    Lineage,
    Register,
    Relation,
    Why,
    tree_at,
)
from tests.unit.command.register_of import day, event, under


def tree(when: str, *relations: Relation, lineage: tuple[Lineage, ...] = ()) -> CommandTree:
    return tree_at(relations, day(when), lineage)


def test_certain_and_possible_edges_stand_apart() -> None:
    found = tree("2010-06-01", under("bn", "bde", "[2010-01-01/2010-12-31]"),
                 under("coy", "bn", "[2009-01-01/2009-12-31)"))  # fmt: skip
    assert found.certain == {"bn": "bde"}
    assert found.possible == {"coy": "bn"}
    assert found.roots == ("bde",)
    assert found.certain_superior("coy") is None
    assert [r.why for r in found.edges["coy"].reasons] == [Why.AFTER_LAST]


def test_administrative_and_membership_are_no_command() -> None:
    found = tree("2010-06-01",
                 under("bn", "ministry", "[2010-01-01/2010-12-31]", kind="administrative"),
                 under("bn", "taskforce", "[2010-01-01/2010-12-31]", kind="member"))  # fmt: skip
    assert not found.edges
    assert not found.also


def test_only_accepted_claims_are_certain() -> None:
    for status in ("conflict", "work_needed", "issue"):
        found = tree("2010-06-01", under("bn", "bde", "[2010-01-01/2010-12-31]", status=status))
        assert not found.certain
        assert found.possible == {"bn": "bde"}
        assert found.edges["bn"].reasons[0].why is Why.STATUS


def test_two_certain_superiors_are_a_conflict_and_the_newest_start_is_shown() -> None:
    found = tree("2010-06-01", under("bn", "north", "[2009-01-01/2010-12-31]"),
                 under("bn", "south", "[2010-01-01/2010-12-31]"))  # fmt: skip
    assert found.certain == {"bn": "south"}
    assert found.edges["bn"].contested
    (conflict,) = found.conflicts
    assert set(conflict.superiors) == {"north", "south"}
    assert conflict.taken == "south"
    (other,) = found.others("bn")
    assert (other.superior, other.certain, other.contested) == ("north", False, True)


def test_equal_claims_are_told_apart_by_their_id() -> None:
    one = under("bn", "north", "[2010-01-01/2010-12-31]", id="b")
    two = under("bn", "south", "[2010-01-01/2010-12-31]", id="a")
    assert tree("2010-06-01", one, two).certain == tree("2010-06-01", two, one).certain
    assert tree("2010-06-01", one, two).certain == {"bn": "south"}


def test_two_claims_for_one_superior_are_no_conflict() -> None:
    found = tree("2010-06-01", under("bn", "bde", "[2009-01-01/2010-12-31]", id="a"),
                 under("bn", "bde", "(2010-01-01/2010-12-31)", id="b"))  # fmt: skip
    assert not found.conflicts
    assert set(found.edges["bn"].claims) == {"a", "b"}


def test_a_later_superior_ends_an_open_relation() -> None:
    old = under("bn", "north", "[2009-01-01/2009-06-01)")
    new = under("bn", "south", "[2012-01-01/2012-06-01)")
    assert tree("2011-01-01", old, new).possible == {"bn": "north"}
    assert tree("2013-01-01", old, new).possible == {"bn": "south"}
    assert not tree("2013-01-01", old, new).others("bn")


def test_a_cycle_is_left_out_and_its_members_named() -> None:
    found = tree("2010-06-01", under("a", "b", "[2010-03-01/2010-12-31]"),
                 under("b", "c", "[2010-02-01/2010-12-31]"),
                 under("c", "a", "[2010-01-01/2010-12-31]"))  # fmt: skip
    assert found.certain == {"a": "b", "b": "c"}
    (cycle,) = found.cycles
    assert (cycle.edge.unit, cycle.edge.superior) == ("c", "a")
    assert cycle.members == ("c", "a", "b")
    assert found.roots == ("c",)


def test_a_unit_under_itself_is_left_out() -> None:
    found = tree("2010-06-01", under("a", "a", "[2010-01-01/2010-12-31]"))
    assert not found.edges
    assert found.cycles[0].members == ("a",)
    assert found.alone == ("a",)


def test_where_a_superior_would_close_a_cycle_the_next_best_is_taken() -> None:
    found = tree("2010-06-01", under("a", "b", "[2010-01-01/2010-12-31]"),
                 under("b", "a", "[2009-06-01/2010-12-31]"),
                 under("b", "hq", "[2009-01-01/2010-12-31]"))  # fmt: skip
    assert found.certain == {"a": "b", "b": "hq"}
    assert [c.edge.unit for c in found.cycles] == ["b"]


def test_an_attachment_overrides_the_own_superior_while_it_lasts() -> None:
    own = under("bn", "bde", "[2009-01-01/2012-12-31]")
    lent = event("attached", "bn", "taskforce", "2010-03-01", "2010-09-30")
    assert tree("2010-02-28", own, lineage=(lent,)).certain == {"bn": "bde"}
    during = tree("2010-03-01", own, lineage=(lent,))
    assert during.certain == {"bn": "taskforce"}
    assert during.edges["bn"].attached
    assert not during.conflicts
    assert [out.reason.words() for out in during.left_out] == ["attached to taskforce on this day"]
    assert tree("2010-09-30", own, lineage=(lent,)).certain == {"bn": "taskforce"}
    assert tree("2010-10-01", own, lineage=(lent,)).certain == {"bn": "bde"}


def test_an_attachment_may_be_claimed_as_a_relation() -> None:
    own = under("bn", "bde", "[2009-01-01/2012-12-31]")
    lent = under("bn", "taskforce", "[2010-03-01/2010-09-30]", attached=True)
    assert tree("2010-05-01", own, lent).certain == {"bn": "taskforce"}
    assert tree("2011-05-01", own, lent).certain == {"bn": "bde"}


def test_within_the_days_an_attachment_may_have_begun_nothing_is_certain() -> None:
    own = under("bn", "bde", "[2009-01-01/2012-12-31]")
    lent = event("attached", "bn", "taskforce", "2010-03", "2010-09-30")
    found = tree("2010-03-15", own, lineage=(lent,))
    assert not found.certain
    assert found.possible == {"bn": "taskforce"}
    (other,) = found.others("bn")
    assert other.superior == "bde"
    assert other.reasons[0].words() == "may have been attached to taskforce on this day"


def test_an_attachment_without_an_end_leaves_both_possible() -> None:
    own = under("bn", "bde", "[2009-01-01/2012-12-31]")
    lent = event("attached", "bn", "taskforce", "2010-03-01")
    found = tree("2011-01-01", own, lineage=(lent,))
    assert not found.certain
    assert {found.edges["bn"].superior, *(e.superior for e in found.others("bn"))} == {
        "taskforce", "bde",
    }  # fmt: skip


def test_a_disbanded_unit_leaves_the_tree_from_the_day() -> None:
    links = (under("bn", "bde", "[2009-01-01/2012-12-31]"),
             under("coy", "bn", "[2009-01-01/2012-12-31]"))  # fmt: skip
    end = (event("disbanded", "bn", "", "2011-04-01"),)
    assert tree("2011-03-31", *links, lineage=end).certain == {"bn": "bde", "coy": "bn"}
    after = tree("2011-04-01", *links, lineage=end)
    assert not after.edges
    assert "bn" not in after.units
    assert after.gone["bn"].words() == "the unit was disbanded by 1 April 2011"
    assert {out.claim for out in after.left_out} == {r.id for r in links}


def test_merged_units_leave_and_the_new_one_stays() -> None:
    links = (under("a", "hq", "[2009-01-01/2012-12-31]"),
             under("b", "hq", "[2009-01-01/2012-12-31]"),
             under("c", "hq", "[2011-04-01/2012-12-31]"))  # fmt: skip
    merger = (event("merged", "a b", "c", "2011-04-01"),)
    assert tree("2011-04-01", *links, lineage=merger).certain == {"c": "hq"}
    into = (event("merged", "a b", "b", "2011-04-01"),)
    assert tree("2012-01-01", *links, lineage=into).certain == {"b": "hq", "c": "hq"}


def test_a_unit_that_may_be_disbanded_stays_and_says_so() -> None:
    link = under("bn", "bde", "[2009-01-01/2012-12-31]")
    rumour = (event("disbanded", "bn", "", "2011-04-01", status="work_needed"),)
    found = tree("2012-01-01", link, lineage=rumour)
    assert found.certain == {"bn": "bde"}
    assert found.maybe_gone["bn"].why is Why.MAYBE_GONE


def test_a_renamed_unit_keeps_its_place_under_either_id() -> None:
    links = (under("old", "bde", "[2009-01-01/2012-12-31]"),
             under("coy", "new", "[2009-01-01/2012-12-31]"))  # fmt: skip
    renamed = (event("renamed", "old", "new", "2011-01-01"),)
    assert tree("2010-12-31", *links, lineage=renamed).certain == {"old": "bde", "coy": "old"}
    after = tree("2011-01-01", *links, lineage=renamed)
    assert after.certain == {"new": "bde", "coy": "new"}
    assert after.certain_superior("old") == "bde"


def test_units_under_and_was_under_agree_at_any_depth() -> None:
    register = Register((
        under("bn", "bde", "[2010-01-01/2010-12-31]"),
        under("coy", "bn", "[2010-01-01/2010-12-31]"),
        under("plt", "coy", "[2009-01-01/2009-12-31)"),
        under("bn", "corps", "[2009-01-01/2010-12-31]", status="work_needed"),
    ))  # fmt: skip
    when = day("2010-06-01")
    below = {s.unit: (s.depth, s.certain) for s in register.units_under("bde", when)}
    assert below == {"bn": (1, True), "coy": (2, True), "plt": (3, False)}
    assert register.was_under("coy", "bde", when).holding is Holding.CERTAIN
    assert register.was_under("plt", "bde", when).holding is Holding.POSSIBLE
    assert [e.superior for e in register.was_under("plt", "bde", when).path] == [
        "coy", "bn", "bde",
    ]  # fmt: skip
    assert register.was_under("coy", "corps", when).holding is Holding.POSSIBLE
    assert not register.was_under("bde", "coy", when)


def test_a_contested_superior_is_not_certain_for_the_units_below() -> None:
    register = Register((
        under("bn", "north", "[2009-01-01/2010-12-31]"),
        under("bn", "south", "[2010-01-01/2010-12-31]"),
    ))  # fmt: skip
    for superior in ("north", "south"):
        found = register.was_under("bn", superior, day("2010-06-01"))
        assert found.holding is Holding.POSSIBLE


def test_a_force_without_relations_lists_its_units_alone() -> None:
    assert Register(units=["a", "b"]).tree_at(day("2010-01-01")).alone == ("a", "b")


def test_of_possible_superiors_the_accepted_claim_is_shown() -> None:
    accepted = under("bn", "north", "[2009-01-01/2009-06-01)")
    newer = under("bn", "south", "[2010-01-01/2010-12-31]", status="conflict")
    found = tree("2010-06-01", accepted, newer)
    assert found.possible == {"bn": "north"}
    assert [e.superior for e in found.others("bn")] == ["south"]
