"""The measured numbers as a table, for the terminal and for results.md."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results.md"
HEAD = ("what", "naive", "ours", "times better", "wanted", "reached")


@dataclass(frozen=True)
class Line:
    """One measured thing; `ratio` or `most` says what was wanted (times better, or no more than), if anything was."""

    what: str
    unit: str
    ours: float
    naive: float | None = None
    ratio: float | None = None
    most: float | None = None
    more_is_better: bool = False

    @property
    def better(self) -> float | None:
        """How many times better than the naive page."""
        if self.naive is None:
            return None
        return self.ours / self.naive if self.more_is_better else self.naive / self.ours

    @property
    def reached(self) -> str:
        """yes, no, or nothing where nothing was wanted."""
        if self.ratio is not None and self.better is not None:
            return "yes" if self.better >= self.ratio else "no"
        if self.most is not None:
            return "yes" if self.ours <= self.most else "no"
        return ""

    def cells(self) -> tuple[str, ...]:
        """The line's texts, under HEAD."""
        wanted = f"{self.ratio:g} times" if self.ratio else f"at most {self.most:g} {self.unit}" if self.most else ""
        times = f"{self.better:,.1f}" if self.better is not None else ""
        naive = _number(self.naive, self.unit) if self.naive is not None else ""
        return self.what, naive, _number(self.ours, self.unit), times, wanted, self.reached


def _number(value: float, unit: str) -> str:
    return f"{value:,.1f} {unit}" if value < 100 else f"{value:,.0f} {unit}"


def table(lines: list[Line]) -> str:
    """The lines as a Markdown table."""
    rows = [HEAD, tuple("---" for _ in HEAD), *(line.cells() for line in lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine() -> str:
    """What it was measured on."""
    cores = {1: "One core", 2: "Two cores"}.get(os.cpu_count() or 0, f"{os.cpu_count()} cores")
    return f"{cores}, Python {platform.python_version()}."


def write(lines: list[Line], rows: int, *, quick: bool, load: float, more: str = "") -> None:
    """Write results.md: the table, what it was measured on, and `more`, a section that is kept."""
    text = f"""# Measured

Written by `python -m benchmarks{" --quick" if quick else ""}`; do not edit. {machine()} Headless Chromium without a \
graphics processor. While it ran {load:.1f} programs wanted a \
core on average: on a busy machine every millisecond here is too long, for both pages alike, which is why they are \
measured in turn.

Both pages show the 351 towns of Massachusetts and {rows:,} rows, each from one process with eight threads. Times are \
medians, until the picture and two more frames are on the screen; every change asks for what was not asked before. \
Bytes are what came over the wire.

{table(lines)}
{more}"""
    RESULTS.write_text(text, encoding="utf-8")
