"""What the planner sees: renderers that send edits."""
