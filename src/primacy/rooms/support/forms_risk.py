"""The risk form and the answer of an office. They read what was typed and judge nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from primacy.platform.language.later import later
from primacy.rooms.support.actions.deciding import Risk
from primacy.rooms.support.elements import ELEMENTS, LIKELIHOODS, SEVERITIES, Element
from primacy.rooms.support.forms_case import words_field
from primacy.rooms.support.models import Colour, RiskAssessment, SupportCase
from primacy.rooms.support.reading import COLOUR_LETTERS, COLOUR_WORDS

BLANK_ROWS = 2
FEWEST_ROWS = 3
MOST_ROWS = 40
RATINGS = ("likelihood", "severity", "likelihood_after", "severity_after")
TEXTS = ("text", "measures")


@dataclass(frozen=True)
class Draft:
    """What stands in the field of an element before anybody types, and where it comes from."""

    text: str
    origin: str = ""


def drafts_for(
    case: SupportCase, version: RiskAssessment | None, earlier: RiskAssessment | None
) -> dict[str, Draft]:
    """The text of each element: the version's, else the last round's, else the framework's."""
    if version is not None:
        return {one.code: Draft(str(version.answers.get(one.code, ""))) for one in ELEMENTS}
    found = {}
    for one in ELEMENTS:
        text = str(earlier.answers.get(one.code, "")) if earlier is not None else ""
        origin = _("taken from the round before: confirm it or change it") if text else ""
        if not text:
            text = inherited(case, one)
            origin = _("taken from the country framework: make it speak of this case")
        found[one.code] = Draft(text, origin if text else "")
    return found


def inherited(case: SupportCase, element: Element) -> str:
    """What the country framework of the case says under the section of an element."""
    if case.framework is None or not element.framework:
        return ""
    return str(case.framework.sections.get(element.framework, ""))


class RiskForm(forms.Form):
    """One field an element, rows of risks rated before and after measures, and the last question.

    It may be saved with gaps; the version then says what it lacks.
    """

    real_risk = forms.TypedChoiceField(
        label=later("Are there substantial grounds for believing in a real risk that the recipient "
                    "commits grave violations, even after all measures?"),
        choices=[("", later("not answered yet")), ("no", later("no")), ("yes", later("yes"))],
        coerce="yes".__eq__,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(
        self,
        drafts: Mapping[str, Draft],
        version: RiskAssessment | None,
        earlier: RiskAssessment | None,
        data: Mapping[str, object] | None = None,
    ) -> None:
        base = version or earlier
        rows = list(base.risks) if base is not None else []
        # The last question is answered anew in each round: it is never taken over.
        said = {True: "yes", False: "no", None: ""}[version.real_risk if version else None]
        super().__init__(data, initial={"real_risk": said})
        for one in ELEMENTS:
            self.fields[f"answer_{one.code}"] = words_field(one.question, 5, required=False)
            self.fields[f"answer_{one.code}"].initial = drafts[one.code].text
        self.count = self._rows(len(rows), data)
        for at in range(self.count):
            self._add_row(at, rows[at] if at < len(rows) else {})

    def _rows(self, known: int, data: Mapping[str, object] | None) -> int:
        sent = sum(1 for key in data if key.startswith("text_")) if data is not None else 0
        return min(MOST_ROWS, max(FEWEST_ROWS, known + BLANK_ROWS, sent))

    def _add_row(self, at: int, row: Mapping[str, object]) -> None:
        number = at + 1
        labels = {
            "text": _("Risk %(n)d"), "measures": _("Measures against risk %(n)d"),
            "likelihood": _("Likelihood of risk %(n)d"), "severity": _("Severity of risk %(n)d"),
            "likelihood_after": _("Likelihood of risk %(n)d after measures"),
            "severity_after": _("Severity of risk %(n)d after measures"),
        }  # fmt: skip
        for name in TEXTS:
            field = words_field(labels[name] % {"n": number}, 2, required=False)
            self.fields[f"{name}_{at}"] = field
        for name in RATINGS:
            scale = LIKELIHOODS if name.startswith("likelihood") else SEVERITIES
            self.fields[f"{name}_{at}"] = forms.TypedChoiceField(
                label=labels[name] % {"n": number},
                choices=[("", "–"), *((n, f"{n} {word}") for n, word in scale)],
                coerce=int,
                empty_value=None,
                required=False,
            )
        for name in (*TEXTS, *RATINGS):
            self.fields[f"{name}_{at}"].initial = row.get(name, "")

    def rows(self) -> list[dict[str, BoundField]]:
        """The fields of each row of the table of risks."""
        return [
            {name: self[f"{name}_{at}"] for name in (*TEXTS, *RATINGS)} for at in range(self.count)
        ]

    def clean(self) -> dict[str, object]:
        """What was typed; a rated row without words is named."""
        values = super().clean() or {}
        for at in range(self.count):
            rated = any(values.get(f"{name}_{at}") for name in (*RATINGS, "measures"))
            if rated and not str(values.get(f"text_{at}", "")).strip():
                self.add_error(f"text_{at}", _("Say in words what the risk is."))
        return values

    def answers(self) -> dict[str, str]:
        """Text by element."""
        return {one.code: self.cleaned_data[f"answer_{one.code}"] for one in ELEMENTS}

    def risks(self) -> Sequence[Risk]:
        """The rows that say something."""
        values = self.cleaned_data
        return [
            Risk(
                text=values[f"text_{at}"],
                measures=values[f"measures_{at}"],
                **{name: int(values[f"{name}_{at}"] or 0) for name in RATINGS},
            )
            for at in range(self.count)
            if values[f"text_{at}"].strip()
        ]


class AnswerForm(forms.Form):
    """What an office answers on one recipient."""

    recipient = forms.UUIDField(widget=forms.HiddenInput)
    office = forms.UUIDField(widget=forms.HiddenInput)
    prefilled_from = forms.UUIDField(widget=forms.HiddenInput, required=False)
    colour = forms.ChoiceField(
        label=later("Answer"),
        choices=[(c, f"{COLOUR_LETTERS[c]} {COLOUR_WORDS[c]}") for c in Colour.values],
        widget=forms.RadioSelect,
    )
    reason = words_field(
        later("Reason"), 3, help_text=later("what was found, or what was searched and not found")
    )
    searched = forms.CharField(
        label=later("What was searched, and up to which day"), required=False, max_length=300,
        help_text=later("needed for green: nothing found is never simply clean"),
    )  # fmt: skip
