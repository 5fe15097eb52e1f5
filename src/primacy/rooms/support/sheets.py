"""What the further pages of support are made of: tables with links and signs, and forms beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from primacy.platform.policy import Viewer
from primacy.rooms.places.facade import Mission


@dataclass(frozen=True)
class Cell:
    """A cell: words, and where they lead; `sign` stands beside them as a chip, `late` in red."""

    text: object
    href: str = ""
    sign: str = ""
    late: str = ""
    figure: bool = False


@dataclass(frozen=True)
class Grid:
    """A table with its heading; `none` is said where it has no row."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    none: str
    note: str = ""
    anchor: str = ""


class SheetForm(forms.Form):
    """A form on one of these pages; `usable` is false where there is nothing it could be about."""

    def __init__(
        self, viewer: Viewer, mission: Mission, data: Any = None, files: Any = None,
        prefix: str = "",
    ) -> None:  # fmt: skip
        super().__init__(data, files, prefix=prefix or None)
        self.viewer, self.mission = viewer, mission
        self.usable = True
        self.fill()

    def fill(self) -> None:
        """Nothing; puts what can be chosen into the form."""


Run = Callable[[Viewer, Mission, Any], str]


@dataclass(frozen=True)
class Card:
    """Something done on a page: its form, who may, and the act; `run` says what came of it."""

    title: str
    button: str
    form: type[SheetForm]
    rights: tuple[str, ...]
    run: Run
    no_draft: bool = False


@dataclass
class Shown:
    """A card on the page: its form as it stands, and whether it was tried."""

    code: str
    card: Card
    form: SheetForm
    tried: bool = False
    files: bool = field(init=False)

    def __post_init__(self) -> None:
        self.files = self.form.is_multipart()
