"""Registers: what a coalition keeps about itself. Declared in registers.toml; pure rules, no store and no clock."""

from dashboard.registers.declared import Column, Register, register, registers
from dashboard.registers.entry import Entry, EntryVersion, Fault, Names, read_entry

__all__ = ["Column", "Entry", "EntryVersion", "Fault", "Names", "Register", "read_entry", "register", "registers"]
