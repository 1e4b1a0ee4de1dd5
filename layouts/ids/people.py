"""Component ids, page first. The pages about people reached, targets and the coalition."""

from enum import StrEnum


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
