"""Each rule on the smallest force that shows it, and on the honest one beside it."""

import datetime as dt
from dataclasses import replace

import pytest

from primacy.kernels.flags import (
    RULES,
    BadForce,
    BadLimits,
    Card,
    Establishment,
    Flag,
    Force,
    HeadCount,
    Limits,
    Member,
    NoSuchRule,
    NumberRange,
    PayKind,
    PayLine,
    Promotion,
    Rations,
    Severity,
    Station,
    plain_account,
    plain_number,
    raise_flags,
)
from primacy.kernels.strength import Absence, Cause
from primacy.kernels.time.ranges import parse_when

TODAY = dt.date(2026, 6, 30)
APRIL, MAY, JUNE = (dt.date(2026, month, 1) for month in (4, 5, 6))


def force(*members: Member, **more: object) -> Force:
    return Force(**{"as_of": TODAY, "members": members, **more})  # type: ignore[arg-type]


def found(rule: str, made: Force, **limits: object) -> list[Flag]:
    return raise_flags(made, Limits(**limits), [rule])  # type: ignore[arg-type]


def salary(person: str, month: dt.date, account: str = "", **more: object) -> PayLine:
    record = f"{person}-{month}-{len(account)}-{more.get('kind', '')}"
    return PayLine(record, person, month, **{"unit": "U", "account": account, **more})  # type: ignore[arg-type]


def count(
    day: dt.date, expected: str, present: str, unnamed: int = 0, unit: str = "U"
) -> HeadCount:
    return HeadCount(
        f"{unit}-{day}", unit, day, frozenset(expected.split()), frozenset(present.split()), unnamed
    )


def crowd(*names: str) -> list[Member]:
    return [Member(name, unit="U") for name in names]


def test_pay_of_two_to_one_account_is_asked_about_once() -> None:
    lines = [salary(p, m, "770") for p in "ab" for m in (MAY, JUNE)] + [salary("c", MAY, "880")]
    (flag,) = found("same_account", force(*crowd("a", "b", "c"), pay=lines))
    assert flag.subjects == ("a", "b")
    assert len(flag.records) == 4
    assert (flag.peers.size, flag.peers.alike) == (2, 1)
    assert flag.severity is Severity.ROUTINE
    assert "may share an account for good reasons" in flag.reasons[1]


def test_an_account_passed_on_or_of_a_paying_agent_is_no_question() -> None:
    passed_on = [salary("a", MAY, "770"), salary("b", JUNE, "770")]
    assert not found("same_account", force(*crowd("a", "b"), pay=passed_on))
    together = [salary(p, MAY, "770") for p in "abc"]
    assert found("same_account", force(*crowd(*"abc"), pay=together))
    made = force(*crowd(*"abc"), pay=together, agents=frozenset({"770"}))
    assert not found("same_account", made)


def test_pay_to_an_account_above_in_the_chain_is_found_at_any_level() -> None:
    members = [Member("a", superior="b"), Member("b", superior="c"), Member("c", superior="a")]
    lines = [salary("a", MAY, "1"), salary("b", MAY, "2"), salary("c", MAY, "1")]
    flags = found("superiors_account", force(*members, pay=lines))
    assert ("a", "c") in [flag.subjects for flag in flags]


def test_who_is_on_no_roll_and_who_is_paid_twice() -> None:
    lines = [salary("a", MAY), salary("a", MAY, "x"), salary("ghost", MAY)]
    made = force(*crowd("a"), pay=lines)
    assert [f.subjects for f in found("paid_not_on_roll", made)] == [("ghost",)]
    assert [f.subjects for f in found("paid_twice", made)] == [("a",)]
    arrears = [salary("a", MAY), salary("a", MAY, kind=PayKind.ARREARS)]
    assert not found("paid_twice", force(*crowd("a"), pay=arrears))


def parade(**more: object) -> Force:
    counts = [count(dt.date(2026, m, 10), "a b c", "b c") for m in (4, 5)]
    lines = [salary(p, m) for p in "abc" for m in (APRIL, MAY)]
    return force(*crowd(*"abc"), **{"pay": lines, "head_counts": counts, **more})


def test_paid_and_not_seen_at_two_counts_that_follow_each_other() -> None:
    (flag,) = found("paid_not_present", parade())
    assert flag.subjects == ("a",)
    assert {record.register for record in flag.records} == {"pay", "head_count"}
    assert "10 April 2026 to 10 May 2026" in flag.reasons[0]


@pytest.mark.parametrize("cause", [Cause.LEAVE, Cause.COURSE, Cause.HOSPITAL, Cause.DEPLOYED])
def test_an_absence_on_record_is_no_question(cause: Cause) -> None:
    away = [Absence("a", cause, dt.date(2026, 5, 1), dt.date(2026, 5, 31))]
    assert not found("paid_not_present", parade(absences=away))


def test_one_missed_count_or_being_seen_elsewhere_is_no_question() -> None:
    one = parade()
    assert not found("paid_not_present", replace(one, head_counts=one.head_counts[:1]))
    elsewhere = count(dt.date(2026, 5, 10), "z", "z a", unit="V")
    assert not found("paid_not_present", replace(one, head_counts=[*one.head_counts, elsewhere]))


def test_heads_without_a_name_may_be_the_missing_one_and_a_few_do_not_hide_many() -> None:
    nameless = [count(dt.date(2026, m, 10), "a b c", "b c", 1) for m in (4, 5)]
    assert not found("paid_not_present", parade(head_counts=nameless))
    many = [count(dt.date(2026, m, 10), "a b c", "c", 1) for m in (4, 5)]
    flags = found("paid_not_present", parade(head_counts=many))
    assert {flag.subjects for flag in flags} == {("a",), ("b",)}
    assert "without a name" in flags[0].reasons[-1]


def test_who_came_to_duty_and_got_no_pay_is_asked_about_for_their_sake() -> None:
    lines = [salary(p, m) for p in "ac" for m in (APRIL, MAY)]
    (flag,) = found("present_not_paid", parade(pay=lines))
    assert flag.subjects == ("b",)
    assert not found("present_not_paid", parade(pay=[]))


def test_pay_after_death_is_asked_about_from_the_next_full_month() -> None:
    dead = [Absence("a", Cause.DEAD, dt.date(2026, 4, 12), record="doc")]
    made = force(*crowd("a"), pay=[salary("a", APRIL), salary("a", MAY)], absences=dead)
    (flag,) = found("paid_dead", made)
    assert [record.row for record in flag.records][:1] == ["doc"]
    assert "full months of that time: 1" in flag.reasons[1]
    assert not found("paid_dead", replace(made, pay=[salary("a", APRIL)]))
    assert not found("paid_dead", made, months_owed={Cause.DEAD: 1})
    pension = [salary("a", MAY, kind=PayKind.PENSION)]
    assert not found("paid_dead", replace(made, pay=pension))


def test_pay_after_a_return_is_no_question() -> None:
    held = [Absence("a", Cause.DETAINED, dt.date(2026, 3, 10), dt.date(2026, 5, 5))]
    made = force(*crowd("a"), pay=[salary("a", m) for m in (APRIL, MAY, JUNE)], absences=held)
    (flag,) = found("paid_detained", made)
    assert "full months of that time: 1, first April 2026" in flag.reasons[1]


@pytest.mark.parametrize(
    ("born", "severity"),
    [("2008-07-01", Severity.FIRST), ("2008", Severity.SOON), ("2008-06-30", None), ("2007", None)],
)
def test_a_child_is_asked_about_also_where_the_day_of_birth_is_not_known(
    born: str, severity: Severity | None
) -> None:
    flags = found("under_age", force(Member("a", born=parse_when(born))))
    assert [flag.severity for flag in flags] == ([severity] if severity else [])


def test_over_age_only_where_it_is_certain_and_by_rank() -> None:
    old = Member("a", rank=5, born=parse_when("1964"))
    assert found("over_age", force(old))
    assert not found("over_age", force(old), most_age_by_rank={5: 65})
    assert not found("over_age", force(replace(old, born=parse_when("1965-07-01"))), most_age=60)


def test_hired_before_18_only_where_it_is_certain() -> None:
    hired = dt.date(2020, 6, 1)
    assert found("hired_before_18", force(Member("a", born=parse_when("2003"), hired=hired)))
    assert not found("hired_before_18", force(Member("a", born=parse_when("2002"), hired=hired)))


def test_rank_above_post_and_not_the_other_way_round() -> None:
    members = [Member("a", rank=3, post=2), Member("b", rank=2, post=3), Member("c", rank=2)]
    assert [f.subjects for f in found("rank_above_post", force(*members))] == [("a",)]


def test_numbers_outside_their_ranges_before_their_time_and_used_again() -> None:
    spans = [NumberRange("P", 1, 500, dt.date(2000, 1, 1)), NumberRange("P", 501, 900, MAY)]
    members = [
        Member("a", "P-0100", entered=dt.date(2010, 1, 1)),
        Member("b", "p100", entered=dt.date(2011, 1, 1)),
        Member("c", "P950", entered=JUNE),
        Member("d", "P600", entered=dt.date(2020, 1, 1)),
        Member("e", "X100", entered=JUNE),
    ]
    made = force(*members, numbers=spans)
    assert [f.subjects[0] for f in found("number_out_of_range", made)] == ["c", "d", "e"]
    assert [f.subjects for f in found("number_reused", made)] == [("a", "b")]
    assert not found("number_out_of_range", force(*members))


def test_cards_held_by_two_at_once_or_never_issued() -> None:
    cards = [
        Card("1", "C1", "a", APRIL),
        Card("2", "c-1", "b", MAY),
        Card("3", "C2", "c", APRIL, MAY),
        Card("4", "C2", "d", JUNE),
    ]
    members = [Member("a", card="C1"), Member("d", card="C9"), Member("e", card="C2")]
    made = force(*members, cards=cards)
    assert [f.subjects for f in found("card_reused", made)] == [("a", "b")]
    flags = found("card_not_issued", made)
    assert [f.subjects[0] for f in flags] == ["d", "e"]
    assert [str(f.reasons[0]) for f in flags] == [
        "the card number on the roll was never issued",
        "the card number on the roll was issued to somebody else",
    ]


def test_seen_in_two_units_on_one_day() -> None:
    counts = [count(MAY, "a b", "a b"), count(MAY, "c", "c a", unit="V"), count(JUNE, "c", "c b")]
    assert [f.subjects for f in found("present_twice", force(head_counts=counts))] == [("a",)]


def test_a_promotion_above_the_posts_of_the_day() -> None:
    table = Establishment("U", APRIL, 10, {2: 1})
    members = [Member("a", unit="U", rank=2), Member("b", unit="U", rank=3)]
    raised = [Promotion("1", "a", "U", MAY, 1, 2), Promotion("2", "b", "U", JUNE, 2, 3)]
    made = force(*members, establishments=[table], promotions=raised)
    # In May b still held the rank that a was raised to; in June no post of level 3 is there for b.
    assert [f.subjects for f in found("promotion_without_vacancy", made)] == [("a",), ("b",)]
    wide = replace(table, by_rank={2: 2, 3: 1})
    assert not found("promotion_without_vacancy", replace(made, establishments=[wide]))
    dead = [Absence("b", Cause.DEAD, APRIL)]
    freed = replace(made, promotions=raised[:1], absences=dead)
    assert not found("promotion_without_vacancy", freed)


def test_an_allowance_for_where_the_unit_was_not() -> None:
    lines = [
        salary("a", MAY, kind=PayKind.ALLOWANCE, place="harbour"),
        salary("a", JUNE, kind=PayKind.ALLOWANCE, place="hill"),
    ]
    stations = [Station("U", "hill", APRIL, dt.date(2026, 5, 3)), Station("U", "hill", JUNE)]
    made = force(*crowd("a"), pay=lines, stations=stations)
    (flag,) = found("allowance_elsewhere", made)
    assert "months: 1, first May 2026" in flag.reasons[0]
    sent = [Absence("a", Cause.DEPLOYED, MAY, dt.date(2026, 5, 20))]
    assert not found("allowance_elsewhere", replace(made, absences=sent))
    assert not found("allowance_elsewhere", replace(made, stations=[]))


def test_entries_just_before_a_census_that_came_with_no_class() -> None:
    members = [
        Member("a", unit="U", entered=MAY),
        Member("b", unit="U", entered=MAY, cohort="class-14"),
        Member("c", unit="U", entered=dt.date(2026, 1, 1)),
        Member("d", unit="U", entered=MAY, cohort="invented"),
    ]
    made = force(*members, censuses=[JUNE], cohorts=frozenset({"class-14"}))
    assert [f.subjects for f in found("new_before_census", made)] == [("a",), ("d",)]


def test_units_paid_above_their_posts_and_their_rations() -> None:
    people = [f"p{n}" for n in range(12)]
    lines = [salary(p, MAY) for p in people]
    made = force(
        *crowd(*people),
        pay=lines,
        establishments=[Establishment("U", APRIL, 11), Establishment("U", JUNE, 5)],
        rations=[Rations("U", MAY, 9)],
    )
    (flag,) = found("paid_above_establishment", made)
    assert "12 persons were paid for 11 posts in May 2026" in flag.reasons[0]
    assert found("paid_above_rations", made)
    away = [Absence(p, Cause.LEAVE, MAY, JUNE) for p in people[:2]]
    assert not found("paid_above_rations", replace(made, absences=away))


def test_head_counts_that_are_the_establishment_again_and_again() -> None:
    def counted(*heads: int) -> Force:
        counts = [count(dt.date(2026, 1 + n, 5), "a", "a", h - 1) for n, h in enumerate(heads)]
        return force(
            head_counts=counts, establishments=[Establishment("U", dt.date(2020, 1, 1), 40)]
        )

    assert found("count_equals_establishment", counted(39, 40, 40, 40))
    assert not found("count_equals_establishment", counted(40, 40, 39, 40, 40))


def test_names_of_rules_and_limits_that_make_no_sense_are_refused() -> None:
    with pytest.raises(NoSuchRule, match="same_account"):
        raise_flags(force(), rules=["no_such"])
    with pytest.raises(BadLimits, match="prove nothing"):
        Limits(absent_counts=1)
    with pytest.raises(BadForce, match="twice"):
        force(Member("a"), Member("a"))
    with pytest.raises(BadForce, match="first day"):
        force(pay=[PayLine("1", "a", dt.date(2026, 5, 2))])


def test_ways_of_writing_an_account_or_number_make_no_difference() -> None:
    same = {
        plain_account(text, calling_code="231")
        for text in ("0770 123 456", "+231 770-123-456", "00231770123456", "٠٧٧٠١٢٣٤٥٦")
    }
    assert same == {"770123456"}
    assert plain_account("123", bank="A") != plain_account("123", bank="B")
    assert plain_account(" - ") == ""
    assert plain_number("p-00123") == plain_number("P 123") != plain_number("P 1230")


def test_every_rule_asks_an_office_in_words_and_never_the_one_who_may_gain() -> None:
    codes = [rule.code for rule in RULES]
    assert len(codes) == len(set(codes)) >= 25
    for rule in RULES:
        assert rule.question.rstrip().endswith(("?", "."))
        assert rule.source
        for verdict in ("guilty", "thief", "fraudster", "criminal"):
            assert verdict not in f"{rule.title} {rule.meaning} {rule.question}".lower()
    asked = {rule.code: rule.office.value for rule in RULES}
    assert asked["superiors_account"] == asked["same_sheet"] == "inspectorate"
    assert asked["under_age"] == "child_protection"


def test_the_same_facts_name_the_same_question_again() -> None:
    first, again = found("paid_not_present", parade()), found("paid_not_present", parade())
    assert [flag.key for flag in first] == [flag.key for flag in again]
    assert len({flag.key for flag in first}) == len(first)
