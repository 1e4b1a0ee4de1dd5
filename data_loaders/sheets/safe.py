"""A partner's file becomes cells without the file ever touching this process's memory or the network."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from data_loaders.rawfile import Unreadable
from data_loaders.sheets.grid import Grid
from data_loaders.sheets.prescan import damaged, too_large
from data_loaders.sheets.wire import from_plain

GIGABYTE = 1 << 30
MAX_FILE = 20 * 1024 * 1024
ROOT = Path(__file__).parents[2]
START = "import sys; sys.path.insert(0, sys.argv[1]); from data_loaders.sheets.child import main; "
CALL = "main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))"


def read_grids(path: Path | str, *, seconds: int = 30, memory: int = GIGABYTE) -> list[Grid]:
    """The sheets of an XLSX, XLS, ODS or CSV file that hold anything, read in a process of its own.

    `seconds` bound its time and `memory` (bytes) its address space; it has no network and writes no file. Unreadable
    (a LoadRefused with a rule and what to do) for anything that is no table within these bounds.
    """
    path = Path(path)
    if path.stat().st_size > MAX_FILE:
        raise Unreadable(f"The file is larger than {MAX_FILE >> 20} MB.", "Keep the table alone in a file of its own.")
    answer = _ask(path, seconds, memory)
    if "refused" in answer:
        rule, fix = answer["refused"]
        raise Unreadable(str(rule), str(fix))
    try:
        grids = [grid for grid in from_plain(answer["grids"]) if grid.rows]
    except (ValueError, TypeError, LookupError) as error:
        raise damaged() from error
    if not grids:
        raise Unreadable(
            "The file holds no table: every sheet is empty.", "Check that the table is on a visible sheet."
        )
    return grids


def _ask(path: Path, seconds: int, memory: int) -> dict[str, Any]:
    """What the reading process says, by way of a file without a name whose size it cannot pass."""
    command = [sys.executable, "-I", "-c", START + CALL, str(ROOT), str(path.resolve()), str(seconds), str(memory)]
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )  # fmt: skip
        try:
            code = child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            code = -signal.SIGXCPU
        finally:
            child.kill()
            child.wait()
        out.seek(0)
        return _understood(code, out.read())


def _understood(code: int, said: bytes) -> dict[str, Any]:
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Unreadable("Reading the file took too long.", "Keep the table alone in a new workbook and bring that.")
    if code:
        raise too_large()
    try:
        answer = json.loads(said)
    except ValueError as error:
        raise damaged() from error
    if not isinstance(answer, dict) or not answer.keys() & {"refused", "grids"}:
        raise damaged()
    return answer
