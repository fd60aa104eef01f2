"""What was worked out from plans that the history keeps: let go once nobody looks at them."""

from typing import TYPE_CHECKING, Any
from weakref import ref

from PySide6.QtCore import QObject, Slot

from aluplanner.document.change import Change
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows

if TYPE_CHECKING:
    from aluplanner.document.document import Document


class FormerPlans(QObject):
    """Keeps the history small.

    A plan shares with the next one all that the edit left alone, but what follows from it (the arrays of the solver,
    the resolved scenarios, the issues) is kept with the plan and is some hundred times its size. Who undoes a step
    has it worked out again, as after any other edit.

    Parameters
    ----------
    document
        The document whose history it is.
    """

    def __init__(self, document: "Document") -> None:
        super().__init__(document)
        self._document = ref(document)
        self._plans: list[ref[Plan]] = []
        document.changed.connect(self._on_changed)
        document.all_solved.connect(self._on_all_solved)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        self._plans.append(ref(change.before))

    @Slot()
    def _on_all_solved(self) -> None:
        """Forget now that the background works on no former plan; one that is being saved waits for the next time."""
        document = self._document()
        if document is None or document.is_saving:
            return
        plans, self._plans = self._plans, []
        for known in plans:
            plan = known()
            if plan is not None and plan is not document.plan:
                forget(plan, document.plan)


def forget(plan: Plan, current: Plan) -> None:
    """Let go of what was worked out from a plan, but for what follows from tables that the current plan has too."""
    plan.memo.clear()
    for name in TABLES:
        rows: Rows[Any] = plan.table(name)
        if rows is not current.table(name):
            rows.forget()
