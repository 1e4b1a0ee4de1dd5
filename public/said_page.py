"""You said, we did: what the community asked for, the answers that may be public, and the code of conduct."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from dashboard.meetings.plain_text import as_html
from public.scene import Scene
from public.source import PublicText

OUTCOMES = {"heard": "said_heard", "under way": "said_under_way", "done": "said_done",
            "not possible": "said_not_possible"}  # fmt: skip


def build(scene: Scene) -> dict[str, Any]:
    """Everything the template needs; texts are Markdown of which only paragraphs, emphasis and lists are read."""
    texts = scene.snapshot.released.texts
    return {
        "title": scene.words.say("said_title"), "requests": [_told(scene, t) for t in texts if t.kind == "request"],
        "conduct": [{"text": _html(t.text), "language": t.language} for t in texts if t.kind == "conduct"],
    }  # fmt: skip


def _told(scene: Scene, text: PublicText) -> dict[str, Any]:
    """A request with its answer; the role and the month stand in the language of the page."""
    role = scene.words.phrase(text.role)
    return {
        "language": text.language, "asked": _html(text.text), "answer": _html(text.answer),
        "who": scene.words.say("said_who_when", role=role[:1].upper() + role[1:], month=_month(scene, text.asked)),
        "when": _month(scene, text.answered), "now": scene.words.say(OUTCOMES[text.outcome]),
    }  # fmt: skip


def _month(scene: Scene, text: str) -> str:
    return scene.words.month(date.fromisoformat(f"{text}-01"))


def _html(text: str) -> Markup:
    return Markup(as_html(text))
