"""Where the data that ship with Primacy lie: beside the code in a wheel, at the top in a clone."""

from pathlib import Path

from django.utils.translation import gettext as _

PACKAGE = Path(__file__).resolve().parent.parent


class NotShipped(FileNotFoundError):
    """A data file that should have come with the installation is not there."""


def shipped(name: str) -> Path:
    """The path of a shipped file or folder such as "cases/liberia" or "shapes/liberia.geojson"."""
    inside = PACKAGE / "_data" / name
    if inside.exists():
        return inside
    clone = PACKAGE.parent.parent
    for candidate in (clone / name, clone / "data" / name):
        if candidate.exists():
            return candidate
    raise NotShipped(
        _(
            "The file '%(name)s' did not come with this installation. Install Primacy "
            "again, or run it from a complete clone."
        )
        % {"name": name}
    )
