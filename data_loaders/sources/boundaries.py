"""Boundary files of any state: GeoJSON, GeoPackage, shapefile or a zip of one, of towns, counties or states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dashboard.domain import Basis, Level, PlaceSet
from dashboard.intake import Boundary, Coverage, Intake, PlaceCode
from data_loaders import planning_areas
from data_loaders.census_download import download
from data_loaders.contract import Context, Report, Source, Stage
from data_loaders.rawfile import RawFile
from data_loaders.shape_places import LEVELS, county_name, jurisdictions, placed
from geo.boundaries import pack
from geo.columns import text
from geo.files import is_boundary_file
from geo.reading import read_shapes
from geo.shapes import BoundaryError, Shape

__all__ = ["SOURCE", "download", "read"]

CENSUS_COLUMNS = {"pop2010": 2010, "pop2020": 2020}
UNDATED = "undated"
NEW_CODES = "connecticut_planning_region_2022"
NEW_CODES_FROM = date(2022, 1, 1)
"""From the 2022 data year on the Census codes Connecticut's towns by planning region."""


def read(file: RawFile, context: Context, report: Report) -> Intake:
    """Places, codes, regions, residents where the file has them, and the shapes prepared for the map."""
    vintage = _vintage(file.name)
    intake = Intake(SOURCE.id, file.name, file.sha256, date(int(vintage), 1, 1) if vintage else context.today)
    try:
        found = read_shapes(file.content, file.name, file.path)
        shapes = placed(found.shapes, context.places, report)
        if not report.problems:
            _fill(intake, shapes, context, vintage or UNDATED)
    except BoundaryError as error:
        report.problem(str(error), "Ask the publisher for the file again, or repair the shape, and load it again.")
        return intake
    intake.notes += found.notes
    if not vintage:
        intake.notes.append("The file's name has no year: its shapes are shown as undated and hold from today.")
    intake.rows_accepted = len(shapes)
    return intake


def is_boundaries(file: RawFile) -> bool:
    """True when the content is a boundary file, whatever its name; a shapefile's index begins like the shapefile."""
    return file.suffix != ".shx" and is_boundary_file(file.content)


def _fill(intake: Intake, shapes: Sequence[Shape], context: Context, vintage: str) -> None:
    intake.places = jurisdictions(shapes, context.places)
    intake.place_codes = [code for shape in shapes if (code := _new_code(shape))]
    intake.place_sets = _regions(shapes)
    _add_residents(intake, shapes)
    names = {shape.county: county_name(shape, context.places) for shape in shapes if shape.county}
    for state in sorted({shape.geoid[:2] for shape in shapes}):
        for length, level in LEVELS.items():
            of_level = [shape for shape in shapes if len(shape.geoid) == length and shape.geoid.startswith(state)]
            if of_level and level is Level.TOWN:
                _add_planning_areas(intake, state, of_level, context)
            if of_level:
                body = pack(of_level, level=level, vintage=vintage, county_names=names)
                intake.boundaries.append(Boundary(state, level, vintage, False, body))


def _add_planning_areas(intake: Intake, state: str, towns: Sequence[Shape], context: Context) -> None:
    """Drawn once: other shapes would give the same numbers to other towns, under what was said and aimed at there."""
    if any(known.startswith(planning_areas.prefix(state)) for known in context.members.sets):
        intake.notes.append("The planning areas stay as they are: they were drawn when shapes were loaded first.")
        return
    areas = planning_areas.drawn(state, towns)
    intake.place_sets += areas
    if areas:
        intake.notes.append(
            f"{len(areas)} planning areas were drawn: neighbouring towns that expect ten deaths in three years."
        )


def _vintage(name: str) -> str:
    """The year in the file's name, "" when it has none (the Census: tl_2020_25_cousub.zip)."""
    years = re.findall(r"(?<!\d)(?:19[89]|20[0-4])\d(?!\d)", name)
    return years[0] if years else ""


def _new_code(shape: Shape) -> PlaceCode | None:
    code = text(shape.properties.get("geoid_2022"))
    return PlaceCode(shape.geoid, NEW_CODES, code.zfill(10), NEW_CODES_FROM) if code.isdigit() else None


def _regions(shapes: Sequence[Shape]) -> list[PlaceSet]:
    """Connecticut's planning regions, where the file says which town is in which."""
    names: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for shape in shapes:
        code, name = text(shape.properties.get("planning_region_fips")), text(shape.properties.get("planning_region"))
        if code and name:
            names[code] = name
            members.setdefault(code, []).append(shape.geoid)
    return [PlaceSet(code, names[code], Level.REGION, tuple(sorted(members[code]))) for code in sorted(members)]


def _add_residents(intake: Intake, shapes: Sequence[Shape]) -> None:
    """Census counts, where the file has them for every town."""
    for column, year in CENSUS_COLUMNS.items():
        towns = [shape for shape in shapes if len(shape.geoid) == 10]
        counts = {shape.geoid: text(shape.properties.get(column)) for shape in towns}
        if not counts or not all(count.isdigit() for count in counts.values()):
            continue
        period = date(year, 1, 1), date(year + 1, 1, 1)
        for geoid, count in counts.items():
            intake.observations.add("population", geoid, period, float(count), basis=Basis.RESIDENCE)
        for state in sorted({geoid[:2] for geoid in counts}):
            intake.coverage.append(Coverage("population", *period, Level.TOWN, basis=Basis.RESIDENCE, scope=state))


SOURCE = Source(
    id="boundaries",
    title="Boundaries of towns, counties and states",
    publisher="U.S. Census Bureau, or the state office that drew them",
    licence="public domain (work of the U.S. government), unless the file says otherwise",
    url="https://www.census.gov/geographies/mapping-files.html",
    description="Shapes for the map, with names, codes and positions; damaged rings are repaired and told.",
    measures=("population",),
    read=read,
    recognises=is_boundaries,
    stage=Stage.PLACES,
)
