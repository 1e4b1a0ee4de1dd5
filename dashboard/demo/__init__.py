"""The demonstration coalition: invented numbers on real towns, made by a seeded program. Never real data."""

from dashboard.demo.generate import CARD, demonstration

__all__ = ["CARD", "demonstration"]
