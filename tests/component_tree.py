"""What a page is made of: its components, their ids and their text."""

import json
from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component


def parts(tree: object) -> Iterator[Component]:
    """Every component of a tree, in reading order."""
    if isinstance(tree, (list, tuple)):
        for each in tree:
            yield from parts(each)
    elif isinstance(tree, Component):
        yield tree
        yield from parts(getattr(tree, "children", None))


def of_type(tree: object, *names: str) -> list[Component]:
    """The components with one of these type names, such as Img."""
    return [part for part in parts(tree) if type(part).__name__ in names]


def ids(tree: object) -> list[str]:
    """Every id, in reading order."""
    return [str(part.id) for part in parts(tree) if getattr(part, "id", None)]


def tables(tree: object) -> list[dict[str, Any]]:
    """Caption, head and rows of every table of texts, as the browser is given them."""
    return [json.loads(written) for part in parts(tree) if (written := attribute(part, "data-cells"))]


def text(tree: object) -> str:
    """What can be read."""
    if isinstance(tree, (list, tuple)):
        return " ".join(filter(None, map(text, tree)))
    if isinstance(tree, Component):
        own = json.loads(attribute(tree, "data-cells") or "{}")
        return text([own.get("caption"), own.get("head"), own.get("rows"), getattr(tree, "children", None)])
    return "" if tree is None else str(tree)


def attribute(part: Component, name: str) -> Any:
    """An attribute as it is written, aria-label too; None where there is none."""
    return part.to_plotly_json()["props"].get(name)
