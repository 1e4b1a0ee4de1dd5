"""From which numbers can be shown that nobody can be worked out. Pure: knows no store, SQL, screen or clock."""

from dashboard.disclosure.audit import Audit, Interval, audit, gate
from dashboard.disclosure.policy import Policy, presets
from dashboard.disclosure.protect import Protection, protect
from dashboard.disclosure.tables import Tables

__all__ = ["Audit", "Interval", "Policy", "Protection", "Tables", "audit", "gate", "presets", "protect"]
