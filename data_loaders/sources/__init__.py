"""One module for each publisher's file: a new loader is one new module with SOURCE or SOURCES in it."""
