"""The lists of the import: the sheets, their columns, what is the same in every row. Cells are chosen from lists."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from aluplanner.document.import_choices import ImportChoices
from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Type
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme
from aluplanner.workbook.importing.mapping import ColumnChoice, Layout
from aluplanner.workbook.importing.matrices import MONTHS
from aluplanner.workbook.importing.units import unit_words

AnyIndex = QModelIndex | QPersistentModelIndex
Choice = tuple[str, str]
"""A word, and how it is shown."""

CHOICES: Final = int(Qt.ItemDataRole.UserRole) + 20
"""Role of the choices of a cell; ``None`` where there is nothing to choose."""
_NO_INDEX = QModelIndex()
_EDITABLE: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class ChoiceModel(QAbstractTableModel):
    """Rows of texts, some of which are chosen.

    Attributes
    ----------
    decided : Signal()
        Something else was chosen.
    """

    decided = Signal()

    def __init__(self, choices: ImportChoices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._import = choices

    def titles(self) -> Sequence[str]:
        """Return the titles of the columns."""
        raise NotImplementedError

    def text(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        raise NotImplementedError

    def choices(self, _row: int, _column: int) -> list[Choice] | None:
        """Return the choices of a cell."""
        return None

    def chosen(self, _row: int, _column: int) -> str:
        """Return the word chosen in a cell."""
        return ""

    def take(self, _row: int, _column: int, _word: str) -> None:
        """Take a word for a cell."""

    def tip(self, row: int, column: int) -> str:
        """Return the tooltip of a cell."""
        return self.text(row, column)

    def ink(self, _row: int, _column: int) -> str:
        """Return the name of the colour of a cell's text in the theme; empty for the usual one."""
        return ""

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.titles())

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == roles.ALIGNMENT:
            return roles.LEFT
        titles = self.titles()
        return titles[section] if role == roles.DISPLAY and 0 <= section < len(titles) else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        can_choose = self.choices(index.row(), index.column()) is not None
        return _EDITABLE if can_choose else _EDITABLE & ~Qt.ItemFlag.ItemIsEditable

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        if role in _SIMPLE:
            return _SIMPLE[role](self, index.row(), index.column())
        if role == roles.FOREGROUND:
            ink = self.ink(index.row(), index.column())
            return QColor(getattr(current_theme(), ink)) if ink else None
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = roles.EDIT) -> bool:
        row, column = index.row(), index.column()
        if role != roles.EDIT or not index.isValid() or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        word = str(value)
        offered = self.choices(row, column)
        if word == self.chosen(row, column) or (offered and word not in dict(offered)):
            return False
        self.take(row, column, word)
        self.refresh()
        self.decided.emit()
        return True

    def refresh(self) -> None:
        """Show everything as it is decided now; there are as many rows as before."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))


_SIMPLE: Final[dict[int, Callable[[ChoiceModel, int, int], Any]]] = {
    roles.DISPLAY: lambda model, row, column: model.text(row, column),
    roles.EDIT: lambda model, row, column: model.chosen(row, column),
    roles.TOOL_TIP: lambda model, row, column: model.tip(row, column),
    roles.ALIGNMENT: lambda _model, _row, _column: roles.LEFT,
    CHOICES: lambda model, row, column: model.choices(row, column),
}


class SheetsModel(ChoiceModel):
    """The sheets of a workbook and which table each holds."""

    NAME, ROWS, TABLE = range(3)

    def titles(self) -> Sequence[str]:
        return tr("Sheet"), tr("Rows"), tr("Goes to")

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._import.sheets)

    def text(self, row: int, column: int) -> str:
        sheet = self._import.sheets[row]
        if column == self.NAME:
            return tr("{name} (hidden)", name=sheet.page.name) if sheet.page.is_hidden else sheet.page.name
        if column == self.ROWS:
            return f"{sheet.row_count:,}"
        return dict(self._tables())[sheet.mapping.table]

    def tip(self, row: int, column: int) -> str:
        return self._import.sheets[row].page.problem or super().tip(row, column)

    def ink(self, row: int, column: int) -> str:
        sheet = self._import.sheets[row]
        if sheet.page.problem:
            return "error"
        is_quiet = not sheet.mapping.table or (column == self.NAME and sheet.page.is_hidden)
        return "muted" if is_quiet or column == self.ROWS else ""

    def choices(self, row: int, column: int) -> list[Choice] | None:
        has_rows = column == self.TABLE and bool(self._import.sheets[row].page.rows)
        return self._tables() if has_rows else None

    def _tables(self) -> list[Choice]:
        return [("", tr("leave out")), *((name, table.heading) for name, table in TABLES.items())]

    def chosen(self, row: int, column: int) -> str:
        return self._import.mapping(row).table if column == self.TABLE else self.text(row, column)

    def take(self, row: int, _column: int, word: str) -> None:
        self._import.choose_table(row, word)


class _SheetModel(ChoiceModel):
    """Something of one sheet."""

    def __init__(self, choices: ImportChoices, parent: QObject | None = None) -> None:
        super().__init__(choices, parent)
        self._sheet = 0
        self._columns: tuple[Column, ...] = ()

    def show_sheet(self, sheet: int) -> None:
        """Show another sheet, or the same one when its table or header is another one."""
        self.beginResetModel()
        self._sheet = sheet
        self._columns = self._import.columns(sheet) if self._import.sheets else ()
        self.endResetModel()


class ColumnsModel(_SheetModel):
    """The columns of a sheet, and which column of the plan each one is."""

    HEADER, EXAMPLE, COLUMN, UNIT = range(4)

    def titles(self) -> Sequence[str]:
        is_turned = bool(self._import.sheets) and self._import.mapping(self._sheet).is_turned
        own = tr("Row of the sheet") if is_turned else tr("Column of the sheet")
        return own, tr("First cells"), tr("Column of the plan"), tr("Unit of the figures")

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if parent.isValid() or not self._import.sheets:
            return 0
        return len(self._import.mapping(self._sheet).columns)

    def _choice(self, row: int) -> ColumnChoice:
        return self._import.mapping(self._sheet).columns[row]

    def text(self, row: int, column: int) -> str:
        choice = self._choice(row)
        if column == self.HEADER:
            return self._header(choice)
        if column == self.EXAMPLE:
            return self._import.example(self._sheet, choice.number)
        if column == self.COLUMN:
            headings = {known.name: known.heading for known in self._columns}
            return headings.get(choice.column, tr("leave out"))
        if not choice.unit:
            return ""
        return unit_words(choice.unit) if choice.is_stated else tr("{unit}, not stated", unit=unit_words(choice.unit))

    def _header(self, choice: ColumnChoice) -> str:
        header = self._import.header(self._sheet, choice.number)
        if self._import.mapping(self._sheet).layout is Layout.MATRIX:
            # its columns are made of the sides of the sheet and have no letters
            return header or (tr("(years and months)") if choice.number == MONTHS else tr("(no title)"))
        return f"{self._import.page(self._sheet).label(choice.number)}  {header or tr('(no header)')}"

    def tip(self, row: int, column: int) -> str:
        if column == self.UNIT and not self._choice(row).is_stated:
            return tr("The sheet does not state a unit. Choose the one that its figures are in.")
        return super().tip(row, column)

    def ink(self, row: int, column: int) -> str:
        choice = self._choice(row)
        if column == self.UNIT and not choice.is_stated:
            return "warning"
        return "muted" if not choice.column or column == self.EXAMPLE else ""

    def choices(self, row: int, column: int) -> list[Choice] | None:
        if column == self.COLUMN and self._columns:
            return [("", tr("leave out")), *((known.name, known.heading) for known in self._columns)]
        if column == self.UNIT:
            units = self._import.units(self._sheet, self._choice(row).number)
            return [(unit, unit_words(unit)) for unit in units] or None
        return None

    def chosen(self, row: int, column: int) -> str:
        choice = self._choice(row)
        # a unit that is not stated counts as not chosen, so that it can be confirmed
        chosen = {self.COLUMN: choice.column, self.UNIT: choice.unit if choice.is_stated else ""}
        return chosen.get(column, "")

    def take(self, row: int, column: int, word: str) -> None:
        number = self._choice(row).number
        if column == self.COLUMN:
            self._import.choose_column(self._sheet, number, word)
        else:
            self._import.choose_unit(self._sheet, number, word)


class ConstantsModel(_SheetModel):
    """What is the same in every row of a sheet: texts for columns of the plan that the sheet lacks."""

    COLUMN, VALUE = range(2)

    def titles(self) -> Sequence[str]:
        return tr("Column of the plan"), tr("In every row")

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._free)

    @property
    def _free(self) -> list[Column]:
        mapping = self._import.mapping(self._sheet) if self._import.sheets else None
        keys = TABLES[mapping.table].key if mapping is not None and mapping.table else ()
        return [column for column in self._columns if column.name not in keys]

    def _text_of(self, row: int) -> str:
        return dict(self._import.mapping(self._sheet).constants).get(self._free[row].name, "")

    def _is_taken(self, row: int) -> bool:
        return self._free[row].name in self._import.mapping(self._sheet).taken

    def text(self, row: int, column: int) -> str:
        if column == self.COLUMN:
            return self._free[row].heading
        if self._is_taken(row):
            return tr("as the sheet says")
        offered = self.choices(row, column)
        return dict(offered or ()).get(self._text_of(row), self._text_of(row))

    def tip(self, row: int, column: int) -> str:
        return self._problem(row) or (tr(self._free[row].meaning) if column == self.COLUMN else self.text(row, column))

    def ink(self, row: int, _column: int) -> str:
        if self._is_taken(row):
            return "muted"
        return "error" if self._problem(row) else ""

    def _problem(self, row: int) -> str:
        column = self._free[row]
        try:
            parse(column, "" if column.type is Type.VALUE else self._text_of(row))
        except CellTextError as error:
            return str(error)
        return ""

    def choices(self, row: int, column: int) -> list[Choice] | None:
        """Return the choices; an empty list where any text can be written."""
        if column != self.VALUE or self._is_taken(row):
            return None
        declared = self._free[row]
        words = {Type.CHOICE: declared.choices, Type.YES_NO: ("yes", "no")}.get(declared.type, ())
        return [("", tr("blank")), *((word, tr(word)) for word in words)] if words else []

    def chosen(self, row: int, column: int) -> str:
        return self._text_of(row) if column == self.VALUE else ""

    def take(self, row: int, _column: int, word: str) -> None:
        self._import.choose_constant(self._sheet, self._free[row].name, word)
