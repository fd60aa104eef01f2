"""What a scenario is made of, in a sentence."""

from typing import Final

from aluplanner.document.scenario_tree import makeup
from aluplanner.i18n import tr
from aluplanner.model.layers import Conflict, conflicts, overridden_cells
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.scenario_rules import layer_text

MOST: Final = 3
"""So many conflicts are told one by one."""


def preview_text(plan: Plan, scenario: str) -> tuple[str, bool]:
    """Return what a scenario takes from which layer, and where layers are in conflict; and whether any are."""
    found = makeup(plan, scenario)
    sentence = _changes_text(found.changes)
    if not found.conflicts:
        return sentence, False
    clashes = conflicts(plan, scenario)
    count = tr("1 conflict:") if found.conflicts == 1 else tr("{count} conflicts:", count=found.conflicts)
    lines = [_conflict_text(plan, clash) for clash in clashes[:MOST]]
    if len(clashes) > MOST:
        lines.append(tr("and {count} more, listed under Conflicts", count=len(clashes) - MOST))
    return "\n".join((f"{sentence} {count}", *lines)), True


def _changes_text(changes: tuple[tuple[str, int], ...]) -> str:
    if not changes:
        return ""
    *layers, (_, own) = changes
    if not layers:
        return tr("Builds on the base itself.") + " " + _own_text(own, is_first=True)
    parts = ", ".join(_part(number, name, count) for number, (name, count) in enumerate(layers))
    return f"{parts}{_own_text(own, is_first=False)}"


def _part(number: int, name: str, count: int) -> str:
    what = tr("1 change of “{name}”", name=name) if count == 1 else tr("{count} of “{name}”", count=count, name=name)
    if number:
        return tr("then {what}", what=what)
    if count != 1:
        what = tr("{count} changes of “{name}”", count=count, name=name)
    return tr("Takes {what}", what=what)


def _own_text(count: int, is_first: bool) -> str:
    if not count:
        return tr("It changes nothing itself yet.") if is_first else tr("; it changes nothing itself yet.")
    if not is_first:
        return tr(", then its own {count}.", count=count)
    return tr("It has {count} changes of its own.", count=count) if count != 1 else tr("It has 1 change of its own.")


def _conflict_text(plan: Plan, conflict: Conflict) -> str:
    return tr(
        "{cell}: “{earlier}” {earlier_value}, “{later}” {later_value}; “{stands}” stands",
        cell=cell_text(plan, conflict.address),
        earlier=conflict.earlier,
        earlier_value=layer_text(plan, conflict.address, conflict.earlier_value),
        later=conflict.later,
        later_value=layer_text(plan, conflict.address, conflict.later_value),
        stands=overridden_cells(plan, conflict.scenario)[conflict.address].scenario,
    )


def cell_text(plan: Plan, address: Address) -> str:
    """Return a cell by table, row and column, as the tables are titled."""
    column = plan.find_column(address.table, address.column)
    title = column.heading.partition(" (")[0] if column else address.column
    return f"{TABLES[address.table].heading} › {address.row} › {title}"
