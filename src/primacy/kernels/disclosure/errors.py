"""Errors of the kernel for small counts.

DisclosureError
├── BadTable        counts that are none, sums of cells that are not there
└── CannotProtect   what is published already gives a small count away
"""


class DisclosureError(ValueError):
    """Any refusal of this kernel."""


class BadTable(DisclosureError):
    """A table that cannot be: a negative count, an unknown cell, a sum that does not add up."""


class CannotProtect(DisclosureError):
    """Small counts that no further holding back can hide. `cells` names them."""

    def __init__(self, cells: tuple[str, ...]) -> None:
        super().__init__(
            f"What is published already gives away {', '.join(cells[:5])}"
            f"{' and more' if len(cells) > 5 else ''}. Leave out a total or an earlier figure, or "
            "do not publish this table."
        )
        self.cells = cells
