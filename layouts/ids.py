"""Every component id, page first."""

from enum import StrEnum


class Shell(StrEnum):
    """Ids of the frame around every page."""

    MAIN = "main"


class ThisMonth(StrEnum):
    """Ids of the first page."""

    AREA = "month-area"
    NUMBERS = "month-numbers"
    STATE = "month-state"
    WRITTEN = "month-written"


class Places(StrEnum):
    """Ids of the map page."""

    INDICATOR = "places-indicator"
    PERIOD = "places-period"
    BASIS = "places-basis"
    GROUP = "places-group"
    PARTNER = "places-partner"
    WITHIN = "places-within"
    LEVEL = "places-level"
    PLACE = "places-place"
    RATES = "places-rates"
    AS_OF = "places-as-of"
    MAP = "places-map"
    TABLE = "places-table"
    GEOMETRY = "places-geometry"
    PAINT = "places-paint"
    STATE = "places-state"
    HEADLINE = "places-headline"
    NOTES = "places-notes"
    PANEL = "places-panel"
    MORE = "places-more"
    CSV = "places-csv"
    PAINTED = "places-painted"
    WRITTEN = "places-written"


class Hotspots(StrEnum):
    """Ids of the hotspots page."""

    INDICATOR = "hotspots-indicator"
    PERIOD = "hotspots-period"
    BASIS = "hotspots-basis"
    WITHIN = "hotspots-within"
    KIND = "hotspots-kind"
    PLACE = "hotspots-place"
    AS_OF = "hotspots-as-of"
    MAP = "hotspots-map"
    TABLE = "hotspots-table"
    GEOMETRY = "hotspots-geometry"
    PAINT = "hotspots-paint"
    STATE = "hotspots-state"
    HEADLINE = "hotspots-headline"
    NOTES = "hotspots-notes"
    PANEL = "hotspots-panel"
    MORE = "hotspots-more"
    CSV = "hotspots-csv"
    PAINTED = "hotspots-painted"
    WRITTEN = "hotspots-written"


class Trends(StrEnum):
    """Ids of the trends page."""

    INDICATOR = "trends-indicator"
    PLACE = "trends-place"
    STEP = "trends-step"
    BASIS = "trends-basis"
    COMPARE = "trends-compare"
    FIRST = "trends-first"
    SECOND = "trends-second"
    THIRD = "trends-third"
    FOURTH = "trends-fourth"
    SHAPE = "trends-shape"
    AS_OF = "trends-as-of"
    HEADLINE = "trends-headline"
    CHART = "trends-chart"
    TABLE = "trends-table"
    CSV = "trends-csv"
    READING = "trends-reading"
    STATE = "trends-state"
    WRITTEN = "trends-written"


class Deserts(StrEnum):
    """Ids of the page of service deserts."""

    SERVICE = "deserts-service"
    WITHIN = "deserts-within"
    PLACE = "deserts-place"
    URBAN = "deserts-urban"
    RURAL = "deserts-rural"
    SITES = "deserts-sites"
    AS_OF = "deserts-as-of"
    MAP = "deserts-map"
    TABLE = "deserts-table"
    GEOMETRY = "deserts-geometry"
    PAINT = "deserts-paint"
    PAINTED = "deserts-painted"
    STATE = "deserts-state"
    WRITTEN = "deserts-written"
    HEADLINE = "deserts-headline"
    NOTES = "deserts-notes"
    PANEL = "deserts-panel"
    MORE = "deserts-more"


class AfterOverdose(StrEnum):
    """Ids of the page after an overdose."""

    PATH = "after-path"
    PLACE = "after-place"
    PERIOD = "after-period"
    GROUP = "after-group"
    PARTNER = "after-partner"
    FOLLOW = "after-follow"
    COUNTED = "after-counted"
    BESIDE = "after-beside"
    AS_OF = "after-as-of"
    SHOWN = "after-shown"
    MORE = "after-more"
    CSV = "after-csv"
    STATE = "after-state"
    WRITTEN = "after-written"


class WhatIf(StrEnum):
    """Ids of the what-if page; those of saved scenarios begin otherwise, for what they answer is never remembered."""

    SERVICE = "whatif-service"
    WITHIN = "whatif-within"
    PLACE = "whatif-place"
    URBAN = "whatif-urban"
    RURAL = "whatif-rural"
    SITES = "whatif-sites"
    GOAL = "whatif-goal"
    NEED = "whatif-need"
    COUNT = "whatif-count"
    FIND = "whatif-find"
    CLEAR = "whatif-clear"
    PLACED = "whatif-placed"
    FOUND = "whatif-found"
    SAID = "whatif-said"
    MAP = "whatif-map"
    TABLE = "whatif-table"
    GEOMETRY = "whatif-geometry"
    PAINT = "whatif-paint"
    PAINTED = "whatif-painted"
    STATE = "whatif-state"
    WRITTEN = "whatif-written"
    HEADLINE = "whatif-headline"
    NOTES = "whatif-notes"
    PANEL = "whatif-panel"
    MORE = "whatif-more"
    SCENARIO_TITLE = "scenario-title"
    SCENARIO_SAVE = "scenario-save"
    SCENARIO_SAID = "scenario-said"
    SCENARIO_FIRST = "scenario-first"
    SCENARIO_SECOND = "scenario-second"
    SCENARIO_COMPARED = "scenario-compared"


class Targets(StrEnum):
    """Ids of the page of targets."""

    COALITION = "targets-coalition"
    PARTNER = "targets-partner"
    GROUP = "targets-group"
    AS_OF = "targets-as-of"
    LIST = "targets-list"
    CSV = "targets-csv"
    STATE = "targets-state"
    WRITTEN = "targets-written"


class Aim(StrEnum):
    """Ids of the form in which a target is made or changed. Its answers are never remembered, because it writes."""

    INDICATOR = "aim-indicator"
    PLACE = "aim-place"
    GROUP = "aim-group"
    PARTNER = "aim-partner"
    BASELINE = "aim-baseline"
    BASELINE_PERIOD = "aim-baseline_period"
    TARGET = "aim-target"
    DUE = "aim-due"
    OWNER = "aim-owner"
    CONTRIBUTORS = "aim-contributors"
    STRATEGY = "aim-strategy"
    PROCESS = "aim-process"
    WHO = "aim-who"
    WHY = "aim-why"
    FAULT_INDICATOR = "aim-fault-indicator"
    FAULT_PLACE = "aim-fault-place"
    FAULT_GROUP = "aim-fault-group"
    FAULT_PARTNER = "aim-fault-partner"
    FAULT_BASELINE = "aim-fault-baseline"
    FAULT_BASELINE_PERIOD = "aim-fault-baseline_period"
    FAULT_TARGET = "aim-fault-target"
    FAULT_DUE = "aim-fault-due"
    FAULT_OWNER = "aim-fault-owner"
    FAULT_CONTRIBUTORS = "aim-fault-contributors"
    FAULT_STRATEGY = "aim-fault-strategy"
    FAULT_PROCESS = "aim-fault-process"
    FAULT_WHO = "aim-fault-who"
    FAULT_WHY = "aim-fault-why"
    JUDGED = "aim-judged"
    SAVE = "aim-save"
    SAID = "aim-said"
    EDITED = "aim-edited"


class Gaps(StrEnum):
    """Ids of the page of priority gaps."""

    SERVICE = "gaps-service"
    WITHIN = "gaps-within"
    PLACE = "gaps-place"
    URBAN = "gaps-urban"
    RURAL = "gaps-rural"
    SITES = "gaps-sites"
    NEED = "gaps-need"
    MAP = "gaps-map"
    TABLE = "gaps-table"
    GEOMETRY = "gaps-geometry"
    PAINT = "gaps-paint"
    PAINTED = "gaps-painted"
    STATE = "gaps-state"
    WRITTEN = "gaps-written"
    HEADLINE = "gaps-headline"
    NOTES = "gaps-notes"
    PANEL = "gaps-panel"
    MORE = "gaps-more"


class Naloxone(StrEnum):
    """Ids of the naloxone page."""

    WITHIN = "naloxone-within"
    PLACE = "naloxone-place"
    BASIS = "naloxone-basis"
    KITS = "naloxone-kits"
    MAP = "naloxone-map"
    TABLE = "naloxone-table"
    GEOMETRY = "naloxone-geometry"
    PAINT = "naloxone-paint"
    PAINTED = "naloxone-painted"
    STATE = "naloxone-state"
    WRITTEN = "naloxone-written"
    HEADLINE = "naloxone-headline"
    NOTES = "naloxone-notes"
    PANEL = "naloxone-panel"
    MORE = "naloxone-more"


class Fairness(StrEnum):
    """Ids of the fairness page."""

    INDICATOR = "fairness-indicator"
    PLACE = "fairness-place"
    PERIOD = "fairness-period"
    BY = "fairness-by"
    REFERENCE = "fairness-reference"
    PARTNER = "fairness-partner"
    AS_OF = "fairness-as-of"
    SHOWN = "fairness-shown"
    MORE = "fairness-more"
    CSV = "fairness-csv"
    STATE = "fairness-state"
    WRITTEN = "fairness-written"


class WhatChanged(StrEnum):
    """Ids of what changed."""

    PLACE = "changed-place"
    SINCE = "changed-since"
    MONTHS = "changed-months"
    GROUP = "changed-group"
    PARTNER = "changed-partner"
    AS_OF = "changed-as-of"
    SHOWN = "changed-shown"
    STATE = "changed-state"
    WRITTEN = "changed-written"
