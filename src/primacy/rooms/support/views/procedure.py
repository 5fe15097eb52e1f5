"""How the mission checks: versions of its procedure, and of the country framework."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from primacy.platform.accounts.models import Organisation
from primacy.platform.form_fields import date_field
from primacy.platform.language.dates import long_day
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer, require
from primacy.rooms.places.facade import Mission, Page, open_page
from primacy.rooms.support.actions.policy import (
    NewOffice,
    put_framework_in_force,
    put_policy_in_force,
)
from primacy.rooms.support.case_list import reads_cases
from primacy.rooms.support.elements import MATRIX, SECTIONS
from primacy.rooms.support.forms_case import words_field
from primacy.rooms.support.models import CaseState, CountryFramework, PolicyVersion, RiskLevel
from primacy.rooms.support.queries import VIEW, cases_on_older_framework, frameworks, policies
from primacy.rooms.support.sheets import Card, Cell, Grid, SheetForm
from primacy.rooms.support.views.sheet import cards_for, done, sheet_page

CONFIGURE = ("support.configure",)


class ProcedureForm(SheetForm):
    """A new version of the procedure."""

    title = forms.CharField(label=later("Title"), max_length=200)
    in_force_from = date_field(later("In force from"), required=False)
    offices = words_field(
        later("Screening offices"), 4,
        help_text=later("one a line: code; name; organisation (empty: anybody who may screen)"),
    )  # fmt: skip
    freshness_days = forms.IntegerField(label=later("Days an answer stays fresh"), initial=90,
                                        min_value=1, max_value=730)  # fmt: skip
    levels_above = forms.IntegerField(label=later("Levels of command watched above a recipient"),
                                      initial=2, min_value=0, max_value=6)  # fmt: skip
    clocks = words_field(
        later("Days each state may last"), 3, required=False,
        help_text=later("one a line: state; days. Left out: as shipped."),
    )  # fmt: skip
    matrix = words_field(
        later("Risk matrix"), 5, required=False,
        help_text=later("one line a likelihood, from very unlikely; low, medium or high for each "
                        "severity. Empty: as shipped."),
    )  # fmt: skip
    source_title = forms.CharField(label=later("Source"), max_length=300)

    def clean_offices(self) -> list[NewOffice]:
        """The offices, each with its organisation found by name."""
        found = []
        for line in filter(str.strip, self.cleaned_data["offices"].splitlines()):
            code, name, organisation = (*(part.strip() for part in line.split(";")), "", "")[:3]
            if not code or not name:
                raise forms.ValidationError(_("Write code; name; organisation: %(line)s")
                                            % {"line": line[:60]})  # fmt: skip
            known = Organisation.objects.filter(name=organisation).first() if organisation else None
            if organisation and known is None:
                raise forms.ValidationError(
                    _("No organisation is called '%(name)s' on this site.")
                    % {"name": organisation[:60]}
                )
            found.append(NewOffice(code, name, known.pk if known is not None else None))
        return found

    def clean_clocks(self) -> dict[str, int]:
        """Days by state."""
        found = {}
        for line in filter(str.strip, self.cleaned_data["clocks"].splitlines()):
            state, _sign, days = (part.strip() for part in line.partition(";"))
            if state not in CaseState.values or not days.isdigit():
                raise forms.ValidationError(
                    _("Write state; days. States: %(known)s.")
                    % {"known": ", ".join(CaseState.values)}
                )
            found[state] = int(days)
        return found

    def clean_matrix(self) -> list[list[str]] | None:
        """The rows of the matrix; nothing where the shipped one is meant."""
        rows = [line.replace(",", " ").split()
                for line in self.cleaned_data["matrix"].splitlines() if line.strip()]  # fmt: skip
        return rows or None


class FrameworkForm(SheetForm):
    """A new version of the country framework; sections keep the words of the last one."""

    title = forms.CharField(label=later("Title"), max_length=200)
    measures = words_field(later("Standing measures, one a line"), 3, required=False)
    what_changed = words_field(later("What changed"), 2, required=False)
    source_title = forms.CharField(label=later("Source"), max_length=300)

    def fill(self) -> None:
        """Nothing; puts a field for each section in, with what it says today."""
        last = frameworks(self.viewer, self.mission).first()
        for code, title in SECTIONS:
            self.fields[f"section_{code}"] = words_field(title, 4, required=False)
            self.fields[f"section_{code}"].initial = last.sections.get(code, "") if last else ""
        self.order_fields(["title", *(f"section_{code}" for code, _title in SECTIONS)])
        if last is not None:
            self.fields["title"].initial = last.title
            self.fields["measures"].initial = "\n".join(map(str, last.measures))


def _procedure(viewer: Viewer, mission: Mission, form: ProcedureForm) -> str:
    made = put_policy_in_force(actor=viewer, mission=mission, **form.cleaned_data)
    return _("Version %(number)d is on record. Cases begun before keep theirs.") % {
        "number": made.number
    }


def _framework(viewer: Viewer, mission: Mission, form: FrameworkForm) -> str:
    values = form.cleaned_data
    made = put_framework_in_force(
        actor=viewer, mission=mission, title=values["title"], source_title=values["source_title"],
        sections={code: values[f"section_{code}"] for code, _title in SECTIONS},
        measures=values["measures"].splitlines(), what_changed=values["what_changed"],
    )  # fmt: skip
    touched = cases_on_older_framework(viewer, made)
    return _("Version %(number)d is on record. It bears on %(n)d open cases.") % {
        "number": made.number, "n": len(touched),
    }  # fmt: skip


PROCEDURE_CARDS = {
    "procedure": Card(later("Put a new version of the procedure in force"), later("Put in force"),
                      ProcedureForm, CONFIGURE, _procedure),
}  # fmt: skip
FRAMEWORK_CARDS = {
    "framework": Card(later("Put a new version of the framework in force"), later("Put in force"),
                      FrameworkForm, CONFIGURE, _framework),
}  # fmt: skip


def procedure(request: HttpRequest, mission: str) -> HttpResponse:
    """The procedure in force, with offices, clocks and matrix, and the versions before it."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, PROCEDURE_CARDS)
    if said:
        return done(request, "support-procedure", said, mission)
    versions = list(policies(page.viewer, page.mission))
    grids = [_versions(versions)]
    if versions:
        grids += [_offices(versions[0]), _clocks(versions[0]), _matrix(versions[0])]
    links = []
    if reads_cases(page.viewer, page.mission):
        links = [(_("Country framework"), reverse("support-framework", args=[mission]))]
    return sheet_page(
        request,
        page,
        title=_("Procedure"),
        purpose=_("How this mission checks before it supports. A case keeps the version it began."),
        grids=grids,
        cards=PROCEDURE_CARDS,
        shown=shown,
        marking=Marking.INTERNAL,
        links=links,
    )


def framework(request: HttpRequest, mission: str) -> HttpResponse:
    """The country framework, its versions, and the open cases that a change bears on."""
    page = open_page(request, mission)
    require(page.viewer, VIEW, page.mission.pk)
    shown, said = cards_for(request, page, FRAMEWORK_CARDS)
    if said:
        return done(request, "support-framework", said, mission)
    versions = list(frameworks(page.viewer, page.mission))
    grids = [_sections(versions), _touched(page, versions), _older(versions)]
    return sheet_page(
        request,
        page,
        title=_("Country framework"),
        purpose=_("General and preliminary risk assessment (GPRAF): every case begins from it."),
        grids=grids,
        cards=FRAMEWORK_CARDS,
        shown=shown,
        marking=Marking.CONFIDENTIAL if versions else page.default_marking,
        links=[(_("Procedure"), reverse("support-procedure", args=[mission]))],
    )


def _versions(versions: list[PolicyVersion]) -> Grid:
    lines = [
        [
            Cell(f"{row.number}: {row.title}"),
            Cell(long_day(row.in_force_from)),
            Cell(_("%(n)s days") % {"n": row.freshness_days}),
            Cell(row.levels_above, figure=True),
            Cell(str(row.source)),
        ]
        for row in versions
    ]
    heads = [_("Version"), _("In force from"), _("An answer stays fresh"), _("Levels above"),
             _("Source")]  # fmt: skip
    return Grid(_("Versions"), heads, lines,
                _("No procedure is in force: nothing can be asked for yet."))  # fmt: skip


def _offices(version: PolicyVersion) -> Grid:
    lines = [
        [Cell(one.name), Cell(one.code), Cell(str(one.organisation or _("anybody who may screen")))]
        for one in version.offices.select_related("organisation")
    ]
    return Grid(_("Screening offices"), [_("Office"), _("Code"), _("Who answers")], lines, "–")


def _clocks(version: PolicyVersion) -> Grid:
    lines = [
        [Cell(CaseState(state).label), Cell(_("%(n)s days") % {"n": int(days)}, figure=True)]
        for state, days in version.clocks.items()
    ]
    return Grid(_("How long each state may last"), [_("State"), _("At most")], lines, "–",
                _("The policy itself sets no time limits; these are the mission's."))  # fmt: skip


def _matrix(version: PolicyVersion) -> Grid:
    rows = version.matrix or MATRIX
    lines = [
        [Cell(number), *(Cell(RiskLevel(level).label) for level in row)]
        for number, row in enumerate(rows, 1)
    ]
    heads = [_("Likelihood"), *(_("Severity %(n)d") % {"n": n} for n in range(1, len(rows[0]) + 1))]
    return Grid(_("Risk matrix"), heads, lines, "–")


def _sections(versions: list[CountryFramework]) -> Grid:
    lines = []
    if versions:
        said = versions[0].sections
        lines = [[Cell(title), Cell(said.get(code) or _("nothing yet"))]
                 for code, title in SECTIONS]  # fmt: skip
        measures = "\n".join(map(str, versions[0].measures)) or _("nothing yet")
        lines.append([Cell(_("Standing measures")), Cell(measures)])
    return Grid(_("What it says"), [_("Section"), _("Text")], lines,
                _("No framework is on record."))  # fmt: skip


def _touched(page: Page, versions: list[CountryFramework]) -> Grid:
    rows = cases_on_older_framework(page.viewer, versions[0]) if versions else []
    lines = [
        [
            Cell(row, href=reverse("support-case", args=[page.mission.code, row.pk])),
            Cell(row.get_state_display()),
            Cell(str(row.framework or _("none"))),
        ]
        for row in rows
    ]
    return Grid(_("Open cases on an older version"), [_("Case"), _("State"), _("Rests on")], lines,
                _("Every open case rests on this version."))  # fmt: skip


def _older(versions: list[CountryFramework]) -> Grid:
    lines = [
        [Cell(str(row)), Cell(long_day(row.in_force_from)), Cell(row.what_changed or "–"),
         Cell(str(row.source))]
        for row in versions
    ]  # fmt: skip
    heads = [_("Version"), _("In force from"), _("What changed"), _("Source")]
    return Grid(_("Versions"), heads, lines, _("No framework is on record."))
