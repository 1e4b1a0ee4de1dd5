"""Component trees as plain HTML, for parts of a page that Dash need not know."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import orjson
from dash.development.base_component import Component

HTML = "data-html"
"""The attribute whose HTML assets/plain.js writes into an element (decision 0084)."""
VOID = frozenset({"img", "input", "br", "hr"})
RENAMED = {"className": "class", "htmlFor": "for", "tabIndex": "tabindex", "colSpan": "colspan", "rowSpan": "rowspan"}
PLAIN = frozenset({"id", "href", "src", "alt", "role", "scope", "hidden", "open", "type", "value", "title", "download"})
BOOTSTRAP = {"Select": ("select", "form-select"), "Input": ("input", "form-control"),
             "Button": ("button", "btn btn-primary"), "Textarea": ("textarea", "form-control")}  # fmt: skip


def as_html(tree: Any) -> str:
    """A component, a text or a list of them as HTML; controls are disabled, charts that need a script are empty."""
    return "".join(_html(tree))


def plain(tree: Any) -> dict[str, Any]:
    """The attribute of an element that holds a tree as HTML: one component for Dash, whatever its size.

    Nothing in it can be the input or the output of a callback.
    """
    return {HTML: as_html(tree)}


def _html(tree: Any) -> Iterator[str]:
    if isinstance(tree, (list, tuple)):
        for each in tree:
            yield from _html(each)
    elif isinstance(tree, Component):
        yield from _component(type(tree).__name__, tree.to_plotly_json()["props"])
    elif tree is not None:
        yield escape(str(tree), quote=False)


def _component(name: str, props: dict[str, Any]) -> Iterator[str]:
    if name == "Store":
        yield from _store(props)
    elif name in BOOTSTRAP:
        yield from _control(name, props)
    elif name != "Graph":
        tag, written = name.lower(), props.pop(HTML, "")
        yield f"<{tag}{_attributes(props)}>"
        if tag not in VOID:
            yield written
            yield from _html(props.get("children"))
            yield f"</{tag}>"


def _store(props: dict[str, Any]) -> Iterator[str]:
    if props.get("data") is not None:
        body = orjson.dumps(props["data"], option=orjson.OPT_SERIALIZE_NUMPY).decode().replace("</", "<\\/")
        yield f'<script type="application/json" data-store="{escape(str(props["id"]))}">{body}</script>'


def _control(name: str, props: dict[str, Any]) -> Iterator[str]:
    tag, css = BOOTSTRAP[name]
    value = props.pop("value", None) if tag != "input" else None
    yield f'<{tag} class="{css}" disabled{_attributes(props)}>'
    if tag == "select":
        yield from (_option(option, str(value)) for option in props.get("options") or ())
    if tag == "textarea":
        yield from _html(value)
    if tag not in VOID:
        yield from _html(props.get("children"))
        yield f"</{tag}>"


def _option(option: dict[str, Any], chosen: str) -> str:
    selected = " selected" if str(option["value"]) == chosen else ""
    return f'<option value="{escape(str(option["value"]))}"{selected}>{escape(str(option["label"]))}</option>'


def _attributes(props: dict[str, Any]) -> str:
    named = {RENAMED.get(name, name): value for name, value in props.items()}
    written = (name for name in named if name in PLAIN or name in RENAMED.values() or name[:5] in ("aria-", "data-"))
    return "".join(_attribute(name, named[name]) for name in written)


def _attribute(name: str, value: Any) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
