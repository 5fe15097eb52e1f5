"""The chain above a unit: levels, certainty, and persons who are their own superior."""

import pytest

from primacy.kernels.command import Chain, Posting, Register, Relation, Why
from tests.unit.command.register_of import commands, day, under

FORCE = (
    under("bn", "bde", "[2009-01-01/2012-12-31]"),
    under("bde", "div", "[2009-01-01/2012-12-31]"),
    under("div", "army", "[2009-01-01/2009-12-31)"),
    under("army", "ministry", "[2009-01-01/2012-12-31]"),
)


def chain(*postings: Posting, relations: tuple[Relation, ...] = FORCE, levels: int = 12) -> Chain:
    return Register(relations, postings).chain_of_command("bn", day("2010-06-01"), levels)


def test_each_level_names_its_unit_and_commander() -> None:
    found = chain(commands("ada", "bde", "[2010-01-01/2010-12-31]"),
                  commands("ben", "div", "[2010-01-01/2010-03-31)"))  # fmt: skip
    assert [level.unit for level in found.levels] == ["bn", "bde", "div", "army", "ministry"]
    assert [c.person for c in found.levels[1].commanders.certain] == ["ada"]
    assert [c.person for c in found.levels[2].commanders.possible] == ["ben"]
    assert found.complete
    assert found.levels[-1].reasons[-1].why is Why.TOP


def test_a_possible_edge_makes_all_above_it_possible() -> None:
    assert [level.certain for level in chain().levels] == [True, True, True, False, False]


def test_the_number_of_levels_is_kept() -> None:
    found = chain(levels=2)
    assert [level.number for level in found.levels] == [0, 1, 2]
    assert not found.complete
    with pytest.raises(IndexError):
        found.levels[3]


def test_a_person_is_own_superior_only_through_two_posts() -> None:
    found = chain(commands("ada", "bn", "[2010-01-01/2010-12-31]", id="below"),
                  commands("ada", "div", "[2010-01-01/2010-12-31]", id="above"))  # fmt: skip
    (flag,) = found.levels[2].own_superiors
    assert (flag.person, flag.lower_unit, flag.upper_unit) == ("ada", "bn", "div")
    assert (flag.lower, flag.upper) == (("below",), ("above",))
    assert flag.certain
    assert flag.reason.words(person=str.title) == (
        "Ada holds posts at both levels, and is their own superior"
    )


def test_one_post_never_makes_somebody_their_own_superior() -> None:
    found = chain(commands("ada", "bn", "[2010-01-01/2010-12-31]"),
                  commands("ada", "div", "[2010-01-01/2010-12-31]", commanding=False))  # fmt: skip
    assert not any(level.own_superiors for level in found.levels)


def test_other_possible_superiors_stand_beside_the_chain() -> None:
    doubt = under("bn", "corps", "[2010-01-01/2010-12-31]", status="work_needed")
    found = chain(relations=(*FORCE, doubt))
    assert found.levels[1].unit == "bde"
    assert [edge.superior for edge in found.levels[1].others] == ["corps"]


def test_reasons_are_given_in_words() -> None:
    found = chain()
    assert [r.words() for r in found.levels[3].reasons] == [
        "last known on 31 December 2009; nobody knows whether it went on"
    ]
    assert [r.words() for r in found.levels[4].reasons] == [
        "stated for this day", "no superior is on record for this day",
    ]  # fmt: skip
