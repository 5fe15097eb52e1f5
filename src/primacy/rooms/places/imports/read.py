"""Reading a file of areas, whatever its format, into rows in WGS 84."""

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import shapely
from django.conf import settings
from django.utils.translation import gettext_noop

from primacy.platform.imports.actions import file_sha256
from primacy.platform.imports.errors import TooLarge
from primacy.rooms.places.imports.archives import gunzipped, text_of, unzipped
from primacy.rooms.places.imports.errors import CrsUnknown, FileUnreadable, LayerUnknown
from primacy.rooms.places.imports.geojson import parse
from primacy.rooms.places.imports.gis_files import read_gis
from primacy.rooms.places.imports.records import AreasOptions, Feature, Layer
from primacy.rooms.places.imports.reproject import named_wgs84, to_wgs84

FEATURE_LIMIT = 50_000
FORMATS = gettext_noop(
    "GeoJSON (.geojson, .json, also .gz), GeoPackage (.gpkg), shapefile (.zip, or the folder)"
)
SIDECARS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass
class _Table:
    """Rows as read, before their coordinates are turned."""

    format: str
    features: list[Feature]
    crs: str
    notes: list[str] = field(default_factory=list)
    crs_required: bool = False


def read_layer(path: Path, options: AreasOptions) -> Layer:
    """The rows of a file of areas, in WGS 84, with what was noted on the way."""
    parts = _parts(path)
    size = sum(part.stat().st_size for part in parts)
    if size == 0:
        raise FileUnreadable(
            path.name,
            gettext_noop("The file is empty."),
            gettext_noop("Give one of: %(formats)s.") % {"formats": FORMATS},
        )
    if size > settings.PRIMACY_UPLOAD_LIMIT:
        raise TooLarge(
            gettext_noop(
                "%(path)s: it has %(size)s MB; this site accepts "
                "%(primacy_upload_limit)s MB. Nothing was changed. Keep only the layer "
                "and level you need, or simplify its lines."
            )
            % {
                "path": path.name,
                "size": format(size / 1e6, ".0f"),
                "primacy_upload_limit": format(settings.PRIMACY_UPLOAD_LIMIT / 1e6, ".0f"),
            }
        )
    table = _table(path, parts, options)
    if not table.features:
        raise FileUnreadable(
            path.name,
            gettext_noop("It holds no rows."),
            gettext_noop("Export the layer again with its features."),
        )
    if len(table.features) > FEATURE_LIMIT:
        raise TooLarge(
            gettext_noop(
                "%(path)s: it has %(features)s rows; areas are read up to "
                "%(feature_limit)s. Nothing was changed. Keep only the level you need."
            )
            % {
                "path": path.name,
                "features": format(len(table.features), ","),
                "feature_limit": format(FEATURE_LIMIT, ","),
            }
        )
    features, crs = _placed(path.name, table, options)
    return Layer(
        file=path.name,
        format=table.format,
        sha256=_sha256(parts),
        size=size,
        crs=crs,
        columns=tuple(dict.fromkeys(name for f in features for name in f.values)),
        features=tuple(features),
        notes=tuple(table.notes),
    )


def _parts(path: Path) -> list[Path]:
    """The files that make up what was given: one, or the parts of a shapefile."""
    if not path.exists():
        raise FileUnreadable(
            path.name,
            gettext_noop("There is no such file."),
            gettext_noop("Check its name and folder."),
        )
    if path.is_dir():
        shapes = sorted(p for p in path.iterdir() if p.suffix.lower() == ".shp")
        if len(shapes) != 1:
            raise LayerUnknown(
                path.name,
                gettext_noop("The folder holds %(shapes)s shapefiles.") % {"shapes": len(shapes)},
                gettext_noop("Give the path of the .shp itself."),
            )
        path = shapes[0]
    if path.suffix.lower() != ".shp":
        return [path]
    beside = (p for p in path.parent.iterdir() if p.stem == path.stem)
    parts = sorted(p for p in beside if p.suffix.lower() in SIDECARS and p != path)
    return [path, *parts]


def _sha256(parts: list[Path]) -> str:
    """The hash of one file, or of the hashes of a shapefile's parts."""
    hashes = [file_sha256(part) for part in parts]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def _table(path: Path, parts: list[Path], options: AreasOptions) -> _Table:
    """The rows by the format of the file, told by its content before its name."""
    with parts[0].open("rb") as handle:
        start = handle.read(8)
    suffixes = [suffix.lower() for suffix in parts[0].suffixes]
    last = suffixes[-1] if suffixes else ""
    if start[:2] == b"\x1f\x8b":
        return _geojson(path.name, gunzipped(parts[0]))
    if start[:4] == b"PK\x03\x04":
        return _zip(path, options)
    if last in (".gpkg", ".shp"):
        return _gis(parts[0], path.name, options)
    if last in (".geojson", ".json"):
        if b"\x00" in start or start[:4] == b"\x89PNG" or start[:4] == b"%PDF":
            raise FileUnreadable(
                path.name,
                gettext_noop("It is called %(last)s but is a binary file, not text.")
                % {"last": last},
                gettext_noop("Give one of: %(formats)s.") % {"formats": FORMATS},
            )
        return _geojson(path.name, text_of(parts[0], path.name))
    raise FileUnreadable(
        path.name,
        gettext_noop("Files of the kind '%(value)s' are not read.")
        % {"value": last or "no ending"},
        gettext_noop("Give: %(formats)s.") % {"formats": FORMATS},
    )


def _geojson(file: str, raw: bytes) -> _Table:
    features, crs = parse(file, raw)
    return _Table("GeoJSON", features, crs)


def _gis(path: Path, shown: str, options: AreasOptions) -> _Table:
    table = read_gis(
        path, shown, options.layer if path.suffix.lower() == ".gpkg" else "", options.encoding
    )
    name = "GeoPackage" if path.suffix.lower() == ".gpkg" else "shapefile"
    return _Table(name, table.features, table.crs, table.notes, crs_required=True)


def _zip(path: Path, options: AreasOptions) -> _Table:
    """The one layer of a zip, unpacked into a folder that is removed again."""
    with tempfile.TemporaryDirectory(prefix="primacy-areas-") as folder:
        unpacked = unzipped(path, Path(folder))
        layers = [p for p in unpacked if p.suffix in (".shp", ".gpkg", ".geojson", ".json")]
        if options.layer and len(layers) > 1:
            layers = [p for p in layers if p.stem == options.layer]
        if len(layers) != 1:
            names = ", ".join(sorted(p.stem for p in unpacked if p.suffix != ".prj"))[:300]
            raise LayerUnknown(
                path.name,
                gettext_noop("The zip holds %(layers)s layers that could be read.")
                % {"layers": len(layers)},
                gettext_noop(
                    "Pack a .shp with its .shx, .dbf and .prj, or choose a layer with "
                    "the option layer. Found: %(value)s."
                )
                % {"value": names or "no map file"},
            )
        if layers[0].suffix in (".geojson", ".json"):
            return _geojson(path.name, text_of(layers[0], path.name))
        if layers[0].suffix == ".shp":
            _require_sidecars(path.name, layers[0])
        return _gis(layers[0], path.name, options)


def _require_sidecars(file: str, path: Path) -> None:
    missing = [s for s in (".shx", ".dbf") if not path.with_suffix(s).exists()]
    if missing:
        raise FileUnreadable(
            file,
            gettext_noop("The shapefile lacks its %(missing)s part.")
            % {"missing": " and ".join(missing)},
            gettext_noop("Pack .shp, .shx, .dbf and .prj together."),
        )


def _placed(file: str, table: _Table, options: AreasOptions) -> tuple[list[Feature], str]:
    """The rows in WGS 84 and the system they came in; refuses to guess metres."""
    crs = options.crs or table.crs
    if not crs and table.crs_required:
        if not _plausible_degrees(table.features):
            raise CrsUnknown(
                file,
                gettext_noop(
                    "It does not say its coordinate system (no .prj), and the numbers "
                    "are not degrees."
                ),
                gettext_noop(
                    "Ask its publisher and give it with the option crs, e.g. crs='EPSG:32629' "
                    "(UTM zone 29N) or 'EPSG:4326'."
                ),
            )
        table.notes.append(
            gettext_noop(
                "The file does not say its coordinate system; its numbers are degrees, so WGS 84 "
                "was taken. Compare a boundary with the map before loading."
            )
        )
    if options.crs and table.crs and not named_wgs84(table.crs) and options.crs != table.crs:
        table.notes.append(
            gettext_noop("The file's own coordinate system was replaced by %(crs)s.")
            % {"crs": options.crs}
        )
    features, shown = to_wgs84(file, table.features, crs)
    if options.swap_axes:
        table.notes.append(gettext_noop("Longitude and latitude were swapped, as asked."))
        features = [_swapped(feature) for feature in features]
    return features, shown


def _plausible_degrees(features: list[Feature]) -> bool:
    """True where every coordinate could be a longitude and a latitude."""
    shapes = [f.shape for f in features if f.shape is not None and not f.shape.is_empty]
    if not shapes:
        return False
    west, south, east, north = shapely.total_bounds(shapes)
    return bool(west >= -180.001 and east <= 180.001 and south >= -90.001 and north <= 90.001)


def _swapped(feature: Feature) -> Feature:
    if feature.shape is None:
        return feature

    def turn(points: np.ndarray) -> np.ndarray:
        return points[:, ::-1]

    shape = shapely.transform(feature.shape, turn)
    return Feature(feature.row, feature.values, shape, feature.unreadable)
