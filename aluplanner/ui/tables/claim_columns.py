"""The Claims table with what the claims come to in the selected scenario."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.schema import Column, Type, Value, fold
from aluplanner.ui.tables.faces import Face
from aluplanner.ui.tables.model import PlanTableModel

if TYPE_CHECKING:
    from aluplanner.analysis.claims import ClaimResult

HOLDS: Final = Column(
    "holds", "Holds", "成立", Type.TEXT, derived=True, width=9,
    meaning="Whether the claim holds in the selected scenario",
)  # fmt: skip
FOUND: Final = Column(
    "found", "Found", "测算值", Type.NUMBER, derived=True,
    meaning="What the measure is in the selected scenario",
)  # fmt: skip
MARGIN: Final = Column(
    "margin", "Margin", "裕度", Type.NUMBER, derived=True,
    meaning="How far the claim is from failing; below zero: by how much it fails",
)  # fmt: skip
RESULTS: Final = (HOLDS, FOUND, MARGIN)
_NAMES: Final = frozenset(column.name for column in RESULTS)


def verdict(result: "ClaimResult | None") -> tuple[str, str]:
    """Return a result as a word and the name of its colour; told by a sign as well as by colour."""
    if result is None:
        return "", ""
    if result.holds is None:
        return tr("unclear"), "muted"
    return (tr("✓ holds"), "surplus") if result.holds else (tr("✗ fails"), "shortage")


def brief(value: float) -> str:
    """Return a result with the digits that matter for reading."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"


class ClaimsModel(PlanTableModel):
    """The Claims table with three columns of results."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        self._results: dict[str, ClaimResult] = {}
        super().__init__(document, "claims", parent)
        document.claims_checked.connect(self._on_checked)
        document.scenario_changed.connect(self._on_checked)

    def shown_columns(self) -> tuple[Column, ...]:
        columns = super().shown_columns()
        return (*columns[:1], *RESULTS, *columns[1:])

    def value(self, row: int, column: int) -> Value:
        name = self.columns[column].name
        if name not in _NAMES:
            return super().value(row, column)
        result = self._result(row)
        if result is None:
            return None
        if name == HOLDS.name:
            return verdict(result)[0]
        return result.value if name == FOUND.name else result.margin

    def _make_face(self, row: int, column: int) -> Face:
        declared = self.columns[column]
        if declared.name not in _NAMES:
            return super()._make_face(row, column)
        word, colour = verdict(self._result(row))
        if declared is HOLDS:
            return Face(word, colour=colour)
        value = self.value(row, column)
        return Face(brief(value) if isinstance(value, float) else "", is_right=True)

    def _tip(self, row: int, column: int) -> str:
        result = self._result(row)
        if self.columns[column].name in _NAMES and result is not None and result.problem:
            return result.problem
        return super()._tip(row, column)

    def _result(self, row: int) -> "ClaimResult | None":
        return self._results.get(fold(self.keys[row]))

    def _read_all(self) -> None:
        super()._read_all()
        self._read_results()

    def _read_results(self) -> None:
        found = self.document.claims.get(self.document.scenario, ())
        self._results = {fold(result.claim.claim or ""): result for result in found}
        self._faces = {}

    def _on_checked(self) -> None:
        self._read_results()
        if self.rowCount():
            first, last = (self.column_of(column.name) or 0 for column in (HOLDS, MARGIN))
            self.dataChanged.emit(self.index(0, first), self.index(self.rowCount() - 1, last))
