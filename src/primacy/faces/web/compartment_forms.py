"""Forms of compartments. None of them is kept as a draft; passphrases are never shown back."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as later

from primacy.platform.accounts.models import Account
from primacy.platform.vault.fields import LETTERS
from primacy.platform.vault.models import IdentityKind
from primacy.rooms.places.facade import Mission

HOLDERS = 3


def _passphrase(label: object, new: bool = False) -> forms.CharField:
    word = "new-password" if new else "off"
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": word, "spellcheck": "false"}),
    )


class UnlockForm(forms.Form):
    """The passphrase of one's own key."""

    passphrase = _passphrase(later("Key passphrase"))


class KeyForm(forms.Form):
    """A new passphrase, typed twice; with the old one where a key is to be kept."""

    old = _passphrase(later("Present key passphrase"))
    passphrase = _passphrase(later("New key passphrase"), new=True)
    again = _passphrase(later("The same again"), new=True)

    def __init__(self, *given: object, keep: bool, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        if not keep:
            del self.fields["old"]

    def clean(self) -> None:
        """Both entries must agree."""
        values = super().clean() or {}
        if values.get("passphrase") != values.get("again"):
            self.add_error("again", str(later("The two entries differ.")))


def _off(most: int) -> forms.TextInput:
    return forms.TextInput(attrs={"autocomplete": "off", "maxlength": str(most)})


class FingerprintForm(forms.Form):
    """A person, and the fingerprint that person read out."""

    account = forms.ChoiceField(label=later("Person"))
    fingerprint = forms.CharField(
        label=later("Fingerprint, as that person reads it out"), max_length=40, widget=_off(40)
    )

    def __init__(self, people: Iterable[Account], *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["account"] = forms.ChoiceField(
            label=self.fields["account"].label, choices=person_choices(people)
        )


class RecoveryForm(FingerprintForm):
    """The new reader, the second holder and the reason."""

    second = forms.ChoiceField(label=later("Second holder"))
    reason = forms.CharField(label=later("Reason"), max_length=500)

    def __init__(self, people: Iterable[Account], *given: object, **more: object) -> None:
        listed = list(people)
        super().__init__(listed, *given, **more)
        self.fields["second"] = forms.ChoiceField(
            label=self.fields["second"].label, choices=person_choices(listed)
        )


class HoldersForm(forms.Form):
    """Two or three recovery holders with their fingerprints."""

    def __init__(self, people: Iterable[Account], *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        choices = person_choices(people)
        for number in range(1, HOLDERS + 1):
            must = number < HOLDERS
            empty = [] if must else [("", "–")]
            self.fields[f"holder_{number}"] = forms.ChoiceField(
                label=later("Recovery holder"), choices=[*empty, *choices], required=must
            )
            self.fields[f"fingerprint_{number}"] = forms.CharField(
                label=later("Fingerprint of that holder"),
                required=must,
                max_length=40,
                widget=_off(40),
            )

    def chosen(self) -> list[tuple[str, str]]:
        """The holders' account ids with what they read out."""
        values = self.cleaned_data
        pairs = [
            (values[f"holder_{number}"], values[f"fingerprint_{number}"])
            for number in range(1, HOLDERS + 1)
        ]
        return [pair for pair in pairs if pair[0]]


class CompartmentForm(HoldersForm):
    """A new compartment of one's own organisation."""

    code = forms.SlugField(label=later("Short code"), max_length=50)
    name = forms.CharField(label=later("Name"), max_length=200)
    takes_reports = forms.BooleanField(
        label=later("Others may report into it without reading it"), required=False
    )


class ReportForm(forms.Form):
    """A person who must not be known outside. What is typed is sealed and never shown back."""

    mission = forms.ChoiceField(label=later("Mission"))
    kind = forms.ChoiceField(label=later("Who it is"), choices=IdentityKind.choices)
    name = forms.CharField(
        label=later("Name"), max_length=LETTERS["name"], widget=_off(LETTERS["name"])
    )
    contact = forms.CharField(
        label=later("How to reach the person"),
        required=False,
        max_length=LETTERS["contact"],
        widget=_off(LETTERS["contact"]),
    )
    note = forms.CharField(
        label=later("Note"),
        required=False,
        max_length=LETTERS["note"],
        widget=forms.Textarea(attrs={"autocomplete": "off", "rows": "4"}),
    )
    source_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    about_type = forms.ChoiceField(
        label=later("It concerns"),
        required=False,
        choices=[
            ("", later("No record")),
            ("incident", later("An incident")),
            ("observation", later("An observation")),
        ],
    )
    about_id = forms.UUIDField(label=later("Id of that record"), required=False)

    def __init__(self, missions: Iterable[Mission], *given: object, **more: object) -> None:
        super().__init__(*given, **more)  # type: ignore[arg-type]
        self.fields["mission"] = forms.ChoiceField(
            label=self.fields["mission"].label,
            choices=[(str(row.pk), row.name) for row in missions],
        )


def person_choices(people: Iterable[Account]) -> list[tuple[str, str]]:
    """People as choices, by name and address."""
    return [(str(row.pk), f"{row.name} ({row.email})") for row in people]
