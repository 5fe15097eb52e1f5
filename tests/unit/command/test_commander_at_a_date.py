"""Commander at a date, test by test after what registers are known to get wrong."""

import datetime as dt

from primacy.kernels.command import (
    Commanders,
    EndOfService,
    Lineage,
    Posting,
    Range,
    Register,
    Seniority,
    Span,
    Why,
    commander_at,
)
from tests.unit.command.register_of import commands, day, event, left


def at(
    when: str,
    *postings: Posting,
    unit: str = "bn",
    lineage: tuple[Lineage, ...] = (),
    ends: tuple[EndOfService, ...] = (),
    **options: object,
) -> Commanders:
    return commander_at(unit, day(when), postings, lineage, ends=ends, **options)  # type: ignore[arg-type]


def persons(found: Commanders) -> tuple[list[str], list[str]]:
    return [c.person for c in found.certain], [c.person for c in found.possible]


def whys(found: Commanders) -> set[Why]:
    return {reason.why for one in found.all for reason in one.reasons}


def test_an_ended_posting_never_shows() -> None:
    held = commands("ada", "bn", "[2009-01-01/2011-06-30]")
    assert persons(at("2011-06-30", held)) == (["ada"], [])
    assert persons(at("2011-07-01", held)) == ([], [])
    assert persons(at("2016-01-01", held)) == ([], [])


def test_an_end_in_another_claim_ends_the_open_one_too() -> None:
    seen = commands("ada", "bn", "(2009-05-01)")
    ended = commands("ada", "bn", "(2011-06-01/2011-06-30]")
    assert persons(at("2010-01-01", seen, ended)) == ([], ["ada"])
    assert persons(at("2012-01-01", seen, ended)) == ([], [])


def test_a_second_tenure_after_an_end_shows_again() -> None:
    first = commands("ada", "bn", "[2009-01-01/2010-12-31]")
    again = commands("ada", "bn", "[2013-01-01/2013-06-01)")
    assert persons(at("2012-01-01", first, again)) == ([], [])
    assert persons(at("2013-03-01", first, again)) == (["ada"], [])
    assert persons(at("2014-01-01", first, again)) == ([], ["ada"])


def test_a_non_commanding_role_never_shows() -> None:
    staff = commands("ada", "bn", "[2009-01-01/2011-06-30]", role="Paymaster", commanding=False)
    found = at("2010-01-01", staff)
    assert persons(found) == ([], [])
    assert [out.reason.why for out in found.left_out] == [Why.NOT_COMMANDING]


def test_a_role_nobody_has_judged_is_possible_at_most() -> None:
    unread = commands("ada", "bn", "[2009-01-01/2011-06-30]", role="Tribune", commanding=None)
    found = at("2010-01-01", unread)
    assert persons(found) == ([], ["ada"])
    assert Why.ROLE_UNKNOWN in whys(found)


def test_a_posting_without_any_role_is_no_command() -> None:
    bare = commands("ada", "bn", "[2009-01-01/2011-06-30]", role="", commanding=None)
    found = at("2010-01-01", bare)
    assert persons(found) == ([], [])
    assert [out.reason.why for out in found.left_out] == [Why.NO_ROLE]


def test_several_first_and_last_dates_make_no_duplicates() -> None:
    found = at(
        "2010-03-01",
        commands("ada", "bn", "[2009-01-01/2009-12-31)", id="a"),
        commands("ada", "bn", "(2010-01-01/2010-06-30)", id="b"),
        commands("ada", "bn", "(2010-02-01/2011-02-01)", id="c"),
        commands("ada", "bn", "(2012-05-05)", id="d"),
    )
    assert persons(found) == (["ada"], [])
    one = found.certain[0]
    assert set(one.postings) == {"a", "b", "c", "d"}
    assert one.known == (
        Span(day("2009-01-01"), day("2011-02-01")),
        Span(day("2012-05-05"), day("2012-05-05")),
    )


def test_days_between_two_sightings_are_possible_and_say_so() -> None:
    found = at("2010-06-01", commands("ada", "bn", "(2009-01-01)"),
               commands("ada", "bn", "(2011-01-01)"))  # fmt: skip
    assert persons(found) == ([], ["ada"])
    assert Why.BOTH_SIDES in whys(found)


def test_unknown_units_never_carry_a_person() -> None:
    held = commands("ada", "unknown", "[2009-01-01/2011-06-30]")
    found = at("2010-01-01", held, unit="unknown", placeholders={"unknown"})
    assert persons(found) == ([], [])
    assert [out.reason.why for out in found.left_out] == [Why.PLACEHOLDER]


def test_an_open_posting_is_only_possible_after_its_last_precise_day() -> None:
    held = commands("ada", "bn", "[2009-01-01/2009-06-01)")
    found = at("2009-06-02", held)
    assert persons(found) == ([], ["ada"])
    assert found.possible[0].reasons[0].why is Why.AFTER_LAST
    assert found.possible[0].reasons[0].words() == (
        "last known on 1 June 2009; nobody knows whether it went on"
    )


def test_somebody_else_in_command_ends_an_open_posting() -> None:
    old = commands("ada", "bn", "[2009-01-01/2009-06-01)")
    new = commands("ben", "bn", "[2012-01-01/2012-03-01]")
    assert persons(at("2011-12-31", old, new)) == ([], ["ada"])
    assert persons(at("2012-02-01", old, new)) == (["ben"], [])
    gone = at("2013-01-01", old, new)
    assert persons(gone) == ([], [])
    assert Why.OTHER_COMMANDER in {out.reason.why for out in gone.left_out}


def test_a_claim_that_is_not_accepted_supersedes_nobody() -> None:
    old = commands("ada", "bn", "[2009-01-01/2009-06-01)")
    rumour = commands("ben", "bn", "[2012-01-01/2012-03-01]", status="work_needed")
    found = at("2012-02-01", old, rumour)
    assert persons(found) == ([], ["ben", "ada"])
    assert Why.STATUS in whys(found)


def test_an_acting_commander_is_shown_as_acting_and_supersedes_nobody() -> None:
    old = commands("ada", "bn", "[2009-01-01/2009-06-01)")
    stand_in = commands("ben", "bn", "[2010-01-01/2010-03-01]", acting=True)
    found = at("2010-02-01", old, stand_in)
    assert persons(found) == (["ben"], ["ada"])
    assert found.certain[0].acting
    assert persons(at("2010-04-01", old, stand_in)) == ([], ["ada"])


def test_the_dead_never_command() -> None:
    """A chart of 2016 once showed a ruler who had died years before."""
    ruler = commands("ada", "bn", "[2001-01-01/2010-05-05)")
    died = left("ada", "died", "2010-05-05")
    assert persons(at("2010-05-05", ruler, ends=(died,))) == (["ada"], [])
    found = at("2016-01-01", ruler, ends=(died,))
    assert persons(found) == ([], [])
    assert found.vacancy is not None
    assert found.vacancy.since == day("2010-05-06")
    assert [r.why for r in found.vacancy.reasons] == [Why.DIED]


def test_a_claim_beyond_death_does_not_stand() -> None:
    late = commands("ada", "bn", "[2011-01-01/2012-01-01)")
    found = at("2011-05-01", late, ends=(left("ada", "died", "2010"),))
    assert persons(found) == ([], [])
    assert [out.reason.why for out in found.left_out] == [Why.DIED]


def test_retirement_ends_an_open_posting_but_not_a_stated_recall() -> None:
    held = commands("ada", "bn", "[2005-01-01/2008-01-01)")
    retired = left("ada", "retired", "2009-03")
    assert persons(at("2009-03-15", held, ends=(retired,))) == ([], ["ada"])
    assert persons(at("2009-04-01", held, ends=(retired,))) == ([], [])
    recalled = commands("ada", "bn", "[2010-01-01/2010-02-01)")
    assert persons(at("2010-01-15", held, recalled, ends=(retired,))) == (["ada"], [])
    assert persons(at("2010-03-01", held, recalled, ends=(retired,))) == ([], ["ada"])


def test_a_rumoured_death_ends_nothing() -> None:
    held = commands("ada", "bn", "[2005-01-01/2008-01-01)")
    rumour = left("ada", "died", "2008-02-01", status="work_needed")
    assert persons(at("2009-01-01", held, ends=(rumour,))) == ([], ["ada"])


def test_a_later_command_elsewhere_ends_an_open_posting() -> None:
    old = commands("ada", "bn", "[2005-01-01/2006-01-01)")
    new = commands("ada", "bde", "[2008-07-01/2008-08-01)")
    assert persons(at("2008-06-30", old, new)) == ([], ["ada"])
    found = at("2008-07-01", old, new)
    assert persons(found) == ([], [])
    assert found.vacancy is not None
    assert [r.why for r in found.vacancy.reasons] == [Why.MOVED]


def test_two_commands_held_at_once_stay_possible_together() -> None:
    both = commands("ada", "bn", "[2005-01-01/2009-01-01)")
    second = commands("ada", "bde", "[2008-07-01/2008-08-01)")
    assert persons(at("2010-01-01", both, second)) == ([], ["ada"])


def test_an_acting_command_elsewhere_ends_nothing() -> None:
    old = commands("ada", "bn", "[2005-01-01/2006-01-01)")
    stand_in = commands("ada", "bde", "[2008-07-01/2008-08-01)", acting=True)
    assert persons(at("2008-09-01", old, stand_in)) == ([], ["ada"])


def test_too_senior_a_commander_is_flagged_as_probably_ultimate() -> None:
    scale = Seniority({"Lieutenant Colonel": 5, "Major General": 8}, {"bn": 6})
    general = commands("ada", "bn", "[2010-01-01/2011-01-01)", rank="Major General")
    colonel = commands("ben", "bn", "[2009-01-01/2009-02-01)", rank="Lieutenant Colonel")
    found = at("2010-06-01", general, colonel, seniority=scale)
    assert persons(found) == (["ada"], ["ben"])
    assert found.certain[0].ultimate
    assert not found.possible[0].ultimate
    assert Why.TOO_SENIOR in {r.why for r in found.certain[0].reasons}


def test_an_untitled_posting_never_doubles_a_titled_one() -> None:
    titled = commands("ada", "bn", "[2010-01-01/2011-01-01)", title="General Officer Commanding",
                      rank="Major General", id="titled")  # fmt: skip
    bare = commands("ada", "bn", "(2010-03-01/2010-04-01)", role="", commanding=None, id="bare")
    plain = commands("ada", "bn", "(2010-03-01/2010-04-01)", id="plain")
    found = at("2010-03-15", bare, plain, titled)
    assert persons(found) == (["ada"], [])
    assert found.certain[0].title == "General Officer Commanding"
    assert set(found.certain[0].postings) == {"titled", "plain"}


def test_two_certain_commanders_are_both_shown_as_contested() -> None:
    found = at("2010-06-01", commands("ada", "bn", "[2010-01-01/2011-01-01]"),
               commands("ben", "bn", "[2010-03-01/2011-01-01]"))  # fmt: skip
    assert sorted(persons(found)[0]) == ["ada", "ben"]
    assert found.contested
    assert all(one.contested for one in found.certain)


def test_conflict_claims_are_never_certain() -> None:
    """A ceremony is sourced: the earlier appointment is kept as conflict."""
    appointed = commands("ben", "bn", "[2010-01-01/2010-01-31]", status="conflict")
    ceremony = commands("ben", "bn", "[2010-02-01/2010-06-01)")
    assert persons(at("2010-01-15", appointed, ceremony)) == ([], ["ben"])
    assert persons(at("2010-02-01", appointed, ceremony)) == (["ben"], [])


def test_a_unit_without_commander_says_since_when_and_why() -> None:
    held = commands("ada", "bn", "[2009-01-01/2011-06-30]")
    found = at("2013-01-01", held)
    assert found.vacancy is not None
    assert found.vacancy.since == day("2011-07-01")
    assert found.vacancy.last_person == "ada"
    assert [r.words() for r in found.vacancy.reasons] == ["ended by 30 June 2011"]


def test_a_unit_that_never_had_one_says_so() -> None:
    found = at("2013-01-01")
    assert found.vacancy is not None
    assert found.vacancy.since is None
    assert [r.why for r in found.vacancy.reasons] == [Why.NEVER]
    before = at("2001-01-01", commands("ada", "bn", "[2009-01-01/2011-06-30]"))
    assert before.vacancy is not None
    assert before.vacancy.since is None


def test_a_disbanded_unit_has_no_commander() -> None:
    held = commands("ada", "bn", "[2009-01-01/2009-06-30)")
    found = at("2012-01-01", held, lineage=(event("disbanded", "bn", "", "2011-04-01"),))
    assert persons(found) == ([], [])
    assert found.vacancy is not None
    assert found.vacancy.since == day("2011-04-01")
    assert [r.why for r in found.vacancy.reasons] == [Why.DISBANDED]


def test_who_was_heard_of_long_ago_is_not_possible_for_ever() -> None:
    held = commands("ada", "bn", "[1987-01-01/1988-01-01)")
    found = at("2016-01-01", held)
    assert persons(found) == ([], [])
    assert found.vacancy is not None
    assert [r.why for r in found.vacancy.reasons] == [Why.LONG_AGO]
    assert persons(at("2016-01-01", held, reach_days=None)) == ([], ["ada"])


def test_nobody_is_possible_before_another_certain_commander() -> None:
    later = commands("ada", "bn", "(2012-01-01/2012-02-01)")
    earlier = commands("ben", "bn", "[2010-01-01/2010-02-01]")
    assert persons(at("2009-01-01", later, earlier)) == ([], [])
    assert persons(at("2011-01-01", later, earlier)) == ([], ["ada"])


def test_an_answer_of_each_unit_equals_the_answer_of_all() -> None:
    register = Register(postings=[
        commands("ada", "bn", "[2009-01-01/2011-06-30)"),
        commands("ben", "bde", "[2010-01-01/2011-06-30]"),
    ])  # fmt: skip
    for when in (dt.date(2010, 5, 5), dt.date(2014, 1, 1)):
        for unit, found in register.commanders_at(when).items():
            one = register.commander_at(unit, when)
            assert (one.certain, one.possible, one.vacancy) == (
                found.certain, found.possible, found.vacancy,
            )  # fmt: skip


def test_an_end_that_is_not_accepted_ends_nothing() -> None:
    seen = commands("ada", "bn", "(2009-05-01)")
    rumour = commands("ada", "bn", "(2011-06-01/2011-06-30]", status="work_needed")
    assert persons(at("2012-01-01", seen, rumour)) == ([], ["ada"])


def test_a_successor_ends_the_days_within_which_somebody_left() -> None:
    handed = Posting("a", "ada", "bn", Range.read(
        "2010-01-01", "2010-06-30", "2010-07-01", "2010-12-31", "Y", "Y"), commanding=True,
        role="Commander")  # fmt: skip
    new = commands("ben", "bn", "[2010-09-01/2010-12-31]")
    assert persons(at("2010-08-31", handed, new)) == ([], ["ada"])
    assert persons(at("2010-10-01", handed, new)) == (["ben"], [])


def test_a_command_elsewhere_of_unknown_beginning_ends_nothing() -> None:
    old = commands("ada", "bn", "[2005-01-01/2006-01-01)")
    seen = commands("ada", "bde", "(2008-07-01/2008-08-01)")
    assert persons(at("2008-07-15", old, seen)) == ([], ["ada"])


def test_nobody_is_possible_here_while_known_to_end_a_command_elsewhere() -> None:
    before = commands("ada", "bde", "[2005-01-01/2006-01-01]")
    here = commands("ada", "bn", "(2008-07-01/2008-08-01]")
    assert persons(at("2005-06-01", before, here)) == ([], [])
    assert persons(at("2007-01-01", before, here)) == ([], ["ada"])
