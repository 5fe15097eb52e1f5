"""Whatever names come in, a drawing is well-formed XML without foreign elements or scripts."""

import math
from collections.abc import Callable

import pytest
from django.template import Context, Engine
from hypothesis import given
from hypothesis import strategies as st

from primacy.faces.web import svg
from primacy.kernels.command import Posting, Range, Register, Relation
from tests.unit.web.shapes import HOSTILE, NS, day, parsed, square

FORCE = Register(
    [Relation("r", "bn", "bde", Range.on(day(2010)))],
    [Posting("p", "ada", "bn", Range.on(day(2010)), "Commander", rank="<b>", commanding=True)],
)
DRAWINGS: dict[str, Callable[[str], svg.Svg]] = {
    "area map": lambda n: svg.area_map(
        [square("a", n, href="/a")],
        {"a": n},
        title=n,
        labels={"a": n},
        marks=[svg.PointMark(n, 0.5, 0.5, "/b")],
    ),
    "criterion scale": lambda n: svg.criterion_scale(1, 0, 2, 1, n, label=n, unit=n),
    "line chart": lambda n: svg.line_chart(
        [svg.Series(n, [svg.SeriesPoint(day(2009), 1), svg.SeriesPoint(day(2010), 2)])],
        title=n,
        unit=n,
    ),
    "bar chart": lambda n: svg.bar_chart([svg.Bar(n, 1, href="/a")], title=n, unit=n),
    "lead timeline": lambda n: svg.lead_timeline(
        [svg.TimelineRow(n, [svg.Segment(n, day(2009))], "/a")], day(2009), day(2010), title=n
    ),
    "command chart": lambda n: svg.command_chart(
        FORCE.tree_at(day(2010)),
        {"bn": FORCE.commander_at("bn", day(2010))},
        svg.ChartWords(lambda _: n, lambda _: n, lambda _: n, lambda _: "/a", lambda _: "/b"),
        title=n,
    ),
}
ALLOWED = {
    *("svg", "title", "desc", "defs", "pattern", "g", "a"),
    *("rect", "circle", "path", "text"),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
@given(name=st.text(max_size=40))
def test_any_name_gives_wellformed_xml_of_known_elements(
    draw: Callable[[str], svg.Svg], name: str
) -> None:
    root = parsed(draw(name))

    assert {node.tag.removeprefix(NS) for node in root.iter()} <= ALLOWED


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_hostile_names_arrive_as_text(draw: Callable[[str], svg.Svg]) -> None:
    drawing = draw(HOSTILE)

    assert "<script" not in drawing
    title = parsed(drawing).find(f"{NS}title")
    assert title is not None
    assert (title.text or "").startswith("<script>") or drawing.count("&lt;script&gt;") > 0


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS.keys())
def test_no_drawing_needs_inline_style_or_handlers(draw: Callable[[str], svg.Svg]) -> None:
    names = {name for node in parsed(draw("Dili")).iter() for name in node.attrib}

    assert "style" not in names
    assert not {name for name in names if name.startswith("on")}


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", " javascript:x"])
def test_addresses_that_run_code_are_not_linked(href: str) -> None:
    drawing = svg.area_map([square("a", "Dili", href=href)], {"a": "mission"})

    assert "<a " not in drawing


def test_drawing_with_links_does_not_hide_them_from_assistive_tools() -> None:
    linked = svg.area_map([square("a", "Dili", href="/a")], {})
    plain = svg.area_map([square("a", "Dili")], {})

    assert parsed(linked).get("role") == "group"
    assert parsed(plain).get("role") == "img"


def test_ids_of_two_maps_on_one_page_differ() -> None:
    first = parsed(svg.area_map([square("a", "Dili")], {"a": "mission"}))
    second = parsed(svg.area_map([square("a", "Dili")], {"a": "local"}))

    ids = [{n.attrib["id"] for n in root.iter() if "id" in n.attrib} for root in (first, second)]
    assert not ids[0] & ids[1]


def test_template_prints_drawing_unescaped_and_names_escaped() -> None:
    template = Engine().from_string("{{ drawing }}{{ name }}")

    page = template.render(Context({"drawing": svg.readiness_mark("ready"), "name": "<b>"}))

    assert page.startswith("<svg ")
    assert page.endswith("&lt;b&gt;")


def test_values_that_are_no_numbers_are_drawn_as_no_evidence() -> None:
    drawing = svg.criterion_scale(math.nan, None, None, 0.8, "at_least")

    assert "nan" not in drawing.lower()
    assert "no evidence" in drawing
