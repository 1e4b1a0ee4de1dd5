"""What a newcomer may rely on: small files, documented settings and indicators, nothing of one machine."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from dashboard.domain import Indicator
from dashboard.indicators import registry
from dashboard.settings import Settings

ROOT = Path(__file__).parents[2]
LONGEST_FILE, LONGEST_FUNCTION = 300, 50
CODE = {".py", ".js", ".css", ".html", ".sh"}
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work|workspace|mnt|private)/[\w.-]+")


def tracked() -> list[Path]:
    """Files of the project that hold text, as they are on disk."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8000]]


FILES = tracked()
MODULES = [path for path in FILES if path.suffix == ".py" and "versions" not in path.parts]  # a migration is one list


def test_no_file_of_code_is_longer_than_300_lines() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
               for path in FILES if path.suffix in CODE}  # fmt: skip
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert found == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = {
        str(path.relative_to(ROOT)): match.group()
        for path in FILES
        if path.name != Path(__file__).name and (match := MACHINE_PATH.search(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("text", ["/home/ann/towns.csv", "sh /root/run", 'open("/work/main/x")'])
def test_a_path_of_one_machine_is_recognised(text: str) -> None:
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_documented(name: str) -> None:
    table = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    assert f"| `COALITION_{name.upper()}` |" in table


def test_no_setting_is_documented_that_does_not_exist() -> None:
    table = (ROOT / "docs" / "deploying.md").read_text("utf-8")
    named = set(re.findall(r"^\| `COALITION_(\w+)` \|", table, re.MULTILINE))
    assert named == {name.upper() for name in Settings.model_fields}


@pytest.mark.parametrize("indicator", registry().indicators.values(), ids=lambda indicator: indicator.id)
def test_every_indicator_says_what_it_means_and_who_says_so(indicator: Indicator) -> None:
    assert len(indicator.definition) >= 40
    assert indicator.source_of_definition
    assert indicator.unit
    assert indicator.numerator.label
