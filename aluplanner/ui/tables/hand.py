"""What the planner's hand does with the cells of a table: copy, cut, paste, fill; each gesture one step."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from aluplanner.document.copying import copied, titles_of
from aluplanner.document.entering import TextCell, TextColumns
from aluplanner.document.filling import Direction, fill_all, fill_down, fill_right, fill_series
from aluplanner.document.pasting import Grid, Pasting, header_of, paste, paste_under_titles
from aluplanner.document.ranges import BlockError, Range
from aluplanner.i18n import tr
from aluplanner.ui.tables.clipboard import grid_on_clipboard, put_on_clipboard
from aluplanner.ui.tables.fill_handle import FillHandle
from aluplanner.ui.tables.frames import Frames
from aluplanner.ui.tables.hints import unread_hint
from aluplanner.ui.tables.keys import TableKeys
from aluplanner.ui.tables.pointing import Pointing
from aluplanner.ui.tables.screen import Screen

if TYPE_CHECKING:
    from aluplanner.ui.tables.view import PlanTableView


class Hand(QObject):
    """Works on the cells selected in a table.

    Parameters
    ----------
    view
        The table.

    Attributes
    ----------
    key_paste_wanted : Signal(object)
        A block is to be pasted by the names of its rows.
    """

    key_paste_wanted = Signal(object)

    def __init__(self, view: "PlanTableView") -> None:
        super().__init__(view)
        self._view = view
        self.keys = TableKeys(view)
        self.frames = Frames(view)
        self.handle = FillHandle(view, self.frames)
        self.pointing = Pointing(view, view.frozen, self.keys)
        self.handle.drawn.connect(self._on_drawn)
        view.plan_model.document.changed.connect(self._on_changed)
        view.order.layoutChanged.connect(self._on_changed)

    def _on_changed(self) -> None:
        self.frames.frame_copied(())

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key stands for; return whether it stands for anything here."""
        key = Qt.Key(event.key())
        is_ctrl = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Escape and (self.handle.is_drawing or self.frames.copied):
            self.handle.cancel()
            self.frames.frame_copied(())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_ctrl:
            self.fill_with_current()
            return True
        return self.keys.take(event)

    # Copying

    def copy(self, *, with_titles: bool = False) -> bool:
        """Put the selected cells on the clipboard; return whether they make a block."""
        screen = Screen(self._view)
        ranges = screen.ranges()
        try:
            grid = copied(ranges, screen.text_at)
            put_on_clipboard([titles_of(ranges, screen.shown), *grid] if with_titles else grid)
        except BlockError as error:
            self._view.said.emit(str(error))
            return False
        self.frames.frame_copied(ranges)
        count = sum(map(len, grid))
        self._view.said.emit(tr("Copied 1 cell.") if count == 1 else tr("Copied {count} cells.", count=count))
        return True

    def cut(self) -> None:
        """Put the selected cells on the clipboard and empty them; names stay, as rows are known by them."""
        screen = Screen(self._view)
        keys = self._view.plan_model.table.key
        cells = [cell for cell in fill_all(screen.ranges(), "", screen.shown) if cell[1] not in keys]
        if self.copy():
            self._enter(cells, 0, tr("Cut {count} cells in {table}"), tr("Cut 1 cell in {table}"))

    # Pasting

    def paste(self) -> None:
        """Put the block on the clipboard into the cells from the first selected one on."""
        grid = grid_on_clipboard()
        if not grid:
            self._view.said.emit(tr("There are no cells on the clipboard."))
            return
        screen = Screen(self._view)
        ranges = screen.ranges()
        shown = screen.shown
        top, left = (ranges[0].top, ranges[0].left) if ranges else (0, 0)
        header = header_of(grid, shown, left)
        names_rows = header is not None and {c.name for c in header.columns.values()} >= set(shown.table.key)
        if header is not None and names_rows and shown.stored:
            self.key_paste_wanted.emit(grid)
            return
        try:
            pasting = paste(grid, ranges, shown) if header is None else paste_under_titles(grid, header, top, shown)
        except BlockError as error:
            self._view.said.emit(str(error))
            return
        self._take(pasting, tr("The first row held titles: each column went where its title says.") if header else "")

    def paste_by_key(self) -> None:
        """Let the block on the clipboard update the table by the names of its rows, after a look at what it does."""
        grid: Grid = grid_on_clipboard()
        if grid:
            self.key_paste_wanted.emit(grid)
        else:
            self._view.said.emit(tr("There are no cells on the clipboard."))

    def _take(self, pasting: Pasting, remark: str) -> None:
        remarks = [text for text in (remark, pasting.remark) if text]
        self._enter(
            pasting.columns,
            pasting.new_rows,
            tr("Paste {count} cells in {table}"),
            tr("Paste 1 cell in {table}"),
            remarks,
        )
        if pasting.columns:
            Screen(self._view).select(pasting.areas)

    # Filling

    def fill_down(self) -> None:
        """Copy the first row of each selected range to the others."""
        screen = Screen(self._view)
        self._fill(fill_down(screen.ranges(), screen.text_at, screen.shown))

    def fill_right(self) -> None:
        """Copy the first column of each selected range to the others."""
        screen = Screen(self._view)
        self._fill(fill_right(screen.ranges(), screen.text_at, screen.shown))

    def fill_with(self, text: str) -> None:
        """Put one text into every selected cell."""
        screen = Screen(self._view)
        self._fill(fill_all(screen.ranges(), text, screen.shown))

    def fill_with_current(self) -> None:
        """Put what the current cell holds into every selected cell."""
        screen = Screen(self._view)
        if screen.current is not None:
            self.fill_with(screen.text_at(*screen.current))

    def _on_drawn(self, source: Range, added: Range, way: Direction, is_other: bool) -> None:
        screen = Screen(self._view)
        current = screen.current
        shown = screen.shown
        self._fill(fill_series(source, added, way, screen.text_at, screen.column_at, shown, other=is_other))
        whole = Range(
            min(source.top, added.top),
            min(source.left, added.left),
            max(source.bottom, added.bottom),
            max(source.right, added.right),
        )
        screen.select([whole], current)

    def _fill(self, cells: Sequence[TextCell]) -> None:
        self._enter(cells, 0, tr("Fill {count} cells in {table}"), tr("Fill 1 cell in {table}"))

    # One step

    def _enter(
        self,
        texts: Sequence[TextCell] | TextColumns,
        new_rows: int,
        many: str,
        one: str,
        remarks: Sequence[str] = (),
    ) -> None:
        """Enter texts as one step, and say what needs saying."""
        count = sum(len(rows) for rows, _ in texts.values()) if isinstance(texts, Mapping) else len(texts)
        if not count:
            self._view.said.emit(" ".join(remarks) or tr("None of the selected cells can be edited."))
            return
        model = self._view.plan_model
        step = (one if count == 1 else many).format(count=count, table=model.table.heading)
        entered = model.document.enter_texts(model.table.name, texts, new_rows, step, model)
        said = [f"{step}.", *remarks, unread_hint(len(entered.refused))]
        self._view.said.emit(" ".join(filter(None, said)))
