"""What a drawing shows and says: unknown is never zero, intervals are drawn, marks are in place."""

import re
from itertools import accumulate

import pytest

from primacy.faces.web import svg
from primacy.faces.web.svg.axes import round_ticks, short_figure, year_ticks
from primacy.kernels.readiness import LADDER, Readiness
from tests.unit.web.shapes import NS, day, parsed, square


def _with_class(drawing: svg.Svg, name: str) -> list[dict[str, str]]:
    return [n.attrib for n in parsed(drawing).iter() if name in n.get("class", "").split()]


def test_every_lead_and_readiness_has_its_own_fill() -> None:
    assert {str(lead) for lead in LADDER} | {str(r) for r in Readiness} == set(svg.FILLS)
    looks = {(f.ground, f.ink, f.pattern) for f in svg.FILLS.values()}
    assert len(looks) == len(svg.FILLS)


def test_letters_on_drawings_are_those_of_the_method() -> None:
    assert {lead.value: lead.letter for lead in LADDER} == svg.LEAD_LETTERS


def test_area_without_a_lead_is_drawn_as_not_known() -> None:
    drawing = svg.area_map([square("a", "Dili")], {"a": None})

    assert "Dili: not known" in drawing
    assert _with_class(drawing, "class-unknown")


def test_map_without_shapes_says_so() -> None:
    assert "No boundaries are recorded" in svg.area_map([], {})


def test_map_keeps_proportions_and_north_up() -> None:
    drawing = svg.area_map([square("a", "West"), square("b", "East", 1.0)], {}, 420, 420)
    paths = {
        n.findtext(f"{NS}title", "").split(":")[0]: _corners(n.attrib["d"])
        for n in parsed(drawing).iter(f"{NS}path")
        if n.get("class", "").startswith("area ")
    }

    assert max(x for x, _ in paths["West"]) <= min(x for x, _ in paths["East"]) + 0.1
    spans = [max(c) - min(c) for c in zip(*paths["West"], strict=True)]
    assert spans[0] == pytest.approx(spans[1], rel=0.01)
    assert paths["West"][0][1] > paths["West"][2][1]


def _corners(path: str) -> list[tuple[float, float]]:
    """The corners of one closed ring, which is written as a start and steps from it."""
    numbers = [float(found) for found in re.findall(r"-?[\d.]+", path)]
    steps = list(zip(numbers[::2], numbers[1::2], strict=True))
    return list(accumulate(steps, lambda at, step: (at[0] + step[0], at[1] + step[1])))


def test_an_area_smaller_than_a_pixel_keeps_its_outline() -> None:
    ring = [(0.0, 0.0), (0.001, 0.0), (0.001, 0.001), (0.0, 0.001), (0.0, 0.0)]
    islet = svg.AreaShape("a", "Islet", [[ring]])
    drawing = svg.area_map([islet, square("b", "Mainland", 1.0)], {}, 420, 420)

    outlines = [path["d"] for path in _with_class(drawing, "area")]
    assert len(outlines) == 2
    assert all(outlines)


def test_context_alone_still_draws_a_map() -> None:
    drawing = svg.area_map([], {}, context=[square("c", "Neighbour")])

    assert _with_class(drawing, "land")


@pytest.mark.parametrize(
    "geometry", [None, {}, {"type": "Point", "coordinates": [0, 0]}, {"type": "Polygon"}]
)
def test_geometry_without_polygons_has_none(geometry: dict[str, object] | None) -> None:
    assert svg.polygons_of(geometry) == ()


def test_criterion_without_evidence_has_no_dot() -> None:
    drawing = svg.criterion_scale(None, None, None, 0.8, "at_least", 0, 1)

    assert not _with_class(drawing, "value-dot")
    assert "No evidence; needed: at least 0.8." in drawing


def test_criterion_zone_lies_on_the_side_that_meets() -> None:
    def zone(comparison: str) -> tuple[float, float]:
        drawing = svg.criterion_scale(0.5, None, None, 0.8, comparison, 0, 1, width=220)
        (rect,) = _with_class(drawing, "met-zone")
        return float(rect["x"]), float(rect["width"])

    assert zone("at_least") == (168.0, 44.0)
    assert zone("at_most") == (8.0, 164.0)


def test_criterion_value_beyond_the_scale_stays_on_the_drawing() -> None:
    drawing = svg.criterion_scale(9, None, None, 0.8, "at_least", 0, 1, width=220)

    (dot,) = _with_class(drawing, "value-dot")
    assert float(dot["cx"]) == 210.0


def test_criterion_shows_interval_and_both_sides() -> None:
    drawing = svg.criterion_scale(0.8, 0.7, 0.9, 0.8, "at_least", 0, 1, 0.95, 0.8)

    for name in ("interval", "self-mark", "field-mark"):
        assert len(_with_class(drawing, name)) == 1
    assert "self-assessment 0.95; field team 0.8" in drawing


def test_line_breaks_where_a_reading_is_missing() -> None:
    values = [1, 2, None, 3, 4]
    points = [svg.SeriesPoint(day(2009, 1 + i), v) for i, v in enumerate(values)]

    drawing = svg.line_chart([svg.Series("Officers", points)], title="t")

    assert drawing.count('fill="none"') == 2


def test_line_chart_without_readings_says_so() -> None:
    series = [svg.Series("Officers", [svg.SeriesPoint(day(2009), None)])]

    assert "No readings in this span." in svg.line_chart(series, title="t")


def test_line_chart_of_one_reading_draws_a_point_with_its_interval() -> None:
    series = [svg.Series("Officers", [svg.SeriesPoint(day(2009), 5, 4, 6)])]

    drawing = svg.line_chart(series, title="t")

    assert "<circle" in drawing
    assert _with_class(drawing, "interval")


def test_bar_that_is_not_known_is_not_a_bar_of_zero() -> None:
    drawing = svg.bar_chart([svg.Bar("Dili", None), svg.Bar("Baucau", 0)], title="t")

    assert len(_with_class(drawing, "bar")) == 1
    assert "Dili: not known" in drawing


def test_timeline_leaves_out_what_ended_before_and_cuts_at_the_edges() -> None:
    row = svg.TimelineRow(
        "Dili",
        [
            svg.Segment("mission", day(1999), day(2002)),
            svg.Segment("joint", day(2005), day(2009)),
            svg.Segment("local", day(2009)),
        ],
    )

    drawing = svg.lead_timeline([row], day(2006), day(2012), as_of=day(2010), width=760)

    bars = _with_class(drawing, "segment")
    assert [b["class"] for b in bars] == ["segment class-joint", "segment class-local"]
    assert float(bars[0]["x"]) == 132.0
    assert float(bars[1]["x"]) + float(bars[1]["width"]) == 752.0
    assert len(_with_class(drawing, "as-of")) == 1


def test_as_of_outside_the_span_draws_no_line() -> None:
    drawing = svg.lead_timeline([], day(2006), day(2012), as_of=day(2020))

    assert not _with_class(drawing, "as-of")


@pytest.mark.parametrize(
    ("age", "allowed", "state"),
    [
        (None, 90, "none"),
        (10, 90, "fresh"),
        (70, 90, "ageing"),
        (90, 90, "old"),
        (400, None, "fresh"),
    ],
)
def test_age_bar_tells_fresh_from_old(age: int | None, allowed: int | None, state: str) -> None:
    assert f"age-{state}" in svg.age_bar(age, allowed)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (12500, "12,500"), (0.82, "0.82"), (3.0, "3"), (-1.5, "−1.5"), (74.26, "74.3")],
)
def test_figures_are_as_short_as_they_can_stand(value: float | None, shown: str) -> None:
    assert short_figure(value) == shown


def test_ticks_are_round_and_cover_the_values() -> None:
    assert round_ticks(0, 1670) == [0, 500, 1000, 1500, 2000]
    assert round_ticks(5, 5)[0] <= 5 <= round_ticks(5, 5)[-1]


def test_short_spans_are_ticked_by_month() -> None:
    labels = [label for _, label in year_ticks(day(2010, 1), day(2010, 5))]

    assert labels == ["Jan 2010", "Feb 2010", "Mar 2010", "Apr 2010", "May 2010"]
