"""Errors of importing areas; each says what is wrong, that nothing was changed, what to do.

ImportRefused (platform.imports)
└── AreasRefused
├── FileUnreadable      missing, empty, damaged, or not the format its name says
├── HostileArchive      an archive that could harm this site: paths, sizes, ratios
├── GisPartMissing      the optional parts that read GIS formats are not installed
├── CrsUnknown          the coordinate system is not given or cannot be used
├── ColumnsUnknown      the name column (or another one) cannot be told
├── LevelUnknown        the level of the areas cannot be told
├── LayerUnknown        several layers and none was chosen
├── WrongPlace          coordinates off the earth, swapped, or another country's rows
├── OptionUnusable      an option that contradicts itself or the mission
└── StillNeeded         later records rest on what should be taken back
"""

from django.utils.translation import gettext_noop

from primacy.platform.imports.errors import ImportRefused

NOTHING_CHANGED = gettext_noop("Nothing was changed.")


class AreasRefused(ImportRefused):
    """The file of areas was refused and nothing was changed."""

    def __init__(self, file: str, wrong: str, action: str) -> None:
        """`wrong` and `action` are whole sentences; `file` is the name without its folder."""
        self.file = file
        self.wrong = wrong
        self.action = action
        super().__init__(f"{file}: {wrong} {NOTHING_CHANGED} {action}")


class FileUnreadable(AreasRefused):
    """The file is missing, empty, damaged, or not what its name says."""


class HostileArchive(AreasRefused):
    """The archive holds paths, sizes or ratios that no honest map file has."""


class GisPartMissing(AreasRefused):
    """Reading this format needs the optional GIS parts."""


class CrsUnknown(AreasRefused):
    """The coordinate system is not given, or cannot be turned into WGS 84."""


class ColumnsUnknown(AreasRefused):
    """A column that is needed cannot be told from the others."""


class LevelUnknown(AreasRefused):
    """The level of the areas in the file cannot be told."""


class LayerUnknown(AreasRefused):
    """The file holds several layers, or not the one asked for."""


class WrongPlace(AreasRefused):
    """The coordinates are off the earth or swapped, or the rows are of another country."""


class OptionUnusable(AreasRefused):
    """An option is wrong in itself."""


class StillNeeded(AreasRefused):
    """Records added later rest on what should be taken back."""
