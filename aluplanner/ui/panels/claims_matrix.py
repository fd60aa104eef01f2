"""Every claim in every scenario as a Qt model: does it hold, and by how much."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtGui import QColor

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.claims import Claim
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.claim_columns import brief
from aluplanner.ui.theme import current_theme

if TYPE_CHECKING:
    from aluplanner.analysis.claims import ClaimResult

AnyIndex = QModelIndex | QPersistentModelIndex
MARGIN: Final = roles.SORT + 1
"""Role of the margin as text, which stands at the right of its cell."""
CLAIM, CLAIMED, HELD = range(3)
FIRST: Final = 3
"""The first column of a scenario."""
LETTERS: Final = 22
"""The head of a column shows no more letters of a scenario's name; the tooltip shows all."""
_NO_INDEX = QModelIndex()


class ClaimsMatrix(QAbstractTableModel):
    """Claims down, scenarios across; what is claimed and in how many scenarios it holds before them."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._claims: tuple[Claim, ...] = ()
        self._units: tuple[str, ...] = ()
        self._texts: tuple[str, ...] = ()
        self._scenarios: tuple[str, ...] = ()
        self._known: frozenset[str] = frozenset()
        self._results: dict[tuple[str, str], ClaimResult] = {}
        self._read()
        document.changed.connect(self._on_changed)
        document.claims_checked.connect(self._on_checked)

    def claim(self, row: int) -> Claim:
        """Return the claim of a row."""
        return self._claims[row]

    def unit(self, row: int) -> str:
        """Return the unit of the measure of a row; empty where it cannot be read."""
        return self._units[row]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios, in the order of their columns."""
        return self._scenarios

    def scenario(self, column: int) -> str:
        """Return the scenario of a column."""
        return self._scenarios[column - FIRST] if column >= FIRST else BASE

    def result(self, row: int, column: int) -> "ClaimResult | None":
        """Return what a claim comes to in the scenario of a column, ``None`` if it is not known."""
        return self._result(row, self.scenario(column)) if column >= FIRST else None

    def _result(self, row: int, scenario: str) -> "ClaimResult | None":
        return self._results.get((scenario, fold(self._claims[row].claim or "")))

    @property
    def known(self) -> frozenset[str]:
        """The scenarios in which the claims have been checked."""
        return self._known

    def held(self, scenario: str) -> int:
        """Return how many claims hold in a scenario."""
        return sum(self._holds(row, scenario) is True for row in range(len(self._claims)))

    def held_in(self, row: int) -> int:
        """Return in how many scenarios a claim holds."""
        return sum(self._holds(row, scenario) is True for scenario in self._scenarios)

    def is_failing(self, row: int) -> bool:
        """Return whether a claim fails, or cannot be checked, in a scenario that is known."""
        return any(self._result(row, name) and self._holds(row, name) is not True for name in self._scenarios)

    def _holds(self, row: int, scenario: str) -> bool | None:
        result = self._result(row, scenario)
        return result.holds if result is not None else None

    # What Qt asks

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._claims)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._scenarios) + FIRST

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == roles.ALIGNMENT:
            return roles.LEFT
        if role not in (roles.DISPLAY, roles.TOOL_TIP):
            return None
        if section < FIRST:
            return (tr("Claim"), tr("Claimed"), tr("Holds in"))[section]
        scenario = self.scenario(section)
        known = scenario in self._known
        held = tr("{held} of {all} hold", held=self.held(scenario), all=len(self._claims)) if known else "…"
        name = tr("Base") if scenario == BASE else scenario
        if role == roles.DISPLAY and len(name) > LETTERS:
            half = (LETTERS - 1) // 2
            name = f"{name[:half]}…{name[-half:]}"  # names of scenarios often begin alike
        return f"{name}\n{held}"

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        if column < FIRST:
            return self._told(row, column, role)
        result = self.result(row, column)
        if result is None:
            return None
        make = _RESULT_DATA.get(role)
        return make(result, self._units[row], self._texts[row]) if make else None

    def _told(self, row: int, column: int, role: int) -> Any:
        """Return what the columns before the scenarios say."""
        if role == roles.SORT:
            return (self._claims[row].claim or "", self._units[row], self.held_in(row))[column]
        if role not in (roles.DISPLAY, roles.TOOL_TIP):
            return None
        if column == HELD:
            return tr("{some} of {whole}", some=self.held_in(row), whole=len(self._known))
        if column == CLAIMED:
            return self._claimed(row) if role == roles.DISPLAY else f"{self._claims[row].measure}: {self._claimed(row)}"
        return self._claims[row].claim

    def _claimed(self, row: int) -> str:
        return f"{self._texts[row]} {self._units[row]}".strip()

    # Following the document

    def _read(self) -> None:
        from aluplanner.analysis.claim_words import claimed, unit_of

        plan = self._document.plan
        self._claims = tuple(plan.claims)
        self._units = tuple(unit_of(claim, plan) for claim in self._claims)
        self._texts = tuple(claimed(claim) for claim in self._claims)
        self._scenarios = (BASE, *plan.scenario_names)
        self._read_results()

    def _read_results(self) -> None:
        self._known = frozenset(self._document.claims) & frozenset(self._scenarios)
        self._results = {
            (scenario, fold(result.claim.claim or "")): result
            for scenario, results in self._document.claims.items()
            for result in results
        }

    def _on_changed(self, change: Change) -> None:
        before, after = change.before, change.after
        if before.claims is not after.claims or before.scenarios is not after.scenarios:
            self.beginResetModel()
            self._read()
            self.endResetModel()

    def _on_checked(self) -> None:
        self._read_results()
        if self._claims:
            last = len(self._scenarios) + FIRST - 1
            self.dataChanged.emit(self.index(0, HELD), self.index(len(self._claims) - 1, last))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, FIRST, last)


class ClaimsFilter(QSortFilterProxyModel):
    """The matrix sorted by what stands in it, all of it or only what fails somewhere."""

    def __init__(self, matrix: ClaimsMatrix, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self._only_failing = False
        self.setSortRole(roles.SORT)
        self.setSourceModel(matrix)

    @property
    def only_failing(self) -> bool:
        """Whether claims that hold everywhere are left out."""
        return self._only_failing

    def show_only_failing(self, is_wanted: bool) -> None:
        """Leave out the claims that hold in every scenario, or show them again."""
        self._only_failing = is_wanted
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        del source_parent
        return not self._only_failing or self._matrix.is_failing(source_row)


def _sign_and_word(result: "ClaimResult", _unit: str, _claimed: str) -> str:
    if result.holds is None:
        return tr("? unclear")
    return tr("✓ holds") if result.holds else tr("✗ fails")


def _margin(result: "ClaimResult", _unit: str, _claimed: str) -> str:
    return "" if result.margin is None else signed(result.margin)


def signed(number: float) -> str:
    """Return a margin with its sign."""
    text = _few_digits(abs(number))
    return text if not text.strip("0.,") else f"{'+' if number > 0 else '−'}{text}"


def _few_digits(number: float) -> str:
    return f"{number:,.0f}" if number >= 1000 else f"{number:.4g}"


def _colour(result: "ClaimResult", _unit: str, _claimed: str) -> QColor:
    theme = current_theme()
    return QColor(theme.muted if result.holds is None else theme.surplus if result.holds else theme.shortage)


def _tip(result: "ClaimResult", unit: str, claimed: str) -> str:
    if result.problem:
        return str(result.problem)
    word = tr("holds") if result.holds else tr("fails")
    if result.margin is None or result.value is None:
        return word
    return tr(
        "{word} by {margin} {unit}: {value} {unit}, claimed {claimed} {unit}",
        word=word, margin=_few_digits(abs(result.margin)), value=brief(result.value), claimed=claimed, unit=unit,
    )  # fmt: skip


def _sort_key(result: "ClaimResult", _unit: str, _claimed: str) -> float:
    """Return what sorts claims that fail first, the worst before the others as far as units allow, then the unclear."""
    if result.holds is None:
        return float("inf")
    margin = result.margin if result.margin is not None else 0.0
    scale = abs(result.claim.value or 0.0) or 1.0
    return (1e9 if result.holds else 0.0) + margin / scale


_RESULT_DATA: Final[dict[int, Callable[["ClaimResult", str, str], Any]]] = {
    roles.DISPLAY: _sign_and_word,
    MARGIN: _margin,
    roles.FOREGROUND: _colour,
    roles.TOOL_TIP: _tip,
    roles.DESCRIPTION: _tip,
    roles.SORT: _sort_key,
}
