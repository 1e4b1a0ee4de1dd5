"""About, method and accessibility: what is said of every release, and the rule of this one."""

from __future__ import annotations

from typing import Any

from public.map_page import source_words
from public.scene import Scene, small_town


def build(scene: Scene) -> dict[str, Any]:
    """Everything the templates need."""
    meta = scene.snapshot.released.meta
    threshold = str(meta.get("threshold", "5"))
    indicators = [topic.indicator for topic in scene.snapshot.topics.values() if "." not in topic.token]
    return {
        "title": scene.words.say(f"{scene.asked.page}_title"), "contact": scene.around.contact,
        "threshold": threshold, "most": str(int(threshold) - 1) if threshold.isdigit() else "4",
        "small_town": small_town(scene), "policy": str(meta.get("policy", "")), "indicators": indicators,
        "sources": source_words(scene, {source.id for source in scene.snapshot.released.sources}),
        "notes": [text for _, text in scene.snapshot.released.notes],
    }  # fmt: skip
