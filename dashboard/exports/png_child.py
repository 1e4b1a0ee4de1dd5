"""Makes a PNG of an SVG in a process of its own: `python -m dashboard.exports.png_child`, SVG in, PNG out.

The drawing library is large beside a web worker, and a picture that takes too long is ended with its process.
"""

from __future__ import annotations

import subprocess
import sys

from dashboard.errors import InvalidQuery
from dashboard.exports.pictures import MISSING, png_of

LONGEST_SECONDS = 30


def png_apart(svg: str) -> bytes:
    """An SVG as PNG; InvalidQuery where it cannot be made here, or takes too long."""
    try:
        ran = subprocess.run([sys.executable, "-m", "dashboard.exports.png_child"], input=svg.encode(),
                             capture_output=True, timeout=LONGEST_SECONDS, check=False)  # fmt: skip
    except subprocess.TimeoutExpired:
        raise InvalidQuery("The picture took too long to draw. Take the SVG, or try again in a minute.") from None
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip()
        raise InvalidQuery(said if said == MISSING else "The picture could not be drawn as PNG. Take the SVG.")
    return ran.stdout


def main() -> int:
    """Read an SVG, write a PNG; says what is missing where it cannot."""
    try:
        sys.stdout.buffer.write(png_of(sys.stdin.buffer.read().decode()))
    except InvalidQuery as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
