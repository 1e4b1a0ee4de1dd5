"""What can go wrong, as one tree.

CoalitionError            anything this program refuses, with a sentence a person can act on
├── NotAllowed            whoever asks may not do that
├── InvalidQuery          a request names something that does not exist or does not fit together
├── LoadRefused           a file is not loaded; carries the report that says why
├── StoreError            the store is missing, busy, of another kind or of another version
│   └── SavedMeanwhile    somebody else saved what is being edited; nothing was written
└── DefinitionError       an indicator or measure definition is wrong
"""


class CoalitionError(Exception):
    """Base of every refusal; its text says what, where and what to do."""


class NotAllowed(CoalitionError):
    """Whoever asks may not do what they asked for; nothing was changed."""


class InvalidQuery(CoalitionError):
    """A request that names an unknown indicator, place, period, group, partner or basis."""


class LoadRefused(CoalitionError):
    """A file was not loaded and nothing was written."""


class StoreError(CoalitionError):
    """The store cannot be used as asked."""


class SavedMeanwhile(StoreError):
    """Somebody else saved the same thing since it was opened; both versions are still there."""


class DefinitionError(CoalitionError):
    """One or more definition files are wrong; the text lists every fault."""
