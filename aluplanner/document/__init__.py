"""The open document: the current plan, undo, background solving and preferences."""
