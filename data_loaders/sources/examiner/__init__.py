"""How the Connecticut medical examiner's files are read: schemas, groups, places and the running tally."""
