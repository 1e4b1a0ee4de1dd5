"""What servers write to standard error: one JSON object a line, about the program and never about who uses it."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

ROOT = Path(__file__).parents[1]
PRIVATE = re.compile(r"(?<!\w)/[^\s\]]+|\bip=\S+|\b\d{1,3}(?:\.\d{1,3}){3}\b|\[?(?:[0-9a-f]{0,4}:){2,}[0-9a-f]{0,4}\]?")
"""Addresses: those that somebody asked for, which may name a person or carry a secret, and those of computers."""


class OneLine(logging.Formatter):
    """A record as JSON: when, how grave, from where, what is said; of an error its kind and the lines it went through.

    The words of an error are left out: they can carry what somebody typed or loaded.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = record.getMessage()
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": PRIVATE.sub("…", said) if record.name.startswith("gunicorn") else said,
        }
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["through"] = [_place(frame) for frame in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(told, ensure_ascii=False)


def _place(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename)
    name = file.relative_to(ROOT) if file.is_relative_to(ROOT) and "site-packages" not in file.parts else file.name
    return f"{name}:{frame.lineno} {frame.name}"


class ServerLog(Logger):
    """gunicorn's own words, written the same way."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn sets it up, with our lines."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(OneLine())


def set_up() -> None:
    """Write warnings and errors of this process, and of those that it forks, as lines of JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
