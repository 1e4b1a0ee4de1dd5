"""The long work that workers do, by name."""

from callbacks.export_jobs import EXPORTS
from callbacks.jobs import Kinds

KINDS: Kinds = {**EXPORTS}
