"""The menu of a column: sorting, filtering, hiding."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.tables.arrangement import Arrangement, Only, SortKey, shown
from aluplanner.ui.tables.arrangement_words import title_of
from aluplanner.ui.tables.bounds_popup import is_compared
from aluplanner.ui.tables.columns import Columns
from aluplanner.ui.tables.filters import AmongTexts
from aluplanner.ui.tables.sheet_order import SheetOrder

APPLY_AGAIN_KEY = "Ctrl+Alt+L"
SHOW_ALL_KEY = "Ctrl+Shift+L"
MOST_SHOWN = 24
"""Characters of a value that a menu entry shows."""


class HeaderMenu(QMenu):
    """What can be done with a column.

    Parameters
    ----------
    order
        The rows of the table.
    columns
        Its columns.
    column
        The column the menu is for.
    row
        The stored row of the current cell, ``None`` where there is none.
    chosen
        The columns to be hidden: the ones selected whole, else this one.
    parent
        The table.

    Attributes
    ----------
    values_requested, bounds_requested, text_requested : Signal(int)
        The column is to be filtered by its values, by bounds, by a text it contains.
    """

    values_requested = Signal(int)
    bounds_requested = Signal(int)
    text_requested = Signal(int)

    def __init__(
        self, order: SheetOrder, columns: Columns, column: int, row: int | None, chosen: list[int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._order, self._columns, self._column = order, columns, column
        self._declared = order.plan_model.columns[column]
        self._chosen = [place for place in chosen if place > 0]
        self._value = None if row is None else shown(order.plan_model, row, column).text
        self.setToolTipsVisible(True)
        if order.plan_model.holds_values(column):
            self._add_sorting()
            self.addSeparator()
            self._add_filters()
            self.addSeparator()
        self._add_rows()
        self.addSeparator()
        self._add_clearing()
        self.addSeparator()
        self._add_columns()

    @property
    def _arrangement(self) -> Arrangement:
        return self._order.arrangement

    def _add(self, text: str, act: Callable[[], None], is_enabled: bool = True, key: str = "") -> QAction:
        action = self.addAction(text)
        action.setEnabled(is_enabled)
        if key:
            action.setShortcut(QKeySequence(key))
        action.triggered.connect(act)
        return action

    def _add_tick(self, text: str, act: Callable[[], None], is_ticked: bool) -> None:
        action = self._add(text, act)
        action.setCheckable(True)
        action.setChecked(is_ticked)

    # Sorting

    def _add_sorting(self) -> None:
        sorts = self._arrangement.sorts
        for text, act, is_descending in (
            (tr("Sort &ascending"), self._on_ascending, False),
            (tr("Sort &descending"), self._on_descending, True),
        ):
            if sorts == (self._key(is_descending),):
                self._add_tick(text, act, True)
            else:
                self._add(text, act)
        more = self.addMenu(tr("Add to the sor&t"))
        more.setEnabled(bool(sorts) and sorts[0].column != self._declared.name)
        more.addAction(tr("&Ascending")).triggered.connect(self._on_also_ascending)
        more.addAction(tr("&Descending")).triggered.connect(self._on_also_descending)
        self._add(tr("St&ored order"), self._on_unsorted, bool(sorts))

    def _key(self, is_descending: bool) -> SortKey:
        return SortKey(self._declared.name, is_descending)

    def _on_ascending(self) -> None:
        self._order.arrange(self._arrangement.sorted_by(self._key(False)))

    def _on_descending(self) -> None:
        self._order.arrange(self._arrangement.sorted_by(self._key(True)))

    def _on_also_ascending(self) -> None:
        self._order.arrange(self._arrangement.also_sorted_by(self._key(False)))

    def _on_also_descending(self) -> None:
        self._order.arrange(self._arrangement.also_sorted_by(self._key(True)))

    def _on_unsorted(self) -> None:
        self._order.arrange(self._arrangement.unsorted())

    # Filters

    def _add_filters(self) -> None:
        self._add(tr("Filter by &value …"), self._on_values)
        self._add(tr("&Contains …"), self._on_contains, key="/")
        if is_compared(self._declared):
            self._add(tr("A&bove, below, between …"), self._on_bounds)
        if self._value is not None:
            self._add(only_text(self._value), self._on_this_value)

    def _on_values(self) -> None:
        self.values_requested.emit(self._column)

    def _on_contains(self) -> None:
        self.text_requested.emit(self._column)

    def _on_bounds(self) -> None:
        self.bounds_requested.emit(self._column)

    def _on_this_value(self) -> None:
        wanted = AmongTexts(frozenset({self._value or ""}))
        self._order.arrange(self._arrangement.with_filter(self._declared.name, wanted))

    # Rows

    def _add_rows(self) -> None:
        only, model = self._arrangement.only, self._order.plan_model
        self._add_tick(tr("Rows with &errors or warnings only"), self._on_issues, Only.ISSUES in only)
        if model.table.can_vary and (not model.document.view.is_base or Only.OVERRIDDEN in only):
            scenario = model.document.scenario.replace("&", "&&")
            text = tr("Rows that “{scenario}” changes only", scenario=scenario)
            self._add_tick(text, self._on_overridden, Only.OVERRIDDEN in only)

    def _on_issues(self) -> None:
        self._switch(Only.ISSUES)

    def _on_overridden(self) -> None:
        self._switch(Only.OVERRIDDEN)

    def _switch(self, wanted: Only) -> None:
        self._order.arrange(self._arrangement.with_only(wanted, wanted not in self._arrangement.only))

    def _add_clearing(self) -> None:
        title, name = title_of(self._declared), self._declared.name
        self._add(tr("C&lear the filter of {title}", title=title), self._on_clear, name in self._arrangement.filters)
        self._add(tr("Show all &rows"), self._on_clear_all, self._arrangement.is_filtered, SHOW_ALL_KEY)
        self._add(tr("Appl&y again"), self._order.apply_again, not self._arrangement.is_plain, APPLY_AGAIN_KEY)

    def _on_clear(self) -> None:
        self._order.arrange(self._arrangement.with_filter(self._declared.name, None))

    def _on_clear_all(self) -> None:
        self._order.arrange(self._arrangement.without_filters())

    # Columns

    def _add_columns(self) -> None:
        count = len(self._chosen)
        text = tr("&Hide column") if count < 2 else tr("&Hide {count} columns", count=count)
        self._add(text, self._on_hide, count > 0)
        self._add_shown(self.addMenu(tr("Sho&w columns")))
        shown_columns = self._columns.visual()
        place = shown_columns.index(self._column)
        self._add(tr("Move le&ft"), self._on_left, place > 1)
        self._add(tr("Move ri&ght"), self._on_right, 0 < place < len(shown_columns) - 1)
        self._add(tr("&Usual columns"), self._on_usual)

    def _add_shown(self, menu: QMenu) -> None:
        shown_columns = set(self._columns.visual())
        for place, column in enumerate(self._order.plan_model.columns):
            if place == 0:
                continue
            action = menu.addAction(title_of(column).replace("&", "&&"))
            action.setData(place)
            action.setCheckable(True)
            action.setChecked(place in shown_columns)
        menu.triggered.connect(self._on_column_ticked)

    def _on_column_ticked(self, action: QAction) -> None:
        self._columns.set_hidden([int(action.data())], not action.isChecked())

    def _on_hide(self) -> None:
        self._columns.set_hidden(self._chosen, True)

    def _on_left(self) -> None:
        self._columns.move(self._column, -1)

    def _on_right(self) -> None:
        self._columns.move(self._column, 1)

    def _on_usual(self) -> None:
        self._columns.use_usual()


def only_text(value: str) -> str:
    """Return the text of a menu entry that shows the rows with one value of a column."""
    if not value:
        return tr("&Only blanks")
    brief = value if len(value) <= MOST_SHOWN else value[: MOST_SHOWN - 1] + "…"
    return tr("&Only “{value}”", value=brief.replace("&", "&&"))
