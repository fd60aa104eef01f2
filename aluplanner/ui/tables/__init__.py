"""The tables of the plan as spreadsheets."""
