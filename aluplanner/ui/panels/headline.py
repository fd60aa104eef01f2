"""The headline strip under the plots: is the market short or in surplus, and by how much."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QVBoxLayout, QWidget

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.model.measure import parse_measure
from aluplanner.model.scenarios import BASE
from aluplanner.ui.panels.busy_mark import BusyMark
from aluplanner.ui.panels.claims_making import add_claim_menu
from aluplanner.ui.panels.headline_cells import SCROLL_BAR, CompareCaptions, CompareRow, FigureCell, least_width
from aluplanner.ui.panels.headline_figures import CLAIMS, Figure, headline_of
from aluplanner.ui.plots.numbers import year_text
from aluplanner.ui.plots.scenario_key import scenario_keys
from aluplanner.ui.plots.shown import Shown, ShownScenario, shown_of
from aluplanner.ui.theme import current_theme, scaled

PERIODS: Final = 3
CELLS: Final = 7
LEAST_CELLS: Final = 5
"""Compared rows show at least so many figures; for the others they need more width."""
MOST_OF_WINDOW: Final = 0.2
"""Part of the window's height that the compared rows may take; beyond it they scroll."""


class FigureCells(QWidget):
    """The selected scenario's figures: all in one row where there is room, else the balances above the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.cells = [FigureCell(has_state=number < PERIODS) for number in range(CELLS)]
        for cell in self.cells:
            cell.setParent(self)
        self._is_low = False

    def be_low(self, is_low: bool) -> None:
        """Show the balances only, where all figures need two rows, or all again."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.lay_out()

    def show_figures(self, figures: tuple[Figure, ...]) -> None:
        """Take new figures."""
        before = [cell.figure.caption for cell in self.cells]
        for cell, figure in zip(self.cells, figures, strict=True):
            cell.show_figure(figure)
        if before != [figure.caption for figure in figures]:
            self.lay_out()

    def lay_out(self) -> None:
        """Place the cells for the width there is, and take the height they need."""
        periods, levels = self.cells[:PERIODS], self.cells[PERIODS:]
        wide = sum(cell.comfortable_width() for cell in self.cells) <= self.width()
        tall, low = periods[0].sizeHint().height(), levels[0].sizeHint().height()
        if wide:
            self._row(self.cells, 0, tall)
        else:
            self._row(periods, 0, tall)
            self._row(levels, tall, low)
        for cell in levels:
            cell.setVisible(wide or not self._is_low)
        height = tall if wide or self._is_low else tall + low
        if self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _row(self, cells: list[FigureCell], top: int, height: int) -> None:
        wanted = [cell.comfortable_width() for cell in cells]
        scale, left = self.width() / sum(wanted), 0.0
        for cell, width in zip(cells, wanted, strict=True):
            right = left + width * scale
            cell.setGeometry(QRect(round(left), top, round(right) - round(left), height))
            left = right

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.lay_out()


class HeadlineStrip(QWidget):
    """The headline of the selected scenario in big figures, and a row for each compared one."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document
        self.shown: Shown | None = None
        self.rows: list[CompareRow] = []
        self._claims: list[Any] = []
        self._is_low = False
        self._build()
        document.solved.connect(self._on_solved)
        document.busy_changed.connect(self._on_busy_changed)
        document.claims_checked.connect(self._on_claims_checked)
        self.year_box.activated.connect(self._on_year_chosen)
        if document.solution is not None:
            self._on_solved(document.solution)

    def _build(self) -> None:
        self.name = QLabel(tr("No balance yet"))
        self.year_box = QComboBox()
        self.year_box.setAccessibleName(tr("Year of the headline"))
        self.year_box.setToolTip(tr("Year of the headline"))
        self.year_box.hide()
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 2, 8, 0)
        bar.addWidget(self.name, 1)
        bar.addWidget(BusyMark(self.document))
        bar.addWidget(self.year_box)
        self.cells = FigureCells()
        self.cells.hide()
        self.captions = CompareCaptions()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.cells)
        layout.addWidget(self._table(), 1)
        self._take_font()

    def _table(self) -> QScrollArea:
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 2, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.captions)
        self._rows.addStretch(1)
        self.table = QScrollArea()
        self.table.setWidgetResizable(True)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setWidget(inside)
        self.table.hide()
        return self.table

    def be_low(self, is_low: bool) -> None:
        """Show the least that a headline must say, where the plots need the room, or all again."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.cells.be_low(is_low)
            self._show_figures()

    # Year

    @property
    def year(self) -> int | None:
        """The year whose figures are shown."""
        chosen = self.year_box.currentData()
        return chosen if isinstance(chosen, int) else None

    def choose_year(self, year: int) -> None:
        """Show another year; one outside the horizon changes nothing."""
        self.year_box.setCurrentIndex(max(0, self.year_box.findData(year)))
        self._show_figures()

    def _on_year_chosen(self, _index: int) -> None:
        self._show_figures()

    def _take_years(self, years: tuple[int, ...]) -> None:
        known = tuple(self.year_box.itemData(i) for i in range(self.year_box.count()))
        if known == years:
            return
        chosen = self.year
        self.year_box.clear()
        for year in years:
            self.year_box.addItem(year_text(year), year)
        self.year_box.setCurrentIndex(max(0, self.year_box.findData(chosen)))
        self.year_box.setVisible(len(years) > 1)

    # Figures

    def _on_solved(self, solution: Solution) -> None:
        self.shown = shown_of(solution)
        self._take_years(self.shown.horizon.years)
        self.cells.show()
        self._show_figures()

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy and self.document.solution is None and self.shown is not None:
            self.shown = None  # of a plan that is no longer open
            self.name.setText(tr("No balance yet"))
            self.name.setToolTip("")
            self.cells.hide()
            self.table.hide()
            self._take_years(())

    def _on_claims_checked(self) -> None:
        if self._claims_shown() != self._claims:
            self._show_figures()

    def _claims_shown(self) -> list[Any]:
        """Return the results of the claims that the figures show."""
        return [self.document.claims.get(each.name) for each in self.shown.scenarios] if self.shown else []

    def _figures(self, scenario: ShownScenario, shown: Shown, year: int) -> tuple[Figure, ...]:
        is_base = scenario.name == BASE
        claims = self.document.claims
        return headline_of(
            scenario.balance, None if is_base else shown.base, year,
            claims.get(scenario.name), None if is_base else claims.get(BASE),
        )  # fmt: skip

    def _show_figures(self) -> None:
        if self.shown is None or self.year is None:
            return
        self._claims = self._claims_shown()
        self._show_name()
        figures = self._figures(self.shown.selected, self.shown, self.year)
        self.cells.show_figures(figures)
        self._show_compared(self.shown, self.year)

    def _show_name(self) -> None:
        if self.shown is not None:
            name = self.shown.selected.label
            metrics = QFontMetricsF(self.name.font())
            self.name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, self.width() * 0.6))
            self.name.setToolTip(name)

    def _show_compared(self, shown: Shown, year: int) -> None:
        others = shown.scenarios[1:]
        while len(self.rows) < len(others):
            row = CompareRow()
            self.rows.append(row)
            self._rows.insertWidget(len(self.rows), row)
        keys = scenario_keys(shown, current_theme())[1:]
        for position, row in enumerate(self.rows):
            row.setVisible(position < len(others))
            if position < len(others):
                row.show_figures(keys[position], self._figures(others[position], shown, year))
        if others:
            self.captions.show_captions(_short(self.rows[0].figures))
        self.table.setVisible(bool(others) and not self._is_low)
        self._fit_table()

    def _fit_table(self) -> None:
        """Let the table show all its rows if the window has room, and at least one."""
        visible = [row for row in self.rows if not row.isHidden()]
        if visible:
            row = visible[0].sizeHint().height()
            head = self.captions.sizeHint().height() + 4
            room = round(self.window().height() * MOST_OF_WINDOW)
            self.table.setMinimumHeight(head + row)
            self.table.setMaximumHeight(min(head + row * len(visible), max(head + 2 * row, room)))

    # Menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu(event.pos())
        if not menu.isEmpty():
            menu.exec(event.globalPos())
        menu.deleteLater()

    def menu(self, place: QPoint) -> QMenu:
        """Return what can be done with the figures at a place."""
        menu = QMenu(self)
        under = self.childAt(place)
        if self.shown is None or under is None:
            return menu
        numbers = [(scenario, parse_measure(figure.measure, self.document.plan))
                   for scenario, figure in self._figures_at(under) if figure.measure]  # fmt: skip
        add_claim_menu(menu, self, *numbers)
        return menu

    def _figures_at(self, under: QWidget) -> list[tuple[str, Figure]]:
        """Return the figures of a cell or of a compared row, each with its scenario."""
        if self.shown is None:
            return []
        if isinstance(under, FigureCell):
            return [(self.shown.selected.name, under.figure)]
        named = zip(self.shown.scenarios[1:], self.rows, strict=False)
        return [(scenario.name, figure) for scenario, row in named if row is under for figure in row.shown_figures]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_name()
        for row in self.rows:
            row.updateGeometry()
        self._fit_table()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.shown is not None:
            self._show_figures()

    def _take_font(self) -> None:
        self.setMinimumWidth(least_width(self.font(), LEAST_CELLS) + SCROLL_BAR)
        self.name.setFont(scaled(self.font(), 1.15, bold=True))


def _short(figures: tuple[Figure, ...]) -> list[tuple[str, bool]]:
    """Return captions short enough for columns, and whether the column has signs."""
    short = {"stock": tr("Stock"), "stock_days": tr("Days"), "price": tr("Price"), CLAIMS: tr("Claims")}
    return [(short.get(figure.name, figure.name[4:] or figure.caption), bool(figure.state)) for figure in figures]
