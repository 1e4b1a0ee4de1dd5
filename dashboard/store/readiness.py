"""Whether a workspace can be read now, in words."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from dashboard.agreements import Audience
from dashboard.errors import CoalitionError
from dashboard.store.cube import current_version
from dashboard.store.workspace import Workspace

log = logging.getLogger(__name__)


def why_unreadable(workspace: Workspace) -> str:
    """Why the store or its read model cannot be read; "" where both can. Names nobody and no machine."""
    try:
        current_version(workspace.engine)
    except SQLAlchemyError as error:
        log.warning("the store does not answer: %s", type(error).__name__)
        return "The store does not answer. What was read before is still shown."
    try:
        workspace.reader(audience=Audience.PUBLIC)
    except (SQLAlchemyError, CoalitionError, OSError) as error:
        log.warning("the read model cannot be opened: %s", type(error).__name__)
        return "The read model (cube) cannot be opened: look whether its folder can be written and has room."
    return ""
