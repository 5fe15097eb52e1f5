"""What holds for every set of claims and every day, not only for examples."""

import datetime as dt
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from primacy.kernels.command import (
    MAY_BE_CERTAIN,
    CommandTree,
    Departure,
    EndOfService,
    Holding,
    Lineage,
    LineageKind,
    Posting,
    Range,
    Register,
    Relation,
    RelationKind,
    Status,
    tree_at,
)
from primacy.kernels.time import DateRange

UNITS = [f"u{i}" for i in range(6)]
PERSONS = [f"p{i}" for i in range(4)]
START = dt.date(2000, 1, 1)
LENGTH = 60

days = st.integers(0, LENGTH).map(lambda n: START + dt.timedelta(n))
units = st.sampled_from(UNITS)
statuses = st.sampled_from([Status.ACCEPTED] * 4 + [Status.CONFLICT, Status.WORK_NEEDED])


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    first, middle, joint, last = sorted(draw(st.tuples(days, days, days, days)))
    flags = {"starting": draw(st.booleans()), "ending": draw(st.booleans())}
    match draw(st.sampled_from(["precise", "precise", "imprecise", "before", "after", "always"])):
        case "precise":
            return Range(first, last, **flags)
        case "imprecise":
            return Range(first_imprecise=first, last_imprecise=last, **flags)
        case "before":
            return Range(joint, last, first, max(middle, joint - dt.timedelta(1)), **flags)
        case "after":
            return Range(first, joint, min(middle, joint), last, **flags)
    return Range(last_imprecise=last, since_beginning=True, **flags)


@st.composite
def relations(draw: st.DrawFn) -> list[Relation]:
    return [
        Relation(
            f"r{n}",
            draw(units),
            draw(units),
            draw(ranges()),
            draw(st.sampled_from([RelationKind.COMMAND] * 5 + list(RelationKind))),
            draw(statuses),
            draw(st.integers(0, 7)) == 0,
        )
        for n in range(draw(st.integers(0, 14)))
    ]


@st.composite
def windows(draw: st.DrawFn) -> DateRange:
    return DateRange(*sorted(draw(st.tuples(days, days))))


@st.composite
def events(draw: st.DrawFn) -> list[Lineage]:
    found = []
    for n in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(LineageKind))
        several = st.lists(units, min_size=1, max_size=2, unique=True).map(tuple)
        froms = draw(several) if kind is LineageKind.MERGED else (draw(units),)
        tos: tuple[str, ...] = (draw(units),)
        if kind is LineageKind.SPLIT:
            tos = draw(several)
        elif kind is LineageKind.DISBANDED:
            tos = ()
        on = draw(windows())
        until = None
        if kind is LineageKind.ATTACHED and draw(st.booleans()):
            until = DateRange(on.latest, max(on.latest, draw(days)))
        found.append(Lineage(f"l{n}", kind, froms, tos, on, until, draw(statuses)))
    return found


@st.composite
def postings(draw: st.DrawFn) -> list[Posting]:
    return [
        Posting(
            f"c{n}",
            draw(st.sampled_from(PERSONS)),
            draw(units),
            draw(ranges()),
            draw(st.sampled_from(["Commander", "Commander", ""])),
            commanding=draw(st.sampled_from([True, True, True, False, None])),
            acting=draw(st.integers(0, 5)) == 0,
            status=draw(statuses),
        )
        for n in range(draw(st.integers(0, 14)))
    ]


def assert_is_a_forest(tree: CommandTree) -> None:
    for unit in tree.edges:
        seen = [unit]
        edge = tree.edges.get(unit)
        while edge is not None:
            assert edge.superior not in seen, f"cycle {seen}"
            seen.append(edge.superior)
            edge = tree.edges.get(edge.superior)
    assert all(unit == edge.unit for unit, edge in tree.edges.items())


@settings(max_examples=300, deadline=None)
@given(relations(), events(), days)
def test_any_claims_give_one_tree_without_cycles_on_any_day(
    claims: list[Relation], lineage: list[Lineage], day: dt.date
) -> None:
    register = Register(claims, lineage=lineage)
    for asked in (day, START - dt.timedelta(400), START + dt.timedelta(4000)):
        tree = register.tree_at(asked)
        assert_is_a_forest(tree)
        assert not set(tree.gone) & set(tree.units)
        shown = {u for e in tree.edges.values() for u in (e.unit, e.superior)}
        assert shown <= set(tree.units)


@settings(max_examples=300, deadline=None)
@given(relations(), days)
def test_every_certain_edge_is_stated_for_the_day_by_an_accepted_command_claim(
    claims: list[Relation], day: dt.date
) -> None:
    by_id = {claim.id: claim for claim in claims}
    tree = tree_at(claims, day)
    for edge in (*tree.edges.values(), *(e for found in tree.also.values() for e in found)):
        made_of = [by_id[claim] for claim in edge.claims]
        assert all(claim.kind is RelationKind.COMMAND for claim in made_of)
        assert {(c.unit, c.superior) for c in made_of} == {(edge.unit, edge.superior)}
        assert all(claim.range.holds(day) is not Holding.NO for claim in made_of)
        stated = any(
            c.status in MAY_BE_CERTAIN and c.range.holds(day) is Holding.CERTAIN for c in made_of
        )
        assert stated or not edge.certain


@settings(max_examples=200, deadline=None)
@given(relations(), days)
def test_every_certain_claim_is_in_the_tree_or_reported(
    claims: list[Relation], day: dt.date
) -> None:
    tree = tree_at(claims, day)
    shown = {c for e in tree.edges.values() for c in e.claims}
    shown |= {c for found in tree.also.values() for e in found for c in e.claims}
    shown |= {c for cycle in tree.cycles for c in cycle.edge.claims}
    shown |= {out.claim for out in tree.left_out}
    for claim in claims:
        sure = claim.status in MAY_BE_CERTAIN and claim.range.holds(day) is Holding.CERTAIN
        if sure and claim.kind is RelationKind.COMMAND:
            assert claim.id in shown


@settings(max_examples=150, deadline=None)
@given(relations(), events(), postings(), days, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(
    claims: list[Relation],
    lineage: list[Lineage],
    held: list[Posting],
    day: dt.date,
    shuffler: random.Random,
) -> None:
    before = Register(claims, held, lineage)
    mixed = [list(claims), list(held), list(lineage)]
    for part in mixed:
        shuffler.shuffle(part)
    after = Register(*mixed)
    one, two = before.tree_at(day), after.tree_at(day)
    assert one.edges == two.edges
    assert [e.reasons for e in one.edges.values()] == [e.reasons for e in two.edges.values()]
    assert set(one.cycles) == set(two.cycles)
    assert {u: set(e) for u, e in one.also.items()} == {u: set(e) for u, e in two.also.items()}
    for unit in UNITS:
        asked, again = before.commander_at(unit, day), after.commander_at(unit, day)
        assert asked == again
        assert [c.reasons for c in asked.all] == [c.reasons for c in again.all]


@st.composite
def renamings(draw: st.DrawFn) -> list[Lineage]:
    """u0 goes by other ids one after another, and back to an old one at times."""
    when = sorted(draw(st.lists(days, max_size=4, unique=True)))
    ids = ["u0"]
    found = []
    for n, on in enumerate(when):
        new = draw(st.sampled_from([i for i in ("u0", "n1", "n2", "n3") if i != ids[-1]]))
        found.append(Lineage(f"l{n}", LineageKind.RENAMED, (ids[-1],), (new,), DateRange(on, on)))
        ids.append(new)
    return found


@settings(max_examples=200, deadline=None)
@given(relations(), postings(), renamings(), days, st.data())
def test_renaming_never_loses_what_is_recorded(
    claims: list[Relation],
    held: list[Posting],
    lineage: list[Lineage],
    day: dt.date,
    data: st.DataObject,
) -> None:
    """Claims under any id of a unit say the same as claims under one id that was never changed."""
    ids = sorted({"u0", *(e.tos[0] for e in lineage)})

    def any_id(unit: str) -> str:
        return data.draw(st.sampled_from(ids)) if unit == "u0" else unit

    renamed = Register(
        [replace(c, unit=any_id(c.unit), superior=any_id(c.superior)) for c in claims],
        [replace(p, unit=any_id(p.unit)) for p in held],
        lineage,
    )
    plain = Register(claims, held)
    now = renamed.identity_at("u0", day)

    def named(unit: str) -> str:
        return now if unit == "u0" else unit

    assert {renamed.identity_at(i, day) for i in ids} == {now}
    assert all(renamed.same_body(i) == frozenset(ids) for i in ids)
    one, two = plain.tree_at(day), renamed.tree_at(day)
    assert {named(u): named(e.superior) for u, e in one.edges.items()} == {
        u: e.superior for u, e in two.edges.items()
    }
    for unit in (*UNITS, *ids):
        known = "u0" if unit in ids else unit
        asked, again = plain.commander_at(known, day), renamed.commander_at(unit, day)
        assert asked.certain == again.certain
        assert [c.person for c in asked.possible] == [c.person for c in again.possible]


@settings(max_examples=300, deadline=None)
@given(postings(), days)
def test_commanders_are_each_named_once_and_rest_on_a_claim_that_holds(
    held: list[Posting], day: dt.date
) -> None:
    by_id = {p.id: p for p in held}
    register = Register(postings=held, reach_days=None)
    for unit in UNITS:
        found = register.commander_at(unit, day)
        persons = [c.person for c in found.all]
        assert len(persons) == len(set(persons))
        assert (found.vacancy is None) == bool(persons)
        for one in found.all:
            made_of = [by_id[p] for p in one.postings]
            assert all(p.commanding is not False and p.unit == unit for p in made_of)
            assert all(p.range.holds(day) is not Holding.NO for p in made_of)
            stated = any(
                p.commanding and p.status in MAY_BE_CERTAIN
                and p.range.holds(day) is Holding.CERTAIN
                for p in made_of
            )  # fmt: skip
            assert stated == one.certain


@settings(max_examples=200, deadline=None)
@given(postings(), days, days)
def test_nobody_commands_after_a_certain_death(
    held: list[Posting], died: dt.date, asked: dt.date
) -> None:
    ends = [EndOfService("d", "p0", Departure.DIED, DateRange(died, died))]
    register = Register(postings=held, ends=ends)
    if asked > died:
        for unit in UNITS:
            assert "p0" not in {c.person for c in register.commander_at(unit, asked).all}


@settings(max_examples=150, deadline=None)
@given(relations(), events(), days)
def test_units_under_and_was_under_say_the_same(
    claims: list[Relation], lineage: list[Lineage], day: dt.date
) -> None:
    register = Register(claims, lineage=lineage)
    tree = register.tree_at(day)
    for superior in tree.units:
        below = {s.unit: s.certain for s in register.units_under(superior, day)}
        for unit in tree.units:
            held = register.was_under(unit, superior, day).holding
            if unit == superior:
                continue
            assert (unit in below) == (held is not Holding.NO)
            assert below.get(unit, False) == (held is Holding.CERTAIN)


@settings(max_examples=150, deadline=None)
@given(events(), days)
def test_successors_exist_on_the_day_and_lead_back(lineage: list[Lineage], day: dt.date) -> None:
    register = Register(lineage=lineage)
    gone = register.tree_at(day).gone
    for unit in UNITS:
        for heir in register.successors(unit, day):
            assert not (heir.certain and heir.unit in gone)
            if heir.unit not in register.same_body(unit):
                before = {p.unit for p in register.predecessors(heir.unit)}
                assert any(i in before for i in register.same_body(unit))
