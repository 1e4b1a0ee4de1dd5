"""Every number that is served comes through the gate of agreements: nothing else makes a reader of the store."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("callbacks", "commands", "dashboard", "data_loaders", "layouts", "public", "geo")
MADE_IN = {
    "CubeReader": set(),
    "GatedReader": {"dashboard/store/workspace.py"},
    "Terms": {"dashboard/store/reader.py"},
    "Gate": {"dashboard/store/gated.py"},
    "release_reader": {"dashboard/releases/publish.py"},
    "open_cube": {"dashboard/store/workspace.py"},
}
"""Where each of these may be called."""
BUILT_ON = {"CubeReader": {"dashboard/store/gated.py"}, "GatedReader": set()}
"""Where a class may be derived from these."""


def modules() -> Iterator[Path]:
    yield from ROOT.glob("*.py")
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def called(tree: ast.AST) -> set[str]:
    """Names that are called, however they are reached."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {func.id if isinstance(func, ast.Name) else func.attr for func in calls
            if isinstance(func, ast.Name | ast.Attribute)}  # fmt: skip


def derived_from(tree: ast.AST) -> set[str]:
    bases = (base for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for base in node.bases)
    return {base.id if isinstance(base, ast.Name) else base.attr for base in bases
            if isinstance(base, ast.Name | ast.Attribute)}  # fmt: skip


RESIDENTS_WHILE_LOADING = "data_loaders/standing.py"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every module of the project as it is written."""
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in modules()}


def trees(texts: dict[str, str], name: str) -> dict[str, ast.AST]:
    """The modules that hold a name at all: the others need no parsing."""
    return {path: ast.parse(text) for path, text in texts.items() if name in text}


@pytest.mark.parametrize("name", MADE_IN)
def test_a_reader_is_made_only_where_the_gate_is(name: str, texts: dict[str, str]) -> None:
    assert {path for path, tree in trees(texts, name).items() if name in called(tree)} == MADE_IN[name]


@pytest.mark.parametrize("name", BUILT_ON)
def test_no_class_goes_round_the_gate(name: str, texts: dict[str, str]) -> None:
    assert {path for path, tree in trees(texts, name).items() if name in derived_from(tree)} == BUILT_ON[name]


def test_a_reader_made_elsewhere_is_found() -> None:
    assert "CubeReader" in called(ast.parse("import r\nr.CubeReader(cube)"))
    assert "CubeReader" in derived_from(ast.parse("class Mine(reader.CubeReader): pass"))


def test_only_the_store_itself_reads_what_was_observed(texts: dict[str, str]) -> None:
    names = ("schema.observation", "FROM observation")
    readers = [path for path, text in texts.items() if any(name in text for name in names)]
    assert "dashboard/store/load_rows.py" in readers
    assert {path for path in readers if not path.startswith("dashboard/store/")} == {RESIDENTS_WHILE_LOADING}
