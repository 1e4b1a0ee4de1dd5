"""People as pure values: who somebody is, what each role may do, and a log chained by hash. No store, no clock."""

from dashboard.people.acting import act_as, acting
from dashboard.people.roles import (
    AT_THE_COMMAND_LINE,
    AT_THIS_COMPUTER,
    NOBODY,
    PERMISSIONS,
    RESERVED,
    Grant,
    Permission,
    Person,
    Role,
    at_the_command_line,
)

__all__ = ["AT_THE_COMMAND_LINE", "AT_THIS_COMPUTER", "NOBODY", "PERMISSIONS", "RESERVED", "Grant", "Permission",
           "Person", "Role", "act_as", "acting", "at_the_command_line"]  # fmt: skip
