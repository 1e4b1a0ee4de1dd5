"""The registers of a coalition as sheets: one source each (docs/registers.md)."""

from dashboard.registers import registers
from data_loaders.register_sheet import sheet_of

SOURCES = tuple(sheet_of(id_) for id_ in registers())
