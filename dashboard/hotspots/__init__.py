"""Hotspots: from the cells of an indicator to the clusters, classes and limits that screens and commands tell."""

from dashboard.hotspots.find import Question, find_hotspots

__all__ = ["Question", "find_hotspots"]
