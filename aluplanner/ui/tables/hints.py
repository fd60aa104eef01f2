"""What an empty table says: what belongs there and how to begin."""

from aluplanner.i18n import tr


def empty_hint(table: str) -> str:
    """Return the sentences shown in a table without rows."""
    hints = {
        "plants": tr("No plants yet. Add the smelters and refineries, or open a plan that has them."),
        "actions": tr("No actions yet. Add a halt, a closure, a cut or a restart, and watch the balance move."),
        "demand": tr("No sectors yet. Add the end uses and what they consume in the base year."),
        "seasonality": tr("Every month weighs the same. Add the twelve months to change that."),
        "monthly": tr("Nothing stated month by month. Add months for net imports, the state reserve and actuals."),
        "bauxite": tr("No origins of bauxite. Add them in the order in which they are used."),
        "claims": tr("No claims yet. Add a statement about a half-year balance, and see where it holds."),
        "uncertainty": tr("Every number counts as known. Add the cells that are not, with their ranges."),
        "scenarios": tr("Only the base so far. Add a scenario, select it above and edit any cell: the base stays."),
        "overrides": tr("No scenario changes anything yet. Select one above and edit a cell in any table."),
    }
    return hints.get(table, "")


def filtered_hint() -> str:
    """Return the sentence shown where filters hide every row."""
    return tr("No row passes the filters. The ✕ above the table shows all rows again.")


def unread_hint(count: int) -> str:
    """Return what to say of cells that could not be read; nothing if there are none."""
    if count == 1:
        return tr("1 cell could not be read; it is marked and says why.")
    return tr("{count} cells could not be read; they are marked and say why.", count=count) if count else ""
