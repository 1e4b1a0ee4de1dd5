"""Values of every kind that JSON knows, now and then one that means something: made by a seed, a hundred times quicker
than by drawing them from strategies."""

from __future__ import annotations

import random
from typing import Any

MEANT = ("25", "2018", "36m", "2502507000", "opioid_overdose_death_rate", "residence", "", "p1", "2026-05")
SIGNS = "abcXYZ019 -_.:;,/\\'\"<>{}[]()%&=+#?*@!\x00\n\té中𝄞\u202e\ud800"
DEEPEST = 3


def nonsense(chance: random.Random, depth: int = 0) -> Any:
    """Any value at all."""
    kind = chance.randrange(10 if depth < DEEPEST else 8)
    if kind < 4:
        return chance.choice(MEANT)
    if kind < 8:
        return (None, chance.random() < 0.5, number(chance), text(chance))[kind - 4]
    inner = [nonsense(chance, depth + 1) for _ in range(chance.randrange(4))]
    return inner if kind == 8 else {text(chance): value for value in inner}


def number(chance: random.Random) -> float:
    """Any number: huge, tiny, none at all."""
    large = chance.randint(-(2**70), 2**70)
    return chance.choice([0, -1, large, chance.uniform(-1e6, 1e6), 1e308, 5e-324, float("nan"), float("-inf")])


def text(chance: random.Random) -> str:
    """Any short text, halves of signs among it."""
    return "".join(chance.choice(SIGNS) for _ in range(chance.randrange(30)))
