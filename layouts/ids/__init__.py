"""Every component id, page first: this is the only place where one is spelt."""

from layouts.ids.bring import Agency, BringCheck, BringPartner
from layouts.ids.coalition import Memory, People, Publish, Strategies, TakeHome
from layouts.ids.compare import Compare
from layouts.ids.frame import Document, Shell, ThisMonth, WhatChanged
from layouts.ids.people import AfterOverdose, Aim, Fairness, Targets
from layouts.ids.places import Deserts, Gaps, Hotspots, Naloxone, Places, Trends, WhatIf

__all__ = [
    "AfterOverdose",
    "Agency",
    "Aim",
    "BringCheck",
    "BringPartner",
    "Compare",
    "Deserts",
    "Document",
    "Fairness",
    "Gaps",
    "Hotspots",
    "Memory",
    "Naloxone",
    "People",
    "Places",
    "Publish",
    "Shell",
    "Strategies",
    "TakeHome",
    "Targets",
    "ThisMonth",
    "Trends",
    "WhatChanged",
    "WhatIf",
]
