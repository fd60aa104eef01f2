"""Exhibits of the gallery with another planner's copy of the plan."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from aluplanner.analysis.merging import Side
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.model.schema import Value
from aluplanner.ui.dialogs.compare import CompareDialog
from aluplanner.ui.dialogs.merge import MergeDialog

THEIRS: Final = Path("china-2017-wang.xlsx")


def _copy(plan: Plan) -> Plan:
    """Return another planner's copy, with cells changed, a row taken out and one added."""
    first, second, third = plan.plants[:3]
    taken_out = plan.with_table(plan.plants.replaced([first, *plan.plants[2:], replace(second, plant="Wenshan")]))
    edits: dict[str, Value] = {
        f"plants/{first.plant}/built": 6300.0,
        f"plants/{first.plant}/note": "Counted from satellite pictures of August",
        f"plants/{third.plant}/operating": 550.0,
        f"actions/{plan.actions[0].action}/implementation": 0.55,
        f"demand/{plan.demand[0].sector}/consumption": 10_600.0,
    }
    return taken_out.with_cells(edits)


def merge_dialog(document: Document, *, has_base: bool) -> MergeDialog:
    """Return a merge with conflicts of which the first is decided."""
    base = document.plan
    first, second = base.plants[:2]
    edits = {
        f"plants/{first.plant}/built": 6600.0,
        f"plants/{second.plant}/operating": 300.0,
        f"actions/{base.actions[0].action}/implementation": 0.5,
    }
    document.apply(base.with_cells(edits), tr("Edit"))
    dialog = MergeDialog(document, _copy(base), THEIRS)
    if has_base:
        dialog.set_base(base, "china-2017.xlsx")
    dialog.conflicts.decide([0], Side.YOURS)
    return dialog


def compare_dialog(document: Document) -> CompareDialog:
    """Return the differences from another planner's copy."""
    return CompareDialog(document, _copy(document.plan), THEIRS)
