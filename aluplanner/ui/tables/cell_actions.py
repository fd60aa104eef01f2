"""Copying, pasting and filling: one set of actions for every table."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from aluplanner.document.pasting import Grid
from aluplanner.i18n import tr
from aluplanner.ui.tables.hand import Hand
from aluplanner.ui.tables.paste_preview import PastePreview
from aluplanner.ui.tables.view import PlanTableView
from aluplanner.ui.window_actions import make_table_action


class CellActions(QObject):
    """The actions on cells; they act on the table given by ``current_view``.

    Parameters
    ----------
    owner
        The widget within which their keys work.
    current_view
        Returns the table in use.
    """

    def __init__(self, owner: QWidget, current_view: Callable[[], PlanTableView | None]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._current_view = current_view
        self.preview: PastePreview | None = None
        self.cut = self._make(tr("Cu&t"), Hand.cut, "Ctrl+X", "Shift+Del")
        self.copy = self._make(tr("&Copy"), Hand.copy, "Ctrl+C", "Ctrl+Ins")
        self.copy_titles = self._make(tr("Copy with &headers"), _copy_with_titles, "Ctrl+Shift+C")
        self.paste = self._make(tr("&Paste"), Hand.paste, "Ctrl+V", "Shift+Ins")
        self.paste_by_key = self._make(tr("Paste by &name …"), Hand.paste_by_key, "Ctrl+Shift+V")
        self.fill_down = self._make(tr("Fill &down"), Hand.fill_down, "Ctrl+D")
        self.fill_right = self._make(tr("Fill &right"), Hand.fill_right, "Ctrl+R")
        self.paste_by_key.setToolTip(
            tr("Update rows by their names from a block with titles, after a look at what changes (Ctrl+Shift+V)")
        )

    @property
    def on_clipboard(self) -> tuple[QAction, ...]:
        """The actions that use the clipboard."""
        return self.cut, self.copy, self.copy_titles, self.paste, self.paste_by_key

    @property
    def that_fill(self) -> tuple[QAction, ...]:
        """The actions that fill cells."""
        return self.fill_down, self.fill_right

    def add_to(self, menu: QMenu) -> None:
        """Put the actions into a menu."""
        menu.addActions(list(self.on_clipboard))
        menu.addSeparator()
        menu.addActions(list(self.that_fill))

    def _make(self, text: str, act: Callable[[Hand], object], *keys: str) -> QAction:
        def run() -> None:
            view = self._current_view()
            if view is not None:
                view.finish_editing()
                act(view.hand)

        return make_table_action(self._owner, text, run, *keys)

    def follow(self, view: PlanTableView) -> None:
        """Open the preview when a block is to be pasted into a table by the names of its rows."""
        view.hand.key_paste_wanted.connect(lambda grid: self._preview(view, grid))

    def _preview(self, view: PlanTableView, grid: Grid) -> None:
        if self.preview is not None:
            self.preview.reject()
        model = view.plan_model
        self.preview = PastePreview(model.document, model.table.name, grid, self._owner.window())
        self.preview.said.connect(view.said)
        self.preview.destroyed.connect(self._on_preview_gone)
        self.preview.show()

    def _on_preview_gone(self) -> None:
        self.preview = None


def _copy_with_titles(hand: Hand) -> None:
    hand.copy(with_titles=True)
