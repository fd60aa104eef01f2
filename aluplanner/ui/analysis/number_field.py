"""A number that belongs to a question: how many draws, between which values, which target."""

from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.schema import Column, Type, Value
from aluplanner.ui.panels.slider_boxes import SliderBox

HEIGHT: Final = 26
LETTERS: Final = 9


def number_column(
    title: str,
    unit: str = "",
    *,
    is_fraction: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
    decimals: int = 0,
) -> Column:
    """Return the declaration of a number that is no cell of the plan, for :class:`NumberField`; ``title`` as shown."""
    kind = Type.FRACTION if is_fraction else Type.NUMBER
    return Column("", title, title, kind, unit, minimum=minimum, maximum=maximum, decimals=decimals)


class NumberField(SliderBox):
    """A number read as cells are read: ``1,234``, ``30%``, ``40万吨``; what cannot be taken stays, red.

    Parameters
    ----------
    column
        What it holds: unit, bounds, digits; that of a cell, or one of :func:`number_column`.
    parent
        The widget that it stands in.
    value
        What it holds at first, as stored: 0.3 for 30 %.
    is_blank_allowed
        Whether it may be left empty.
    letters
        Its width in letters.

    Attributes
    ----------
    changed : Signal()
        It holds another number.
    confirmed : Signal()
        Enter was pressed on a number that it takes.
    """

    changed = Signal()
    confirmed = Signal()

    def __init__(
        self,
        column: Column,
        parent: QWidget,
        value: float | None = None,
        *,
        is_blank_allowed: bool = False,
        letters: int = LETTERS,
    ) -> None:
        super().__init__(parent)
        self._letters = letters
        self._held: float | None = None
        self._may_be_blank = is_blank_allowed
        self.entered.connect(self._on_entered)
        self.returnPressed.connect(self._on_enter)
        self.show_column(column, value)

    def show_column(self, column: Column, value: float | None) -> None:
        """Hold a number of another kind, as when another cell is varied."""
        self.column = column
        self._held = value
        self.setAccessibleName(column.heading)
        self._show()

    @property
    def value(self) -> float | None:
        """The number as stored; ``None`` where it is blank."""
        return self._held

    @value.setter
    def value(self, value: float | None) -> None:
        if value != self._held:
            self._held = value
            self._show()

    def number(self) -> float:
        """Return the number.

        Raises
        ------
        aluplanner.analysis.question_error.QuestionError
            If what is typed cannot be taken, or nothing is.
        """
        if self.is_refused:
            raise QuestionError("number", self.accessibleDescription(), "")
        if self._held is None:
            raise QuestionError("number", tr("{title} is empty.", title=self.column.title), tr("Enter a number."))
        return self._held

    def _show(self) -> None:
        self.show_value(self.column, self._held, self._words(), is_blank_allowed=self._may_be_blank)

    def _words(self) -> str:
        column = self.column
        return f"{column.heading}\n{tr(column.meaning)}" if column.meaning else column.heading

    def _on_entered(self, value: Value) -> None:
        number = float(value) if isinstance(value, int | float) else None
        if number != self._held:
            self._held = number
            self._show()
            self.changed.emit()

    def _on_enter(self) -> None:
        if not self.is_refused:
            self.confirmed.emit()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * self._letters + 16, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
