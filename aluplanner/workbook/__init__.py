"""Plans as .xlsx workbooks and results as files."""
