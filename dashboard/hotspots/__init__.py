"""Hotspots: from the cells of an indicator to the clusters, classes and limits that screens and commands tell."""

from dashboard.hotspots.find import find_hotspots
from dashboard.hotspots.question import Question

__all__ = ["Question", "find_hotspots"]
