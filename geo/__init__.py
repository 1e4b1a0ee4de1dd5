"""Pure spatial functions: boundaries, adjacency, schematic cells. Imports nothing of ours."""
