"""Partner files of any shape: cells of a sheet, what they mean, and rows."""
