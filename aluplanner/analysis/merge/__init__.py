"""The parts of a merge: rows that belong together, their names, their cells and their order."""
