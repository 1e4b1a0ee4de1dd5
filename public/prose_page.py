"""About, method and accessibility: what is said of every release, and the rule of this one."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from dashboard.domain import Indicator
from public.cell_words import counted_words
from public.scene import Scene, small_town
from public.wholes import source_words


def build(scene: Scene) -> dict[str, Any]:
    """Everything the templates need."""
    ranges = scene.snapshot.released.hidden_ranges
    low = min((high for _, high in ranges.values()), default=4)
    indicators = [topic.indicator for topic in scene.snapshot.topics.values() if "." not in topic.token]
    return {
        "title": scene.words.say(f"{scene.asked.page}_title"), "contact": contact_words(scene),
        "threshold": low + 1, "most": low, "small_town": small_town(scene), "indicators": indicators,
        "counted": {each.id: counted_words(scene.words, each) for each in indicators},
        "rules": {topic.indicator.id: scene.snapshot.notes(topic) for topic in scene.snapshot.topics.values()},
        "others": _others(scene, indicators, low),
        "sources": source_words(scene, {source.id for source in scene.snapshot.released.sources}),
        "notes": [text for at, text in scene.snapshot.released.notes if at == "release"],
    }  # fmt: skip


def contact_words(scene: Scene) -> Markup:
    """Whom to write to, as a link; where nobody is named, to ask the coalition."""
    key, contact = f"{scene.asked.page}_contact", scene.contact
    if key not in scene.words.sentences:
        return Markup()
    if not contact:
        return escape(scene.words.say(f"{key}_none"))
    href = contact if contact.startswith(("https://", "http://")) else f"mailto:{contact}"
    return escape(scene.words.sentences[key]).format(contact=Markup('<a href="{}">{}</a>').format(href, contact))


def _others(scene: Scene, indicators: list[Indicator], low: int) -> list[str]:
    """A sentence for each stricter rule: which numbers it holds for."""
    stricter: dict[int, list[str]] = {}
    for indicator in indicators:
        high = scene.snapshot.released.hidden_ranges.get(indicator.id, (0, low))[1]
        if high > low:
            stricter.setdefault(high, []).append(scene.words.phrase(indicator.name).lower())
    return [
        scene.words.say("method_hide_other", names=scene.words.listing(names), threshold=high + 1)
        for high, names in sorted(stricter.items())
    ]
