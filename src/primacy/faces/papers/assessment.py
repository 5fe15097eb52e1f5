"""An assessment as a paper: criteria, values, margins, evidence, team, decision with dissent."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from primacy.faces.web.templatetags.primacy_draw import value_text
from primacy.faces.web.templatetags.primacy_ui import READINESS_WORDS, RESULT_WORDS
from primacy.kernels.readiness import CriterionResult
from primacy.platform.language.figures import grouped
from primacy.platform.policy import Marking, Viewer
from primacy.platform.reports import Block, Cell, Facts, Heading, Listing, Paper, Table, Text
from primacy.platform.reports.words import long_day
from primacy.rooms.readiness.facade import (
    Assessment,
    AssessmentReading,
    Decision,
    decisions,
    read_assessment,
)


def assessment_paper(viewer: Viewer, row: Assessment) -> Paper:
    """One assessment with its evidence, as this viewer may read it."""
    reading = read_assessment(viewer, row)
    made = list(decisions(viewer, row.mission).filter(assessment=row))
    blocks: list[Block] = [
        Facts(_facts(row, reading)),
        Table(
            _("Criteria with their results"),
            [_("Criterion"), _("Threshold"), _("Value"), _("Result"), _("Margin"), _("Age, days")],
            [_line(row, reading, result) for result in reading.result.results],
            [2.4, 1.2, 1.3, 0.9, 2.4, 0.7],
        ),
        _evidence(reading),
        *_team(row),
        *_conditions(row),
        *_decisions(made),
        *_remarks(row),
    ]
    seen = max((i.marking for i in reading.items if not i.restricted), default=0)
    return Paper(
        title=row.subject_name,
        subtitle=_("%(responsibility)s: the step to %(lead)s")
        % {"responsibility": row.responsibility.name, "lead": row.target_lead.replace("_", " ")},
        mission=row.mission.name,
        as_of=row.as_of,
        marking=Marking(max(row.marking, seen)),
        printed_for=viewer.label,
        blocks=blocks,
        sources=[*(i.source for i in reading.items if not i.restricted), *_reported(row)],
    )


def _reported(row: Assessment) -> list[str]:
    return [str(row.source)] if row.source else []


def _facts(row: Assessment, reading: AssessmentReading) -> list[tuple[str, str]]:
    result = reading.result
    readiness = row.result if row.origin == "source" else result.readiness.value
    pairs = [
        (_("Result"), str(READINESS_WORDS.get(readiness, READINESS_WORDS["unknown"]))),
        (_("Binding criterion"), result.binding_text or _("none")),
        (
            _("Progress"),
            _("%(n)d of %(all)d criteria hold: progress, not a score")
            % {"n": result.progress[0], "all": result.progress[1]},
        ),
        (_("State"), row.get_state_display()),
        (_("Standard"), row.standard.label),
    ]
    if row.origin == "source":
        pairs.append((_("Reported by"), f"{row.source}. {row.note}"))
    return pairs


def _line(row: Assessment, reading: AssessmentReading, result: CriterionResult) -> list[Cell | str]:
    stored = next(c for c in row.standard.criteria.all() if c.code == result.criterion.code)
    binding = result.criterion.code == reading.result.binding
    value = value_text(result, result.value)
    if result.low is not None and result.high is not None:
        value += _(" (%(low)s to %(high)s)") % {
            "low": value_text(result, result.low),
            "high": value_text(result, result.high),
        }
    name = f"{stored.label} ({_('gate')})" if stored.gate else stored.label
    age = grouped(result.age_days) if result.age_days is not None else _("none")
    return [
        Cell(name, strong=binding),
        stored.threshold_text,
        value,
        Cell(str(RESULT_WORDS[result.result.value]), strong=binding),
        result.margin_text,
        Cell(age, figure=True),
    ]


def _evidence(reading: AssessmentReading) -> Table:
    """The values behind the results; what is restricted is told to exist and no more."""
    lines: list[list[Cell | str]] = []
    for item in sorted(reading.items, key=lambda i: (i.evidence.indicator, i.evidence.observed_on)):
        seen = item.evidence
        if item.restricted:
            value = _("restricted")
        elif seen.numerator is not None and seen.denominator is not None:
            value = _("%(n)s of %(all)s") % {
                "n": grouped(seen.numerator),
                "all": grouped(seen.denominator),
            }
        else:
            value = f"{seen.value:g}" if seen.value is not None else _("not known")
        lines.append(
            [
                seen.indicator,
                value,
                seen.method.value,
                long_day(seen.observed_on),
                item.source,
                item.entered_as,
            ]
        )
    heads = [
        _("Indicator"), _("Value"), _("Method"), _("Seen on"), _("Source"), _("Entered by"),
    ]  # fmt: skip
    return Table(_("Evidence"), heads, lines, [1.8, 1, 0.8, 1.1, 2, 1.2])


def _team(row: Assessment) -> list[Block]:
    seats = list(row.seats.select_related("account"))
    if not seats:
        return []
    lines = [[seat.party, seat.account.name, long_day(seat.seated_at.date())] for seat in seats]
    heads = [_("Party"), _("Name"), _("Seated on")]
    return [Table(_("Joint team"), heads, lines, [1, 2, 1])]


def _conditions(row: Assessment) -> list[Block]:
    found = list(row.conditions.all())
    if not found:
        return []
    heads = [_("Condition"), _("Criterion"), _("Owner"), _("Due"), _("Closed")]
    lines = [
        [
            one.action,
            one.criterion_code,
            one.owner,
            long_day(one.due_on),
            f"{long_day(one.closed_on)}: {one.closing_evidence}" if one.closed_on else _("open"),
        ]
        for one in found
    ]
    return [Table(_("Conditions"), heads, lines, [2, 1.4, 1, 1, 1.6])]


def _decisions(made: Iterable[Decision]) -> list[Block]:
    blocks: list[Block] = []
    for one in made:
        blocks.append(Heading(_("Decision: %(kind)s") % {"kind": one.get_kind_display()}))
        pairs = [
            (_("Lead"), one.lead.replace("_", " ")),
            (_("From"), long_day(one.effective_on)),
            (_("State"), one.get_state_display()),
        ]
        if one.trial_until:
            pairs.append((_("On trial until"), long_day(one.trial_until)))
        if one.reason:
            pairs.append((_("Reason"), one.reason))
        blocks.append(Facts(pairs))
        signed = [
            [
                s.party,
                s.signed_as,
                _("for") if s.agrees else _("against"),
                long_day(s.signed_at.date()),
                s.dissent,
            ]
            for s in one.signatures.all()
        ]
        heads = [_("Party"), _("Signed by"), _("Vote"), _("On"), _("Dissent")]
        blocks.append(Table(_("Signatures"), heads, signed, [1, 1.4, 0.8, 1, 2]))
    return blocks


def _remarks(row: Assessment) -> list[Block]:
    found = list(row.remarks.select_related("account"))
    if not found:
        return []
    items = [f"{one.party}, {one.account.name}: {one.text}" for one in found]
    note = Text(_("Each side's remarks stand as they were written."), quiet=True)
    return [Heading(_("Remarks of each side")), Listing(items), note]
