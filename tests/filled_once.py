"""Stores that one worker fills for all."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest


def filled_once(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], None]) -> Path:
    """The folder that `fill` fills: for whoever asks first, while the others wait; it is for reading only."""
    own = factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    home = common / name
    with (common / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            unfinished = common / f"{name}-{uuid4().hex}"
            fill(unfinished)
            unfinished.rename(home)
    return home
