"""The command chart: who is under whom, what is only possible, what is folded, who is not named."""

import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from primacy.faces.web import svg
from primacy.kernels.command import (
    Commanders,
    CommandTree,
    Posting,
    Range,
    Register,
    Relation,
    Status,
)
from tests.unit.web.shapes import NS, parsed

DAY = dt.date(2010, 6, 1)
YEAR = Range.between(dt.date(2010, 1, 1), dt.date(2010, 12, 31), starting=True, ending=True)
SEEN = Range.on(dt.date(2009, 3, 4), starting=True)
WORDS = svg.ChartWords(unit=lambda unit: f"Unit {unit}", person=lambda person: person.title())


def force(*pairs: str, possible: str = "") -> Register:
    """Units as "below<above", and as "2<1" those of which the place is only possible."""
    relations = [
        Relation(pair, *pair.split("<"), SEEN if pair == possible else YEAR) for pair in pairs
    ]
    postings = [
        Posting("c1", "ada", "1", YEAR, "Commander", rank="Colonel", commanding=True),
        Posting("c2", "ben", "2", SEEN, "Commander", commanding=True),
    ]
    return Register(relations, postings)


def drawn(
    register: Register, *, words: svg.ChartWords = WORDS, top: str | None = None, most: int = 40
) -> ET.Element:
    tree = register.tree_at(DAY)
    return parsed(svg.command_chart(tree, asked(register, tree), words, top=top, most=most))


def asked(register: Register, tree: CommandTree) -> dict[str, Commanders]:
    return {unit: register.commander_at(unit, DAY) for unit in tree.units}


def texts(drawing: ET.Element) -> list[str]:
    return [node.text or "" for node in drawing.iter(f"{NS}text")]


def box_of(drawing: ET.Element, start: str) -> ET.Element:
    """The box whose title begins with the words."""
    return next(
        box
        for box in drawing.iter(f"{NS}rect")
        if (box.findtext(f"{NS}title") or "").startswith(start)
    )


def test_each_unit_stands_below_its_superior_and_further_in() -> None:
    drawing = drawn(force("3<2", "2<1"))
    boxes = [box_of(drawing, f"Unit {n}") for n in (1, 2, 3)]
    assert [float(b.attrib["y"]) for b in boxes] == sorted(float(b.attrib["y"]) for b in boxes)
    assert float(boxes[0].attrib["x"]) < float(boxes[1].attrib["x"]) < float(boxes[2].attrib["x"])


def test_the_day_is_written_on_the_chart() -> None:
    assert "As of 1 June 2010" in texts(drawn(force("2<1")))


def test_what_is_only_possible_has_a_broken_line_and_says_why() -> None:
    drawing = drawn(force("2<1", "3<2", possible="3<2"))
    assert "stroke-dasharray" not in box_of(drawing, "Unit 2").attrib
    broken = box_of(drawing, "Unit 3, possibly under Unit 2")
    assert "stroke-dasharray" in broken.attrib
    assert "last known on 4 March 2009" in (broken.findtext(f"{NS}title") or "")


def test_commanders_are_told_apart_by_word_and_by_line() -> None:
    drawing = drawn(force("2<1", "3<2"))
    assert "Colonel Ada: certain" in texts(drawing)
    assert "Ben: possible" in texts(drawing)
    assert "no commander on record" in texts(drawing)
    assert "stroke-dasharray" in box_of(drawing, "last known on 4 March 2009").attrib


def test_nobody_is_named_whose_name_is_kept_back() -> None:
    kept = svg.ChartWords(unit=str, person=lambda _: "restricted information")
    tree = (register := force("2<1", "3<2")).tree_at(DAY)
    drawing = svg.command_chart(tree, asked(register, tree), kept)
    assert not {"ada", "ben"} & set(re.findall(r"\w+", drawing.lower()))
    assert "Colonel restricted information: certain" in drawing


def test_without_commanders_no_word_is_said_of_them() -> None:
    drawing = svg.command_chart(force("2<1").tree_at(DAY), {}, WORDS)
    assert "commander" not in drawing


def test_deeper_levels_are_folded_with_their_number() -> None:
    wide = force("2<1", *(f"2.{n}<2" for n in range(12)), "2.3.1<2.3")
    drawing = drawn(wide, most=5)
    assert "+ 13 units" in texts(drawing)
    assert "Unit 2.3" not in texts(drawing)


def test_a_folded_row_leads_to_the_chart_below_its_unit() -> None:
    words = svg.ChartWords(unit=str, person=str, more=lambda unit: f"?under={unit}")
    drawing = drawn(force("2<1", *(f"2.{n}<2" for n in range(12))), words=words, most=5)
    folded = [a for a in drawing.iter(f"{NS}a") if a.attrib["href"] == "?under=2"]
    assert [a.findtext(f"{NS}text") for a in folded] == ["+ 12 units"]
    below = drawn(force("2<1", *(f"2.{n}<2" for n in range(12))), top="2")
    assert "Unit 1" not in texts(below)
    assert "Unit 2.11" in texts(below)


@pytest.mark.parametrize("most", [1, 7, 40])
def test_every_unit_is_shown_or_counted(most: int) -> None:
    pairs = [f"{n}<{n // 3}" for n in range(1, 60)]
    drawing = drawn(force(*pairs, "70<71", "72<72"), most=most)
    shown = [t for t in texts(drawing) if t.startswith("Unit ")]
    counted = [int(t.split()[1]) for t in texts(drawing) if t.startswith("+ ")]
    assert len(shown) + sum(counted) == 63
    assert len(shown) <= max(most, 1)


def test_units_are_in_the_order_of_their_numbers() -> None:
    named = [t for t in texts(drawn(force("10<1", "9<1", "2<1"))) if t.startswith("Unit")]
    assert named == ["Unit 1", "Unit 2", "Unit 9", "Unit 10"]


def test_a_contested_superior_is_named_beside_the_one_drawn() -> None:
    assert "also named: Unit 4" in texts(drawn(force("2<1", "2<4")))


def test_a_rumoured_superior_is_named_as_possible() -> None:
    rumour = Relation("x", "2", "4", YEAR, status=Status.WORK_NEEDED)
    register = Register([Relation("y", "2", "1", YEAR), rumour])
    assert "or under Unit 4" in texts(drawn(register))


def test_who_cannot_see_the_chart_is_told_units_and_commanders() -> None:
    told = drawn(force("2<1", "3<2", possible="3<2")).findtext(f"{NS}desc") or ""
    assert told.startswith("As of 1 June 2010. Unit 1; commander: Colonel Ada: certain.")
    assert "Unit 3, possibly under Unit 2" in told
    many = drawn(force(*(f"{n}<1" for n in range(2, 30)))).findtext(f"{NS}desc") or ""
    assert many == "As of 1 June 2010. 29 units, each under its superior, with who commands it."


def test_a_day_without_units_says_so() -> None:
    empty = drawn(Register())
    assert empty.findtext(f"{NS}desc") == "As of 1 June 2010. No unit is on record for this day."


def test_forty_units_are_drawn_within_the_width_and_without_overlap() -> None:
    drawing = drawn(force(*(f"{n}<{n // 4}" for n in range(1, 40))))
    width = float(drawing.attrib["width"])
    boxes = [
        b for b in drawing.iter(f"{NS}rect") if (b.findtext(f"{NS}title") or "").startswith("Unit")
    ]
    spans = sorted((float(b.attrib["y"]), float(b.attrib["height"])) for b in boxes)
    assert len(boxes) == 40
    assert all(y + h <= below for (y, h), (below, _) in pairwise(spans))
    for node in drawing.iter(f"{NS}rect"):
        assert float(node.attrib["x"]) + float(node.attrib["width"]) <= width
    sizes = {float(s) for s in re.findall(r'font-size="([\d.]+)"', ET.tostring(drawing).decode())}
    assert min(sizes) >= 12


def test_a_long_name_is_cut_and_how_sure_it_is_stays_whole() -> None:
    words = svg.ChartWords(unit=str, person=lambda person: person + " of a long and noble line" * 3)
    shown = next(text for text in texts(drawn(force("2<1"), words=words)) if "ben" in text)
    assert "…" in shown
    assert shown.endswith(": possible")


def test_a_closed_posting_is_said_to_be_closed_and_never_that_nobody_commands() -> None:
    told = {"1": "restricted information", "3": "restricted information"}
    words = svg.ChartWords(unit=str, person=str, closed=lambda unit: told.get(unit, ""))
    lines = texts(drawn(force("2<1", "3<2"), words=words))
    assert lines.count("restricted information") == 2
    assert "Colonel ada: certain" in lines
    assert not [line for line in lines if line.startswith("no commander")]
