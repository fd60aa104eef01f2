"""The tornado and the sweep in their states, for the gallery."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.sweep import even_values, sweep
from aluplanner.analysis.tornado import CELL, FACTOR, tornado
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.analysis.sweep_panel import SweepPanel
from aluplanner.ui.analysis.tornado_panel import TornadoPanel

_RATE = "actions/Shandong clean-up/implementation"
_LOAD = "assumptions/load_factor/value"
_SEPTEMBER = "monthly/2017-09/consumption_change"


class StillPanel(TornadoPanel):
    """A panel that shows one answer and asks nothing by itself."""

    def catch_up(self) -> None:
        """Leave the answer as it is."""


def _preferences() -> Preferences:
    return Preferences(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery"))


def tornado_panel(document: Document, *, by: str = CELL, measure: str = "") -> TornadoPanel:
    """Return the panel with its answer, worked out at once."""
    panel = StillPanel(document, _preferences())
    document.setParent(panel)
    if measure:
        panel.measure_box.choose(measure)
    panel.way_box.choose(by)
    panel.answer = tornado(document.plan, panel.measure_box.measure(), scenario=document.scenario, by=by)
    panel.show_answer(panel.answer)
    panel.face.show_notes(panel.notes())
    panel.face.show_body()
    return panel


def sweep_panel(
    document: Document,
    ranges: Mapping[str, tuple[float, float]],
    *,
    measure: str = "",
    picked: tuple[int, int] | None = None,
) -> SweepPanel:
    """Return the panel with its answer, worked out at once, over cells between bounds."""
    panel = SweepPanel(document, _preferences())
    document.setParent(panel)
    if measure:
        panel.measure_box.choose(measure)
    boxes = dict(zip((panel.across, panel.up), [*ranges.items(), None], strict=False))
    for box, given in boxes.items():
        box.choose(document.plan.spelled(given[0]) if given else None)
        if given:
            box.low.value, box.high.value = given[1]
    vary = {cell: even_values(low, high) for cell, (low, high) in ranges.items()}
    panel.answer = answer = sweep(document.plan, vary, panel.measure_box.objective(), scenario=document.scenario)
    panel.show_answer(answer)
    if picked is not None:
        panel.pick(answer.place(*picked))
    panel.face.show_notes(panel.notes())
    panel.face.show_body()
    return panel


def tornado_exhibits(
    solved: Callable[..., Document], strong: str
) -> list[tuple[str, tuple[int, int], Callable[[], QWidget]]]:
    """Return the exhibits: name, size, and what makes each of a document that ``solved`` gives."""
    both = {_RATE: (0.0, 1.0), _LOAD: (0.88, 1.03)}
    return [
        ("tornado", (1366, 320), lambda: tornado_panel(solved())),
        ("tornado-factors", (900, 300), lambda: tornado_panel(solved(), by=FACTOR)),
        ("tornado-square", (500, 500), lambda: tornado_panel(solved(strong), measure="price 2017H2 mean")),
        ("sweep", (1366, 320), lambda: sweep_panel(solved(), both, picked=(20, 10))),
        ("sweep-nowhere", (900, 320), lambda: sweep_panel(solved(), {_RATE: (0.0, 1.0), _SEPTEMBER: (-74.0, 200.0)})),
        ("sweep-price", (620, 500), lambda: sweep_panel(solved(strong), both, measure="price 2017H2 mean")),
        ("sweep-curve", (900, 320), lambda: sweep_panel(solved(), {_LOAD: (0.85, 1.03)})),
    ]
