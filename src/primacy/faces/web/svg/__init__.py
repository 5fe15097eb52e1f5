"""Drawings made on the server: the same strings serve the page, the PDF and the command line.

Every function here is pure and returns `Svg`, a string that is already escaped and that Django
templates print as it is. Colours stand as presentation attributes, so that a drawing is complete
on its own; classes let the stylesheet (dark ground, print) rule where there is one.
"""

from primacy.faces.web.svg.area_map import (
    AreaShape,
    Ground,
    PointMark,
    area_map,
    ground_of,
    polygons_of,
)
from primacy.faces.web.svg.bar_chart import Bar, bar_chart
from primacy.faces.web.svg.chart_words import ChartWords
from primacy.faces.web.svg.command_chart import command_chart, units_drawn
from primacy.faces.web.svg.criterion_scale import criterion_scale
from primacy.faces.web.svg.fills import FILLS, LEAD_LETTERS, Fill, fill_class
from primacy.faces.web.svg.lead_timeline import Segment, TimelineRow, lead_timeline
from primacy.faces.web.svg.line_chart import Series, SeriesPoint, line_chart
from primacy.faces.web.svg.marks import (
    age_bar,
    age_share,
    age_state,
    lead_swatch,
    readiness_mark,
    readiness_sign,
)
from primacy.faces.web.svg.markup import Svg, element, text_of

__all__ = [
    "FILLS",
    "LEAD_LETTERS",
    "AreaShape",
    "Bar",
    "ChartWords",
    "Fill",
    "Ground",
    "PointMark",
    "Segment",
    "Series",
    "SeriesPoint",
    "Svg",
    "TimelineRow",
    "age_bar",
    "age_share",
    "age_state",
    "area_map",
    "bar_chart",
    "command_chart",
    "criterion_scale",
    "element",
    "fill_class",
    "ground_of",
    "lead_swatch",
    "lead_timeline",
    "line_chart",
    "polygons_of",
    "readiness_mark",
    "readiness_sign",
    "text_of",
    "units_drawn",
]
