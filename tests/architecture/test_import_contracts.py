"""The contracts of pyproject.toml hold, and each of them bites: a planted import is found."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
PLANTED = {
    "layers": ("dashboard/rates.py", "import layouts.ids"),
    "inside-dashboard": ("dashboard/domain.py", "import dashboard.rates"),
    "roots": ("callbacks/query.py", "import app"),
    "views-know-no-store": ("dashboard/views/words.py", "import dashboard.store.cube"),
    "dashboard-knows-no-web": ("dashboard/store/reader.py", "import flask"),
    "words-are-pure": ("dashboard/rates.py", "import sqlalchemy"),
    "figures-are-plain": ("dashboard/figures/render_plotly.py", "import plotly"),
    "loaders-know-no-screen": ("data_loaders/load.py", "import dash"),
    "geo-is-pure": ("geo/shapes.py", "import dashboard.errors"),
    "public-is-apart": ("public/snapshot.py", "import dashboard.store.cube"),
}


def lint(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the linter on the packages of a folder, never on the installed ones."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--config", "pyproject.toml", "--no-cache", *options],
        cwd=folder, env=os.environ | {"COLUMNS": "400", "PYTHONPATH": str(folder)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages that a fault may be planted in."""
    folder = tmp_path_factory.mktemp("tree")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in SETTINGS["root_packages"]:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_every_import_points_the_way_the_contracts_say() -> None:
    found = lint(ROOT)
    assert found.returncode == 0, found.stdout


def test_no_contract_has_an_exemption() -> None:
    assert not [contract["id"] for contract in SETTINGS["contracts"] if any("ignore" in key for key in contract)]


def test_every_package_of_the_project_is_under_contract() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"benchmarks"} == set(SETTINGS["root_packages"])


def test_every_contract_has_a_fault_planted_for_it() -> None:
    assert {contract["id"] for contract in SETTINGS["contracts"]} == set(PLANTED)


def test_every_contract_finds_the_import_that_breaks_it(tree: Path) -> None:
    kept = {module: (tree / module).read_text("utf-8") for module, _ in PLANTED.values()}
    try:
        for module, line in PLANTED.values():
            with (tree / module).open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")
        found = lint(tree)
    finally:
        for module, text in kept.items():
            (tree / module).write_text(text, "utf-8")
    assert found.returncode == 1, found.stdout
    assert f"0 kept, {len(PLANTED)} broken" in found.stdout
    for contract, (module, line) in PLANTED.items():
        planted = f"{module.removesuffix('.py').replace('/', '.')} -> {line.removeprefix('import ')}"
        assert planted in said_of(contract, found.stdout)


def said_of(contract: str, report: str) -> str:
    """What the report says below the name of a broken contract."""
    name = next(each["name"] for each in SETTINGS["contracts"] if each["id"] == contract)
    said = report.split("Broken contracts", 1)[1].split(f"\n{name}\n", 1)[1]
    others = (each["name"] for each in SETTINGS["contracts"] if each["id"] != contract)
    return said[: min((at for other in others if (at := said.find(f"\n{other}\n")) >= 0), default=len(said))]


def test_a_module_that_joins_no_layer_is_found(tree: Path) -> None:
    stray = tree / "dashboard" / "stray.py"
    try:
        stray.write_text('"""Belongs nowhere."""\n', "utf-8")
        found = lint(tree, "--contract", "inside-dashboard")
    finally:
        stray.unlink()
    assert found.returncode == 1, found.stdout
    assert "stray" in found.stdout
