"""Forms of persons. They read what was typed; what is allowed is decided by the acts."""

import datetime as dt

from django import forms
from django.utils.translation import gettext as _

from primacy.kernels.names.persons import Person as Described
from primacy.kernels.time import BadWhen, parse_when
from primacy.platform.claims.forms import TermsForm, long_field, text_field
from primacy.platform.claims.rules import on_record
from primacy.platform.form_fields import date_field
from primacy.platform.language.later import later
from primacy.platform.policy import Marking, Viewer
from primacy.platform.sources.actions import ensure_source
from primacy.rooms.forces.facade import Unit, units
from primacy.rooms.persons.actions import NewPerson, NewPosting
from primacy.rooms.persons.models import (
    USUAL_MARKING,
    Commands,
    Ground,
    LeavingKind,
    Opinion,
    Person,
    PersonNameKind,
    Sex,
    TermKind,
)
from primacy.rooms.persons.queries import asked_about
from primacy.rooms.places.facade import Mission

ANY_SEX = ("", later("Not stated"))


class UnitField(forms.CharField):
    """A unit by its code or full name, among those open to the viewer."""

    def __init__(self, viewer: Viewer, mission: Mission, **more: object) -> None:
        super().__init__(max_length=200, **more)  # type: ignore[arg-type]
        self.viewer, self.mission = viewer, mission

    def clean(self, value: object) -> Unit | None:
        """The unit; a message that says what to type otherwise."""
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        rows = units(self.viewer, self.mission)
        named = list(rows.filter(code__iexact=typed)[:1] or rows.filter(name__iexact=typed)[:2])
        if len(named) != 1:
            raise forms.ValidationError(
                _("No unit '%(typed)s' is open to you, or several bear that name. Type its code.")
                % {"typed": typed[:60]}
            )
        return named[0]


class SearchForm(forms.Form):
    """Who is looked for; each part narrows nothing and weighs."""

    name = text_field(later("Name"), 250, required=False, help_text=later("in any script"))
    born = forms.CharField(
        label=later("Born"), required=False, max_length=10,
        help_text=later("a year, a month (1975-03) or a day (1975-03-09)"),
    )  # fmt: skip
    number_kind = text_field(later("Kind of number"), 40, required=False)
    number = text_field(later("Number"), 100, required=False)
    place = text_field(later("Place of birth"), 200, required=False)

    def __init__(self, viewer: Viewer, mission: Mission, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["unit"] = UnitField(
            viewer, mission, label=_("Unit"), required=False, help_text=_("its code or full name")
        )

    def clean_born(self) -> tuple[dt.date, dt.date] | None:
        """The days between which the person was born."""
        return days_of(self.cleaned_data["born"])

    def asked(self) -> Described:
        """The description as the resolver takes it."""
        values = self.cleaned_data
        number = (values["number_kind"] or "number", values["number"])
        return asked_about(
            values["name"],
            born=values["born"],
            number=number if values["number"] else None,
            place=values["place"],
            unit=values["unit"].pk if values["unit"] is not None else None,
        )


def days_of(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and last day of a year, a month or a day as typed; None where nothing was."""
    if not text.strip():
        return None
    try:
        when = parse_when(text.strip())
    except BadWhen as problem:
        raise forms.ValidationError(
            _("Type a year (1975), a month (1975-03) or a day (1975-03-09).")
        ) from problem
    return when.earliest, when.latest


class PersonForm(forms.Form):
    """A new person as one source describes them."""

    name = text_field(later("Full name"), 250)
    aliases = text_field(
        later("Also known as"), 500, required=False, help_text=later("several with ; between")
    )
    code = text_field(
        later("Code"), 40, required=False, help_text=later("without one, the next free is given")
    )
    force = text_field(later("Force"), 100, required=False)
    sex = forms.ChoiceField(label=later("Sex"), required=False, choices=[ANY_SEX, *Sex.choices])
    born = forms.CharField(
        label=later("Born"), required=False, max_length=10,
        help_text=later("a year, a month (1975-03) or a day (1975-03-09)"),
    )  # fmt: skip
    birth_place = text_field(later("Place of birth"), 200, required=False)
    number_kind = text_field(
        later("Kind of number"), 40, required=False, help_text=later("service number, passport")
    )
    number = text_field(later("Number"), 100, required=False)
    role = text_field(later("Role"), 120, required=False)
    rank = text_field(later("Rank"), 120, required=False)
    since = date_field(later("In this post since"), required=False)
    seen_on = date_field(later("and last known on"), required=False)
    source = text_field(later("Source"), 500)
    point = text_field(later("Page or line there"), 200, required=False)
    marking = forms.TypedChoiceField(
        label=later("Marking"),
        choices=[(m.value, m.label) for m in Marking],
        coerce=int,
        initial=USUAL_MARKING.value,
    )
    note = long_field(later("Note"))
    field_order = ("name", "aliases", "code", "force", "sex", "born", "birth_place",
                   "number_kind", "number", "unit")  # fmt: skip

    def __init__(self, viewer: Viewer, mission: Mission, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["unit"] = UnitField(
            viewer, mission, label=_("Unit"), required=False, help_text=_("its code or full name")
        )
        self.order_fields(self.field_order)

    def clean_born(self) -> tuple[dt.date, dt.date] | None:
        """The days between which the person was born."""
        return days_of(self.cleaned_data["born"])

    def clean(self) -> dict[str, object]:
        """A posting needs a unit, and a day on which it is known."""
        values = super().clean() or {}
        posting = any(values.get(name) for name in ("role", "rank", "since", "seen_on"))
        if posting and not values.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("A posting needs its unit."))
        if values.get("unit") and not (values.get("since") or values.get("seen_on")):
            self.add_error("seen_on", _("Give a day on which the posting is known."))
        if bool(values.get("number")) != bool(values.get("number_kind")):
            self.add_error("number", _("A number needs its kind (service number, passport)."))
        return values

    def new(self, actor: Viewer, mission: Mission) -> NewPerson:
        """The person as the act takes it; the source is made where it is new."""
        values = self.cleaned_data
        marking = Marking(values["marking"])
        source = ensure_source(
            actor=actor, mission_id=mission.pk, title=values["source"], marking=marking
        )
        unit = values["unit"]
        posting = (
            [NewPosting(unit, on_record(values["since"], values["seen_on"]), role=values["role"],
                        rank=values["rank"])]
            if unit is not None
            else []
        )  # fmt: skip
        return NewPerson(
            name=values["name"],
            source=source,
            code=values["code"],
            aliases=[one.strip() for one in values["aliases"].split(";") if one.strip()],
            force=values["force"] or (unit.force if unit is not None else ""),
            sex=values["sex"],
            born=values["born"],
            birth_place=values["birth_place"],
            numbers=[(values["number_kind"], values["number"])] if values["number"] else (),
            postings=posting,
            note=values["note"],
            marking=marking,
            point=values["point"],
        )


class NameForm(TermsForm):
    """A name of the person."""

    name = text_field(later("Name"), 250)
    kind = forms.ChoiceField(label=later("Kind of name"), choices=PersonNameKind.choices)
    field_order = ("name", "kind")


class BirthForm(TermsForm):
    """When and where the person was born."""

    earliest = date_field(later("Born on, or not before"), required=False)
    latest = date_field(later("and not after"), required=False)
    place = text_field(later("Place of birth"), 200, required=False)
    field_order = ("earliest", "latest", "place")


class NumberForm(TermsForm):
    """A number of a paper."""

    kind = text_field(later("Kind of number"), 40, help_text=later("service number, passport"))
    number = text_field(later("Number"), 100)
    field_order = ("kind", "number")


class PostingForm(TermsForm):
    """A post in a unit."""

    role = text_field(later("Role"), 120, required=False)
    title = text_field(later("Title"), 200, required=False)
    rank = text_field(later("Rank"), 120, required=False)
    commanding = forms.ChoiceField(
        label=later("Commanding"),
        required=False,
        choices=[
            ("", later("as the words of the role say")),
            ("yes", later("the source says that it commands")),
            ("no", later("the source says that it does not")),
        ],
    )
    acting = forms.BooleanField(label=later("Acting"), required=False)
    field_order = ("unit", "role", "title", "rank", "commanding", "acting")

    def __init__(self, viewer: Viewer, mission: Mission, *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["unit"] = UnitField(
            viewer, mission, label=_("Unit"), help_text=_("its code or full name")
        )
        self.order_fields(self.field_order)

    def clean_commanding(self) -> bool | None:
        """What the source says of it."""
        return {"yes": True, "no": False}.get(self.cleaned_data["commanding"])


class LeavingForm(TermsForm):
    """That the person died or left."""

    kind = forms.ChoiceField(label=later("What happened"), choices=LeavingKind.choices)
    earliest = date_field(later("On, or not before"))
    latest = date_field(later("and not after"), required=False)
    field_order = ("kind", "earliest", "latest")


class WhyForm(forms.Form):
    """Why something is withdrawn, corrected or read apart."""

    reason = text_field(later("Why"), 500)


class JudgeForm(forms.Form):
    """What somebody judges of a pair."""

    opinion = forms.ChoiceField(
        label=later("Your judgement"), choices=Opinion.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=later("What shows that they are one person"),
        required=False,
        choices=[("", later("the comparison itself")), *Ground.choices],
        help_text=later("a name alone is not enough"),
    )
    reference = text_field(
        later("Which one"), 300, required=False,
        help_text=later("the number, the birth, the post or the source"),
    )  # fmt: skip
    reasons = forms.CharField(
        label=later("Your reasons"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, sides: tuple[Person, Person], *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.sides = {str(one.pk): one for one in sides}
        self.fields["keep"] = forms.ChoiceField(
            label=_("Read both under"),
            choices=[(key, f"{one.name} ({one.code})") for key, one in self.sides.items()],
        )

    def clean_keep(self) -> Person:
        """The record under which both are read."""
        return self.sides[self.cleaned_data["keep"]]


class TermForm(forms.Form):
    """A rank or role of the country."""

    kind = forms.ChoiceField(label=later("Rank or role"), choices=TermKind.choices)
    words = text_field(later("As it is written"), 120)
    level = forms.IntegerField(
        label=later("Level of a rank"), required=False, min_value=1, max_value=100,
        help_text=later("higher is more senior; those shipped go from 1 to 20"),
    )  # fmt: skip
    commands = forms.ChoiceField(
        label=later("Who holds the role"), choices=Commands.choices, initial=Commands.DEPENDS
    )
    source = text_field(later("Source"), 500)
