"""The docks that answer questions about the plan: their base, their charts, fields and tables."""
