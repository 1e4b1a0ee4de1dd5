"""What assistive technology hears of an element."""

from typing import Any


def aria(**named: str) -> dict[str, Any]:
    """Attributes aria-<name>, as a Dash component takes them."""
    return {f"aria-{name}": value for name, value in named.items()}
