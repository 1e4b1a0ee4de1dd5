"""Access: from sites and towns to minutes, deserts and who lives in them; answered at once for any threshold."""

from dashboard.access.ground import Ground, ground
from dashboard.access.opened import has_verified, is_open, sites_of
from dashboard.access.reach import Access, Reach, decide, reach, thresholds
from dashboard.access.told import told

__all__ = ["Access", "Ground", "Reach", "decide", "ground", "has_verified", "is_open", "reach", "sites_of",
           "thresholds", "told"]  # fmt: skip
