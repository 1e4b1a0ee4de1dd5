"""The town map of the public pages: drawn as everywhere, its legend in the reader's language."""

from __future__ import annotations

from dashboard.figures.svg_map import Drawn, Painted, picture, swatch
from public.language import Language

__all__ = ["Drawn", "Painted", "legend_words", "picture", "step_words", "swatch"]


def legend_words(words: Language, code: str, label: str) -> str:
    """The words of a class: steps keep their numbers, states are told."""
    key = {"0": "legend_zero", "u": "legend_few", "c": "legend_counts", "s": "legend_hidden", "n": "legend_absent"}
    if code in key:
        return words.say(key[code])
    return step_words(words, label)


def step_words(words: Language, label: str) -> str:
    """`under 12`, `12 to 18`, `31 and more` in a language."""
    if label.startswith("under "):
        return words.say("step_under", limit=label.removeprefix("under "))
    if label.endswith(" and more"):
        return words.say("step_more", limit=label.removesuffix(" and more"))
    low, to, high = label.partition(" to ")
    return words.say("step_between", low=low, high=high) if to else label
