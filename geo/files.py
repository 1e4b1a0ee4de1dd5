"""What kind of boundary file some content is, and how GDAL opens it."""

from __future__ import annotations

import io
import tempfile
import warnings
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from geo.shapes import BoundaryError

if TYPE_CHECKING:
    import geopandas

SQLITE = b"SQLite format 3\x00"
SHAPEFILE = b"\x00\x00\x27\x0a"
ZIP = b"PK\x03\x04"
SPACE = b"\xef\xbb\xbf \t\r\n"
LARGEST_UNZIPPED = 1_000_000_000
"""Bytes: the whole nation's county subdivisions unzip to a third of this."""


def is_geojson(content: bytes) -> bool:
    """True when the content begins like JSON and names a FeatureCollection."""
    return content[:64].lstrip(SPACE).startswith(b"{") and b'"FeatureCollection"' in content


def is_boundary_file(content: bytes) -> bool:
    """True for a GeoJSON collection, a GeoPackage, a shapefile's .shp, or a zip that holds one of them."""
    if content.startswith(ZIP):
        return bool(_boundary_member(content))
    geopackage = content.startswith(SQLITE) and content[68:70] == b"GP"  # the application id of a GeoPackage
    return geopackage or content.startswith(SHAPEFILE) or is_geojson(content)


def unzipped_geojson(content: bytes) -> bytes | None:
    """The GeoJSON inside a zip; None when the content is no zip or holds another kind."""
    member = _boundary_member(content) if content.startswith(ZIP) else ""
    if not member.lower().endswith(".geojson"):
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(member)


def read_table(content: bytes, name: str, path: Path | None) -> tuple[geopandas.GeoDataFrame, bool]:
    """The first layer with shapes of a GeoPackage, shapefile or zip, and whether GDAL had to close rings.

    BoundaryError when GDAL cannot read it, it has no shapes, or it does not say its coordinate system.
    """
    import geopandas  # here, not above: a web worker lists the sources and must stay without pandas (110 MB)
    import pyogrio

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        source = _on_disk(content, name, path, Path(folder))
        try:
            drawn = [str(layer) for layer, kind in pyogrio.list_layers(source) if kind]
            table = pyogrio.read_dataframe(source, layer=drawn[0], on_invalid="fix") if drawn else None
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
            raise BoundaryError(f"{name} cannot be read as a boundary file ({type(error).__name__}).") from error
    if not isinstance(table, geopandas.GeoDataFrame):
        raise BoundaryError(f"{name} holds no layer of shapes.")
    if table.crs is None:
        raise BoundaryError(
            f"{name} does not say its coordinate system: put its .prj file with it, or save it as GeoJSON in degrees."
        )
    return table, any("closed ring" in str(warning.message) for warning in told)


def _on_disk(content: bytes, name: str, path: Path | None, folder: Path) -> Path:
    """A path GDAL can open: a shapefile where it stands beside its parts, everything else unpacked in `folder`."""
    if content.startswith(ZIP):
        return _unzipped(content, folder)
    if content.startswith(SHAPEFILE):
        if path is None or not path.with_suffix(".shx").exists():
            raise BoundaryError(f"{name} needs its .shx, .dbf and .prj beside it: give them together as one .zip.")
        return path
    target = folder / "boundaries.gpkg"
    target.write_bytes(content)
    return target


def _unzipped(content: bytes, folder: Path) -> Path:
    """Unpack the boundary file of a zip and its parts, whatever folder they stand in there."""
    member = PurePosixPath(_boundary_member(content))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [
            part
            for part in archive.infolist()
            if PurePosixPath(part.filename).with_suffix("") == member.with_suffix("")
        ]
        if sum(part.file_size for part in parts) > LARGEST_UNZIPPED:
            raise BoundaryError("The zip unpacks to more than a gigabyte; give one state or county at a time.")
        for part in parts:
            suffix = PurePosixPath(part.filename).suffix.lower()
            (folder / f"boundaries{suffix}").write_bytes(archive.read(part))
    return folder / f"boundaries{member.suffix.lower()}"


def _boundary_member(content: bytes) -> str:
    """Name of the first boundary file in a zip, "" when there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = sorted(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    return next((name for name in names if name.lower().endswith((".shp", ".gpkg", ".geojson"))), "")
